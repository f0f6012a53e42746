"""Before a meeting: papers in time, an invitation, one pack; and the standing list that opens it."""

import io
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from dialoog.partnerships.models import Event
from projects.calendar import invitation
from projects.consulting import standing_list
from projects.models import AgendaItem, Commitment, ConsultationMeeting, Paper, PapersRead, Phase
from projects.pack import minutes, pack, parts
from projects.waiting import waiting
from tests.projects import make
from tests.report import verapdf

pytestmark = pytest.mark.django_db


def test_a_paper_is_in_time_or_some_days_later_and_nobody_is_blamed(anna, bram, browse):
    meeting = make.meeting(bram, days=9)
    in_time = make.paper(anna, meeting, "Cijfers")
    announced = make.paper(bram, meeting, "Wat mensen zeggen", text="")
    assert (in_time.days_after, announced.is_there, announced.is_awaited) == (0, False, False)
    meeting.starts_at = timezone.now() + timedelta(days=5)
    meeting.save()
    announced = Paper.objects.get(pk=announced.pk)
    # Nobody can be late for a day that was over when the meeting was planned.
    text = browse(anna).at("projects:meeting", meeting=meeting.pk).content.decode()
    assert "zo snel u kunt." in text and "komt nog" in text and "later dan gevraagd" not in text
    Event.objects.update(at=timezone.now() - timedelta(days=3))
    announced = Paper.objects.get(pk=announced.pk)
    assert announced.is_awaited
    text = browse(anna).at("projects:meeting", meeting=meeting.pk).content.decode()
    assert (
        "komt nog, later dan gevraagd" in text
        and "twee dagen later dan gevraagd" in text
        and "te laat" not in text.lower()
    )
    announced.write(bram, 1, text="Zij wachten.")
    assert announced.days_after == 2


def test_each_side_writes_its_own_papers_and_both_read_them(anna, bram, browse):
    meeting = make.meeting(bram)
    paper = make.paper(bram, meeting)
    assert "Op maandag lukt het niet." in browse(anna).at("projects:paper", paper=paper.pk).content.decode()
    assert browse(anna).do("projects:write_paper", {"text": "Anders"}, paper=paper.pk).status_code == 403
    with pytest.raises(ValidationError, match="Alleen die kant kan het weghalen"):
        paper.drop(anna)
    # Its first version was empty: that one does not come back.
    with pytest.raises(ValidationError, match="Laat de tekst staan"):
        paper.restore(bram, 2, 1)
    sent = {"version": 2, "title": paper.title, "member": bram.pk, "text": "# Kop\n\nOp maandag en dinsdag."}
    assert browse(bram).do("projects:write_paper", sent, paper=paper.pk).status_code == 302
    paper.refresh_from_db()
    assert parts(paper.text) == [("heading", "Kop"), ("paragraph", ["Op maandag en dinsdag."])]


def test_who_has_to_read_hears_so_until_they_say_that_they_did_and_nobody_else_sees_it(anna, bram, browse):
    meeting = make.meeting(bram)
    make.paper(bram, meeting)
    [line] = [line for line in waiting(anna) if line.kind == "text"]
    assert line.member == anna and line.url.endswith("#stukken")
    browse(anna).do("projects:read_papers", meeting=meeting.pk)
    assert not [line for line in waiting(anna) if line.kind == "text"]
    assert not PapersRead.objects.visible_to(bram).exists() and PapersRead.objects.visible_to(anna).exists()
    # What comes later is to be read too.
    make.paper(bram, meeting, "Nog een stuk")
    assert [line for line in waiting(anna) if line.kind == "text"]


