"""Typing at a kitchen table with a bad network: nothing typed is lost, and nothing says 'Opgeslagen' that is not."""

import os
import random
import re
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
import uvicorn
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error

from experiences.models import Passage, PassageVersion
from projects.models import Phase
from tests.browser.conftest import DESKTOP, FLAGS, Screen
from tests.experiences import make
from tests.projects import make as rounds

# What a device keeps is the same whatever database the server has.
pytestmark = pytest.mark.only("sqlite")

SAVED = re.compile("^Opgeslagen")
ASIDE = "Alleen op dit apparaat"
SAID = "ik wachtte daar en niemand zei iets toen kwam er iemand die vroeg of ik een afspraak had maar die had ik niet"
STORE = """new Promise((done) => { const open = indexedDB.open("dialoog"); open.onsuccess = () => {
    const all = open.result.transaction("drafts").objectStore("drafts").getAll();
    const plain = (bytes) => [...new Uint8Array(bytes)];
    all.onsuccess = () => done(all.result.map((one) => ({ ...one, sealed: plain(one.sealed), iv: plain(one.iv) })));
}; })"""


class Server:
    """A server of this test alone, which can go away and come back at the same address."""

    def __init__(self):
        self.port = 0
        self.start()

    def start(self):
        config = uvicorn.Config(
            "dialoog.asgi:application", port=self.port, log_level="error", timeout_graceful_shutdown=1
        )
        self.running = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.running.run, daemon=True)
        self.thread.start()
        while not self.running.started:
            time.sleep(0.02)
        self.port = self.running.servers[0].sockets[0].getsockname()[1]

    def stop(self):
        self.running.should_exit = True
        self.thread.join(timeout=15)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"


class Device:
    """A browser of one person on a device of its own, to be killed as a battery or a crash does, and opened again."""

    def __init__(self, chromium, profile, seat, address):
        self.kind, self.profile, self.seat, self.address, self.context = chromium, profile, seat, address, None
        client = Client()
        client.force_login(seat.user)
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value

    def open(self):
        """The browser with what it kept on the disk."""
        self.context = self.kind.launch_persistent_context(
            self.profile, executable_path=os.environ.get("DIALOOG_CHROMIUM", "/usr/bin/chromium"), args=FLAGS,
            viewport=DESKTOP, locale="nl-NL", timezone_id="Europe/Amsterdam", reduced_motion="reduce",
        )  # fmt: skip
        self.context.set_default_timeout(20000)
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self.session, "url": self.address}
        self.context.add_cookies([cookie])
        return Screen(self.context.pages[0], self.address, self.seat)

    def process(self):
        """The number of the browser itself, of which all its other processes are children."""
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                if f"--user-data-dir={self.profile}" in words and not any(word.startswith("--type=") for word in words):
                    return int(folder.name)
        raise AssertionError("the browser is not there")

    def kill(self):
        os.kill(self.process(), signal.SIGKILL)
        self.close()

    def close(self):
        with suppress(Error):
            self.context.close()


@pytest.fixture
def device(chromium, tmp_path):
    """A device for a person: `device(bram, address)`; its browser is gone afterwards."""
    made = []

    def make_device(seat, address):
        made.append(Device(chromium.browser_type, tmp_path / "profile", seat, address))
        return made[-1]

    yield make_device
    for one in made:
        one.close()


@pytest.fixture
def held(bram, dora):
    made = make.interview(bram, rounds.project(bram, Phase.COLLECT), interviewers=[bram, dora])
    make.consent(bram, made)
    return made


def area(kitchen):
    return kitchen.page.get_by_role("textbox", name="Wat gebeurde er?")


def wait_saved(kitchen, timeout=20000):
    kitchen.page.locator("#save").get_by_text(SAVED).wait_for(timeout=timeout)


def wait_aside(kitchen):
    kitchen.page.locator("#save").get_by_text(ASIDE, exact=True).wait_for(timeout=15000)


def kept():
    found = Passage.objects.filter(field="happened").first()
    return found.text if found else ""


def is_honest(kitchen):
    """What the bar says is true: 'Opgeslagen' only when the server has every letter of it."""
    words, typed = kitchen.page.evaluate(
        "[document.querySelector('[data-save-state]').textContent, document.getElementById('happened').value]"
    )
    return not SAVED.match(words) or typed == kept()


def crash(page):
    """The tab is killed: what the page would still do when it is left, it cannot do.

    A tab that closes lives on for some milliseconds, in which it may hear that the network is back.
    """
    page.evaluate(
        """() => { window.fetch = () => new Promise(() => {});
            for (const name of ["visibilitychange", "pagehide", "beforeunload"])
                window.addEventListener(name, (event) => event.stopImmediatePropagation(), true); }"""
    )
    page.close(run_before_unload=False)


