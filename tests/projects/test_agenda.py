"""What is open comes up by itself: each app delivers, and both sides read the same."""

import pytest

from analysis.models import Theme
from projects.consulting import open_items
from projects.models import Phase
from tests.analysis import make as analysis_make
from tests.report import make as report_make

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
