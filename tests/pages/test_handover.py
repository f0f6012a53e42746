"""Who is new reads where the table stands, also without JavaScript."""

import pytest

from projects.models import Phase
from tests.projects import make
from tests.report import make as report_make
from tests.values import make as values_make

pytestmark = pytest.mark.django_db


@pytest.mark.promise("A6")
def test_who_is_new_reads_it_all_without_a_script(anna, bram, nico, browse, django_assert_max_num_queries):
    values_make.shared(bram, anna, "Klantgerichtheid")
    before = make.project(bram, Phase.CLOSED, open_themes="Hoe bereiken wij mensen die nooit bellen?")
    make.close_out(bram, before, learnt="Vraag wie zelf mag beslissen.")
    report_make.signed(bram, anna, report=report_make.report(bram, make.project(bram, Phase.COMMIT, subject="Brieven")))
    project = make.project(bram, Phase.COMMIT, subject="De weg naar een regeling")
    make.commitment(bram, project, "Terugbellen binnen twee dagen")
    make.meeting(bram, place="Zaal 2")
    for seat in (bram, nico):
        page = browse(seat).at("handover")
        text = page.content.decode()
        assert "hx-get" not in text
        for words in (
            "Klantgerichtheid", "De weg naar een regeling", "Terugbellen binnen twee dagen", "Zaal 2",
            "Vraag wie zelf mag beslissen.", "Hoe bereiken wij mensen die nooit bellen?", report_make.BRIEF[:40],
        ):  # fmt: skip
            assert words in text, words
    for number in range(20):
        make.commitment(bram, project, f"Afspraak {number}")
    with django_assert_max_num_queries(32):
        assert browse(bram).at("handover").status_code == 200