@pytest.mark.promise("R4")
def test_a_whole_conversation_through_everything_that_can_go_wrong(transactional_db, device, bram, held, full):
    number, step = (5000, 40) if full else (160, 16)
    seed = random.Random(4)
    words = [seed.choice(SAID.split()) for _ in range(number)]
    server = Server()
    laptop = device(bram, server.address)
    kitchen = laptop.open().go("experiences:interview", interview=held.pk)
    typed, lies, kills, troubles = "", 0, 0, ["offline", "502", "restart", "kill"]
    for at in range(0, number, step):
        place = at // step
        trouble = troubles[place // 2 % 4] if place % 2 else ""
        if trouble == "offline":
            kitchen.page.context.set_offline(True)
        elif trouble == "kill":
            kitchen.page.route("**/bewaren/", lambda route: route.abort())
        elif trouble == "502":
            kitchen.page.route("**/bewaren/", lambda route: route.fulfill(status=502, body="Bad gateway"))
        elif trouble == "restart":
            server.stop()
        chunk = " ".join(words[at : at + step]) + " "
        area(kitchen).press("Control+End")
        kitchen.page.keyboard.type(chunk)
        typed += chunk
        lies += not is_honest(kitchen)
        if trouble:
            wait_aside(kitchen)
            lies += not is_honest(kitchen)
        if trouble == "kill":
            typed, kitchen = killed_in_the_middle(laptop, kitchen, held, typed, seed)
            kills += 1
        elif trouble == "restart":
            server.start()
        if trouble:
            kitchen.page.context.set_offline(False)
            kitchen.page.unroute_all()
            kitchen.page.evaluate("dispatchEvent(new Event('online'))")
            wait_saved(kitchen)
            assert area(kitchen).input_value() == typed
    wait_saved(kitchen)
    assert kept() == typed == area(kitchen).input_value()
    assert lies == 0 and kills == number // step // 8
    assert not PassageVersion.objects.filter(is_copy=True).exists()
    kitchen.page.close()
    server.stop()


def killed_in_the_middle(laptop, kitchen, held, typed, seed):
    """Kill the browser while somebody types: at most the last two seconds are gone, and those are typed again."""
    moments = []
    for word in seed.choices(SAID.split(), k=14):
        kitchen.page.keyboard.type(f"{word} ", delay=35)
        typed += f"{word} "
        moments.append((time.monotonic(), typed))
    laptop.kill()
    killed = time.monotonic()
    old = [text for moment, text in moments if moment < killed - 2]
    assert old, "everything was typed in the last two seconds"
    kitchen = laptop.open().go("experiences:interview", interview=held.pk)
    kitchen.sees("is teruggevonden", timeout=20000)
    found = area(kitchen).input_value()
    assert found.startswith(old[-1]) and typed.startswith(found)
    area(kitchen).press("Control+End")
    kitchen.page.keyboard.type(typed[len(found) :])
    return typed, kitchen


@pytest.mark.promise("R4", control=True)
def test_without_the_draft_on_the_device_a_killed_tab_loses_what_was_typed(screen, bram, held):
    kitchen = screen(bram)
    kitchen.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined });")
    kitchen.go("experiences:interview", interview=held.pk)
    kitchen.page.route("**/bewaren/", lambda route: route.abort())
    area(kitchen).press_sequentially("Dit gaat verloren.")
    kitchen.page.get_by_text("NIET opgeslagen", exact=True).wait_for()
    context = kitchen.page.context
    crash(kitchen.page)
    again = Screen(context.new_page(), kitchen.address, bram).go("experiences:interview", interview=held.pk)
    again.page.wait_for_timeout(500)
    assert area(again).input_value() == kept() == ""


@pytest.mark.promise("P1")
def test_what_lies_on_the_device_is_ciphertext_and_another_member_cannot_open_it(screen, bram, dora, held):
    secret = "Zebravink Kwartelmeer"
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.page.route("**/bewaren/", lambda route: route.abort())
    area(kitchen).fill(f"Ik ben {secret}.")
    wait_aside(kitchen)
    records = kitchen.page.evaluate(STORE)
    assert len(records) == 1 and len(bytes(records[0]["sealed"])) > len(secret)
    stored = [str(record) + bytes(record["sealed"]).decode("latin-1") for record in records]
    stored += [kitchen.page.evaluate("JSON.stringify([localStorage, sessionStorage, document.title, document.cookie])")]
    assert [words for words in stored for part in (secret, "Zebra", "Kwartel") if part in words] == []
    # Control: the same words are on the screen, so the look for them would have seen them.
    assert secret in area(kitchen).input_value()
    assert kitchen.page.locator("[data-keys]").count() == 0
    # The same device, another member: her key is another one, and her pages do not tell of it.
    other = screen(dora).go("experiences:interview", interview=held.pk)
    other.page.evaluate(
        """async (one) => { await window.dialoog.drafts.put({ ...one, seat: document.body.dataset.seat,
            sealed: new Uint8Array(one.sealed).buffer, iv: new Uint8Array(one.iv) }); }""",
        records[0],
    )
    other.go("experiences:interview", interview=held.pk)
    other.sees("niet meer te lezen")
    assert secret not in area(other).input_value() and kept() == ""


