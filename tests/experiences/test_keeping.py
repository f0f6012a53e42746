"""Nothing is kept longer than agreed: every clock just before and just at its day, and what a restore must not undo."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from dialoog.partnerships.models import Event, Invitation
from experiences import waiting
from experiences.models import (
    Consent,
    ContactDetail,
    Fragment,
    FragmentDraft,
    Interview,
    Passage,
    Reading,
    Story,
    Teller,
    Terms,
    keeping,
)
from experiences.models.keeping import NOTICE, daily, due, forget_again, months_after
from experiences.models.tellers import quarter
from experiences.vault import Ledger, Vault, VaultClosed
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.VAULT_DIR = tmp_path / "kluis"


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


@pytest.fixture
def cards(bram, dora, project):
    """Three conversations with a card each that crossed."""
    return make.released(bram, dora, project, may_call_back=True)


def close(project, day):
    """The round was closed on this day."""
    project.phase = Phase.CLOSED
    project.closed_by, project.closed_at = project.lead, timezone.now() - (timezone.localdate() - day)
    project.feedback_by, project.feedback_at, project.feedback_done = project.lead, project.closed_at, True
    project.contacts_erased = True
    project.save()


def kinds(partnership, today):
    """What the daily work lets go on this day."""
    gone, _ = daily(partnership, today)
    return [one.kind for one in gone]


# The clocks


@pytest.mark.promise("P7")
def test_contact_details_go_the_day_after_the_last_day_that_was_agreed(table, bram, cards):
    held = FragmentDraft.objects.get(fragment=cards[0]).story.interview
    last = make.contact(bram, held, days=30).delete_by
    assert kinds(table, last) == []
    assert ContactDetail.objects.exists()
    assert kinds(table, last + DAY) == ["contact"]
    assert not ContactDetail.objects.exists()


@pytest.mark.promise("P7")
def test_stories_go_a_year_after_the_round_and_the_cards_stay(table, bram, dora, project, cards):
    make.contact(bram, FragmentDraft.objects.get(fragment=cards[0]).story.interview, days=30)
    closed = date(2026, 2, 28)
    close(project, closed)
    assert "story" not in kinds(table, date(2027, 2, 27))
    assert Passage.objects.count() == 3
    assert "story" in kinds(table, date(2027, 2, 28))
    assert not Passage.objects.exists()
    assert [draft.text for draft in FragmentDraft.objects.all()] == ["", "", ""]
    assert Fragment.objects.count() == 3
    # Whoever withdraws after that still takes the card along.
    Teller.objects.first().withdraw(dora)
    assert Fragment.objects.count() == 2


@pytest.mark.promise("P7")
def test_that_somebody_said_yes_goes_five_years_after_the_round(table, project, cards):
    close(project, date(2026, 1, 31))
    daily(table, date(2027, 1, 31))
    assert "teller" not in kinds(table, date(2031, 1, 30))
    assert Consent.objects.count() == 3
    assert "teller" in kinds(table, date(2031, 1, 31))
    assert not (Consent.objects.exists() or Teller.objects.exists() or Interview.objects.exists())
    assert Fragment.objects.count() == 3


@pytest.mark.promise("P7")
def test_the_reading_log_goes_after_two_years(table, bram, project):
    line = Reading.note(bram, make.told(bram, project), Reading.What.STORY, "uittypen")
    last = months_after(timezone.localdate(line.until), 24)
    assert kinds(table, last - DAY) == []
    assert kinds(table, last) == ["reading"]
    assert not Reading.objects.exists()


@pytest.mark.promise("P7")
def test_invitations_go_ninety_days_after_they_ended(table, bram):
    offer = Invitation(partnership=table, party="council", email="iemand@post.example").invite(bram)
    ended = timezone.localdate(offer.ends_at)
    assert kinds(table, ended + 89 * DAY) == []
    assert kinds(table, ended + 90 * DAY) == ["invitation"]
    assert not Invitation.objects.exists()


@pytest.mark.promise("P7")
def test_the_key_of_a_draft_on_a_device_is_given_for_as_long_as_was_agreed(table, bram, dora, project):
    teller, typed_on = make.told(bram, project).teller, date(2026, 3, 1)
    terms = Terms(partnership=table, device_days=14)
    (key, *_) = terms.device_keys(teller, bram, typed_on)
    assert terms.device_keys(teller, bram, typed_on + 14 * DAY)[-1] == key
    assert key not in terms.device_keys(teller, bram, typed_on + 15 * DAY)
    assert key not in terms.device_keys(teller, dora, typed_on)
    assert len({*terms.device_keys(teller, bram, typed_on)}) == 15
    Vault(table.pk).destroy_key(teller.pk, Ledger.EXPIRED)
    assert terms.device_keys(teller, bram, typed_on) == []


def let_a_day_pass(table, cards, project):
    """Close a round, and let each of its clocks strike: what is left after each, to be held against what should be."""
    close(project, date(2026, 2, 28))
    left = []
    for day in (date(2027, 2, 27), date(2027, 2, 28), date(2031, 2, 27), date(2031, 2, 28)):
        daily(table, day)
        left.append((Passage.objects.count(), Teller.objects.count()))
    return left


@pytest.mark.promise("P7", control=True)
@pytest.mark.parametrize("fault", ["nothing goes", "a day late", "a day early"])
def test_a_clock_that_does_not_strike_on_its_day_is_seen(table, project, cards, monkeypatch, fault):
    if fault == "nothing goes":
        monkeypatch.setattr(keeping, "let_go", lambda one: None)
    else:
        shift = DAY if fault == "a day late" else -DAY
        monkeypatch.setattr(keeping, "months_after", lambda day, months: months_after(day, months) + shift)
    assert let_a_day_pass(table, cards, project) != [(3, 3), (0, 3), (0, 3), (0, 0)]


def test_the_same_clocks_strike_on_their_days(table, project, cards):
    assert let_a_day_pass(table, cards, project) == [(3, 3), (0, 3), (0, 3), (0, 0)]


def test_a_running_round_has_no_clock(table, cards):
    assert [one.kind for one in due(table) if one.kind in ("story", "teller")] == []


def test_the_coordinator_sets_the_clocks(browse, table, bram, dora, project, cards):
    close(project, date(2026, 1, 15))
    sent = {"story_months": 3, "consent_months": 24, "reading_months": 12, "invitation_days": 30, "device_days": 14}
    assert browse(dora).do("experiences:terms", sent).status_code == 403
    browse(bram).do("experiences:terms", sent)
    assert Terms.of(table).story_months == 3
    assert "15 april 2026" in browse(dora).at("experiences:terms").content.decode()
    refused = browse(bram).do("experiences:terms", sent | {"story_months": 60})
    assert refused.status_code == 422
    assert "Zolang het verhaal er is, moet ook de toestemming er zijn." in refused.content.decode()


def test_months_end_on_the_last_day_there_is():
    ends = [months_after(date(2026, 1, 31), months) for months in (1, 3, 11, 12, 25)]
    assert ends == [date(2026, 2, 28), date(2026, 4, 30), date(2026, 12, 31), date(2027, 1, 31), date(2028, 2, 29)]


# Telling beforehand, and noting afterwards


@pytest.mark.promise("P7")
def test_two_weeks_before_the_council_hears_of_it_once_and_in_neutral_words(table, bram, dora, project, cards):
    close(project, timezone.localdate() - timedelta(days=330))
    day = next(one.day for one in due(table) if one.kind == "story")
    assert daily(table, day - NOTICE - DAY) == ([], [])
    _, told = daily(table, day - NOTICE)
    assert [one.kind for one in told] == ["story"]
    assert daily(table, day - DAY) == ([], [])
    (letter,) = mail.outbox
    assert letter.to == [bram.user.email]
    assert not any(word in letter.body + letter.subject for word in ("verhaal", "verhalen", "gesprek", "verteller"))


def test_the_start_page_tells_what_goes_soon_and_what_should_have_gone(table, bram, anna, project, cards):
    close(project, months_after(timezone.localdate(), -12) + timedelta(days=9))
    titles = {one.title: one.note for one in waiting.waiting(bram)}
    assert "is de bewaartijd voorbij" in titles["Binnenkort weg: drie verhalen van ronde 1"]
    close(project, months_after(timezone.localdate(), -13))
    titles = {one.title: one.note for one in waiting.waiting(bram)}
    assert "Vraag de beheerder" in titles["Binnenkort weg: drie verhalen van ronde 1"]
    assert waiting.waiting(anna) == []


@pytest.mark.promise("P7")
def test_the_daily_command_notes_what_went_and_does_no_harm_twice(table, bram, anna, project, cards, capsys):
    close(project, timezone.localdate() - timedelta(days=800))
    for _ in range(2):
        call_command("retention")
    said = capsys.readouterr().out
    assert said.count("drie verhalen van ronde 1") == 1
    noted = [event.sentence for event in Event.objects.visible_to(bram) if event.by is None]
    assert noted == ["De bewaartijd was voorbij. Gewist: drie verhalen van ronde 1"]
    assert [event for event in Event.objects.visible_to(anna) if event.by is None] == []


# What is forgotten stays forgotten


@pytest.mark.promise("P5")
@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_teller_leaves_no_day_no_people_and_no_code(bram, dora, project):
    held = make.told(bram, project, code="Z7X 99", held_on=date(2024, 2, 29), interviewers=[bram, dora])
    teller = held.teller
    teller.withdraw(dora)
    held.refresh_from_db()
    assert (held.held_on, list(held.interviewers.all()), held.finished_by) == (date(2024, 1, 1), [], None)
    assert "Z7X" not in teller.code
    assert not Event.objects.filter(thing_id=held.pk).exists()
    assert not Vault(teller.partnership_id).has_key(teller.pk)
    (line,) = Ledger().lines()
    assert (line.who, line.what) == (str(teller.pk), "withdrawn")
    assert Ledger().file.stat().st_mode & 0o077 == 0


def test_a_code_that_was_withdrawn_is_not_given_out_again(browse, bram, project):
    make.told(bram, project, code="Z7X 99").teller.withdraw(bram)
    page = browse(bram).do("withdraw", {"code": "z7x99"}, follow=True)
    assert page.status_code == 422
    assert "Dit gesprek is al ingetrokken." in page.content.decode()
    with pytest.raises(Exception, match="De code Z7X 99 is al gebruikt"):
        make.interview(bram, project, code="Z7X 99")


@pytest.mark.promise("P5")
@pytest.mark.django_db(transaction=True)
def test_rows_and_keys_that_an_old_backup_brings_back_are_forgotten_again(bram, dora, project):
    held, other = make.told(bram, project, may_call_back=True), make.told(bram, project, may_call_back=True)
    make.contact(bram, other)
    vault = Vault(held.partnership_id)
    key = (vault.folder / f"{held.teller_id}.key").read_bytes()
    held.teller.withdraw(bram)
    ContactDetail.objects.get().erase(bram)
    assert forget_again() == 0
    # As after a restore: rows as they were, and the key beside them.
    teller = Teller.objects.get(pk=held.teller_id)
    teller.withdrawn_at = teller.withdrawn_by = None
    teller.save()
    (vault.folder / f"{teller.pk}.key").write_bytes(key)
    contact = make.contact(bram, other)
    ContactDetail.objects.filter(pk=contact.pk).update(noted_at=timezone.now() - DAY)
    assert forget_again() == 1
    teller.refresh_from_db()
    assert teller.is_withdrawn and not vault.has_key(teller.pk)
    assert not ContactDetail.objects.exists()
    assert Story.objects.get().teller == other.teller
    assert other.teller.refuse_withdrawn() is None


@pytest.mark.django_db(transaction=True)
def test_a_key_that_outlived_its_teller_is_destroyed_by_the_daily_work(bram, project):
    held = make.told(bram, project)
    Teller.objects.filter(pk=held.teller_id).update(withdrawn_at=timezone.now())
    assert Vault(held.partnership_id).has_key(held.teller_id)
    call_command("retention", verbosity=0)
    assert not Vault(held.partnership_id).has_key(held.teller_id)
    with pytest.raises(VaultClosed):
        Passage.objects.get().words()


def test_the_ledger_takes_over_lines_once_and_reads_past_what_is_no_line(table):
    ledger = Ledger()
    ledger.note(table.pk, table.pk, "expired")
    with ledger.file.open("a") as file:
        file.write("half a li")
    assert [line.what for line in ledger.lines()] == ["expired"]
    ledger.take_over(ledger.lines())
    assert len(ledger.lines()) == 1
    ledger.note(table.pk, table.pk, "withdrawn")
    assert [line.what for line in ledger.lines()] == ["expired", "withdrawn"]


def test_a_quarter_begins_on_its_first_day():
    days = [quarter(date(2026, month, 28)) for month in (1, 3, 4, 12)]
    assert days == [date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 10, 1)]
