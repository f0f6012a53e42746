"""Every page of the demo, as each of its people would meet it: no dead end, no dead link, no broken page."""

import re
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from tinyhtml5.parser import HTMLParser

from dialoog.partnerships.models import Member
from tests.conftest import Browser
from tests.crawl import crawl

pytestmark = pytest.mark.django_db
TOKEN = '<input type="hidden" name="csrfmiddlewaretoken" value="x">'
# Somebody of each party in the middle of a round, and two people at the table where nothing happened yet.
PEOPLE = ["Anna de Wit", "Bram Hoekstra", "Nico Terpstra", "Chris Bakker", "Els Jacobs"]
ENGLISH = re.compile(
    r"\b(the|this|field|required|please|submit|sign|your|you|password|cancel|delete|save|error|invalid|select|search"
    r"|choose|back|next|previous|yes|settings|user|email|none|true|false|undefined|null)\b",
    re.I,
)


class Page:
    """One page as a browser reads it, with what a strict reader has to say about it."""

    def __init__(self, address, answer):
        self.address, self.answer = address, answer
        parser = HTMLParser(namespace_html_elements=False)
        self.tree: Element = parser.parse(answer.content.decode())
        self.errors = [f"{kind} {named}" for _, kind, named in parser.errors]
        self.ids = [one.get("id") for one in self.tree.iter() if one.get("id")]
        self.whole = answer.content.lstrip()[:9].lower() == b"<!doctype"

    def all(self, tag):
        return list(self.tree.iter(tag))

    def text(self):
        """What a reader can see or hear of it: text and spoken names, without scripts."""
        said = []
        for one in self.tree.iter():
            if one.tag in ("script", "style") or not isinstance(one.tag, str):
                said.append(one.tail or "")
                continue
            named = [one.get(name, "") for name in ("aria-label", "placeholder", "title", "alt", "data-confirm")]
            said += [one.text or "", *named, one.tail or ""]
        return " ".join(" ".join(said).split())


def inside(page):
    """For each element the elements around it."""
    return {child: parent for parent in page.tree.iter() for child in parent}


def around(parents, one):
    while one in parents:
        one = parents[one]
        yield one


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The tables of the demo, once for all tests of this file; afterwards they were never there."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo", verbosity=0)
        yield {seat.name: seat for seat in Member.objects.all()}
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def walks(demo, request):
    """Per person everything that links lead to: address → answer. At full size, of each kind of page every one."""
    full = request.config.getoption("--full")
    drawn = Counter()

    def walk(seat):
        return crawl(Browser(seat), seat.url("start"), 900, 900 if full else 2, None if full else drawn)

    return {name: walk(demo[name]) for name in PEOPLE}


@pytest.fixture(scope="module")
def pages(walks):
    """Per person the pages among it."""
    return {
        name: [
            Page(address, answer)
            for address, answer in seen.items()
            if answer.status_code == 200 and "html" in answer["Content-Type"] and not answer.streaming
        ]
        for name, seen in walks.items()
    }


def route(address):
    """The name of the route behind an address."""
    return resolve(urlsplit(address).path).view_name


def per_route(faults):
    """The same fault on many pages of one route is one fault."""
    told = {}
    for name, page, fault in faults:
        told.setdefault((route(page.address), fault), f"{name} at {page.address}: {fault}")
    return list(told.values())


def each(pages):
    return [(name, page) for name, own in pages.items() for page in own]


def test_every_link_leads_somewhere(walks, pages):
    dead = {
        (name, address): answer.status_code
        for name, seen in walks.items()
        for address, answer in seen.items()
        if answer.status_code not in (200, 301, 302)
    }
    offered = {
        (name, address): page.address
        for name, page in each(pages)
        for address in {urldefrag(urljoin(page.address, a.get("href")))[0] for a in page.all("a") if a.get("href")}
        if (name, address) in dead
    }
    assert [(who, code, offered.get(who)) for who, code in dead.items()] == []
    assert all(20 < len(seen) < 900 for seen in walks.values()), "the walk was cut off"


def test_every_jump_within_a_page_lands(pages):
    faults = []
    for name, page in each(pages):
        for link in page.all("a"):
            address, jump = urldefrag(urljoin(page.address, link.get("href") or ""))
            if page.whole and jump and address == page.address and jump not in page.ids:
                faults.append((name, page, f"#{jump}"))
    assert per_route(faults) == []


def test_every_page_is_sound(pages):
    faults = []
    for name, page in each(pages):
        faults += [(name, page, f"not valid: {error}") for error in page.errors if page.whole]
        faults += [(name, page, f"id twice: {one}") for one in set(page.ids) if page.ids.count(one) > 1]
    assert per_route(faults) == []


def test_every_page_says_where_you_are_and_how_to_go_back(pages):
    faults = []
    for name, page in each(pages):
        if not page.whole:
            continue
        heads = page.all("h1")
        if len(heads) != 1 or not "".join(heads[0].itertext()).strip():
            faults.append((name, page, f"{len(heads)} times h1"))
        title = "".join(page.all("title")[0].itertext()).strip() if page.all("title") else ""
        if not title.removesuffix("– Dialoog").strip():
            faults.append((name, page, "no title"))
        ways = {urljoin(page.address, a.get("href")) for a in page.all("a") if a.get("href")}
        if not ways - {page.address} - {one for one in ways if one.startswith("#")}:
            faults.append((name, page, "no way back"))
    assert per_route(faults) == []


def test_every_page_speaks_dutch(pages):
    faults = []
    for name, page in each(pages):
        faults += [(name, page, found) for found in set(ENGLISH.findall(page.text()))]
    assert per_route(faults) == []


