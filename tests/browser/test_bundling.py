"""Bundling in real browsers: everyone's screen follows, cards move by hand, by key and by list."""

import pytest

from analysis.models import BundlingSession, Move, Placing, Stage, Theme
from experiences.models import Fragment
from tests import make as people
from tests.analysis import make
from tests.browser.conftest import DESKTOP, PHONE

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


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
def test_side_by_side_reads_well_on_every_width(sorted_session, bram, screen):
    there = screen(bram).go("analysis:session", project=sorted_session.project_id)
    assert there.sees("Deze vijf verschillen het meest")
    assert there.shoot("naast-elkaar").faults() == []
    there.page.locator("tr.differs a").first.focus()
    assert there.page.locator(".arc").evaluate_all("arcs => arcs.some(arc => getComputedStyle(arc).opacity < 0.5)")
    there.keep("naast-elkaar-toetsenbord", full_page=True)


@pytest.fixture
def board(sorted_session):
    sorted_session.lay_out_board()
    sorted_session.stage = Stage.TOGETHER
    sorted_session.save()
    names = ["Wie de weg niet kent, hoort het toevallig", "Steeds weer dezelfde papieren",
             "Om hulp vragen voelt als schaamte", "Eén mens die meedenkt maakt het verschil", ""]  # fmt: skip
    for theme, name in zip(Theme.objects.of(sorted_session.project), names, strict=True):
        theme.write(sorted_session.facilitator, 1, sentence=name)
    return sorted_session


@pytest.mark.promise("A3")
def test_everyone_sees_a_move_and_nobody_needs_to_drag(board, anna, bram, nico, screen):
    # The whole board in view: to scroll while the mouse is down is not how a hand moves a card.
    tall = DESKTOP | {"height": 1200}
    ours, theirs = (screen(seat, size=tall).go("analysis:session", project=board.project_id) for seat in (bram, anna))
    column = theirs.page.locator(".pile-col").nth(2)
    # By list: the handle is a link, the list is buttons.
    ours.page.get_by_label("Verplaats kaartje 11").focus()
    ours.page.keyboard.press("Enter")
    ours.sees("Leg kaartje 11 bij")
    ours.page.wait_for_function("document.activeElement.closest('#leg-bij')")
    ours.shoot("samen-ordenen-lijst")
    ours.page.get_by_role("button", name="Om hulp vragen voelt als schaamte").press("Enter")
    column.get_by_text("Ik was één dag te laat").wait_for()
    assert theirs.sees("legde 11 bij ‘Om hulp vragen voelt als schaamte’")
    # By arrow key, and the focus stays on the card.
    theirs.page.get_by_label("Verplaats kaartje 11").focus()
    theirs.page.keyboard.press("ArrowLeft")
    ours.page.locator(".pile-col").nth(1).get_by_text("Ik was één dag te laat").wait_for()
    theirs.page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Verplaats kaartje 11'")
    assert ours.sees("Bram Hoekstra, daarna Anna de Wit")
    assert theirs.sees("Bram Hoekstra, daarna Anna de Wit")
    # By hand.
    card = theirs.page.locator(".slip", has=theirs.page.get_by_label("Verplaats kaartje 20"))
    card.drag_to(theirs.page.locator(".pile-col").nth(0))
    ours.page.locator(".pile-col").nth(0).get_by_label("Verplaats kaartje 20").wait_for()
    # One's own move can be taken back.
    theirs.click("^Draai terug voor kaartje 20")
    ours.page.locator(".pile-col").nth(3).get_by_label("Verplaats kaartje 20").wait_for()
    assert Move.objects.count() == 4
    assert Placing.objects.get(fragment__number=11).theme.position == 1
    ours.shoot("samen-ordenen")
    assert not ours.slides_sideways()
    assert ours.problems == theirs.problems == []
    # Last, because the checker itself breaks the page's policy.
    ours.page.get_by_label("Verplaats kaartje 11").click()
    ours.sees("Leg kaartje 11 bij")
    assert ours.findings() == []


def test_who_was_a_moment_late_hears_it_in_one_sentence(board, anna, bram, screen):
    own = Placing.objects.get(fragment__number=2).fragment
    make.move(bram, board, own, Theme.objects.get(project=board.project, position=3))
    ours = screen(bram, size=PHONE).go("analysis:session", project=board.project_id)
    ours.page.get_by_label("Verplaats kaartje 11").click()
    ours.sees("Leg kaartje 11 bij")
    card = Placing.objects.get(fragment__number=11).fragment
    ours.page.route("**/bord/**", lambda route: route.abort())
    make.move(anna, board, card, Theme.objects.get(project=board.project, position=0))
    ours.page.get_by_role("button", name="Om hulp vragen voelt als schaamte").click()
    assert ours.sees("Anna de Wit legde kaartje 11 net bij ‘Wie de weg niet kent, hoort het toevallig’.")
    assert Move.objects.get(is_late=True).by == bram
    # Where the eye is, however far down the board; and it goes with the next move that counts.
    warning = ours.page.locator("#messages .notice--warning")
    assert ours.page.evaluate("scrollY") > 500 and warning.bounding_box()["y"] == 0
    ours.keep("samen-ordenen-te-laat")
    ours.page.get_by_label("Verplaats kaartje 11").press("ArrowRight")
    warning.wait_for(state="detached")
    # The same for a step that cannot go back any more: the board stays, and so does the focus.
    make.move(anna, board, own, None)
    ours.page.get_by_role("button", name="Draai terug voor kaartje 2").press("Enter")
    assert ours.sees("Anna de Wit verplaatste kaartje 2 na u. Terugdraaien kan dan niet meer.")
    assert ours.page.get_by_label("Verplaats kaartje 11").is_visible()
    assert ours.page.evaluate("document.activeElement.textContent").startswith("Draai terug")


