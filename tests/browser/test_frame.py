"""The frame before a real browser: menu, messages, live regions, focus, a question first, and an expired session."""

import pytest
from django.contrib.sessions.models import Session

from dialoog.partnerships.models import Event, Party
from projects.models import Phase
from tests.browser.conftest import DESKTOP, PHONE
from tests.projects import make

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
@pytest.mark.promise("A1")
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_start_help_and_not_found_read_for_everyone(screen, bram, size):
    make.project(bram, Phase.COLLECT)
    make.meeting(bram)
    before = screen(bram, size=size)
    for path in (bram.url("start"), "/hulp/", "/bestaat/niet/", "/inloggen/"):
        before.page.goto(before.address + path)
        assert [one for one in before.problems if "404" not in one] == [], path
        assert before.findings() == [], path
        assert not before.slides_sideways(), path
        before.problems.clear()


def test_on_a_desk_the_council_stands_left_for_both_sides(screen, bram, anna):
    for seat in (bram, anna):
        before = screen(seat).go("start")
        left, right = (
            before.page.locator(f".duo > .{side}").first.bounding_box() for side in ("council", "municipality")
        )
        assert left["x"] < right["x"] and left["y"] == right["y"]


@pytest.mark.promise("A6")
def test_the_menu_of_a_phone_opens_without_a_script(screen, bram):
    before = screen(bram, size=PHONE, javascript=False).go("start")
    entry = before.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Afspraken")
    assert not entry.is_visible()
    before.click("Menu", role="link")
    entry.click()
    before.page.wait_for_url("**" + bram.url("projects:commitments"))
    assert before.page.locator(".nav [aria-current=page]").inner_text() == "Afspraken"


@pytest.mark.promise("A3")
def test_news_comes_in_while_the_focus_stays_where_it_was(screen, bram, dora):
    make.project(bram, Phase.COLLECT)
    before = screen(bram).go("start")
    before.page.locator("body[data-streaming=open]").wait_for()
    link = before.page.get_by_role("link", name="Alles over deze ronde")
    link.focus()
    place = before.page.evaluate("scrollY")
    Event.record(dora, "legde drie kaartjes klaar")
    before.sees("legde drie kaartjes klaar")
    assert link.evaluate("one => one === document.activeElement")
    assert before.page.evaluate("scrollY") == place
    assert before.problems == []


@pytest.mark.promise("A3", control=True)
def test_a_swap_without_care_loses_the_focus(screen, bram):
    make.project(bram, Phase.COLLECT)
    before = screen(bram).go("start")
    link = before.page.get_by_role("link", name="Alles over deze ronde")
    link.focus()
    before.page.locator("#round").evaluate("one => { one.outerHTML = one.outerHTML }")
    assert not link.evaluate("one => one === document.activeElement")
    assert before.page.evaluate("document.activeElement === document.body")


def test_what_only_the_other_side_may_know_does_not_come_in(screen, bram, anna, dora):
    council, town = screen(bram).go("start"), screen(anna).go("start")
    for before in (council, town):
        before.page.locator("body[data-streaming=open]").wait_for()
    Event.record(dora, "zei iets in eigen kring", audience=Party.COUNCIL)
    Event.record(dora, "zei iets hardop")
    council.sees("zei iets in eigen kring")
    town.sees("zei iets hardop")
    assert "eigen kring" not in town.text()


def test_a_message_can_be_closed(screen, bram):
    before = screen(bram).go("partnerships:profile")
    before.click("Sla op")
    notice = before.page.locator("[data-notice]")
    notice.wait_for()
    assert before.page.locator("#messages").get_attribute("role") == "status"
    notice.get_by_role("button", name="Sluit").click()
    assert notice.count() == 0


def test_an_impatient_double_click_sends_a_form_once(screen, bram):
    before = screen(bram).go("projects:start")
    before.fill("Onderwerp", "Brieven en bellen")
    sent = []
    before.page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    before.page.get_by_role("button", name="Begin deze ronde").dblclick()
    before.sees("Ronde 1")
    assert len(sent) == 1