def test_every_button_does_something(pages):
    faults = []
    for name, page in each(pages):
        parents = inside(page)
        for button in page.all("button"):
            behaves = any(key.startswith(("data-", "popovertarget", "command", "hx-")) for key in button.attrib)
            at_home = button.get("form") in page.ids or any(one.tag == "form" for one in around(parents, button))
            if not behaves and not at_home:
                faults.append((name, page, "".join(button.itertext()).strip()))
            if not "".join(button.itertext()).strip() and not button.get("aria-label"):
                faults.append((name, page, f"a button without a name: {button.attrib}"))
    assert per_route(faults) == []


def offer(page):
    """The forms of one page: each with its fields as they stand and its buttons."""
    parents = inside(page)
    for form in page.all("form"):
        parts = [one for one in page.tree.iter() if isinstance(one.tag, str) and belongs(one, form, parents)]
        fields = {}
        for one in parts:
            if one.tag in ("input", "textarea", "select") and one.get("name") and "disabled" not in one.attrib:
                fields.setdefault(one.get("name"), []).extend(value(one))
        buttons = [
            one
            for one in parts
            if (one.tag == "button" and one.get("type", "submit") == "submit")
            or (one.tag == "input" and one.get("type") in ("submit", "image"))
        ]
        yield form, fields, buttons


def belongs(one, form, parents):
    if one.get("form"):
        return one.get("form") == form.get("id")
    return form in around(parents, one)


def value(one):
    """What a browser would send for this field, untouched."""
    if one.tag == "textarea":
        return ["".join(one.itertext()).removeprefix("\n")]
    if one.tag == "select":
        options = list(one.iter("option"))
        chosen = [option for option in options if "selected" in option.attrib]
        if not chosen and "multiple" not in one.attrib:
            chosen = options[:1]
        return [option.get("value", "".join(option.itertext())) for option in chosen]
    if one.get("type") in ("checkbox", "radio"):
        return [one.get("value", "on")] if "checked" in one.attrib else []
    if one.get("type") in ("submit", "button", "image", "reset", "file"):
        return []
    return [one.get("value", "")]


def only_with_a_script(pages):
    """What on these pages cannot be sent or reached by a browser without scripts."""
    faults = []
    for name, page in each(pages):
        # A place that fills itself from another page: a link beside it leads to what would stand there.
        sections = [one for one in page.tree.iter() if one.tag in ("section", "main", "aside")]
        for place in (one for one in page.tree.iter() if isinstance(one.tag, str) and one.get("hx-trigger") == "load"):
            around_it = [one for one in sections if place in set(one.iter())]
            if not around_it or not any(a.get("href") for a in around_it[-1].iter("a")):
                faults.append((name, page, f"no link at the place that fills itself from {place.get('hx-get')}"))
        for form, fields, buttons in offer(page):
            sort = form.get("method", "get").lower()
            said = form.get("action") or page.address
            if sort == "post" and not fields.get("csrfmiddlewaretoken"):
                faults.append((name, page, f"no token in the form to {route_of(page, form)}"))
            if sort not in ("post", "get") or (form.get("hx-post") and sort != "post"):
                faults.append((name, page, f"a form that only a script sends: {said}"))
            if not buttons:
                faults.append((name, page, f"nothing to press in the form to {route_of(page, form)}"))
    return faults


@pytest.mark.promise("A6")
def test_every_form_can_be_sent_without_a_script(pages):
    assert per_route(only_with_a_script(pages)) == []


@pytest.mark.promise("A6", control=True)
@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<form method=post><button>Bewaar</button></form>", "no token"),
        (f"<form method=post>{TOKEN}<input name=x></form>", "nothing to press"),
        (f"<form method=post>{TOKEN}<button type=button>Bewaar</button></form>", "nothing to press"),
        (f"<form hx-post=/hulp/>{TOKEN}<button>Bewaar</button></form>", "only a script sends"),
        ("<div hx-get=/hulp/ hx-trigger=load><p>Even wachten</p></div>", "no link"),
    ],
)
def test_what_only_works_with_a_script_is_found(part, fault):
    address = "/hulp/"
    sabotaged = Page(address, HttpResponse(f"<!doctype html><title>Hulp</title><main>{part}</main>"))
    (found,) = only_with_a_script({"Anna de Wit": [sabotaged]})
    assert fault in found[2]


def route_of(page, form):
    return route(urljoin(page.address, form.get("action") or ""))


@pytest.mark.promise("A6")
def test_every_form_as_it_stands_gets_an_answer(demo, pages):
    """Send each form once per person, just as the page shows it: it is done, or a sentence says what is missing."""
    faults, sent = [], set()
    for name, page in each(pages):
        for form, fields, buttons in offer(page):
            shape = name, route_of(page, form), tuple(sorted(fields)), tuple(b.get("name") for b in buttons)
            if form.get("method", "get").lower() != "post" or shape in sent:
                continue
            sent.add(shape)
            pressed = {b.get("name"): [b.get("value", "")] for b in buttons[:1] if b.get("name")}
            code = send(demo[name], urljoin(page.address, form.get("action") or ""), fields | pressed)
            # A search that is posted, because its words are secret, answers with what it found; a button that only
            # fills in a part of the form answers with that form.
            shown = form.get("role") == "search" or any("formnovalidate" in one.attrib for one in buttons[:1])
            if code not in (302, 409, 422) and not (code == 200 and shown):
                faults.append((name, page, f"{code} from the form to {route_of(page, form)}"))
    assert per_route(faults) == []
    assert len(sent) > 60


def send(seat, address, fields):
    """Send a form as a browser would, and take it back: nothing of it stays in the demo."""
    client = Client()
    with transaction.atomic():
        client.force_login(seat.user)
        code = client.post(urldefrag(address)[0], fields).status_code
        transaction.set_rollback(True)
    return code
