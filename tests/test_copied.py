"""A sentence that somebody copied from a card while that was allowed goes with its teller, wherever it stands."""

import io
import time

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from analysis.models import Outcome, Theme
from dialoog.partnerships.models import ConflictCopy, Event, WithdrawnSentence
from dialoog.partnerships.models.copied import LEFT_OUT
from dialoog.partnerships.models.withdrawn import KEPT, Withdrawn
from dialoog.partnerships.writing import TAKEN_BACK
from dialoog.report.models import Edition, Printing, Report
from experiences.models import Fragment, FragmentDraft
from projects.calendar import invitation
from projects.models import Phase
from tests.advice import make as letters
from tests.analysis import make as bundled
from tests.experiences import make as told
from tests.projects import make as rounds
from tests.report import make

SENTENCE = "Mijn oudste zoon slaapt sinds de brand op de bank bij de buren."
PART = "zoon slaapt sinds"
COPIED = f"Iemand zei: mijn oudste zoon slaapt sinds\nde brand op de bank bij de buren. {SENTENCE} Dat raakte ons."


@pytest.fixture
def card(bram, anna):
    """A card of a round with a report, that may be quoted by everyone."""
    report = make.report(bram)
    return make.card(bram, report.project, 90, f"{SENTENCE} Nu niet meer.", may_quote=True, may_publish=True)


@pytest.fixture
def report(card):
    return Report.objects.get(project=card.project)


