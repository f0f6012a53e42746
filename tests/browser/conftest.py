"""A real browser before the real server, on the test's own database."""

import os
import re
import shutil
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from dialoog.bootstrap import BROWSERS

# Playwright's synchronous interface runs a loop in this thread; the tests still talk to the database from it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = AXE_FILE_PATH.read_text()
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    # Only what is wrong: to list what is right takes longer than to find out.
    "resultTypes": ["violations"],
    # Without `preload` it does not put stylesheets of its own into the page, which our pages rightly refuse.
    "preload": False,
}
# Pictures of every step are for people to look at: taken when somebody names a folder for them.
SHOTS = Path(os.environ["DIALOOG_SHOTS"]) if "DIALOOG_SHOTS" in os.environ else None
LAST = settings.VAR_DIR / "shots"


@pytest.fixture(scope="session")
def server(django_db_setup):
    """A running Dialoog: uvicorn with the application as in production, in a thread of its own."""
    # A browser sends a form again by itself when the server hangs up on an idle line at that very moment.
    config = uvicorn.Config(
        "dialoog.asgi:application", port=0, log_level="warning", timeout_graceful_shutdown=1, timeout_keep_alive=60
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 15
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield server
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(server):
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        path = os.environ.get("DIALOOG_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Screen:
    """One person before one screen."""

    def __init__(self, page: Page, address, seat=None):
        self.page, self.address, self.seat = page, address, seat
        self.problems = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _hear(self, message):
        # A refusal is an answer: the browser notes its status, and the person reads the sentence.
        refused = "status of 422" in message.text or "status of 409" in message.text
        if message.type == "error" and not refused:
            self.problems.append(message.text)

    def go(self, route, **kwargs):
        """Open a page of the member's own table by its route, as a link would."""
        self.page.goto(self.address + self.seat.url(route, **kwargs))
        return self

    def click(self, name, role=None):
        """Press the button or follow the link with this name."""
        self.target(name, role).click()
        self.page.wait_for_load_state()
        return self

    def target(self, name, role=None):
        wanted = re.compile(name) if isinstance(name, str) and name.startswith("^") else name
        if role:
            return self.page.get_by_role(role, name=wanted).first
        button = self.page.get_by_role("button", name=wanted)
        return button.or_(self.page.get_by_role("link", name=wanted)).first

    def fill(self, label, text):
        """Type in the field with this label."""
        self.page.get_by_label(label, exact=False).first.fill(text)
        return self

    def sees(self, text, timeout=10000):
        """Wait until this text is on the page; that is how a person notices that something happened."""
        self.page.get_by_text(text).first.wait_for(state="visible", timeout=timeout)
        return self

    def text(self):
        """All that stands on the page."""
        return self.page.locator("body").inner_text()

    def shoot(self, name):
        """Keep a picture of the whole page at desktop and phone width, where somebody asked for pictures."""
        if SHOTS is None:
            return self
        SHOTS.mkdir(parents=True, exist_ok=True)
        size = self.page.viewport_size
        for width in (DESKTOP, PHONE):
            self.page.set_viewport_size(width)
            self.page.screenshot(path=SHOTS / f"{name}-{width['width']}.png", full_page=True)
        self.page.set_viewport_size(size)
        return self

    def keep(self, name, **options):
        """Keep a picture of the screen as it is now, where somebody asked for pictures."""
        if SHOTS is not None:
            SHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SHOTS / f"{name}.png", **options)

    def findings(self, colours=True):
        """What the accessibility checker finds on this page; to look at its colours takes longer than all the rest."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        options = AXE_OPTIONS | {"rules": {"color-contrast": {"enabled": colours}}}
        found = self.page.evaluate("options => axe.run(options)", options)
        return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]

    def faults(self, full=False):
        """What is wrong with this page on a desk and on a phone; the colours, alike on both, are looked at once."""
        size, found = self.page.viewport_size, []
        for wide in (DESKTOP, PHONE):
            self.page.set_viewport_size(wide)
            found += [f"at {wide['width']}: {one}" for one in self.findings(colours=full or wide == DESKTOP)]
            found += [f"at {wide['width']}: slides sideways"] if self.slides_sideways() else []
        self.page.set_viewport_size(size)
        return found + [problem for problem in self.problems if "Content Security Policy" in problem]

    def slides_sideways(self):
        """Whether the page is wider than the screen."""
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")


@pytest.fixture
def screen(request, transactional_db, server, address, chromium):
    """Open a screen for a member: `screen(bram)`, `screen(anna, size=PHONE)`, `screen(nico, javascript=False)`."""
    contexts = []

    def open_screen(seat=None, size=DESKTOP, javascript=True, **options):
        context = chromium.new_context(
            viewport=size,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            java_script_enabled=javascript,
            base_url=address,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(20000)
        contexts.append(context)
        if seat is not None:
            client = Client()
            client.force_login(seat.user)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
        return Screen(context.new_page(), address, seat)

    failed = request.session.testsfailed
    yield open_screen
    for number, context in enumerate(contexts):
        if request.session.testsfailed > failed:
            # What each person saw last: the first thing to look at when a test fails.
            LAST.mkdir(parents=True, exist_ok=True)
            for page in context.pages:
                page.screenshot(path=LAST / f"last-{number}.png")
        context.close()
    # An answer that is still being made would hold rows that are about to be emptied.
    deadline = time.monotonic() + 2
    while server.server_state.tasks and time.monotonic() < deadline:
        time.sleep(0.01)