def test_two_tabs_with_a_draft_keep_the_words_of_both(screen, bram, held):
    make.story(bram, held, happened="Het was druk.\n\nIk wachtte lang.")
    first = screen(bram).go("experiences:interview", interview=held.pk)
    second = Screen(first.page.context.new_page(), first.address, bram).go("experiences:interview", interview=held.pk)
    first.page.context.set_offline(True)
    area(first).fill("Het was heel druk.\n\nIk wachtte lang.")
    area(second).fill("Het was druk.\n\nIk wachtte lang en alleen.")
    for tab in (first, second):
        wait_aside(tab)
    context = first.page.context
    crash(second.page)
    context.set_offline(False)
    wait_saved(first)
    third = Screen(context.new_page(), first.address, bram).go("experiences:interview", interview=held.pk)
    third.sees("is teruggevonden")
    wait_saved(third)
    assert kept() == "Het was heel druk.\n\nIk wachtte lang en alleen."


@pytest.mark.parametrize(
    ("hours", "loud"),
    [(2, ""), (30, "notice"), (80, "dialog"), (31 * 24, "gone")],
    ids=["young", "a day old", "three days old", "too old"],
)
def test_a_draft_that_was_left_reminds_and_in_the_end_insists(screen, bram, held, hours, loud):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.page.route("**/bewaren/", lambda route: route.abort())
    area(kitchen).fill("Nog niet verstuurd.")
    wait_aside(kitchen)
    context = kitchen.page.context
    crash(kitchen.page)
    later = Screen(context.new_page(), kitchen.address, bram)
    # The device's own clock is years off: only the server's time counts.
    later.page.clock.set_fixed_time("2031-01-01T00:00:00Z")
    later.page.goto(f"{later.address}/hulp/")
    later.page.evaluate(
        f"""new Promise((done) => {{ const open = indexedDB.open("dialoog"); open.onsuccess = () => {{
            const drafts = open.result.transaction("drafts", "readwrite").objectStore("drafts");
            drafts.getAll().onsuccess = ({{ target }}) => {{
                const one = target.result[0];
                one.since -= {hours} * 3600000;
                one.gone -= {hours} * 3600000;
                drafts.put(one).onsuccess = done; }}; }}; }})"""
    )
    later.go("start")
    words = "Op dit apparaat staat nog tekst van een gesprek die niet verstuurd is"
    if loud == "gone":
        later.sees("Die is te lang niet verstuurd en nu gewist.")
        assert later.page.evaluate(STORE) == []
        return
    if loud == "dialog":
        dialog = later.page.get_by_role("dialog")
        dialog.get_by_text(words).wait_for()
        dialog.get_by_text("Doet u niets, dan wordt de tekst op").wait_for()
        later.page.keyboard.press("Escape")
        assert dialog.is_visible() and later.findings() == []
        later.shoot("concept-drie-dagen")
        dialog.get_by_role("button", name="Gooi de tekst weg").click()
        dialog.get_by_role("button", name="Ja, gooi weg").click()
        later.go("experiences:list")
        later.page.wait_for_timeout(300)
        assert words not in later.text()
        return
    later.page.wait_for_timeout(300)
    assert (words in later.text()) == bool(loud)
    later.page.goto(later.address + reverse("account_logout"))
    later.page.locator("[data-drafts-here]").wait_for(state="visible")
    later.go("experiences:list").sees(words)
    later.shoot("concept-gesprekken")
    later.click("Open het gesprek")
    later.sees("is teruggevonden")
    wait_saved(later)
    assert kept() == "Nog niet verstuurd."


@pytest.mark.promise("R5")
def test_an_expired_session_while_typing_asks_to_log_in_and_sends_it_once(screen, bram, held):
    bram.user.set_password("een heel lang wachtwoord")
    bram.user.save()
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    Session.objects.all().delete()
    area(kitchen).fill("Getypt na het verlopen.")
    dialog = kitchen.page.get_by_role("dialog")
    dialog.get_by_text("Log even opnieuw in").wait_for()
    assert is_honest(kitchen)
    form = dialog.locator("form:has([type=password])")
    form.get_by_label("E-mailadres").fill(bram.user.email)
    form.get_by_label("Wachtwoord").fill("een heel lang wachtwoord")
    form.get_by_role("button", name="Log in").click()
    wait_saved(kitchen)
    assert kept() == "Getypt na het verlopen."
    assert PassageVersion.objects.filter(is_copy=False).count() == 1


