"""One evening, four people, four ways: by keys alone, on a phone, without a script, and by mouse."""

import re

import pytest

from analysis.models import BundlingSession as Meeting
from analysis.models import Move, Regrouping, Stage, Tag, Theme
from tests.analysis import make
from tests.browser.conftest import PHONE
from tests.values import make as values

WALL = {"width": 1920, "height": 1080}
# What a person knows of where the focus is: the name of the control, and never of the whole page.
FOCUSED = """(one => one === document.body ? '' : one.getAttribute('aria-label') || one.labels?.[0]?.textContent.trim()
    || one.textContent.trim().replace(/\\s+/g, ' '))(document.activeElement)"""


# A browser that has one Dutch voice of its own and one that would send the words elsewhere; it remembers what it said.
VOICES = """
window.spoken = [];
Object.defineProperty(window, "speechSynthesis", { value: { speaking: false, cancel() {},
  getVoices: () => [
    { lang: "nl-NL", localService: false, name: "elsewhere" },
    { lang: "nl_NL", localService: true, name: "here" },
  ],
  speak(one) { window.spoken.push([one.voice.name, one.lang, one.text]); } } });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } addEventListener() {} };
"""


def reach(there, name, back=False):
    """Press Tab until the focus is on what has this name, as somebody without a mouse does."""
    for _ in range(120):
        there.page.keyboard.press("Shift+Tab" if back else "Tab")
        if name in there.page.evaluate(FOCUSED):
            return there
    raise AssertionError(f"Tab never came to {name!r}")


def press(there, name, back=False):
    reach(there, name, back).page.keyboard.press("Enter")
    return there


def keep_pictures(there, name):
    """The page as people see it, on a phone, a laptop and the wall of a room; only where somebody will look at it."""
    there.shoot(name)
    size = there.page.viewport_size
    there.page.set_viewport_size(WALL)
    there.keep(f"{name}-1920", full_page=True)
    there.page.set_viewport_size(size)


