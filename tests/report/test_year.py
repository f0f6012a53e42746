"""The year for everyone: what both sides signed and made public, in those words, and how far it is today."""

import pytest

from analysis.models import Theme
from dialoog.report import composition, year
from projects.models import Commitment, Phase
from tests.advice import make as advices
from tests.analysis import make as bundled
from tests.projects import make as projects
from tests.report import make


@pytest.fixture
def public(bram, anna):
    """A report that both sides signed and made public: a theme, a commitment, one of a meeting, and an advice."""
    project = projects.project(bram, Phase.COMMIT, subject="Hulp bij geldzorgen")
    bundled.theme(bram, project, "Om hulp vragen voelt als schaamte", [make.card(bram, project)])
    table = projects.commitment(bram, project, "Een tafel apart", owner_member=anna, client_notices="Niemand hoort u.")
    table.set_status(anna, table.Status.BUSY)
    projects.commitment(bram, None, "De bel werkt weer", owner_member=anna, meeting=projects.meeting(bram, days=-1))
    advices.sent(bram, title="Brieven in gewone taal", project=project)
    report = make.report(bram, project)
    make.signed(bram, anna, report=report)
    for seat in (bram, anna):
        report.speak(seat, public=True)
    return report


def told(seat, public=True):
    return composition.plain(year.overview(seat, 2026, public).partition("</head>")[2])


def commitment(seat, what):
    return Commitment.objects.visible_to(seat).get(what=what)


def test_no_side_puts_words_in_the_year_for_everyone_after_both_signed(browse, public, bram, anna):
    signed, own = told(bram), ["De raad liegt", "Iedereen krijgt een fiets", "Een bel van goud", "De gemeente zwijgt"]
    for words in ("Hulp bij geldzorgen", "Om hulp vragen", "Een tafel apart", "De bel werkt weer", "Brieven in gewone"):
        assert words in signed
    theme, project = Theme.objects.visible_to(anna).get(project=public.project), public.project
    answer = {"version": theme.version, "sentence": own[0]}
    assert browse(anna).do("analysis:write_theme", answer, theme=theme.pk).status_code == 302
    project.write(anna, project.version, subject=own[0])
    browse(anna).do("partnerships:profile", {"name": anna.name, "function": own[0]})
    bram.partnership.council_name = own[3]
    bram.partnership.save()
    projects.commitment(bram, project, own[1])
    bell = commitment(bram, "De bel werkt weer")
    bell.change(bram, bell.version, what=own[2])
    advices.sent(bram, title=own[3], project=project)
    now = told(bram)
    assert [words for words in own if words in now] == []
    assert "Hulp bij geldzorgen" in now and "Om hulp vragen voelt als schaamte" in now
    # The two sides read among themselves how it is today.
    assert all(words in told(bram, public=False) for words in own[:3])


def test_everyone_reads_how_far_it_is_and_nothing_that_one_side_wrote_with_it(public, bram, anna):
    table, bell = commitment(bram, "Een tafel apart"), commitment(bram, "De bel werkt weer")
    table.set_status(anna, table.Status.FAILED, "De raad werkte niet mee")
    bell.set_status(anna, bell.Status.BUSY)
    now = told(anna)
    assert "Een tafel apart beleidsmedewerker Niet gelukt De bedoeling: Niemand hoort u." in now
    assert "De bel werkt weer beleidsmedewerker Bezig" in now and "werkte niet mee" not in now
    table.refresh_from_db()
    table.set_status(anna, table.Status.DONE)
    table.solve(bram, "Zij zijn boos op de gemeente")
    assert "Opgelost Ja. De cliëntenraad vroeg het aan cliënten." in told(anna) and "boos" not in told(anna)
    assert "Zij zijn boos" in told(anna, public=False)


def test_of_a_commitment_that_was_changed_since_everyone_reads_how_it_was_signed(public, bram):
    table = commitment(bram, "Een tafel apart")
    table.change(bram, table.version, what="Honderd euro voor iedereen")
    table.set_status(bram, table.Status.DONE)
    assert "Een tafel apart beleidsmedewerker Bezig Zo was het bij het tekenen." in told(bram)