def test_a_withdrawn_card_leaves_the_open_board_but_nothing_moves_under_a_hand(board, anna, bram, screen):
    """Scene 2: the teller takes it back while everyone looks at it; somebody who holds a card sees it on letting go."""
    ours, theirs = (screen(seat).go("analysis:session", project=board.project_id) for seat in (bram, anna))
    held = ours.page.locator(".slip", has=ours.page.get_by_label("Verplaats kaartje 20"))

    def hold(event):
        held.dispatch_event(event, {"dataTransfer": ours.page.evaluate_handle("new DataTransfer()")})

    def withdraw(number):
        Placing.objects.get(fragment__number=number).fragment.delete()
        theirs.page.get_by_label(f"Verplaats kaartje {number}").wait_for(state="detached")

    hold("dragstart")
    withdraw(12)
    # Long enough for the bell, which the other screen heard already.
    ours.page.wait_for_timeout(300)
    assert ours.page.get_by_label("Verplaats kaartje 12").is_visible()
    hold("dragend")
    ours.page.get_by_label("Verplaats kaartje 12").wait_for(state="detached")
    # The control: without the mark of a hand the board moves under it.
    hold("dragstart")
    held.evaluate("one => one.classList.remove('is-held')")
    withdraw(13)
    ours.page.get_by_label("Verplaats kaartje 13").wait_for(state="detached")
    assert "3 kaartjes" in ours.page.locator(".pile-col").nth(2).inner_text()


def test_every_screen_follows_the_one_who_leads_except_of_who_is_going_elsewhere(
    sorted_session, nico, bram, anna, screen
):
    """The control is Anna's screen: it does not know that she is on her way, and calls her back."""
    leads, follows, goes, forgets = (screen(seat) for seat in (nico, bram, bram, anna))
    forgets.page.add_init_script("window.addEventListener('beforeunload', e => e.stopImmediatePropagation(), true)")
    for one in (leads, follows, goes, forgets):
        one.go("analysis:session", project=sorted_session.project_id)
    called, waiting = [], []
    for one in (goes, forgets):
        one.page.route("**/afspraken/", lambda route: waiting.append(route))
        one.page.on("request", lambda request, one=one: request.is_navigation_request() and called.append(one))
        one.page.get_by_role("link", name="Afspraken", exact=True).first.click(no_wait_after=True)
    follows.page.keyboard.press("Tab")
    leads.click("Iedereen naar ‘Samen ordenen’")
    assert follows.sees("Wie verplaatste wat") and forgets.sees("Wie verplaatste wat")
    # Who goes by keys stands at the title of where everyone was brought, not above the menu.
    follows.page.locator("h1:focus", has_text="Samen ordenen").wait_for()
    assert (called.count(goes), called.count(forgets)) == (1, 2)
    waiting[0].continue_()
    goes.page.wait_for_url("**/afspraken/")
    assert BundlingSession.objects.get().stage == Stage.TOGETHER


def test_sorting_alone_by_hand_by_key_and_back(table, anna, bram, nico, screen):
    meeting = make.session(nico, make.make_round(bram, 6), Stage.OWN_SORT, [anna, bram])
    mine = screen(bram).go("analysis:session", project=meeting.project_id)
    mine.fill("Leg dit kaartje op een eerste stapel", "De weg kwijt").click("Nieuwe stapel")
    assert mine.sees("Nog 5 van de 6 kaartjes")
    mine.page.get_by_role("button", name="De weg kwijt", exact=True).focus()
    mine.page.keyboard.press("Enter")
    assert mine.sees("Nog 4 van de 6 kaartjes")
    mine.fill("Of op een nieuwe stapel", "Papieren").click("Nieuwe stapel")
    assert mine.sees("Nog 3 van de 6 kaartjes")
    mine.page.locator(".slip--big").drag_to(mine.page.locator(".mine").nth(0))
    assert mine.sees("Nog 2 van de 6 kaartjes")
    mine.page.get_by_label("Verplaats kaartje 1", exact=True).focus()
    mine.page.keyboard.press("ArrowRight")
    mine.page.locator(".mine").nth(1).get_by_label("Verplaats kaartje 1", exact=True).wait_for()
    mine.shoot("zelf-ordenen")
    mine.click("Draai mijn laatste stap terug")
    mine.page.locator(".mine").nth(0).get_by_label("Verplaats kaartje 1", exact=True).wait_for()
    # That button is gone now: the focus stays beside it.
    mine.page.wait_for_function("document.activeElement.id === 'nu'")
    assert mine.problems == []
    assert mine.faults() == []


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
def test_the_other_pages_read_well(anna, bram, nico, screen):
    still = make.bundled(bram)
    meeting = make.session(nico, make.make_round(bram, 6), Stage.READ, [anna, bram])
    evening = make.together(bram, anna)
    pile = make.theme(bram, evening.project, cards=Fragment.objects.filter(project=evening.project)[:3])
    pages = {
        "samenvoegen": ("analysis:regroup", {"session": evening.pk, "theme": pile.pk}),
        "lezen": ("analysis:session", {"project": meeting.project_id}),
        "beraad-thema": ("analysis:answer", {"theme": Theme.objects.of(still).first().pk}),
        "begin-bundelen": ("analysis:session", {"project": make.make_round(bram).pk}),
    }
    ours = screen(bram)
    found = {}
    for name, (route, kwargs) in pages.items():
        found[name] = ours.go(route, **kwargs).shoot(name).faults()
    assert {name: said for name, said in found.items() if said} == {}