@pytest.mark.promise("A2")
def test_four_people_in_four_ways_go_from_reading_to_themes(anna, bram, dora, nico, screen):
    project, value = make.make_round(bram, 4), values.shared(bram, anna)
    home = {"project": project.pk}
    leads, keys, phone, plain = (
        screen(nico),
        screen(bram),
        screen(anna, size=PHONE),
        screen(dora, javascript=False),
    )
    phone.page.add_init_script(VOICES)
    everyone = {"leider": leads, "toetsen": keys, "telefoon": phone, "kaal": plain}

    # They sit down.
    leads.go("analysis:session", **home).click("Begin met bundelen")
    for there in (keys, phone, plain):
        there.go("analysis:session", **home)
    press(keys, "Ik ben erbij")
    phone.click("Ik ben erbij")
    plain.click("Ik ben erbij")
    leads.sees("Bram Hoekstra")
    leads.page.get_by_text("Zet een tijd").click()
    leads.click("10 minuten")
    assert keys.sees("nog 10 minuten") and phone.sees("nog 10 minuten")

    # Reading: one card at a time; a phone that is read again is where it was.
    keys.sees("Kaartje 1 van de 4").page.keyboard.press("ArrowRight")
    keys.sees("Kaartje 2 van de 4")
    phone.click("Volgende").sees("Kaartje 2 van de 4")
    phone.go("analysis:session", **home).sees("Kaartje 2 van de 4")
    plain.click("Volgende").sees("Kaartje 2 van de 4")
    phone.click("Lees voor")
    card = "Ik hoorde het van de buurvrouw"
    assert phone.page.evaluate("window.spoken") == [
        ["here", "nl-NL", f"{card}. {card}. Toen ben ik maar weer naar huis gegaan."]
    ]
    assert not any(there.page.get_by_text("Lees voor").is_visible() for there in (leads, keys, plain))
    press(keys, "Ik ben klaar met lezen")
    leads.sees("1 van de 2 klaar")
    for name, there in everyone.items():
        keep_pictures(there, f"lezen-{name}")
    leads.click("Iedereen naar ‘Zelf ordenen’")

    # Sorting alone.
    keys.sees("Nog 4 van de 4 kaartjes")
    phone.sees("Nog 4 van de 4 kaartjes")
    plain.go("analysis:session", **home).sees("Nog 4 van de 4 kaartjes")
    reach(keys, "").page.keyboard.press("Escape")
    keys.page.get_by_label("Leg dit kaartje op een eerste stapel").focus()
    for number, name in enumerate(("Kanarie weg", "Kanarie geld")):
        keys.page.keyboard.type(name)
        keys.page.keyboard.press("Enter")
        keys.sees(f"Nog {3 - number} van de 4 kaartjes")
        # Where one made a pile, one makes the next.
        keys.page.locator("input[name=label]:focus").wait_for()
    press(keys, "Kanarie weg", back=True).sees("Nog 1 van de 4 kaartjes")
    press(keys, "Kanarie geld", back=True).sees("U hebt alle 4 kaartjes neergelegd")
    for there, name in ((phone, "Vinden"), (plain, "Hulp")):
        there.fill("Leg dit kaartje op een eerste stapel", name).click("Nieuwe stapel").sees("Nog 3 van de 4 kaartjes")
        for left in ("Nog 2 van de 4 kaartjes", "Nog 1 van de 4 kaartjes", "U hebt alle 4 kaartjes neergelegd"):
            there.page.get_by_role("button", name=name, exact=True).click()
            there.sees(left)
    for name, there in everyone.items():
        assert ("Kanarie" in there.page.content()) == (there is keys)
        keep_pictures(there, f"zelf-ordenen-{name}")
    press(keys, "Ik ben klaar met ordenen")
    keys.page.locator("p:focus", has_text="U zei: klaar.").wait_for()
    plain.click("Ik ben klaar met ordenen")
    keys.sees("Iedereen van uw kant is klaar.")
    press(keys, "Onze kant is klaar")
    press(keys, "Ja, wij zijn klaar", back=True)
    # Anna is alone on her side: her word is the word of that side.
    phone.sees("De andere kant is klaar.").click("Ik ben klaar met ordenen").click("Ja, ik ben klaar")
    leads.sees("De ordeningen liggen open").click("Iedereen naar ‘Naast elkaar’")
    for name, there in everyone.items():
        if there is plain:
            there.go("analysis:session", **home)
        assert there.sees("Kanarie weg")
        keep_pictures(there, f"naast-elkaar-{name}")
    leads.click("Iedereen naar ‘Samen ordenen’")

    # Together: each lays a card in the own way, and everyone sees it.
    for there in (keys, phone):
        there.sees("Nog op tafel")
    plain.go("analysis:session", **home)
    keys.page.get_by_label("Verplaats kaartje 1").focus()
    keys.page.keyboard.press("Enter")
    keys.sees("Leg kaartje 1 bij")
    press(keys, "Nieuwe stapel")
    keys.sees("legde 1 bij ‘Stapel A’")
    # Who made a pile with Enter still stands at the card.
    keys.page.locator("[aria-label='Verplaats kaartje 1']:focus").wait_for()
    leads.sees("legde 1 bij ‘Stapel A’").fill("Een nieuwe stapel", "Ik vond de weg niet")
    leads.click("Leg een nieuwe stapel neer")
    phone.sees("Ik vond de weg niet").page.get_by_label("Verplaats kaartje 2").click()
    phone.sees("Leg kaartje 2 bij").page.get_by_role("button", name="Ik vond de weg niet", exact=True).click()
    phone.sees("legde 2 bij ‘Ik vond de weg niet’")
    plain.go("analysis:session", **home).page.get_by_label("Verplaats kaartje 3").click()
    plain.page.get_by_role("button", name="Ik vond de weg niet", exact=True).click()
    plain.sees("Kaartje 3 ligt nu bij ‘Ik vond de weg niet’.")
    leads.sees("legde 3 bij ‘Ik vond de weg niet’")
    card = leads.page.locator(".slip", has=leads.page.get_by_label("Verplaats kaartje 4"))
    card.drag_to(leads.page.locator(".pile-col", has_text="Stapel A"))
    keys.sees("legde 4 bij ‘Stapel A’")

    # What belongs together is joined and, because somebody sees it otherwise, taken back and split.
    press(keys, "Samenvoegen of splitsen: Stapel A", back=True)
    keys.sees("Hoort deze stapel bij een andere")
    reach(keys, "").page.get_by_label("Ik vond de weg niet").focus()
    keys.page.keyboard.press("Space")
    press(keys, "Voeg samen")
    keys.sees("‘Stapel A’ is nu samen met ‘Ik vond de weg niet’.")
    phone.sees("voegde ‘Stapel A’ samen met ‘Ik vond de weg niet’")
    press(keys, "Draai mijn laatste zet terug")
    leads.sees("en draaide dat terug")
    whole = leads.page.locator("h2[data-whole]", has_text="Stapel A")
    whole.drag_to(leads.page.locator(".pile-col", has_text="Ik vond de weg niet"), target_position={"x": 60, "y": 120})
    phone.sees("Nico Blom voegde ‘Stapel A’ samen met ‘Ik vond de weg niet’")
    leads.click("Draai mijn laatste zet terug").sees("Ik wist niet dat het bestond")
    phone.page.locator(".pile-col", has_text="Stapel A").wait_for()
    assert [theme.label for theme in Theme.objects.of(project)] == ["Stapel A", "Ik vond de weg niet"]

    # A value is at stake in one sentence; the other side sees it otherwise.
    keys.page.locator(".open-card", has_text="Ik wist niet dat het bestond").focus()
    keys.page.keyboard.press("Enter")
    keys.sees("Wat mensen zeiden")
    keys.page.get_by_label("Toen ben ik maar weer naar huis gegaan.").focus()
    keys.page.keyboard.press("Space")
    keys.page.get_by_role("radio", name=value.name).focus()
    keys.page.keyboard.press("Space")
    press(keys, "Geschonden")
    keys.sees("bij ‘Toen ben ik maar weer naar huis gegaan.’")
    keys.page.locator("h3:focus", has_text=value.name).wait_for()
    keep_pictures(keys, "kaartje")
    phone.sees(value.name).page.locator(".open-card", has_text="Ik wist niet dat het bestond").click()
    phone.sees("Ik zie het anders").page.get_by_role("button", name=re.compile("^waargemaakt")).click()
    phone.sees("Dit komt terug in de dialoog.")
    leads.sees("u ziet dit verschillend")
    tags = Tag.objects.order_by("at")
    assert [(tag.by, tag.stake, tag.first) for tag in tags] == [(bram, "harmed", 1), (anna, "upheld", 1)]

    # The last nameless pile gets its name, and the themes stand.
    plain.go("analysis:session", **home).click("Geef een naam").fill("Naam van het thema", "Papier kost moed")
    plain.click("Bewaar")
    keys.go("analysis:session", **home).sees("Papier kost moed")
    for name, there in everyone.items():
        there.go("analysis:session", **home)
        keep_pictures(there, f"samen-{name}")
        assert not there.slides_sideways()
    leads.click("Rond het bundelen af").sees("Dit zou beter kunnen")
    leads.page.get_by_label("Toch doorgaan").check()
    leads.fill("Waarom", "De avond is om.").click("Ga verder").sees("De thema’s staan")
    for name, there in everyone.items():
        if there is plain:
            there.go("analysis:session", **home)
        assert there.sees("De thema’s staan")
        keep_pictures(there, f"klaar-{name}")
    assert Meeting.objects.get().stage == Stage.DONE
    assert (Move.objects.filter(is_late=False, regrouping=None).count(), Regrouping.objects.count()) == (4, 2)
    assert [there.problems for there in everyone.values()] == [[], [], [], []]