def test_the_invitation_is_a_letter_with_a_file_that_a_calendar_opens(
    anna, bram, gone, browse, django_capture_on_commit_callbacks
):
    meeting = make.meeting(bram, place="Zaal 2, Markt 1")
    make.agenda_item(bram, meeting, "Mevrouw Kuiper wacht")
    with django_capture_on_commit_callbacks(execute=True):
        browse(anna).do("projects:invite", meeting=meeting.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted({anna.user.email, bram.user.email})
    letter = mail.outbox[0]
    html = letter.alternatives[0][0]
    assert letter.subject == "Een uitnodiging van Dialoog"
    assert anna.url("projects:meeting", meeting=meeting.pk) in letter.body and "Zaal 2, Markt 1" in html
    name, content, kind = letter.attachments[0]
    assert name == "overleg.ics" and kind.startswith("text/calendar")
    file = browse(bram).at("projects:calendar_file", meeting=meeting.pk).content
    for opened in (Calendar.from_ical(content), Calendar.from_ical(file)):
        [entry] = opened.walk("VEVENT")
        assert entry.decoded("dtstart") == meeting.starts_at.replace(microsecond=0)
        assert entry["summary"] == "Overleg" and entry["location"] == "Zaal 2, Markt 1"
    # Neither the letter nor the file says what it is about.
    assert all("Kuiper" not in text for text in (letter.body, html, str(content), file.decode()))
    assert browse(bram).do("projects:invite", meeting=meeting.pk).status_code == 422
    ConsultationMeeting.objects.filter(pk=meeting.pk).update(changed_at=timezone.now())
    assert browse(bram).do("projects:invite", meeting=meeting.pk).status_code == 302


def test_a_place_writes_no_lines_of_its_own_in_the_letter_to_everybody(
    browse, anna, bram, django_capture_on_commit_callbacks
):
    starts = timezone.localtime() + timedelta(days=30)
    place = "Buurthuis\r\n\r\nUw account verloopt. Log in op https://elders.example"
    sent = {"place": place, "host_party": "council", "starts_at": f"{starts:%Y-%m-%dT%H:%M}"}
    browse(bram).do("projects:plan_meeting", sent)
    meeting = ConsultationMeeting.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        browse(bram).do("projects:invite", meeting=meeting.pk)
    assert "Buurthuis  Uw account" in mail.outbox[0].body


def test_who_said_yes_to_another_hour_is_asked_once_more(anna, bram, browse):
    moment = timezone.localtime(timezone.now() + timedelta(days=7)).replace(second=0, microsecond=0)
    meeting, browser = make.meeting(bram, starts_at=moment), browse(bram)
    meeting.answer(anna, True)
    sent = {"place": meeting.place, "host_party": meeting.host_party, "starts_at": f"{moment:%Y-%m-%dT%H:%M}"}

    def asked():
        return [line.title for line in waiting(anna) if line.url.endswith("#komst")]

    # What it is about makes nobody come or not.
    browser.do("projects:change_meeting", sent | {"about": "Iets anders."}, meeting=meeting.pk)
    assert asked() == [] and "Eén van de gemeente heeft ja" in browser.at("start").content.decode()
    later = moment + timedelta(hours=1)
    browser.do("projects:change_meeting", sent | {"starts_at": f"{later:%Y-%m-%dT%H:%M}"}, meeting=meeting.pk)
    assert asked() == ["Zeggen of u nog naar het overleg komt"]
    assert "Nog niemand heeft gezegd" in browser.at("start").content.decode()
    page = browse(anna).at("projects:meeting", meeting=meeting.pk).content.decode()
    assert "Daarna veranderde het overleg. Komt u nog?" in page and "aria-pressed" not in page
    assert "komt, zei dit voor het overleg veranderde" in page
    browse(anna).do("projects:attend", {"coming": "yes"}, meeting=meeting.pk)
    assert asked() == []


def test_the_list_that_opens_a_meeting_says_what_changed_since_the_one_before(anna, bram):
    project = make.project(bram, Phase.COMMIT)
    same = make.commitment(bram, project, "Brieven in gewone taal")
    moved = make.commitment(bram, project, "Terugbellen")
    moved.set_status(anna, "busy")
    Event.objects.filter(thing_id=moved.pk).update(at=timezone.now() - timedelta(days=20))
    make.meeting(bram, days=-10)
    moved.note_clients(bram, "Vier van de zeven wachtten.")
    news = {one.pk: [told for _, told in one.news] for one in standing_list(make.meeting(bram))}
    assert news == {same.pk: [], moved.pk: ["Bram Hoekstra vroeg cliënten hiernaar"]}


def test_of_two_meetings_to_come_the_second_tells_what_changed_until_now(anna, bram):
    make.meeting(bram, days=5)
    later = make.meeting(anna, days=12)
    made = make.commitment(bram, make.project(bram, Phase.COMMIT))
    made.set_status(anna, "busy")
    [listed] = standing_list(later)
    assert next(told for _event, told in listed.news) == "Anna de Wit zette dit op ‘Bezig’" and not listed.since_meeting


def test_a_point_for_a_meeting_that_was_cancelled_meanwhile_comes_back_to_who_typed_it(anna, bram, browse):
    meeting = make.meeting(bram, days=5)
    meeting.cancel(bram, "De zaal is dubbel geboekt.", invitation)
    sent = {"title": "Wachten aan de telefoon", "note": "Drie mensen zeiden hetzelfde."}
    told = browse(anna).do("projects:add_item", sent, meeting=meeting.pk)
    assert told.status_code == 422 and "Drie mensen zeiden hetzelfde." in told.content.decode()


def test_the_list_of_an_evening_that_is_over_ends_with_that_day(anna, bram, browse):
    made = make.commitment(bram, make.project(bram, Phase.COMMIT), "Terugbellen", owner_member=anna)
    Event.objects.filter(thing_id=made.pk).update(at=timezone.now() - timedelta(days=30))
    Commitment.objects.filter(pk=made.pk).update(agreed_at=timezone.now() - timedelta(days=30))
    before, held = make.meeting(bram, days=-20), make.meeting(bram, days=-10)
    made.say_yes(anna)
    (then,) = standing_list(held)
    assert then.news == []
    Event.objects.filter(sentence__startswith="zei zelf ja").update(at=held.starts_at + timedelta(minutes=5))
    ((told,),) = ([told for _, told in one.news] for one in standing_list(held))
    assert told == "Anna de Wit zei hier zelf ja op"
    page = browse(anna).at("projects:meeting", meeting=held.pk).content.decode()
    assert f"De {held.host} was gastheer." in page and "Deze keer" not in page and "Er stonden geen andere" in page
    assert "tot en met dit overleg" in page and "Zet een punt op de agenda" not in page
    assert before.is_over and not make.meeting(bram).is_over
    # What was agreed after that evening was not on its list, whatever the list says today.
    Commitment.objects.filter(pk=made.pk).update(agreed_at=timezone.now())
    assert standing_list(held) == [] and standing_list(make.meeting(bram)) == [made]


def test_the_first_point_on_screen_is_the_first_on_paper(bram, browse):
    """People say 'point 3' to each other: the commitments are number one in both."""
    meeting = make.meeting(bram)
    make.agenda_item(bram, meeting, "Wachttijd aan de telefoon")
    page = browse(bram).at("projects:meeting", meeting=meeting.pk).content.decode()
    points = re.findall(r"<h3[^>]*>(?:<a[^>]*>)?([^<]+)", page.split('<ol class="agenda">')[1].split("</ol>")[0])
    assert points == ["Wat wij hebben afgesproken", "Wachttijd aan de telefoon"]


def test_nothing_leaves_the_list_before_both_sides_close_it(anna, bram, nico, browse):
    made = make.commitment(bram, make.project(bram, Phase.COMMIT))
    meeting = make.meeting(bram)
    with pytest.raises(ValidationError, match="Deze afspraak loopt nog"):
        made.close(bram)
    made.solve(bram, "Ja, dat merken zij.")
    made.close(bram)
    assert standing_list(meeting) == [made] and not made.is_closed
    assert made.left_to_close == "De gemeente moet deze afspraak nog sluiten."
    assert made.left_to_close in browse(nico).at("projects:meeting", meeting=meeting.pk).content.decode()
    with pytest.raises(ValidationError, match="Alleen de twee kanten"):
        made.close(nico)
    made.close(anna)
    assert standing_list(meeting) == [] and made.is_closed
    # It was not solved after all: then it is open for both.
    made.reopen(bram, "Het gebeurt weer.")
    assert standing_list(meeting) == [made] and not made.has_closed(anna.party)


@pytest.mark.promise("A4")
def test_a_nearer_meeting_hides_nothing_of_a_later_one(anna, bram):
    later = make.meeting(anna, days=10)
    make.paper(bram, later, "Terugbellen")
    make.paper(bram, later, "Cijfers", text="")
    before = {(line.title, line.due) for line in waiting(anna)}
    nearer = make.meeting(anna, days=1)
    make.meeting(anna, days=200)
    assert before < {(line.title, line.due) for line in waiting(anna)}
    assert {title for title, due in before if due == later.day} == {
        "Zeggen of u naar het overleg komt", "Lezen voor het overleg: Terugbellen",
    }  # fmt: skip
    assert "Een stuk voor het overleg: Cijfers" in {title for title, _ in before}
    asked = [line.due for line in waiting(anna) if line.title == "Zeggen of u naar het overleg komt"]
    assert asked == [nearer.day, later.day]


def test_the_pack_holds_agenda_commitments_and_papers_with_page_numbers(anna, bram, tmp_path):
    project = make.project(bram, Phase.COMMIT)
    make.commitment(bram, project, "Terugbellen binnen twee werkdagen")
    meeting = make.meeting(bram)
    make.agenda_item(bram, meeting, "Wachttijd aan de telefoon")
    make.paper(anna, meeting, "Cijfers over terugbellen", "Van de 41 mensen\nbelden wij er 23.\n\n- maandag\n- dinsdag")
    make.paper(bram, meeting, "Wat mensen zeggen", text="")
    files = [tmp_path / "pack.pdf", tmp_path / "minutes.pdf"]
    files[0].write_bytes(pack(meeting))
    opened = PdfReader(io.BytesIO(files[0].read_bytes()))
    pages = [" ".join(page.extract_text().split()) for page in opened.pages]
    # One part follows the other: a small meeting is no stack of half-empty sheets.
    assert len(pages) == 2
    assert "Wachttijd aan de telefoon" in pages[0] and "Wat mensen zeggen (van Bram Hoekstra)" in pages[0]
    assert "Terugbellen binnen twee werkdagen" in pages[0] and "Niets veranderd." in pages[0]
    assert "Van de 41 mensen" in pages[1] and pages[1].endswith("2")
    assert opened.trailer["/Root"]["/MarkInfo"]["/Marked"] and opened.metadata.author
    signed = make.minute(bram, make.meeting(bram, days=-1))
    make.sign(signed, bram, anna)
    files[1].write_bytes(minutes(signed))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files[1].read_bytes())).pages)
    assert signed.fingerprint[:20] in text.replace("\n", "") and "Getekend door" in text
    verapdf.passes(*files)


