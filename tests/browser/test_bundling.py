"""Bundling in real browsers: everyone's screen follows, cards move by hand, by key and by list."""

import pytest

from analysis.models import BundlingSession, Move, Placing, Stage, Theme
from tests import make as people
from tests.analysis import make
from tests.browser.conftest import PHONE

COUNCIL = {
    "De weg kwijt": [1, 2, 3, 4, 6, 9],
    "Papieren, papieren": [7, 8, 10, 11],
    "Schaamte": [12, 13, 14, 15, 16],
    "Iemand die helpt": [5, 17, 18, 19, 20],
    "Nét niet": [21, 22, 23, 24],
}
MUNICIPALITY = {
    "Vindbaarheid": [1, 2, 3, 4, 5, 6, 20],
    "Aanvraagproces": [7, 8, 9, 10, 11, 14],
    "Drempels": [12, 13, 15],
    "Goede service": [17, 18, 19],
    "Inkomensgrenzen": [16, 21, 22, 23, 24],
}


def laid(piles, **moved):
    """These piles, with some cards with another pile."""
    flat = {card: label for label, cards in piles.items() for card in cards}
    flat |= {int(card[1:]): label for card, label in moved.items()}
    return {label: [card for card in sorted(flat) if flat[card] == label] for label in piles}


@pytest.fixture
def sorted_session(table, anna, joost, bram, dora, nico):
    """The evening of the drawing: six of the council and five of the municipality laid twenty-four cards."""
    council = [bram, dora] + [people.council(table, f"{name} Bos") for name in ("Fatma", "Gerrit", "Hilde", "Ibrahim")]
    municipality = [anna, joost] + [people.municipal(table, f"{name} Smit") for name in ("Karin", "Lars", "Samira")]
    meeting = make.session(nico, make.make_round(bram, 24), Stage.OWN_SORT, [*council, *municipality])
    changes = [{"c5": "De weg kwijt", "c11": "Papieren, papieren"}, {"c5": "De weg kwijt"}, {}, {}, {}, {}]
    for seat, change in zip(council, changes, strict=True):
        moved = {"c11": "Nét niet", "c9": "De weg kwijt"} | change
        if seat in council[:3]:
            moved["c9"] = "Papieren, papieren"
        make.own_sort(seat, meeting, **laid(COUNCIL, **moved))
    for place, seat in enumerate(municipality):
        moved = {}
        if place == 0:
            moved = {"c14": "Drempels", "c16": "Drempels"}
        if place < 2:
            moved |= {"c20": "Goede service"}
        if place > 2:
            moved |= {"c10": "Goede service"}
        make.own_sort(seat, meeting, **laid(MUNICIPALITY, **moved))
    make.opened(meeting, anna, bram)
    meeting.stage = Stage.SIDE_BY_SIDE
    meeting.save()
    return meeting


def test_side_by_side_reads_well_on_every_width(sorted_session, bram, screen):
    there = screen(bram).go("analysis:session", project=sorted_session.project_id)
    assert there.sees("Deze vijf verschillen het meest")
    assert there.findings() == []
    there.shoot("naast-elkaar")
    assert not there.slides_sideways()
    there.page.locator("tr.differs a").first.focus()
    assert there.page.locator(".arc").evaluate_all("arcs => arcs.some(arc => getComputedStyle(arc).opacity < 0.5)")
    there.page.screenshot(path="var/naast-elkaar-toetsenbord.png", full_page=True)
    there.page.set_viewport_size(PHONE)
    assert not there.slides_sideways()
    assert there.findings() == []
