"""Every page of the demo before a real browser, on a desk and on a phone: readable, reachable, and never too wide."""

from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.urls import Resolver404, resolve

from dialoog.partnerships.models import Member
from tests.browser.conftest import DESKTOP, PHONE
from tests.conftest import Browser
from tests.crawl import read
from values.models import Value

# What opens as a file or as a sheet to print is looked at in tests of its own.
NO_PAGE = {"mfa_download_recovery_codes", "partnerships:theme", "report:kept_page", "values:workshop_result"}
FILES = (".pdf", ".docx", ".xlsx", ".csv", ".qdc", ".qdpx", ".ics")
# Five forms that everyone meets, sent empty: what comes back is a page of its own.
EMPTY = {"values:propose", "values:write", "projects:start", "projects:plan_meeting", "partnerships:invite"}
# What a finger must be able to hit; a link inside a sentence is as high as its line.
TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
  .filter((one) => !one.closest("[aria-hidden=true]"))
  .filter((one) => getComputedStyle(one).display !== "inline")
  .map((one) => [one, (one.matches("[type=checkbox], [type=radio]") && one.closest("label")) || one])
  .map(([one, hit]) => [one, hit.getBoundingClientRect()])
  .filter(([one, box]) => box.right > 0 && box.bottom > 0 && box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} is ${Math.round(box.width)} by ${Math.round(box.height)}`)"""


class Walk:
    """One person who opens one page of each kind and looks at it on two screens."""

    def __init__(self, before, full):
        self.before, self.page, self.full = before, before.page, full
        self.seen, self.faults = set(), []

    def all_pages(self):
        """Follow links from the start page, one address per route; returns the routes that this person met."""
        waiting = [self.before.seat.url("start")]
        while waiting:
            address = waiting.pop(0)
            name = route(address)
            if name is None or name in self.seen or name in NO_PAGE:
                continue
            self.seen.add(name)
            self.page.goto(urljoin(self.before.address, address))
            self.look(name)
            waiting += self.page.eval_on_selector_all("a[href]", "all => all.map((one) => one.href)")
            if name in EMPTY:
                self.send_empty(name)
        return self.seen

    def look(self, name):
        """What is wrong with this page at both widths."""
        if self.page.locator("[hx-trigger=load]").count():
            # A page that fills itself from others is only a page when it did.
            self.page.wait_for_timeout(500)
        found = [*self.before.problems, *self.before.faults(self.full), *self.page.evaluate(TARGETS)]
        self.page.set_viewport_size(PHONE)
        found += self.page.evaluate(TARGETS)
        self.page.set_viewport_size(DESKTOP)
        self.faults += [f"{name} ({self.before.seat.name}) {one}" for one in found]
        self.before.shoot(f"{name.replace(':', '-')}-{self.before.seat.party}")
        # Taking a picture adds a style of its own, which our pages rightly refuse.
        self.before.problems.clear()

    def send_empty(self, name):
        """Send the form with nothing in it: the answer says what is missing, on a page as good as any."""
        form = self.page.locator("main form[method=post]").last
        form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
        self.page.locator(".errors").wait_for()
        self.look(f"{name}, empty")


def route(address):
    """The name of the route behind an address of ours that opens as a page."""
    path = urlsplit(urldefrag(address)[0]).path
    try:
        return None if path.endswith(FILES) else resolve(path).view_name
    except Resolver404:
        return None


def unlike(before, bram, anna):
    """Let Anna change the words that Bram is changing, and bring Bram the page with both texts."""
    value = Value.objects.visible_to(bram).shared().first()
    before.go("values:edit", value=value.pk)
    field = before.page.locator("main textarea").first
    asked = before.page.locator("main form[method=post]").last
    fields = asked.evaluate("form => Object.fromEntries(new FormData(form))")
    name = field.get_attribute("name")
    other = Browser(anna)
    theirs = fields | {name: "De gemeente was eerder met deze woorden."}
    # As a form sends it by itself: with the script, the two texts meet while they are typed. Bram began before Anna
    # saved: her words would come into a field that he had not touched, and there would be nothing to choose.
    before.page.route("**/schrijven/**", lambda one: one.abort())
    field.fill("Maar de raad schreef intussen iets heel anders.")
    assert other.do("values:edit", theirs, value=value.pk).status_code == 302
    sent = asked.evaluate("form => form.action")
    with before.page.expect_response(lambda one: one.request.method == "POST" and one.url == sent) as answer:
        asked.evaluate("form => form.submit()")
    assert answer.value.status == 409
    before.page.wait_for_load_state()
    before.page.unroute("**/schrijven/**")
    # What was stopped on purpose is no fault of the page.
    before.problems.clear()


def kinds(seat):
    """The kinds of page that this person meets in the same walk without a browser, each with an address."""
    browser, met, waiting = Browser(seat), {}, [seat.url("start")]
    while waiting:
        address = waiting.pop(0)
        if (name := route(address)) is None or name in met or name in NO_PAGE:
            continue
        met[name] = address
        waiting += [urljoin(address, link) for link in read(browser.get(address, follow=True)).links]
    return met


@pytest.fixture
def demo(transactional_db):
    """The people of the demo by name."""
    call_command("demo", verbosity=0)
    return {seat.name: seat for seat in Member.objects.all()}


# How a page looks is the same on either database.
@pytest.mark.only("sqlite")
@pytest.mark.promise("A1")
def test_every_kind_of_page_reads_for_everyone(screen, demo, full):
    """Bram follows the links; the others look at what nobody met before them. At full size, everyone at all."""
    bram = demo["Bram Hoekstra"]
    walk = Walk(screen(bram), full)
    known = walk.all_pages()
    assert len(known) > 60
    unlike(walk.before, bram, demo["Anna de Wit"])
    walk.look("two texts at once")
    faults = walk.faults
    for name in ("Anna de Wit", "Nico Terpstra", "Chris Bakker"):
        walk = Walk(screen(demo[name]), full)
        for kind, address in kinds(demo[name]).items():
            if full or kind not in known:
                walk.page.goto(urljoin(walk.before.address, address))
                walk.look(kind)
                known.add(kind)
        faults += walk.faults
    assert faults == []