@pytest.mark.promise("A3")
def test_a_form_that_came_back_puts_the_focus_on_what_is_wrong(screen, bram):
    before = screen(bram).go("projects:start")
    before.click("Begin deze ronde")
    errors = before.page.locator(".errors")
    errors.wait_for()
    assert errors.evaluate("one => one === document.activeElement")
    errors.get_by_role("link").first.click()
    assert before.page.evaluate("document.activeElement.name") == "subject"


@pytest.mark.promise("R5")
def test_an_expired_session_costs_nothing(screen, bram, table):
    bram.user.set_password("een heel lang wachtwoord")
    bram.user.save()
    before = screen(bram)
    before.page.clock.install()
    before.go("projects:start").fill("Onderwerp", "Brieven en bellen")
    # As if the page had been open for a long time, and the session ended meanwhile.
    before.page.clock.fast_forward("10:00")
    Session.objects.all().delete()
    before.page.get_by_role("button", name="Begin deze ronde").click()
    dialog = before.page.get_by_role("dialog")
    dialog.get_by_text("Log even opnieuw in").wait_for()
    assert before.page.get_by_label("Onderwerp").input_value() == "Brieven en bellen"
    assert before.findings() == []
    form = dialog.locator("form:has([type=password])")
    form.get_by_label("E-mailadres").fill(bram.user.email)
    form.get_by_label("Wachtwoord").fill("een heel lang wachtwoord")
    form.get_by_role("button", name="Log in").click()
    before.sees("Ronde 1: Brieven en bellen")


def test_the_button_of_one_form_never_wipes_what_was_typed_in_another(screen, bram):
    project = make.project(bram, Phase.TRUST)
    before = screen(bram).go("projects:trust", project=project.pk)
    field = before.page.locator("textarea")
    field.fill("Wij vertelden het op de inloopochtend.")
    before.page.get_by_role("button", name="Ja, er is genoeg vertrouwen").click()
    dialog = before.page.get_by_role("dialog")
    dialog.get_by_text("U typte nog iets bij ‘Uw eigen achterban’. Eerst bewaren?").wait_for()
    assert before.findings() == []
    dialog.get_by_role("button", name="Ga terug").click()
    assert field.input_value() == "Wij vertelden het op de inloopochtend."
    before.page.get_by_role("button", name="Ja, er is genoeg vertrouwen").click()
    dialog.get_by_role("button", name="Ja, bewaar dat eerst").click()
    before.sees("Uw kant zei ja.")
    assert before.page.locator(".voice").get_by_text("Wij vertelden het op de inloopochtend.").is_visible()


def test_leaving_with_something_typed_asks_and_throwing_it_away_does_not(screen, bram):
    before = screen(bram).go("values:write")
    asked = []
    before.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    # A browser only asks who really touched the page.
    before.page.locator("input[name=name]").press_sequentially("Op tijd")
    before.page.get_by_role("link", name="Gesprekken").first.click()
    before.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert before.page.locator("input[name=name]").input_value() == "Op tijd"
    before.click("Terug zonder bewaren").sees("Onze envelop")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_the_menu_of_a_phone_closes_where_it_opened(screen, bram, javascript):
    before = screen(bram, size=PHONE, javascript=javascript).go("start")
    menu = before.page.get_by_role("link", name="Menu", exact=True)
    place = menu.bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    links = before.page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Afspraken")
    before.page.mouse.click(x, y)
    links.wait_for()
    before.keep("menu-open")
    before.page.mouse.click(x, y)
    links.wait_for(state="hidden")


@pytest.mark.promise("A1", control=True)
def test_the_checker_finds_a_fault_that_was_put_there(screen, bram):
    page = screen(bram).go("start")
    assert page.findings() == []
    fault = '<img src="/static/img/favicon.svg"><input>'
    page.page.evaluate("fault => document.querySelector('h1').insertAdjacentHTML('afterend', fault)", fault)
    assert {finding.split(":")[0] for finding in page.findings()} == {"image-alt", "label"}