def rows_with(part=PART):
    """The tables of which a row holds these words, of everything that is kept."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            if any(part in str(row).lower().replace("\\n", " ") for row in cursor.fetchall()):
                found.add(model.__name__)
    return found


@pytest.mark.promise("P5")
def test_it_stands_in_no_text_no_history_no_copy_and_no_draft_on_paper(bram, anna, card, report):
    report.write(bram, report.version, brief=COPIED)
    report.write(anna, report.version, brief="Anders.", feedback=COPIED)
    # Somebody else typed on the older text, which did not fit.
    assert report.write(bram, 1, brief=f"Heel iets anders. {SENTENCE}")
    other = rounds.project(bram, Phase.DELIBERATE)
    sealed = bundled.answer(anna, bundled.theme(bram, other), text=SENTENCE)
    commitment = rounds.commitment(bram, None, client_notices=SENTENCE, meeting=rounds.meeting(bram, days=-1))
    make.dissent(bram, report, SENTENCE)
    make.printing(anna, report)
    letters.advice(bram, opening=SENTENCE)
    letters.enquiry(anna, question=SENTENCE)
    assert rows_with() == {
        "Fragment", "Report", "HistoricalReport", "ConflictCopy", "DeliberationAnswer", "HistoricalDeliberationAnswer",
        "Commitment", "HistoricalCommitment", "Dissent", "HistoricalDissent", "Printing", "Advice", "HistoricalAdvice",
        "Enquiry", "HistoricalEnquiry",
    }  # fmt: skip
    versions = report.version, sealed.version
    card.withdraw(bram)
    assert rows_with() == set()
    for thing in (report, sealed, commitment):
        thing.refresh_from_db()
    assert (report.version, sealed.version) == (versions[0] + 1, versions[1] + 1)
    assert report.feedback == (
        "Iemand zei: [hier stond een zin van iemand die zich terugtrok]. "
        "[hier stond een zin van iemand die zich terugtrok]. Dat raakte ons."
    )
    assert ConflictCopy.objects.get().yours.startswith("Heel iets anders. [hier")
    assert not Printing.objects.exists()


@pytest.mark.promise("P5", control=True)
def test_it_stays_when_somebody_else_withdraws(bram, card, report):
    report.write(bram, report.version, brief=COPIED)
    make.card(bram, report.project, 91, "Dat zei ik toen ook tegen haar.").withdraw(bram)
    assert rows_with() == {"Fragment", "Report", "HistoricalReport"}


OLD = f"Wij vroegen het aan acht mensen. {SENTENCE} Dat raakte ons."


@pytest.fixture
def sent(report):
    """What a page sends that was open before the teller withdrew, on top of OLD."""
    return lambda **texts: {"version": report.version, "subtitle": "", "brief": OLD, "feedback": ""} | texts


REMARK = f"{LEFT_OUT}."
OWN = " ".join(f"Dit is mijn eigen zin nummer {number} over de balie in de stad." for number in range(20))


@pytest.mark.promise("P5")
@pytest.mark.promise("R1")
@pytest.mark.parametrize(
    "typed",
    [
        # Sent again as it was; with other words around it; with much at the end; moved; twice; cut in two; in capitals.
        OLD,
        OLD.replace("acht", "tien").replace("ons", "mij"),
        f"{OLD} {OWN}",
        f"{SENTENCE} Wij vroegen het aan acht mensen. Dat raakte ons.",
        f"{OLD} {SENTENCE}\n\n{SENTENCE}",
        OLD.replace("sinds de brand", "sinds. De  brand"),
        OLD.replace(SENTENCE, f"“{SENTENCE.upper()}”"),
        # Who took it out by hand meanwhile keeps what was typed.
        "Wij vroegen het aan acht mensen. Dat raakte ons.",
    ],
)
def test_who_had_it_open_in_a_form_does_not_bring_it_back(browse, bram, anna, card, report, sent, typed):
    report.write(bram, report.version, brief=OLD)
    card.withdraw(bram)
    page = browse(anna).do("report:write", sent(brief=typed, subtitle="Nieuw"), report=report.pk, follow=True)
    assert rows_with() == set() and not ConflictCopy.objects.exists()
    report.refresh_from_db()
    kept = typed.replace("sinds. De  brand", "sinds de brand").replace(SENTENCE.upper(), SENTENCE)
    assert (report.brief, report.subtitle) == (kept.replace(SENTENCE, REMARK), "Nieuw")
    assert (TAKEN_BACK in page.content.decode()) is ("oudste" in typed.lower())


@pytest.mark.promise("P5")
def test_copied_once_more_into_another_field_it_does_not_come_back(browse, bram, anna, card, report, sent):
    report.write(bram, report.version, brief=OLD)
    card.withdraw(bram)
    browse(anna).do("report:write", sent(feedback=SENTENCE), report=report.pk)
    assert rows_with() == set()
    report.refresh_from_db()
    assert report.feedback == REMARK


@pytest.mark.promise("P5")
def test_a_first_form_that_comes_once_more_or_late_does_not_bring_it_back(bram, anna, card, report):
    theme = Theme.of(bundled.deliberated(anna, bram))[0]
    Outcome.put(bram, theme, 0, insight=OLD)
    card.withdraw(bram)
    for _ in range(2):
        assert not Outcome.put(bram, theme, 0, insight=OLD).conflicts
    dissent = make.dissent(anna, report, OLD)
    commitment = rounds.commitment(bram, None, clients_said=OLD, client_notices=OLD, meeting=rounds.meeting(bram, -1))
    assert rows_with() == set()
    assert dissent.was_taken_back
    assert {dissent.text, commitment.clients_said, commitment.client_notices} == {OLD.replace(SENTENCE, REMARK)}


@pytest.mark.promise("P5")
def test_it_stands_in_no_copy_of_what_does_not_fit(bram, anna, card, report):
    report.write(bram, report.version, brief=OLD)
    seen = report.version
    report.write(bram, report.version, brief="Heel iets anders nu.")
    card.withdraw(bram)
    assert report.write(anna, seen, brief=f"Weer iets anders. {SENTENCE} Meer niet.")
    assert rows_with() == set()
    assert ConflictCopy.objects.get().yours == f"Weer iets anders. {REMARK} Meer niet."


@pytest.mark.promise("P5")
def test_what_is_typed_on_a_page_of_before_does_not_bring_it_back_either(browse, bram, anna, card, report):
    report.write(bram, report.version, brief=OLD)
    sent = {"unit": "brief", "version": report.version, "text": f"{OLD} En nu verder."}
    card.withdraw(bram)
    told = browse(anna).do("partnerships:type_in", sent, kind="report", thing=report.pk).json()
    assert told["texts"]["brief"] == f"Wij vroegen het aan acht mensen. {REMARK} Dat raakte ons. En nu verder."
    assert told["said"] == TAKEN_BACK and rows_with() == set()


def in_texts_without_versions(bram, anna):
    """What lies ready at a table, and how somebody lays the sentence in each of it."""
    project, meeting = rounds.project(bram, Phase.TRUST), rounds.meeting(bram, days=-1)
    minute, task, pledge = rounds.minute(bram, meeting), rounds.task(bram, project), rounds.pledge(bram, project, anna)
    point = minute.meeting_items()[0]

    def planned():
        meeting.about = SENTENCE
        meeting.save()

    return (
        lambda: rounds.decision(anna, point, text=SENTENCE),
        lambda: task.finish(bram, SENTENCE),
        lambda: minute.refuse(anna, SENTENCE),
        lambda: minute.differ(anna, SENTENCE),
        lambda: pledge.give(anna, "yes", SENTENCE),
        lambda: rounds.nod(anna, project, reason=SENTENCE),
        lambda: Event.objects.bulk_create([Event(partnership=anna.partnership, by=anna, sentence=SENTENCE)]),
        planned,
    )


@pytest.mark.promise("P5")
def test_it_comes_back_in_no_text_that_is_not_kept_in_versions_nor_in_a_line_of_history(bram, anna, card):
    acts = in_texts_without_versions(bram, anna)
    card.withdraw(bram)
    for act in acts:
        act()
    assert rows_with() == set()


@pytest.mark.promise("P5", control=True)
def test_without_that_look_an_old_form_would_bring_it_back(browse, bram, anna, card, report, sent, monkeypatch):
    monkeypatch.setattr(Withdrawn, "__bool__", lambda self: False)
    report.write(bram, report.version, brief=OLD)
    acts = in_texts_without_versions(bram, anna)
    card.withdraw(bram)
    browse(anna).do("report:write", sent(feedback=SENTENCE), report=report.pk)
    make.dissent(bram, report, OLD)
    for act in acts:
        act()
    assert rows_with() == {
        "Report", "HistoricalReport", "Dissent", "HistoricalDissent", "Event", "Decision", "Task", "MinuteRefusal",
        "MinuteDissent", "Pledge", "Nod", "ConsultationMeeting",
    }  # fmt: skip


@pytest.mark.promise("P5")
def test_another_teller_who_said_the_same_keeps_that_card(bram, card):
    card.withdraw(bram)
    assert make.card(bram, card.project, 91, SENTENCE).text == SENTENCE


@pytest.mark.promise("R1")
def test_what_stood_there_before_the_card_may_be_sent_again(bram, card, report):
    report.write(bram, report.version, brief=SENTENCE)
    card.withdraw(bram, timezone.now())
    for words in ("Wij zeiden dat eerder.", "En nog eens."):
        report.write(bram, report.version, brief=f"{SENTENCE} {words}")
        assert SENTENCE in report.brief and not report.was_taken_back


@pytest.mark.promise("P5")
def test_what_is_kept_to_know_it_by_cannot_be_read_differs_per_table_and_goes_soon(bram, chris, anna, card):
    card.withdraw(bram)
    WithdrawnSentence.keep(chris.partnership_id, SENTENCE)
    mine, theirs = (WithdrawnSentence.objects.filter(partnership=one.partnership) for one in (bram, chris))
    assert mine.get().digest != theirs.get().digest
    assert {field.name for field in WithdrawnSentence._meta.fields} == {"id", "partnership", "digest", "words", "at"}
    assert not WithdrawnSentence.objects.visible_to(bram).exists()
    mine.update(at=timezone.now() - KEPT)
    assert not Withdrawn(bram.partnership_id) and Withdrawn(chris.partnership_id)
    call_command("retention", verbosity=0)
    assert not mine.exists() and theirs.exists()


def test_a_save_asks_once_whether_anything_was_taken_back(bram, card, report):
    def asked(brief):
        with CaptureQueriesContext(connection) as caught:
            report.write(bram, report.version, brief=brief)
        return [one["sql"] for one in caught if WithdrawnSentence._meta.db_table in one["sql"]], len(caught)

    (looks, before) = asked("Een.")
    card.withdraw(bram)
    report.refresh_from_db()
    assert len(looks) == 1 and asked(f"Twee. {SENTENCE}")[1] == before


def test_an_act_asks_it_for_a_text_and_a_line_of_history_and_never_for_a_few_words(bram, anna):
    point = rounds.minute(bram, rounds.meeting(bram, days=-1)).meeting_items()[0]
    for text, most in ((SENTENCE, 2), ("Wij bellen terug.", 1)):
        with CaptureQueriesContext(connection) as caught:
            rounds.decision(anna, point, text=text)
        assert sum(WithdrawnSentence._meta.db_table in one["sql"] for one in caught) <= most


def test_who_read_the_remark_writes_there_what_they_want(bram, card, report):
    report.write(bram, report.version, brief=OLD)
    card.withdraw(bram)
    report.refresh_from_db()
    report.write(bram, report.version, brief=OLD.replace(SENTENCE, "Iemand sliep na de brand bij de buren op de bank."))
    assert LEFT_OUT not in report.brief and not report.was_taken_back


def test_what_both_signed_stays_and_the_public_version_is_no_longer_given(browse, bram, anna, card, report):
    report.write(bram, report.version, brief=COPIED)
    make.signed(bram, anna, report=report)
    report = Report.objects.get(pk=report.pk)
    for seat in (bram, anna):
        report.speak(seat, True)
    edition = report.edition(Edition.Readers.PUBLIC)
    assert PART in browse(anna).at("report:kept_page", edition=edition.pk).content.decode()
    card.withdraw(bram)
    assert PART in report.edition(Edition.Readers.CLOSED).html
    assert PART not in browse(anna).at("report:kept_page", edition=edition.pk).content.decode()


def test_a_letter_that_was_sent_stays(bram, card):
    sent = letters.sent(bram, opening=SENTENCE)
    card.withdraw(bram)
    assert rows_with() == {"Advice"}
    sent.refresh_from_db()
    assert SENTENCE in sent.sent_text and SENTENCE not in sent.opening


@pytest.mark.promise("P5")
def test_what_was_written_before_it_was_signed_or_sent_does_not_stay(bram, anna, card):
    report = make.full(bram, anna)
    for brief in (COPIED, make.BRIEF):
        report.write(bram, report.version, brief=brief)
    make.signed(bram, anna, report=report)
    enquiry = letters.enquiry(anna, question=f"Hoort u dit ook? {SENTENCE}")
    enquiry.write(anna, enquiry.version, question="Hoort u dit ook?")
    enquiry.send(anna)
    assert rows_with() == {"Fragment", "HistoricalReport", "HistoricalEnquiry"}
    card.withdraw(bram)
    assert rows_with() == set()


def test_no_reason_brings_it_back(anna, bram, card):
    declined, recalled, meeting = letters.asked(anna), letters.asked(anna), rounds.meeting(bram)
    card.withdraw(bram)
    declined.decline(bram, SENTENCE)
    recalled.recall(anna, SENTENCE)
    meeting.cancel(bram, SENTENCE, invitation)
    assert rows_with() == set()
    assert all(LEFT_OUT in said for said in (declined.no_advice, recalled.recalled_why, meeting.cancelled_why))


def test_each_side_hears_only_of_its_own_secret_texts(bram, anna, card):
    bundled.answer(anna, bundled.theme(bram, rounds.project(bram, Phase.DELIBERATE)), text=SENTENCE)
    card.withdraw(bram)
    said = Event.objects.filter(sentence="Een zin van iemand die zich terugtrok ging weg uit ‘antwoord’")
    assert (said.visible_to(anna).count(), said.visible_to(bram).count()) == (1, 0)


def test_a_field_that_is_too_short_for_the_remark_gets_a_short_one(bram, card):
    text = make.card(bram, card.project, 91, "Ik was er al om acht.").text
    commitment = rounds.commitment(bram, None, because=f"{'Wachten. ' * 10}{text}", meeting=rounds.meeting(bram, -1))
    most = commitment._meta.get_field("because").max_length
    type(commitment)._base_manager.update(because=text.rjust(most, "x").replace("xI", " I"))
    Fragment.objects.get(number=91).withdraw(bram)
    commitment.refresh_from_db()
    assert commitment.because.endswith(" […].")


def test_who_withdraws_for_a_teller_reads_first_where_it_will_go(browse, bram, anna, dora):
    project = rounds.project(bram, Phase.COLLECT)
    held = told.told(bram, project)
    told.approved(bram, dora, held, text=SENTENCE)
    for _ in range(2):
        told.approved(bram, dora, told.told(bram, project))
    FragmentDraft.release(dora, project)
    rounds.commitment(bram, None, "Wij bellen terug", clients_said=SENTENCE, meeting=rounds.meeting(bram, days=-1))
    bundled.answer(anna, bundled.theme(bram, rounds.project(bram, Phase.DELIBERATE)), text=SENTENCE)
    page = browse(bram).do("withdraw", {"code": held.teller.code}, follow=True).content.decode()
    assert "bij: Wij bellen terug" in page
    assert page.count("bij: ") == 1


def test_words_that_stood_there_before_the_card_are_nobodys_copy(bram, anna, card, report):
    other = rounds.project(bram, Phase.DELIBERATE)
    sealed = bundled.answer(anna, bundled.theme(bram, other), text=SENTENCE)
    report.write(anna, report.version, brief=SENTENCE)
    decision = rounds.decision(anna, rounds.minute(bram, rounds.meeting(bram, days=-1)).meeting_items()[0], SENTENCE)
    approved_at = timezone.now()
    report.write(bram, report.version, feedback=SENTENCE)
    card.withdraw(bram, approved_at)
    for thing in (sealed, report, decision):
        thing.refresh_from_db()
    assert {sealed.text, report.brief, decision.text} == {SENTENCE}
    assert report.feedback == "[hier stond een zin van iemand die zich terugtrok]."


@pytest.mark.promise("P5")
def test_what_was_written_in_something_older_than_the_card_goes_too(bram, anna, card):
    old = rounds.nod(anna, rounds.project(bram, Phase.START), reason=SENTENCE)
    acts = in_texts_without_versions(bram, anna)
    approved_at = timezone.now()
    for act in acts:
        act()
    card.withdraw(bram, approved_at)
    assert rows_with() == set()
    old.refresh_from_db()
    # It may have been changed since: nobody can tell which of the two was first.
    assert old.reason == REMARK


def test_words_that_are_told_by_the_moment_they_were_made_never_change(bram, anna):
    decision = rounds.decision(anna, rounds.minute(bram, rounds.meeting(bram, days=-1)).meeting_items()[0])
    decision.text = SENTENCE
    with pytest.raises(TypeError, match="do not change"):
        decision.save()


@pytest.mark.promise("P5")
@pytest.mark.parametrize("of_it", [60, 40, 31])
def test_half_a_sentence_that_was_cut_off_goes_too(bram, anna, card, of_it):
    filling = ("Wij spraken lang met elkaar over hoe het nu gaat. " * 9)[: 300 - of_it]
    Event.record(anna, f"{filling}{SENTENCE}", thing=card.project)
    assert rows_with() == {"Fragment", "Event"}
    card.withdraw(bram)
    assert rows_with() == set()
    assert Event.objects.filter(sentence__startswith=filling).get().sentence.endswith("]")


def test_what_only_begins_alike_stays(bram, anna, card):
    for text in ("Mijn oudste zoon slaapt sinds de verhuizing goed.", "Mijn oudste zoon slaapt sinds"):
        Event.record(anna, text, thing=card.project)
    card.withdraw(bram)
    assert Event.objects.filter(sentence__startswith="Mijn oudste zoon slaapt").count() == 2


def test_what_was_decided_stays_as_both_signed_it_and_both_read_that_it_was_taken_back(browse, bram, anna, card):
    held, other = rounds.meeting(bram, days=-1), rounds.meeting(bram, days=-8)
    minute = rounds.minute(bram, held)
    decision = rounds.decision(anna, minute.meeting_items()[0], SENTENCE)
    rounds.sign(minute, bram, anna)
    rounds.sign(rounds.minute(bram, other), bram, anna)
    told = "Een zin in dit verslag is ingetrokken."
    assert told not in browse(anna).at("projects:minutes", meeting=held.pk).content.decode()
    card.withdraw(bram)
    decision.refresh_from_db()
    assert decision.text == SENTENCE
    for seat in (bram, anna):
        for route in ("projects:minutes", "projects:read_minutes"):
            assert told in browse(seat).at(route, meeting=held.pk).content.decode()
            assert told not in browse(seat).at(route, meeting=other.pk).content.decode()
    file = browse(anna).at("projects:minutes_pdf", meeting=held.pk).content
    assert told in " ".join(PdfReader(io.BytesIO(file)).pages[0].extract_text().split())


def test_it_goes_from_a_list_of_texts_too(bram, card):
    theme = bundled.theme(bram, card.project, SENTENCE)
    card.project.note_theme(theme.pk, SENTENCE, is_open=True)
    card.withdraw(bram)
    assert rows_with() == set()


def test_one_word_as_long_as_a_book_keeps_nobody_waiting(bram):
    begun = time.process_time()
    Event.record(bram, "a" * 100_000)
    assert time.process_time() - begun < 5


def test_a_teller_of_very_many_sentences_can_withdraw(bram, card):
    rounds.close_out(bram, card.project, learnt="Ja, wij willen elkaar eerder bellen.")
    text = " ".join(f"u ja o a e {first}{then}." for first in "abcdefghij" for then in "klmnopqrst")
    make.card(bram, card.project, 91, text).withdraw(bram)
    assert not Fragment.objects.filter(number=91).exists()
