"""A sentence that somebody copied from a card while that was allowed goes with its teller, wherever it stands."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from dialoog.partnerships.models import ConflictCopy, Event
from dialoog.partnerships.models.copied import LEFT_OUT
from dialoog.report.models import Edition, Printing, Report
from experiences.models import Fragment, FragmentDraft
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
    assert rows_with() == {
        "Fragment", "Report", "HistoricalReport", "ConflictCopy", "DeliberationAnswer", "HistoricalDeliberationAnswer",
        "Commitment", "HistoricalCommitment", "Dissent", "HistoricalDissent", "Printing", "Advice", "HistoricalAdvice",
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


@pytest.mark.promise("P5")
@pytest.mark.parametrize(
    ("typed", "reads"),
    [
        # Sent again as it was; with other words around it; changed a little itself; with something at the end.
        (OLD, "Wij vroegen het aan acht mensen. {} Dat raakte ons."),
        (OLD.replace("acht", "tien").replace("ons", "mij"), "Wij vroegen het aan tien mensen. {} Dat raakte mij."),
        (OLD.replace("Mijn oudste", "De oudste"), "Wij vroegen het aan acht mensen. {} Dat raakte ons."),
        (f"{OLD} En nu verder.", "Wij vroegen het aan acht mensen. {} Dat raakte ons. En nu verder."),
        # Who took it out by hand meanwhile keeps what was typed.
        ("Wij vroegen het aan acht mensen. Dat raakte ons.", "Wij vroegen het aan acht mensen. Dat raakte ons."),
    ],
)
def test_who_had_it_open_in_a_form_does_not_bring_it_back(browse, bram, anna, card, report, typed, reads):
    report.write(bram, report.version, brief=OLD)
    sent = {"version": report.version, "subtitle": "Nieuw", "brief": typed, "feedback": ""}
    card.withdraw(bram)
    said = browse(anna).do("report:write", sent, report=report.pk, follow=True).content.decode()
    assert rows_with() == set()
    report.refresh_from_db()
    assert (report.brief, report.subtitle) == (reads.format(f"{LEFT_OUT}."), "Nieuw")
    assert ("Intussen trok iemand een verhaal terug." in said) is (SENTENCE[10:] in typed)


@pytest.mark.promise("P5")
def test_what_is_typed_on_a_page_of_before_does_not_bring_it_back_either(browse, bram, anna, card, report):
    report.write(bram, report.version, brief=OLD)
    sent = {"unit": "brief", "version": report.version, "text": f"{OLD} En nu verder."}
    card.withdraw(bram)
    told = browse(anna).do("partnerships:type_in", sent, kind="report", thing=report.pk).json()
    assert told["texts"]["brief"] == f"Wij vroegen het aan acht mensen. {LEFT_OUT}. Dat raakte ons. En nu verder."
    assert "trok iemand een verhaal terug" in told["said"] and rows_with() == set()


@pytest.mark.promise("P5", control=True)
def test_without_that_look_an_old_form_would_bring_it_back(browse, bram, anna, card, report, monkeypatch):
    monkeypatch.setattr(Report, "_as_taken_back", lambda self, version, typed: typed)
    report.write(bram, report.version, brief=OLD)
    sent = {"version": report.version, "subtitle": "", "brief": f"{OLD} En nu verder.", "feedback": ""}
    card.withdraw(bram)
    browse(anna).do("report:write", sent, report=report.pk)
    assert rows_with() == {"Report", "HistoricalReport"}


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
    letters.sent(bram, opening=SENTENCE)
    card.withdraw(bram)
    assert rows_with() == {"Advice", "HistoricalAdvice"}


def test_each_side_hears_only_of_its_own_secret_texts(bram, anna, card):
    bundled.answer(anna, bundled.theme(bram, rounds.project(bram, Phase.DELIBERATE)), text=SENTENCE)
    card.withdraw(bram)
    said = Event.objects.filter(sentence="Een zin van een ingetrokken kaartje ging weg uit ‘antwoord’")
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


def test_it_goes_from_a_list_of_texts_too(bram, card):
    theme = bundled.theme(bram, card.project, SENTENCE)
    card.project.note_theme(theme.pk, SENTENCE, is_open=True)
    card.withdraw(bram)
    assert rows_with() == set()


def test_a_teller_of_very_many_sentences_can_withdraw(bram, card):
    rounds.close_out(bram, card.project, learnt="Ja, wij willen elkaar eerder bellen.")
    text = " ".join(f"u ja o a e {first}{then}." for first in "abcdefghij" for then in "klmnopqrst")
    make.card(bram, card.project, 91, text).withdraw(bram)
    assert not Fragment.objects.filter(number=91).exists()
