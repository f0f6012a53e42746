"""Telling back: whoever wanted to hear it, hears it, and the round does not close before."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.utils import timezone

from analysis.models import Placing, Theme, themes_fed
from dialoog.partnerships.models import Event
from experiences.models import ContactDetail, Feedback, Fragment, Reading, first_words
from experiences.waiting import waiting
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds

LETTER = "Beste verteller,\n\nEr komt een tafel apart bij de voedselbank. U merkt het in januari."


@pytest.fixture
def project(bram):
    return rounds.project(bram, Phase.COLLECT)


def refusal(act, *args, **kwargs):
    with pytest.raises(ValidationError) as refused:
        act(*args, **kwargs)
    return " ".join(refused.value.messages)


def arranged(project):
    """Whether the round may close as far as telling back goes."""
    (check,) = [check for check in project.checks_for(Phase.CLOSED) if check.key == "feedback"]
    assert check.enforced
    return check.ok


def at_report(project):
    project.refresh_from_db()
    project.phase = Phase.REPORT
    project.save()
    return project


def test_who_leaves_an_address_for_it_has_asked_for_it(bram, project):
    asked = make.told(bram, project, may_call_back=True)
    make.contact(bram, asked)
    other = make.told(bram, project, may_call_back=True)
    make.contact(bram, other, purpose="check")
    assert [owed.teller for owed in Feedback.objects.owed(project)] == [asked.teller]
    assert Feedback.ask(bram, asked.teller) == Feedback.objects.get()


def test_the_wish_is_noted_with_the_consent_and_taken_back_there(browse, bram, project):
    held = make.interview(bram, project)
    said = {"given_on": "2026-01-10", "way": "spoken", "may_analyse": "on", "text": str(make.text(bram).pk)}
    browse(bram).do("experiences:consent", said | {"wants_feedback": "on"}, interview=held.pk)
    assert Feedback.objects.owed(project).count() == 1
    browse(bram).do("experiences:consent", said, interview=held.pk)
    assert not Feedback.objects.exists()


def test_the_letter_begins_with_what_the_story_fed_and_what_was_agreed(browse, bram, dora, anna, project):
    make.released(bram, dora, project)
    cards = list(Fragment.objects.of(project))
    ours, theirs = (
        Theme.objects.create(partnership=bram.partnership, project=project, sentence=sentence)
        for sentence in ("Om hulp vragen voelt als schaamte", "Papieren, papieren")
    )
    for card in cards:
        Placing.objects.create(
            partnership=bram.partnership, project=project, fragment=card, theme=ours if card == cards[0] else theirs
        )
    ours.bind(rounds.commitment(bram, project, what="Een tafel apart", client_notices="Niemand luistert mee."))
    teller = next(
        held.teller for held in make.Interview.objects.of(project) if themes_fed(held.teller)[0][0] == ours.sentence
    )
    asked = Feedback.ask(bram, teller)
    words = first_words(asked, themes_fed(teller))
    for said in ("Om hulp vragen voelt als schaamte", "Een tafel apart", "Niemand luistert mee.", project.question):
        assert said in words
    assert "Papieren, papieren" not in words
    assert anna.name not in words
    page = browse(bram).at("analysis:letter", feedback=asked.pk).content.decode()
    assert "Niemand luistert mee." in page
    assert browse(anna).at("analysis:letter", feedback=asked.pk).status_code == 404
    # Where nobody wrote down how the council is reached, it still says to whom.
    assert "Zeg het tegen degene van de cliëntenraad met wie u praatte." in words and "Dat staat nog nergens." in page
    make.addresses(bram, reach="Bel 06-00000000.")
    assert "Laat het ons weten. Bel 06-00000000." in first_words(asked, themes_fed(teller))
    # Whose one card there says the opposite is not counted among the others.
    assert "juist iets anders" not in words
    ours.counter_card = cards[0]
    ours.save()
    assert "U vertelde juist iets anders dan de meeste mensen." in first_words(asked, themes_fed(teller))


def test_nobody_writes_over_the_words_of_another(browse, bram, dora, project):
    asked = make.feedback(bram, make.told(bram, project), LETTER)
    browse(dora).do("analysis:letter", {"version": 1, "text": "Dora schreef dit."}, feedback=asked.pk)
    answer = browse(bram).do("analysis:letter", {"version": 1, "text": "Bram schreef dat."}, feedback=asked.pk)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bram schreef dat." in page
    assert "Dora schreef dit." in page
    assert Feedback.objects.get().text == "Dora schreef dit."
    # Having read both, Bram saves on top of it.
    assert 'name="version" value="2"' in page
    browse(bram).do("analysis:letter", {"version": 2, "text": "Dora schreef dit, Bram dat."}, feedback=asked.pk)
    assert Feedback.objects.get().text == "Dora schreef dit, Bram dat."


def test_it_is_told_once_with_how_and_when(browse, bram, dora, project):
    asked = make.feedback(bram, make.told(bram, project), LETTER)
    today = timezone.localdate()
    assert "toekomst" in refusal(asked.tell, bram, "read", today + timedelta(days=1))
    assert "Kies hoe" in refusal(asked.tell, bram, "geroepen", today)
    browse(bram).do("experiences:tell", {"way": "read", "on": today.isoformat()}, feedback=asked.pk)
    browse(dora).do("experiences:tell", {"way": "posted", "on": today.isoformat()}, feedback=asked.pk)
    asked.refresh_from_db()
    assert (asked.way, asked.done_on, asked.done_by) == ("read", today, bram)
    page = browse(dora).at("experiences:feedback", project=project.pk).content.decode()
    assert "voorgelezen" in page
    assert "Niemand wacht meer" in page
    asked.reopen(dora)
    assert Feedback.objects.owed(project).count() == 1


def test_a_mail_goes_to_the_given_address_only_and_holds_nothing_of_the_story(browse, bram, dora, project):
    held = make.told(bram, project, may_call_back=True)
    make.contact(bram, held, email="verteller@example.com")
    asked = make.feedback(bram, held, f"{LETTER} U zei: Iedereen in de rij kon horen wat ik zei.")
    read = {"seen": asked.seen}
    refused = browse(bram).do("experiences:send_feedback", read, interview=held.pk)
    assert "een zin uit het verhaal zelf" in refused.content.decode()
    assert mail.outbox == []
    asked.refresh_from_db()
    asked.write(bram, asked.version, LETTER)
    # Not with words that somebody else wrote meanwhile.
    refused = browse(dora).do("experiences:send_feedback", read, interview=held.pk)
    assert "Lees hem opnieuw en mail hem dan." in refused.content.decode() and mail.outbox == []
    for _ in range(2):
        browse(bram).do("experiences:send_feedback", {"seen": asked.seen}, interview=held.pk)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["verteller@example.com"], "Een bericht voor u", LETTER)
    asked.refresh_from_db()
    assert (asked.way, asked.is_owed) == ("mailed", False)


def test_a_teller_gets_no_more_than_three_mails_a_day_however_often_it_is_opened_again(bram, project):
    held = make.told(bram, project, may_call_back=True)
    make.contact(bram, held, email="verteller@example.com")
    asked = make.feedback(bram, held, LETTER)
    for _ in range(3):
        asked.send(bram)
        asked.reopen(bram)
    with pytest.raises(ValidationError, match="Probeer het morgen nog eens"):
        asked.send(bram)
    asked.refresh_from_db()
    assert (len(mail.outbox), asked.is_owed) == (3, True)


class Away(BaseEmailBackend):
    """A mail server that does not answer, while everybody else at every table goes on saving."""

    def send_messages(self, messages):
        assert not connection.in_atomic_block
        raise TimeoutError


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_away_holds_nobody_up_and_the_teller_still_has_to_hear_it(bram, project, settings):
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    held = make.told(bram, project, may_call_back=True)
    make.contact(bram, held, email="verteller@example.com")
    asked = make.feedback(bram, held, LETTER)
    with pytest.raises(ValidationError, match="De mail kon niet weg"):
        asked.send(bram)
    asked.refresh_from_db()
    assert asked.is_owed


def test_mailing_is_offered_only_when_there_is_an_address_and_finding_out_opens_nothing(browse, bram, project):
    for number, address in (("06-00000000", ""), ("", "verteller@example.com")):
        held = make.told(bram, project, may_call_back=True)
        make.contact(bram, held, phone=number, email=address)
        asked = make.feedback(bram, held, LETTER)
        page = browse(bram).at("analysis:letter", feedback=asked.pk).content.decode()
        assert ("Mail de brief" in page) is bool(address)
        assert ("Een mailadres is er niet bij." in page) is bool(number)
        assert not Reading.objects.about(held.teller).filter(what=Reading.What.CONTACT).exists()


def test_an_address_given_for_something_else_is_not_used(bram, project):
    held = make.told(bram, project, may_call_back=True)
    make.contact(bram, held, purpose="check", email="verteller@example.com")
    asked = make.feedback(bram, held, LETTER)
    assert "geen mailadres" in refusal(asked.send, bram)
    assert mail.outbox == []
    assert Feedback.objects.get().is_owed


def test_a_round_does_not_close_before_everyone_heard_it_or_a_reason_stands(browse, bram, project):
    held = make.told(bram, project, may_call_back=True)
    make.contact(bram, held)
    asked = Feedback.objects.get()
    at_report(project)
    assert not arranged(project)
    refused = browse(bram).do("experiences:feedback", {"reason": ""}, project=project.pk)
    assert "Schrijf op waarom dit niet is gedaan." in refused.content.decode()
    number = browse(bram).do("experiences:feedback", {"reason": "Bel 06-12345678 nog."}, project=project.pk)
    assert "Dit leest ook de gemeente" in number.content.decode()
    asked.write(bram, 0, LETTER)
    asked.tell(bram, "read", timezone.localdate())
    refused = browse(bram).do("experiences:feedback", {"reason": ""}, project=project.pk)
    assert refused.status_code == 422, "the contact details are still there"
    for kept in ContactDetail.objects.all():
        kept.erase(bram)
    assert browse(bram).do("experiences:feedback", {"reason": ""}, project=project.pk).status_code == 302
    project.refresh_from_db()
    assert arranged(project)
    assert (project.feedback_done, project.contacts_erased) == (True, True)
    # What was said to be done is done no longer when somebody turns out to wait.
    asked.refresh_from_db()
    asked.reopen(bram)
    project.refresh_from_db()
    assert not arranged(project)


def test_a_teller_whom_it_did_not_work_to_tell_counts_with_the_reason(browse, bram, dora, project):
    held = make.told(bram, project)
    asked = make.feedback(bram, held)
    assert "waarom" in refusal(asked.excuse, bram, "  ")
    asked.excuse(bram, "Het nummer werkt niet meer.")
    assert not Feedback.objects.owed(project).exists()
    assert Feedback.objects.get().reason == "Het nummer werkt niet meer."
    assert (
        "Klaar met deze ronde?"
        in browse(bram).at("experiences:feedback", project=at_report(project).pk).content.decode()
    )
    Feedback.conclude(bram, project)
    project.refresh_from_db()
    assert (project.feedback_done, project.feedback_reason) == (False, "Niet iedereen was nog te bereiken.")
    # What was said is not asked again.
    page = browse(bram).at("experiences:feedback", project=project.pk).content.decode()
    assert "De raad is klaar" in page and "Noteer het opnieuw" in page
    # Nor is a card offered that the round no longer takes.
    assert "geen kaartjes meer bij" in browse(bram).at("experiences:interview", interview=held.pk).content.decode()


def test_what_is_owed_waits_for_the_council_and_nobody_else_hears_of_it(anna, bram, nico, project):
    make.feedback(bram, make.told(bram, project, code="K4M 72"))
    assert not [line for line in waiting(bram) if "Terugkoppeling" in line.title], "nothing can be told yet"
    at_report(project)
    assert [line.title for line in waiting(bram) if "Terugkoppeling" in line.title] == [
        "Terugkoppeling bij code K4M 72"
    ]
    assert waiting(anna) == waiting(nico) == []
    for seat in (anna, nico):
        assert not Feedback.objects.visible_to(seat).exists()
        said = " ".join(event.sentence for event in Event.objects.visible_to(seat))
        assert "terugkoppeling" not in said


def test_withdrawing_takes_the_letter_and_the_wish(bram, project):
    held = make.told(bram, project)
    make.feedback(bram, held, LETTER)
    held.teller.withdraw(bram)
    assert not Feedback.objects.exists()


def test_the_clock_of_a_conversation_starts_stops_and_counts(browse, bram, dora, project):
    held = make.interview(bram, project, minutes=None)
    page = browse(bram).at("experiences:interview", interview=held.pk)
    assert "Start de klok" in page.content.decode()
    browse(bram).do("experiences:clock", {"clock": "start"}, interview=held.pk)
    browse(dora).do("experiences:clock", {"clock": "start"}, interview=held.pk)
    held.refresh_from_db()
    began = held.began_at
    browse(dora).do("experiences:clock", {"clock": "stop"}, interview=held.pk)
    held.refresh_from_db()
    assert held.began_at == began
    assert held.minutes in (0, 1)
    # Two times on paper are enough; past midnight the clock goes on.
    held.began_at, held.ended_at = began.replace(hour=23, minute=50), began.replace(hour=0, minute=20)
    held.time()
    assert held.minutes == 30
    earlier = make.interview(bram, project, minutes=None, held_on=timezone.localdate() - timedelta(days=1))
    assert "andere dag" in refusal(earlier.start_clock, bram)


def test_two_times_give_the_minutes(browse, bram, dora, project):
    held = make.interview(bram, project, minutes=None)
    data = {
        "code": held.teller.code, "whose": "client", "held_on": "2026-01-10", "form": "together", "place": "home",
        "interviewers": [str(bram.pk), str(dora.pk)], "approach": "person", "note": "",
        "began_at": "14:20", "ended_at": "15:05", "minutes": "",
    }  # fmt: skip
    assert browse(bram).do("experiences:change", data, interview=held.pk).status_code == 302
    held.refresh_from_db()
    assert held.minutes == 45
