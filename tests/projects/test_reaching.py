"""Letters, reminders and calendars: what leaves Dialoog is neutral, wanted, and works once where it should."""

import re
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from dialoog.letters import LettersToday
from dialoog.management.commands import daily
from dialoog.partnerships.models import Event
from projects.daily import remind
from projects.models import CalendarAddress, Commitment, Phase, Pledge, Reminders, Task
from projects.models.preparing import ANSWERING
from projects.waiting import waiting
from tests.make import close_account
from tests.projects import make
from tests.test_fuzz import NASTY

SECRET = "Mevrouw Aalbers huilde aan de balie"


def both(letter):
    """The plain text and the page of one letter."""
    return letter.body, letter.alternatives[0][0]


def link(letter, word):
    return re.search(rf"http\S+/{word}/\S+", letter.body).group()


def path(url):
    return url.removeprefix("http://127.0.0.1:8000")


@pytest.fixture
def asked(bram, anna, browse, django_capture_on_commit_callbacks):
    """Bram asked Anna to take part; the letter lies in her box."""
    project = make.project(bram)
    sent = {"ask-member": str(anna.pk), "ask-expected": "Twee avonden"}
    with django_capture_on_commit_callbacks(execute=True):
        browse(bram).do("projects:ask", sent, project=project.pk)
    return Pledge.objects.get()


def test_who_is_asked_gets_a_letter_as_text_and_as_a_page(asked, anna):
    letter = mail.outbox[0]
    assert (letter.subject, letter.to) == ("Een vraag van Dialoog: doet u mee?", [anna.user.email])
    for body in both(letter):
        assert "Beste Anna de Wit" in body
        assert "Bram Hoekstra vraagt of u meedoet aan een ronde in Dialoog." in body
        assert link(letter, "meedoen") in body
        assert "Daarin werken Cliëntenraad Oosterhage en Gemeente Oosterhage samen." in body
        # What it is about is read behind the link, not in a mailbox.
        assert asked.project.subject not in body


def test_the_link_in_the_letter_answers_once_and_only_when_the_button_is_pressed(asked, anonymous, browse, bram):
    address = path(link(mail.outbox[0], "meedoen"))
    assert "Twee avonden" in anonymous.get(address).content.decode()
    asked.refresh_from_db()
    assert asked.is_open
    assert browse(bram).get(address).status_code == 403
    empty = anonymous.post(address, {})
    assert (empty.status_code, "Kies ja of nee." in empty.content.decode()) == (422, True)
    thanks = anonymous.post(address, {"answer": "yes", "note": "Graag."})
    assert "U doet mee. Fijn." in thanks.content.decode()
    asked.refresh_from_db()
    assert (asked.is_yes, asked.note) == (True, "Graag.")
    assert Event.objects.filter(by=asked.member, sentence="doet mee aan deze ronde").count() == 1
    again = anonymous.post(address, {"answer": "no"})
    assert (again.status_code, "Deze link werkt niet meer" in again.content.decode()) == (404, True)
    asked.refresh_from_db()
    assert asked.is_yes


def test_of_two_answers_at_once_the_second_finds_the_question_answered(asked, anonymous, monkeypatch):
    lock = Pledge.lock

    def late(self):
        monkeypatch.setattr(Pledge, "lock", lock)
        Pledge.objects.get().give(asked.member, "no")
        lock(self)

    monkeypatch.setattr(Pledge, "lock", late)
    assert anonymous.post(path(link(mail.outbox[0], "meedoen")), {"answer": "yes"}).status_code == 404
    assert Pledge.objects.get().is_no


@pytest.mark.parametrize("end", ["gone", "closed", "dropped", "forged", "late"])
def test_a_link_that_ended_tells_nothing(asked, anonymous, anna, end):
    address = path(link(mail.outbox[0], "meedoen"))
    assert anonymous.get(address).status_code == 200
    if end == "gone":
        anna.active_to = timezone.now()
        anna.save()
    elif end == "closed":
        close_account(anna)
    elif end == "dropped":
        asked.drop(asked.named_by)
    elif end == "forged":
        address = address.replace(address[10], "z" if address[10] != "z" else "y", 1)
    else:
        asked.project.phase = Phase.BUNDLE
        asked.project.save()
    answer = anonymous.get(address)
    assert (answer.status_code, "Twee avonden" in answer.content.decode()) == (404, False)


