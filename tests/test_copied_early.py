"""Words that somebody of the council carried along from a story before it was a card go with their teller too."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dialoog.partnerships.models.copied import LEFT_OUT
from dialoog.report import composition
from experiences.models import FragmentDraft
from experiences.vault import Vault, VaultClosed
from projects.models import Phase
from tests.advice import make as letters
from tests.experiences import make as told
from tests.projects import make as rounds
from tests.report import make
from tests.test_copied import COPIED, PART, SENTENCE, rows_with


def at_hour(hour):
    return time_machine.travel(timezone.now() + timedelta(hours=hour))


@pytest.fixture
def held(bram):
    """A conversation of which the story is typed, with the sentence in it, and one card in the making."""
    # More sentences than the database is asked for one by one.
    rest = " ".join(f"In week {number} belde ik daar nog een keer over." for number in range(12))
    one = told.told(bram, rounds.project(bram, Phase.COLLECT), text=f"{SENTENCE} {rest}", may_quote=False)
    told.draft(bram, one, text="Wij kregen pas na weken een brief terug van de gemeente.")
    return one


def release(writer, reader, held):
    """This card and two others are read by the second reader, and cross."""
    project = held.teller.project
    for _ in range(2):
        told.draft(writer, told.told(writer, project))
    for draft in FragmentDraft.objects.of(project):
        draft.offer(writer, draft.version)
        draft.approve(reader, draft.hash)
    FragmentDraft.release(writer, project, "Samen.")


@pytest.mark.promise("P5")
def test_what_bram_put_on_the_agenda_from_the_draft_goes_when_its_teller_withdraws(browse, bram, dora, anna, held):
    FragmentDraft.objects.get().rewrite(bram, 1, "De bank bij de buren", f"{SENTENCE} Het was koud.")
    meeting = rounds.meeting(bram)
    with at_hour(1):
        sent = {"title": "Wat wij horen", "note": f"Iemand zei: {SENTENCE}"}
        assert browse(bram).do("projects:add_item", sent, meeting=meeting.pk).status_code == 302
    with at_hour(2):
        release(bram, dora, held)
        assert PART in browse(anna).at("projects:meeting", meeting=meeting.pk).content.decode()
        held.teller.withdraw(bram)
        page = browse(anna).at("projects:meeting", meeting=meeting.pk).content.decode()
    assert PART not in page and LEFT_OUT in page and rows_with() == set()


@pytest.mark.promise("P5")
def test_what_stands_on_no_card_goes_too_and_comes_back_with_no_old_page(bram, anna, held):
    report = make.report(bram, held.teller.project, brief=COPIED)
    # Anna read it there, and took it over in words of hers.
    with at_hour(1):
        report.write(anna, report.version, feedback=SENTENCE)
    assert rows_with() == {"Report", "HistoricalReport"}
    with at_hour(2):
        held.teller.withdraw()
        report.refresh_from_db()
        report.write(anna, report.version, subtitle=SENTENCE)
    assert rows_with() == set()


@pytest.mark.promise("P5", control=True)
def test_it_stays_when_the_story_is_of_somebody_else(bram, held):
    make.report(bram, held.teller.project, brief=COPIED)
    told.told(bram, held.teller.project).teller.withdraw(bram)
    assert rows_with() == {"Report", "HistoricalReport"}


def test_nobody_strikes_out_what_the_municipality_said_by_typing_it_as_a_story(bram, anna, held):
    minute = rounds.minute(bram, rounds.meeting(bram, days=-1))
    minute.differ(anna, SENTENCE)
    report = make.report(anna, held.teller.project, brief=SENTENCE)
    letters.enquiry(anna, question=SENTENCE)
    before = rows_with()
    held.teller.withdraw(bram)
    report.refresh_from_db()
    assert rows_with() == before and report.brief == SENTENCE


def test_what_the_council_wrote_before_the_story_was_begun_is_its_own(bram):
    project = rounds.project(bram, Phase.COLLECT)
    report = make.report(bram, project, brief=SENTENCE)
    with at_hour(1):
        told.told(bram, project, text=SENTENCE).teller.withdraw(bram)
    report.refresh_from_db()
    assert report.brief == SENTENCE


@pytest.mark.promise("P5")
def test_what_stood_in_the_report_before_the_card_does_not_open_when_the_card_goes(bram, dora, held):
    FragmentDraft.objects.get().rewrite(bram, 1, "De bank bij de buren", f"{SENTENCE} Het was koud.")
    report = make.report(bram, held.teller.project, brief=f"{make.BRIEF} {SENTENCE}")
    with at_hour(1):
        release(bram, dora, held)
        assert PART not in composition.compose(report, public=True).body
        held.teller.withdraw(bram)
        report.refresh_from_db()
        assert PART not in composition.compose(report, public=True).body


def test_who_withdraws_for_a_teller_reads_where_words_of_the_story_stand(browse, bram, held):
    make.report(bram, held.teller.project, brief=SENTENCE)
    page = browse(bram).do("withdraw", {"code": held.teller.code}, follow=True).content.decode()
    assert "bij: Verslag van ronde" in page


def test_a_teller_whose_words_cannot_be_read_any_more_is_forgotten_all_the_same(bram, held):
    Vault(held.partnership_id).destroy_key(held.teller_id, "withdrawn")
    with pytest.raises(VaultClosed):
        FragmentDraft.objects.get().words()
    held.teller.withdraw()
    assert held.teller.is_withdrawn and not FragmentDraft.objects.exists()
