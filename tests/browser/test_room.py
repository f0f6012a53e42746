"""A room before real browsers: one wall and two phones, one of them without a script."""

import re

import pytest

from tests.browser.conftest import PHONE
from tests.values import make
from values.models import Stage, Tally

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")

WALL = {"width": 1920, "height": 1080}


def test_a_wall_follows_two_phones_one_of_them_without_a_script(screen, nico):
    room = make.room(nico)
    for number in range(2):
        make.vote(room, f"p{number}")
    wall = screen(nico, size=WALL).go("values:workshop_screen", workshop=room.pk)
    wall.sees("2 mensen doen mee")
    quick, plain = screen(None, size=PHONE), screen(None, size=PHONE, javascript=False)
    for phone, group in ((quick, "Cliënten"), (plain, "Gemeente")):
        phone.page.goto(f"{phone.address}/zaal/{room.door_key}/")
        phone.page.get_by_label(group, exact=True).check()
        phone.click("Doe mee")
        phone.sees("U doet mee")
    wall.sees("4 mensen doen mee")
    wall.click("Iedereen naar ‘Voorbeeld’")
    wall.sees("Wat maakte u mee?")
    # With a script the phone follows by itself; without one a link does.
    quick.sees("Denk aan één moment")
    plain.click("Ga mee", role="link")
    for phone in (quick, plain):
        phone.page.fill("textarea", "Ze keek mij aan en vroeg eerst hoe het ging.")
        phone.page.get_by_label("Mijn voorbeeld mag").check()
        if phone is quick:
            # A phone that is short of memory loads the page anew.
            phone.page.reload()
            phone.sees("Wat u typte, staat er nog.")
            assert phone.page.input_value("textarea").startswith("Ze keek mij aan")
            assert phone.page.get_by_label("Mijn voorbeeld mag").is_checked()
        phone.click("Verstuur")
    wall.sees("Ze keek mij aan")
    assert wall.findings() == [] and quick.findings() == [] and not quick.slides_sideways()
    wall.click("Iedereen naar ‘Waarden’")
    for number in range(2):
        make.vote(room, f"p{number}", "Respect", "Humor")
    quick.sees("Hoogstens vijf woorden, van uzelf")
    plain.click("Ga mee", role="link")
    for phone in (quick, plain):
        phone.page.fill("#id_word_1", "Respect")
        phone.click("Verstuur")
        phone.sees("Uw waarden zijn binnen")
    # What was sent is kept on the phone no longer.
    assert quick.page.evaluate("Object.keys(sessionStorage)") == []
    wall.page.get_by_text(re.compile("4 van de 4 mensen")).wait_for()
    assert {one.name: one.people for one in Tally(room).named} == {"Respect": 4, "Humor": 2}
    for phone in (wall, quick):
        assert phone.findings() == [] and not phone.slides_sideways() and phone.problems == []
    desk = screen(nico).go("values:workshop", workshop=room.pk)
    assert desk.findings() == []
    # Dragging does what the list does, and the wall follows.
    rows = desk.page.locator(".desk-word")
    rows.filter(has_text="Humor").drag_to(rows.filter(has_text="Respect"))
    desk.sees("legde ‘Humor’ bij ‘Respect’")
    desk.page.get_by_role("button", name="Maak ongedaan").press("Enter")
    desk.sees("‘Humor’ ligt weer los")
    assert "Humor" in desk.page.evaluate("document.activeElement.innerText")
    room.refresh_from_db()
    assert room.stage == Stage.VALUES
