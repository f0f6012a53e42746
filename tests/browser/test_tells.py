"""What lights up while somebody types: the same as the server finds, without ever being in the way."""

import json

import pytest

from experiences.scan import for_browser, scan
from projects.models import Phase
from tests.experiences import corpus, make
from tests.experiences.test_scan import FOUND, LEFT_ALONE
from tests.projects import make as rounds

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")


@pytest.fixture
def kitchen(screen, bram, dora):
    held = make.interview(bram, rounds.project(bram, Phase.COLLECT), interviewers=[bram, dora])
    make.consent(bram, held)
    return screen(bram).go("experiences:interview", interview=held.pk)


@pytest.mark.promise("P8")
def test_the_browser_finds_exactly_what_the_server_finds(kitchen):
    """Two readers of one set of rules: whoever changes one of them hears of it here."""
    texts = [text for text, _ in corpus.sentences()] + [text for text, *_ in FOUND] + LEFT_ALONE
    texts += [" ".join(texts[place : place + 12]) for place in range(0, len(texts), 12)]
    found = kitchen.page.evaluate(
        """async ([book, texts]) => {
            const scanner = new Worker(document.querySelector("[data-scanner]").dataset.scanner);
            const told = texts.map((text, id) => new Promise((done) => {
                scanner.addEventListener("message", ({ data }) => data.id === id && done(data.hits)); }));
            scanner.postMessage({ book });
            texts.forEach((text, id) => scanner.postMessage({ id, text }));
            return Promise.all(told);
        }""",
        [json.loads(json.dumps(for_browser())), texts],
    )
    for text, hits in zip(texts, found, strict=True):
        here = [(hit.kind, hit.start, hit.end, hit.text, hit.proposal, hit.must_clear) for hit in scan(text)]
        there = [tuple(hit[name] for name in ("kind", "start", "end", "text", "proposal", "must")) for hit in hits]
        assert there == here, text


def longest_work(trace):
    """How long the page was busy at one stretch, in milliseconds of the processor: so long a key may have to wait."""
    events = json.loads(trace)["traceEvents"]
    pages = {(one["pid"], one["tid"]) for one in events if one["args"].get("name") == "CrRendererMain"}
    return max(one["tdur"] for one in events if "tdur" in one and (one["pid"], one["tid"]) in pages) / 1000


def test_typing_five_thousand_words_never_waits(kitchen, chromium):
    """A key waits for what the page is busy with: saving, keeping, looking, drawing the list. None of it is long."""
    sentences = " ".join(text for text, _ in corpus.sentences())
    text = " ".join((sentences * 3).split()[:5000])
    area = kitchen.page.get_by_role("textbox", name="Wat gebeurde er?")
    area.fill(text)
    kitchen.page.locator("#hits-happened li").nth(50).wait_for()
    kitchen.page.wait_for_timeout(1500)
    area.press("Control+End")
    kitchen.page.evaluate(
        """() => { window.waits = []; const area = document.getElementById("happened");
            area.addEventListener("keydown", (key) => { window.begun = key.timeStamp; }, { capture: true });
            window.addEventListener("input", () => { window.waits.push(performance.now() - window.begun); }); }"""
    )
    chromium.start_tracing(page=kitchen.page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
    # With rests in it, as people type: in a rest it is looked through, saved and drawn, and then the next key comes.
    for word in (" en", "toen", "belde", "ik", "06-12345678", "weer"):
        area.press_sequentially(f"{word} ", delay=40)
        kitchen.page.wait_for_timeout(230)
    work = longest_work(chromium.stop_tracing())
    waits = sorted(kitchen.page.evaluate("window.waits"))
    # The clock of a machine that is busy with other things says nothing about this page; the processor's own does.
    print(f"longest work {work:.1f} ms; key to letter: middle {waits[len(waits) // 2]:.1f}, worst {waits[-1]:.1f} ms")
    assert len(waits) > 30 and work < 16
    # In the list stand the first sixty; what was typed last lights up in the text.
    assert kitchen.page.locator("#hits-happened li").count() == 60
    kitchen.page.evaluate("() => { const area = document.getElementById('happened'); area.scrollTop = 300; }")
    assert kitchen.page.evaluate(
        """() => { const [copy, area] = [document.querySelector(".tells"), document.getElementById("happened")];
            return Math.abs(copy.scrollHeight - area.scrollHeight) < 60 && copy.getAttribute("aria-hidden"); }"""
    )
    area.fill("Ik belde 06-12345678 en niemand nam op.")
    # With one place left the list is short again, and says nothing of more.
    kitchen.page.locator("#hits-happened").get_by_text("En nog").wait_for(state="hidden")
    assert kitchen.page.locator("#hits-happened li").count() == 1


def test_offline_it_still_lights_up_and_replacing_can_be_taken_back(kitchen):
    kitchen.page.locator(".tells").first.wait_for(state="attached")
    kitchen.page.context.set_offline(True)
    kitchen.fill("Wat gebeurde er?", "Mevrouw Jansen woont in de Kerkstraat 12. Mijn bsn is 111222333.")
    box = kitchen.page.locator("#hits-happened")
    box.get_by_text("Een burgerservicenummer mag nergens blijven staan.").wait_for()
    assert box.get_by_role("button", name="Laat staan").count() == 2
    area = kitchen.page.get_by_role("textbox", name="Wat gebeurde er?")
    box.get_by_role("button", name="Vervang Mevrouw Jansen").click()
    assert area.input_value().startswith("Iemand woont")
    box.get_by_role("button", name="Zet terug").click()
    assert area.input_value().startswith("Mevrouw Jansen woont")
    kitchen.page.context.set_offline(False)