@pytest.mark.promise("S1")
def test_the_link_to_one_person_gives_no_answer_for_another_who_is_asked_with_the_same_key(
    asked, anna, bram, browse, anonymous
):
    address, key = path(link(mail.outbox[0], "meedoen")), asked.pk
    asked.drop(bram)
    browse(bram).do("projects:ask", {"ask-member": bram.pk, "ask-key": key}, project=asked.project_id)
    assert Pledge.objects.get(pk=key).member == bram
    assert anonymous.get(address).status_code == anonymous.post(address, {"answer": "yes"}).status_code == 404
    assert Pledge.objects.get().is_open


def test_a_link_of_before_that_names_only_the_question_tells_that_it_ended(asked, anonymous):
    before = anonymous.get(f"/meedoen/{ANSWERING.sign(asked.pk.hex)}/")
    assert (before.status_code, "Deze link werkt niet meer" in before.content.decode()) == (404, True)


def test_who_is_silent_is_asked_again_once_a_day(asked, browse, bram, django_capture_on_commit_callbacks):
    refusal = browse(bram).do("projects:ask_again", pledge=asked.pk)
    assert (refusal.status_code, "kreeg vandaag al een bericht" in refusal.content.decode()) == (422, True)
    # So no button says that it can.
    people = browse(bram).at("projects:people", project=asked.project_id).content.decode()
    assert ("Vraag nog eens" in people, "morgen kunt u het nog eens vragen" in people) == (False, True)
    Pledge.objects.update(letter_at=timezone.now() - timedelta(days=2), named_at=timezone.now() - timedelta(days=2))
    assert "Vraag nog eens" in browse(bram).at("projects:people", project=asked.project_id).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        browse(bram).do("projects:ask_again", pledge=asked.pk)
    assert len(mail.outbox) == 2
    assert all("Wij vroegen u eerder of u meedoet" in body for body in both(mail.outbox[1]))
    # The older letter works too, until the answer is given.
    asked.refresh_from_db()
    asked.give(asked.member, "no")
    refusal = browse(bram).do("projects:ask_again", pledge=asked.pk)
    assert "Anna de Wit gaf al antwoord." in refusal.content.decode()


def test_nobody_fills_a_mailbox_by_asking_and_not_asking_the_same_person(
    bram, dora, anna, mailoutbox, browse, django_capture_on_commit_callbacks
):
    project, posted = make.project(bram), partial(django_capture_on_commit_callbacks, execute=True)
    for _ in range(LettersToday.MOST + 2):
        with posted():
            browse(bram).do("projects:ask", {"ask-member": anna.pk}, project=project.pk)
        Pledge.objects.get().drop(bram)
    assert len(mailoutbox) == LettersToday.MOST
    # Nor whoever of the side asks, in whatever way; the day after it can be done again.
    silent = make.pledge(bram, project, anna)
    with pytest.raises(ValidationError, match="vandaag al drie berichten"):
        silent.ask_again(dora)
    with posted(), time_machine.travel(timezone.now() + timedelta(days=1)):
        silent.ask_again(dora)
    assert len(mailoutbox) == LettersToday.MOST + 1


@pytest.fixture
def due(bram, anna):
    """Bram has a task for tomorrow and stands for a commitment; what they say is nobody's business outside."""
    project = make.project(bram, Phase.COMMIT)
    make.task(bram, project, what=SECRET, days=1)
    make.commitment(bram, project, what=SECRET, owner_member=bram, days=5)
    make.task(bram, project, what="Veel later", member=anna, days=30)
    return project


