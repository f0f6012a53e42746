"""The pages of the report before real eyes: nothing for the accessibility checker to say, nothing sticks out."""

import pytest
from django.urls import reverse

from projects.models import Phase
from tests.projects import make as projects
from tests.report import make

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")


@pytest.fixture
def report(bram, anna):
    return make.full(bram, anna)


def holds(screen, name):
    """A page that reads well at both widths."""
    # The camera and the checker bring styles of their own, which the policy blocks: listen before them.
    assert screen.problems == []
    assert screen.shoot(f"verslag-{name}").faults() == []
    screen.problems.clear()


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
@pytest.mark.promise("A1")
def test_every_page_of_the_report_in_its_states(screen, report, anna, bram):
    at = screen(bram)
    holds(at.go("report:write", report=report.pk), "schrijven")
    holds(at.go("report:preview", report=report.pk), "lezen")
    report.write(bram, report.version, brief="Niet makkelijk, zeiden de meesten. Wij spreken vier dingen af.")
    at.go("report:preview", report=report.pk)
    holds(at.go("report:versions", report=report.pk), "versies")
    at.go("report:arrange", report=report.pk, readers="boards")
    # As when somebody drags a field larger: what the browser notes on it is not carried into the next text.
    at.page.locator("input[name=part]:enabled").first.evaluate("one => { one.style.width = '20px'; }")
    at.page.locator("input[name=part]:enabled").first.click()
    holds(at.sees("Nog niet bewaard"), "indelen")
    # What could be said plainer comes while somebody writes.
    at.go("report:write", report=report.pk).fill("In het kort", "Thans is er veel te doen.")
    holds(at.sees("‘thans’ is een moeilijk woord."), "wenken")
    holds(at.go("report:not_yet", report=report.pk), "nog-niet")
    at.page.goto(at.address + reverse("check_report"))
    holds(at, "controle")
    holds(at.go("report:printing", printing=make.printing(bram, report).pk), "bestand")
    make.signed(bram, report=report)
    make.dissent(anna, report)
    holds(at.go("report:detail", project=report.project_id), "vervallen")
    make.signed(bram, report=report)
    holds(screen(anna).go("report:dissent", report=report.pk), "anders")
    make.signed(anna, report=report)
    holds(at.go("report:detail", project=report.project_id), "getekend")
    holds(at.go("report:preview", report=report.pk), "getekend-lezen")


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
@pytest.mark.promise("A1")
def test_the_first_page_when_there_is_nothing_yet(screen, bram):
    at = screen(bram)
    holds(at.go("report:list"), "leeg")
    holds(at.go("report:detail", project=projects.project(bram, Phase.COMMIT).pk), "begin")


def test_the_draft_is_made_while_a_person_waits(screen, report, bram):
    at = screen(bram).go("report:detail", project=report.project_id)
    at.click("Maak een PDF van het concept")
    at.sees("Het bestand is klaar", timeout=30000)
    with at.page.expect_download() as download:
        at.click("Download")
    assert download.value.suggested_filename == "concept-verslag-ronde-2.pdf"


@pytest.mark.promise("A6")
def test_both_sides_sign_without_javascript(screen, report, anna, bram):
    for seat in (bram, anna):
        at = screen(seat, javascript=False).go("report:detail", project=report.project_id)
        at.click("Lees en teken")
        at.click("^Teken namens")
    at.sees("daarna ligt het verslag vast").click("Ja, teken namens de gemeente")
    assert at.sees("Beide kanten tekenden dezelfde tekst", timeout=30000)
    with at.page.expect_download() as download:
        at.click("Download het verslag")
    assert download.value.suggested_filename == "verslag-ronde-2.pdf"


@pytest.mark.parametrize("javascript", [True, False])
def test_parts_are_moved_looked_at_and_kept(screen, report, bram, javascript):
    """A move is shown and not kept yet; the token that keeps it never stands in an address."""
    at = screen(bram, javascript=javascript).go("report:arrange", report=report.pk, readers="boards")
    at.page.locator("button[name=move]:not([disabled])").first.click()
    at.sees("Nog niet bewaard.")
    assert "csrf" not in at.page.url
    at.click("Bewaar deze indeling").sees("Opgeslagen.")