def test_a_meeting_asks_the_database_as_often_for_many_things_as_for_few(
    anna, bram, browse, full, django_assert_max_num_queries
):
    """How many questions stay the same, however long the standing list and the agenda are."""
    project = make.project(bram, Phase.COMMIT)
    meeting, held = make.meeting(bram), make.meeting(bram, days=-1)
    minute = make.minute(bram, held)
    many = 300 if full else 20

    def fill(count):
        for number in range(count):
            made = make.commitment(bram, project, f"Afspraak {number}", owner_member=anna)
            Event.record(anna, f"zette ‘Afspraak {number}’ op ‘Bezig’", thing=made)
            if number < 30:
                make.agenda_item(bram, meeting, f"Punt {number}")
                make.agenda_item(anna, held, f"Punt {number}")
                make.paper(bram, meeting, f"Stuk {number}")

    def asked():
        counts = []
        for route, kwargs in [
            ("projects:meeting", {"meeting": meeting.pk}),
            ("projects:minutes", {"meeting": held.pk}),
            ("projects:commitments", {}),
            ("start", {}),
        ]:
            with django_assert_max_num_queries(120) as seen:
                assert browse(anna).at(route, **kwargs).status_code == 200
            counts.append(len(seen.captured_queries))
        return counts

    fill(3)
    asked()
    few = asked()
    fill(many)
    assert asked() == few
    assert minute.meeting_items()[1].decisions == [] and AgendaItem.objects.of(meeting).count() >= 23