def test_a_reminder_is_neutral_in_text_and_page_and_has_a_way_out(due, bram):
    assert remind() == 1
    letter = mail.outbox[0]
    assert (letter.subject, letter.to) == ("Een herinnering van Dialoog", [bram.user.email])
    # The sender has a name, and names no organisation either: a phone shows it to who looks along.
    assert letter.from_email == "Dialoog <dialoog@localhost>"
    for body in both(letter):
        assert "Cliëntenraad Oosterhage en Gemeente Oosterhage" in body
        assert "Een taak in ronde 1: uiterlijk " in body
        assert "Een afspraak uit ronde 1: uiterlijk " in body
        assert "hooguit één herinnering per dag" in body
        assert "Aalbers" not in body
        assert due.subject not in body
    stop = link(letter, "herinneringen")
    assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_letter_a_day_and_then_only_when_there_is_news(due, bram):
    today = timezone.localdate()
    days = [day for day in range(0, 14) if remind(today + timedelta(days=day))]
    # On the day that it comes near, on the day itself, the day after (of both things), and then once a week.
    assert days == [0, 1, 2, 5, 6, 13]
    assert [remind(today + timedelta(days=13)) for _ in range(3)] == [0, 0, 0]


def test_a_late_task_is_told_without_shame(bram):
    make.task(bram, make.project(bram), days=-2)
    remind()
    assert all("Een andere dag kiezen mag altijd" in body for body in both(mail.outbox[0]))


def test_the_day_of_a_commitment_is_not_told_as_ones_own_to_move(bram):
    make.commitment(bram, make.project(bram, Phase.COMMIT), owner_member=bram, days=-2)
    remind()
    for body in both(mail.outbox[0]):
        assert "Zeg hoe het staat" in body and "Een andere dag" not in body


def test_a_reminder_answers_the_open_question_and_names_the_meeting(bram, anna, asked, anonymous):
    make.meeting(bram, days=1)
    Pledge.objects.update(named_at=timezone.now() - timedelta(days=5))
    remind()
    letters = {letter.to[0]: letter.body for letter in mail.outbox[1:]}
    assert "Doet u mee aan ronde 1? Ja of nee, allebei is goed." in letters[anna.user.email]
    assert "Het overleg is " in letters[bram.user.email]
    assert "Doet u mee" not in letters[bram.user.email]
    answered = anonymous.post(
        path(re.search(r"http\S+/meedoen/\S+", letters[anna.user.email]).group()), {"answer": "no"}
    )
    assert "U doet deze keer niet mee." in answer_text(answered)


def answer_text(answer):
    return " ".join(answer.content.decode().split())


def test_nobody_writes_to_who_left_or_about_what_is_closed(bram, dora):
    make.task(bram, make.project(bram, Phase.CLOSED), days=0)
    make.task(bram, make.project(bram), member=dora, days=0)
    dora.active_to = timezone.now()
    dora.save()
    assert (remind(), mail.outbox) == (0, [])


def test_the_button_of_a_mail_program_stops_reminders_and_opening_does_not(due, bram, anonymous):
    remind()
    address = path(link(mail.outbox[0], "herinneringen"))
    assert "Geen herinneringen meer?" in anonymous.get(address).content.decode()
    assert Reminders.wanted_by(bram.user)
    # A mail program brings no token and no cookie of ours.
    strict = type(anonymous)(enforce_csrf_checks=True)
    done = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert (done.status_code, "U krijgt geen herinneringen meer" in done.content.decode()) == (200, True)
    assert not Reminders.wanted_by(bram.user)
    assert remind(timezone.localdate() + timedelta(days=1)) == 0
    assert anonymous.post(address.replace("herinneringen/", "herinneringen/9")).status_code == 404


def test_reminders_go_off_and_on_with_one_click_in_the_profile(browse, bram):
    page = browse(bram).at("projects:reaching").content.decode()
    assert "Zet de herinneringen uit" in page
    browse(bram).do("projects:set_reminders", {"wanted": "no"})
    assert not Reminders.wanted_by(bram.user)
    assert "Zet de herinneringen aan" in browse(bram).at("projects:reaching").content.decode()
    browse(bram).do("projects:set_reminders", {"wanted": "yes"})
    assert Reminders.wanted_by(bram.user)


