"""Rounds, commitments and meetings before a real browser: no accessibility findings, nothing slides sideways."""

import pytest

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")


@pytest.mark.promise("A1")
def test_empty_pages_and_forms_that_came_back_read_for_everyone(screen, anna):
    before = screen(anna)
    for name, route in (("leeg-rondes", "projects:list"), ("leeg-afspraken", "projects:commitments"),
                        ("leeg-overleg", "projects:meetings")):  # fmt: skip
        assert before.go(route).findings() == [], name
        before.shoot(name)
    before.go("projects:start").fill("Onderwerp", "Wmo").fill("Ervaringsvraag", "Wat is uw advies over de nota Wmo?")
    before.click("Begin deze ronde")
    assert before.sees("Draai de vraag om")
    assert before.findings() == []
    before.shoot("ronde-nieuw-terug")
