"""What is open comes up by itself: each app delivers, and both sides read the same."""

import pytest

from analysis.models import Theme
from projects.consulting import open_items
from projects.models import Phase
from projects.waiting import waiting
from tests.analysis import make as analysis_make
from tests.projects import make
from tests.report import make as report_make
from tests.values import make as values_make

pytestmark = pytest.mark.django_db


def test_a_theme_without_an_outcome_comes_up_until_there_is_one(anna, bram, chris):
    project = analysis_make.bundled(bram, Phase.DIALOGUE)
    themes = list(Theme.objects.of(project))
    assert {item.thing for item in open_items(bram.partnership)} == {theme.pk for theme in themes}
    assert open_items(chris.partnership) == []
    analysis_make.outcome(anna, themes[0])
    assert len(open_items(bram.partnership)) == 2
    analysis_make.outcome(bram, themes[0])
    [left] = open_items(bram.partnership)
    assert left.thing == themes[1].pk and left.kind == "theme"
    assert left.url(bram.partnership) == bram.url("analysis:talk", theme=themes[1].pk)


def test_a_report_comes_up_from_when_it_can_be_signed_until_both_signed(anna, bram):
    report = report_make.full(bram, anna)
    reports = [item for item in open_items(bram.partnership) if item.kind == "report"]
    assert [item.thing for item in reports] == [report.pk]
    report.sign(bram, report_make.fingerprint(report))
    [waits] = [item for item in open_items(bram.partnership) if item.kind == "report"]
    assert waits.note == "De cliëntenraad tekende al."


def test_what_waits_for_the_council_comes_up_as_what_waits_for_the_municipality(anna, bram):
    table, turns = bram.partnership, lambda: [(item.kind, item.party) for item in open_items(bram.partnership)]
    value = values_make.value(bram, anna, "Nabijheid", agreed=[anna])
    assert turns() == [("value", "council")]
    value.agree(bram)
    assert turns() == [("account", "municipality")]
    account = values_make.account(anna, value)
    [both] = open_items(table)
    assert (both.kind, both.party) == ("account", "")
    assert both.note == (
        "Hier staat nog niet hoe de gemeente dit doet in verordening en beleid. "
        "Hier staat nog niet wat de cliëntenraad daarvan merkt op de werkvloer."
    )
    account.write(bram, account.version, council_answer="Dat horen wij nog niet.")
    assert turns() == [("account", "municipality")]
    policy = values_make.account(anna, value, part="beleid")
    assert turns() == [("account", "council")]
    policy.write(bram, policy.version, council_answer="Dat lazen wij.")
    # Words that changed since were answered once: that waits on the page of the value.
    account.write(anna, account.version, municipality_account="Wij bellen binnen een dag terug.")
    made = make.commitment(bram, make.project(bram, Phase.COMMIT))
    assert turns() == []
    made.set_status(anna, "done")
    [asks] = open_items(table)
    assert (asks.kind, asks.party, asks.title) == ("clients", "council", made.what)
    made.note_clients(bram, "Nog niet.")
    assert turns() == []


def test_who_leads_hears_of_a_theme_without_an_answer_before_going_on(anna, bram, browse):
    project = analysis_make.bundled(bram, Phase.DIALOGUE)
    for seat in (anna, bram):
        project.note_fact("listened", seat)
    make.meeting(bram, days=4)
    project.refresh_from_db()
    onward = lambda: next(line for line in waiting(project.lead) if "Verder naar" in line.title)  # noqa: E731
    assert onward().note == "Kijk eerst wat beter in orde kan zijn"
    [check] = [check for check in project.checks_for(Phase.COMMIT) if not check.ok]
    assert not check.enforced and "Het volgende overleg is op" in check.missing
    for theme in Theme.objects.of(project):
        for seat in (anna, bram):
            analysis_make.outcome(seat, theme)
    assert onward().note == "Niets houdt het meer tegen"