def test_a_letter_that_cannot_go_is_tried_again(due, bram, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert remind() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind() == 1


def test_a_person_at_two_tables_gets_one_letter(bram, chris):
    chris.user, chris_was = bram.user, chris.user
    chris.save()
    for seat in (bram, chris):
        make.task(seat, make.project(seat), days=1)
    assert remind() == 1
    assert all(str(chris.partnership) in body and str(bram.partnership) in body for body in both(mail.outbox[0]))
    assert chris_was.email not in mail.outbox[0].to


def test_reminding_asks_the_database_as_often_for_three_as_for_three_hundred(bram, dora):
    project = make.project(bram)

    def asks(count, day):
        for number in range(count):
            make.task(bram, project, member=(bram, dora)[number % 2], days=1, what=f"Taak {number}")
        with CaptureQueriesContext(connection) as queries:
            remind(timezone.localdate() + timedelta(days=day))
        return len(queries)

    asks(2, 0)
    assert asks(3, 1) == asks(297, 2)
    assert "En meer." in mail.outbox[-1].body


def test_the_daily_command_does_each_chore_and_says_which_failed(due, monkeypatch, capsys, caplog):
    def broken():
        raise RuntimeError("stuk")

    call_command("daily", verbosity=0)
    assert len(mail.outbox) == 1
    monkeypatch.setattr(daily, "CHORES", [("broken things", broken), *daily.CHORES])
    with pytest.raises(CommandError, match="broken things"):
        call_command("daily")
    assert "letters sent: 0" in capsys.readouterr().out


def entries(answer):
    """What a calendar program reads, by the library that reads calendars."""
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_the_calendar_holds_own_days_in_neutral_words(browse, bram, anna, anonymous, due):
    meeting = make.meeting(bram)
    browse(bram).do("projects:make_calendar")
    address = CalendarAddress.objects.get()
    assert address.url in browse(bram).at("projects:reaching").content.decode()
    answer = anonymous.get(path(address.url))
    read = {str(entry["summary"]): entry for entry in entries(answer)}
    assert set(read) == {"Taak in ronde 1", "Afspraak uit ronde 1", "Overleg"}
    task = Task.objects.get(member=bram)
    assert read["Taak in ronde 1"].decoded("dtstart") == task.due
    assert type(read["Taak in ronde 1"].decoded("dtstart")) is date
    assert read["Afspraak uit ronde 1"].decoded("dtstart") == Commitment.objects.get().due
    assert abs(read["Overleg"].decoded("dtstart") - meeting.starts_at) < timedelta(seconds=1)
    assert str(read["Overleg"]["location"]) == meeting.place
    assert bram.url("projects:tasks") in str(read["Taak in ronde 1"]["url"])
    assert b"Aalbers" not in answer.content
    assert len({str(entry["uid"]) for entry in read.values()}) == 3


def test_what_changed_takes_the_place_of_what_a_calendar_knew(browse, bram, anonymous, due):
    meeting, address = make.meeting(bram), path(CalendarAddress.make(bram).url)

    def read():
        return {str(entry["summary"]): entry for entry in entries(anonymous.get(address))}

    before = read()
    moment = timezone.localtime(meeting.starts_at + timedelta(days=1))
    sent = {"starts_at": f"{moment:%Y-%m-%dT%H:%M}", "place": "Zaal 3", "host_party": meeting.host_party, "about": ""}
    assert browse(bram).do("projects:change_meeting", sent, meeting=meeting.pk).status_code == 302
    Task.objects.get(member=bram).move(bram, date.today() + timedelta(days=4))
    commitment = Commitment.objects.get()
    commitment.change(bram, commitment.version, due=commitment.due + timedelta(days=1))
    after = read()
    [file] = entries(browse(bram).at("projects:calendar_file", meeting=meeting.pk))
    assert len(after) == 3
    for one, was in [*((after[words], before[words]) for words in after), (file, before["Overleg"])]:
        assert one["uid"] == was["uid"] and one["sequence"] > was["sequence"]
        assert timezone.now() - one.decoded("last-modified") < timedelta(minutes=1)


def test_who_does_not_come_has_no_meeting_in_the_calendar(bram, anonymous):
    make.meeting(bram).answer(bram, False)
    make.task(bram, make.project(bram))
    assert [str(entry["summary"]) for entry in entries(anonymous.get(path(CalendarAddress.make(bram).url)))] == [
        "Taak in ronde 1"
    ]


@pytest.mark.parametrize("end", ["new", "stop", "gone", "forged"])
def test_an_address_of_a_calendar_ends(browse, bram, anonymous, end):
    address = path(CalendarAddress.make(bram).url)
    assert anonymous.get(address).status_code == 200
    if end == "new":
        browse(bram).do("projects:make_calendar")
    elif end == "stop":
        browse(bram).do("projects:stop_calendar")
    elif end == "gone":
        bram.active_to = timezone.now()
        bram.save()
    else:
        address = reverse("calendar", kwargs={"token": f"{CalendarAddress.objects.get().number.hex}.vervalst"})
    nowhere = anonymous.get("/bestaat-niet/ook-niet/")
    assert (anonymous.get(address).status_code, anonymous.get(address).content) == (404, nowhere.content)


def test_nobody_sees_the_address_of_another(browse, bram, dora):
    address = CalendarAddress.make(bram)
    assert address.url in browse(bram).at("projects:reaching").content.decode()
    assert "/agenda/" not in browse(dora).at("projects:reaching").content.decode().replace("mijn-gegevens/agenda/", "")


def test_the_calendar_asks_the_database_as_often_for_many(bram, anonymous):
    project, address = make.project(bram), path(CalendarAddress.make(bram).url)

    def asks(count):
        for number in range(count):
            make.task(bram, project, what=f"Taak {number}")
        with CaptureQueriesContext(connection) as queries:
            assert len(entries(anonymous.get(address))) >= count
        return len(queries)

    assert asks(3) == asks(297)


@pytest.mark.promise("S3")
def test_no_letter_breaks_on_nasty_answers(asked, anonymous):
    address = path(asked.url)
    for nasty in NASTY.values():
        assert anonymous.post(address, {"answer": nasty, "note": nasty}).status_code == 422
        assert anonymous.get("/meedoen/x.y.z/", {"answer": nasty}).status_code == 404
        assert anonymous.post("/herinneringen/x.y/stoppen/", {"List-Unsubscribe": nasty}).status_code == 404
    asked.refresh_from_db()
    assert asked.is_open


def test_who_is_asked_hears_how_many_tasks_wait_and_the_round_sees_whose_tasks_are_nobodys(
    asked, anonymous, browse, bram
):
    make.task(bram, asked.project, "De zaal regelen", member=asked.member)
    told = anonymous.get(path(link(mail.outbox[0], "meedoen"))).content.decode()
    assert "Doet u mee, dan staat er één taak voor u klaar." in told and "De zaal regelen" not in told
    asked.answer, asked.answered_at = Pledge.Answer.NO, timezone.now()
    asked.save()
    told = browse(bram).at("projects:people", project=asked.project_id).content.decode()
    assert "doet niet mee: wie neemt dit over?" in told


def test_whom_we_did_not_hear_is_one_line_of_each_side(bram, dora, anna, joost):
    project = make.project(bram)
    for member in (bram, dora, anna, joost):
        make.pledge(bram, project, member)
    lines = [(line.party, line.note) for line in waiting(bram) if line.title.startswith("Meedoen aan ronde 1")]
    assert lines == [("council", "Dora Vermeulen"), ("municipality", "Anna de Wit en Joost Kramer")]
    assert "Zeggen of u meedoet aan ronde 1" in [line.title for line in waiting(bram) if line.is_for(bram)]


def test_other_letters_of_today_keep_back_no_question_whether_somebody_takes_part(
    bram, anna, mailoutbox, django_capture_on_commit_callbacks
):
    for _ in range(LettersToday.MOST):
        LettersToday(bram, anna.user.email).take()
    with django_capture_on_commit_callbacks(execute=True):
        make.pledge(bram, make.project(bram), anna).write_letter(bram)
    assert [letter.to for letter in mailoutbox] == [[anna.user.email]]