@pytest.mark.promise("R5", control=True)
def test_who_does_not_log_in_again_is_told_and_nothing_says_saved(screen, bram, held):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    Session.objects.all().delete()
    area(kitchen).fill("Getypt na het verlopen.")
    kitchen.page.get_by_role("dialog").get_by_role("button", name="Nu niet").click()
    wait_aside(kitchen)
    kitchen.sees("U bent uitgelogd.")
    assert kept() == "" and is_honest(kitchen)


ODD = {
    "emoji and right-to-left": ("Zo 😀👩‍👩‍👧 مرحبا שלום en klaar", None),
    "null bytes and signs of Word": ("Een\0 twee\x0bdrie\x07", "Een twee\ndrie"),
    "half a sign": ("Half \ud83d en klaar", "Half � en klaar"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_kept_as_it_was_meant(screen, bram, held, name):
    text, meant = ODD[name]
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.page.evaluate(
        """(codes) => { const area = document.getElementById("happened"); area.focus();
            area.value = String.fromCharCode(...codes); area.dispatchEvent(new Event("input", { bubbles: true })); }""",
        [unit for sign in text for unit in _units(sign)],
    )
    wait_saved(kitchen)
    assert kept() == (meant or text) == area(kitchen).input_value()
    assert "schreef mee" not in kitchen.text()


def _units(sign):
    raw = sign.encode("utf-16-le", "surrogatepass")
    return [raw[place] + 256 * raw[place + 1] for place in range(0, len(raw), 2)]


WORD = (
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><body><p class=MsoNormal><b>Zij zei:</b> "
    "&#8220;bel 06&#8209;12345678&#8221;</p><p class=MsoListParagraph><span style='mso-list:Ignore'>&middot;</span>"
    "Ik ben 54&nbsp;jaar</p></body></html>"
)
FROM_WORD = "Zij zei: \u201cbel 06\u201112345678\u201d\n\u00b7\u00a0Ik ben 54\u00a0jaar"


def test_what_is_pasted_from_word_is_its_words_and_what_betrays_in_it_lights_up(screen, bram, held):
    kitchen = screen(bram, permissions=["clipboard-read", "clipboard-write"])
    kitchen.go("experiences:interview", interview=held.pk)
    # As Word lays it on the clipboard: laid out, as a picture, and as plain words.
    kitchen.page.evaluate(
        """async ([html, plain]) => {
            const canvas = document.createElement("canvas"), of = (kind, text) => new Blob([text], { type: kind });
            const picture = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
            const all = { "text/html": of("text/html", html), "text/plain": of("text/plain", plain) };
            await navigator.clipboard.write([new ClipboardItem({ ...all, "image/png": picture })]); }""",
        [WORD, FROM_WORD],
    )
    area(kitchen).press("Control+v")
    wait_saved(kitchen)
    assert kept() == FROM_WORD == area(kitchen).input_value()
    assert "Een plaatje of bestand" not in kitchen.text()
    kitchen.page.get_by_role("button", name="Vervang 06\u201112345678").click()
    kitchen.page.get_by_role("button", name="Vervang 54\u00a0jaar").click()
    wait_saved(kitchen)
    assert "een telefoonnummer" in kept() and "vijftiger" in kept() and "12345678" not in kept()


def test_too_much_text_and_a_picture_get_a_sentence_and_nothing_is_lost(screen, bram, held):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    long = "woord " * 17_000
    kitchen.page.evaluate(
        """(text) => { const area = document.getElementById("happened"); area.value = text;
            area.dispatchEvent(new Event("input", { bubbles: true })); }""",
        long,
    )
    wait_aside(kitchen)
    kitchen.sees("Dit is langer dan 60 duizend tekens.")
    assert area(kitchen).input_value() == long and kept() == ""
    kitchen.page.evaluate(
        """() => { const paste = new ClipboardEvent("paste", { clipboardData: new DataTransfer(), bubbles: true });
            paste.clipboardData.items.add(new File(["x"], "foto.png", { type: "image/png" }));
            document.getElementById("happened").dispatchEvent(paste); }"""
    )
    kitchen.sees("Een plaatje of bestand kan hier niet in.")
    area(kitchen).fill("Kort genoeg.")
    wait_saved(kitchen)
    assert kept() == "Kort genoeg."


def test_on_an_address_without_https_it_says_that_nothing_is_kept_here(screen, bram, held):
    kitchen = screen(bram)
    kitchen.page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined });")
    kitchen.go("experiences:interview", interview=held.pk)
    kitchen.sees("Dit adres is niet beveiligd")
    kitchen.page.route("**/bewaren/", lambda route: route.abort())
    area(kitchen).fill("Alleen op het scherm.")
    kitchen.page.get_by_text("NIET opgeslagen", exact=True).wait_for()
    assert kitchen.page.evaluate(STORE) == []
