"""While somebody puts the second signature others go on: what is kept is what both signed, and nothing taken back."""

import threading
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from analysis.models import Theme
from dialoog.report import blocks, composition
from dialoog.report.models import Edition, Printing, Report
from dialoog.report.models.reports import MEANWHILE
from experiences.models import Fragment
from projects.models import Phase
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.report import make

WORDS = "Ik heb drie keer voor de deur gestaan."
COPIED = "Wat zegt u, riep ze, en toen wist de hele rij het."
UNSIGNED = "Woorden die niemand tekende."


@pytest.fixture
def report(bram, anna):
    """A report with one quote, one theme and one commitment, signed by Bram."""
    project = projects.project(bram, Phase.COMMIT)
    quoted = make.card(bram, project, 1, WORDS, may_quote=True, may_publish=True)
    bundled.theme(bram, project, "Om hulp vragen voelt als schaamte", [quoted])
    projects.commitment(bram, project)
    made = make.report(bram, project)
    assert all(WORDS in composition.compose(made, readers=readers).body for readers in Edition.Readers)
    return make.signed(bram, report=made)


def withdraw(seat, report):
    Fragment.objects.get().withdraw(seat)


def keep_inside(seat, report, card=None):
    """The words still stand in what the two sides read: only everyone may not read them any more."""
    card = card or Fragment.objects.get()
    card.may_publish = False
    card.save()


def write_theme(seat, report):
    theme = Theme.objects.get()
    theme.write(seat, theme.version, explanation=UNSIGNED)


def differ(seat, report):
    make.dissent(seat, Report.objects.get(pk=report.pk), UNSIGNED)


def just_before(monkeypatch, owner, name, act):
    """Do this just before that part of signing goes on, once."""
    real, done = getattr(owner, name), []

    def first(*args, **kwargs):
        if not done:
            done.append(act())
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, first)


WHILE_DRAWN = (Edition, "draw")
WHEN_SIGNED = (Report, "_freeze")


@pytest.mark.parametrize(
    ("moment", "act"),
    [(WHILE_DRAWN, withdraw), (WHILE_DRAWN, keep_inside), (WHEN_SIGNED, differ)],
)
def test_what_bram_changes_while_anna_puts_the_second_signature_freezes_nothing(
    report, anna, bram, monkeypatch, moment, act
):
    just_before(monkeypatch, *moment, lambda: act(bram, report))
    with pytest.raises(ValidationError, match=MEANWHILE):
        make.signed(anna, report=report)
    assert not Report.objects.get(pk=report.pk).is_frozen
    assert not Edition.objects.exists()


def test_without_the_second_look_words_that_were_taken_back_would_be_signed(report, anna, bram, monkeypatch):
    """The control of the guard above: it is looked at once, before the drawing, and no more."""
    looked, real = [], Report._standing

    def once(self, document):
        looked.append(None if looked else real(self, document))
        return looked[0]

    monkeypatch.setattr(Report, "_standing", once)
    just_before(monkeypatch, *WHILE_DRAWN, lambda: withdraw(bram, report))
    make.signed(anna, report=report)
    assert not Fragment.objects.exists() and all(WORDS in edition.html for edition in Edition.objects.all())
    assert Report.objects.get(pk=report.pk).is_frozen


def test_a_page_of_just_before_it_froze_changes_no_word_and_no_signature(report, anna, bram, dora):
    late = Report.objects.get(pk=report.pk)
    make.signed(anna, report=report)
    write_theme(bram, report)
    with pytest.raises(ValidationError, match="al door beide kanten getekend"):
        make.signed(dora, report=late)
    assert report.signatures()["council"].signed_by == bram
    late.frozen_at = None
    with pytest.raises(ValidationError, match="kan niets meer veranderen"):
        late.write(dora, late.version, brief=UNSIGNED)
    assert Report.objects.get(pk=report.pk).brief != UNSIGNED


def test_words_that_are_no_longer_public_are_no_longer_given_to_everyone(report, anna, bram):
    copied = make.card(bram, report.project, 2, COPIED, may_quote=True, may_publish=True)
    report.write(bram, report.version, brief=f"Iemand zei: {COPIED}")
    make.signed(bram, anna, report=report)
    for seat in (bram, anna):
        report.speak(seat, public=True)
    assert COPIED in report.public_edition().html
    gone = []
    for card in (copied, Fragment.objects.get(number=1)):
        keep_inside(bram, report, card)
        gone.append(card.pk)
        assert {quote.fragment_id for quote in report.gone_quotes()} == set(gone)
        with pytest.raises(ValidationError, match="trok de toestemming voor een citaat in"):
            report.public_edition()


# With another person on a line of their own.


def beside(act):
    """Another person does this at the same time; gives their thread, after a moment in which they could be done."""

    def work():
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(0.3)
    return thread


@pytest.mark.django_db(transaction=True)
def test_all_versions_tell_of_one_moment_and_a_withdrawal_waits_for_the_last_step(report, anna, bram, monkeypatch):
    real, others, told = composition.compose, [], []

    def compose(report, **kwargs):
        document = real(report, **kwargs)
        if kwargs.get("readers") == "closed" and not others:
            others.append(beside(lambda: write_theme(bram, report)))
        if others:
            told.append(UNSIGNED in document.body)
        return document

    monkeypatch.setattr(composition, "compose", compose)

    def take_away():
        others.append(beside(lambda: withdraw(bram, report)))
        assert Fragment.objects.exists()

    just_before(monkeypatch, Printing, "of", take_away)
    # On PostgreSQL Bram's words are there at once, and Anna is refused; on SQLite he waits for her.
    with suppress(ValidationError):
        make.signed(anna, report=report)
    others[0].join(20)
    assert told[:3] == [False, False, False]
    if not report.is_frozen:
        make.signed(bram, anna, report=report)
    others[1].join(20)
    texts = [one.html for one in Edition.objects.all()]
    assert len({UNSIGNED in text for text in texts}) == 1
    # The withdrawal came after the signature: the words stand in all that was signed, and the page says it.
    assert all(WORDS in text for text in texts)
    assert not Fragment.objects.exists()
    assert len(report.gone_quotes()) == 1


@pytest.mark.only("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_withdrawal_that_is_under_way_goes_before_the_last_step(report, anna, bram, monkeypatch):
    """Its words are still there for who looks from outside; nobody waits for the other with something in the hand."""
    gone, refused = threading.Event(), threading.Event()

    def under_way():
        with transaction.atomic():
            withdraw(bram, report)
            gone.set()
            refused.wait(20)

    others = []
    just_before(monkeypatch, *WHILE_DRAWN, lambda: others.append(beside(under_way)) or gone.wait(20))
    with pytest.raises(ValidationError, match=MEANWHILE):
        make.signed(anna, report=report)
    refused.set()
    others[0].join(20)
    assert not Edition.objects.exists()
    assert not Fragment.objects.exists()


# PostgreSQL chooses anew how to look things up after it counted its rows; what has no order comes in another one then.
@pytest.mark.only("postgresql")
@pytest.mark.django_db
def test_a_text_reads_the_same_however_the_database_looks_it_up(bram, anna):
    report = make.full(bram, anna)
    texts = {composition.compose(report, blocks=list(blocks.BLOCKS)).body}
    for way in ("hashjoin", "nestloop", "seqscan"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL enable_{way} = off")
            texts.add(composition.compose(report, blocks=list(blocks.BLOCKS)).body)
            cursor.execute(f"SET LOCAL enable_{way} = on")
    assert len(texts) == 1
