"""The kitchen table in a real browser: typing saves itself, and says so honestly."""

import re

import pytest

from experiences.models import FragmentDraft, Passage
from projects.models import Phase
from tests.browser.conftest import PHONE
from tests.browser.test_bad_network import is_honest, wait_aside, wait_saved
from tests.experiences import make
from tests.projects import make as rounds

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")

# "Wordt opgeslagen" and "NIET opgeslagen" say something else.
SAVED = re.compile("^Opgeslagen")
TOLD = (
    "Ik kom hier nu een half jaar. De eerste keer zat ik een kwartier in de auto, ik durfde niet naar binnen. "
    "Iedereen in de rij kon horen wat ik zei. Mevrouw Jansen vroeg waarom ik geen toeslag had. Ze zei: bel "
    "06-12345678 maar. Ik heb het papiertje nog. Ik ben 54 jaar en ik heb nog nooit ergens om gevraagd."
)


@pytest.fixture
def held(bram, dora, anna):
    project = rounds.project(bram, Phase.COLLECT)
    made = make.interview(bram, project, code="K4M 72", interviewers=[bram, dora])
    make.consent(bram, made, may_call_back=True)
    return made


def test_typing_saves_itself_and_shows_what_may_betray(screen, bram, held):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.fill("Wat gebeurde er?", TOLD)
    kitchen.sees("Hieraan kan iemand de verteller herkennen")
    kitchen.page.locator("#save").get_by_text(SAVED).wait_for()
    assert Passage.objects.get(field="happened").text == TOLD
    assert kitchen.problems == []
    assert kitchen.findings() == [] and not kitchen.slides_sideways()
    kitchen.shoot("gesprek")
    kitchen.page.get_by_role("button", name="Vervang 06-12345678").click()
    area = kitchen.page.get_by_role("textbox", name="Wat gebeurde er?")
    assert "bel een telefoonnummer maar" in area.input_value()
    # One key replaces what stands nearest before the cursor; the browser's own undo takes it back.
    area.press("Control+End")
    area.press("Alt+Enter")
    assert "Ik ben vijftiger en" in area.input_value()
    area.press("Control+z")
    assert "Ik ben 54 jaar en" in area.input_value()
    kitchen.page.locator("#save").get_by_text(SAVED).wait_for()
    assert Passage.objects.get(field="happened").text == area.input_value()


def test_without_a_connection_it_stands_on_this_device_and_nothing_says_saved(screen, bram, held):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.fill("Wat gebeurde er?", "Eerst")
    kitchen.page.locator("#save").get_by_text(SAVED).wait_for()
    # Only the way to save is broken: a browser that comes online again would save by itself, before the button.
    kitchen.page.route("**/bewaren/", lambda route: route.abort())
    kitchen.fill("Wat gebeurde er?", "Eerst en daarna")
    kitchen.page.get_by_text("Alleen op dit apparaat", exact=True).wait_for()
    assert "pgeslagen" not in kitchen.page.locator("#save").inner_text()
    kitchen.shoot("gesprek-apparaat")
    assert kitchen.findings() == []


def test_a_device_that_is_full_is_told_of_and_the_text_can_be_copied(screen, bram, held):
    kitchen = screen(bram)
    # The browser itself refuses: for this site nothing more fits on the disk.
    devtools = kitchen.page.context.new_cdp_session(kitchen.page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": kitchen.address, "quotaSize": 1})
    kitchen.go("experiences:interview", interview=held.pk)
    kitchen.page.route("**/bewaren/", lambda route: route.abort())
    kitchen.fill("Wat gebeurde er?", "Eerst en daarna")
    kitchen.page.get_by_text("NIET opgeslagen", exact=True).wait_for()
    kitchen.sees("Dit apparaat is vol.")
    assert "Opgeslagen" not in kitchen.page.locator("#save").inner_text().replace("NIET opgeslagen", "")
    kitchen.shoot("gesprek-niet")
    assert kitchen.findings() == []
    kitchen.page.unroute("**/bewaren/")
    kitchen.page.get_by_role("button", name="Probeer opnieuw").click()
    kitchen.page.locator("#save").get_by_text(SAVED).wait_for()
    assert Passage.objects.get(field="happened").text == "Eerst en daarna"


def test_coming_online_again_saves_by_itself(screen, bram, held):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.page.context.set_offline(True)
    kitchen.fill("Wat gebeurde er?", "Zonder verbinding getypt")
    kitchen.page.get_by_text("Alleen op dit apparaat", exact=True).wait_for()
    kitchen.page.context.set_offline(False)
    kitchen.page.locator("#save").get_by_text(SAVED).wait_for()
    assert Passage.objects.get(field="happened").text == "Zonder verbinding getypt"


def test_who_is_done_while_it_is_being_saved_leaves_nothing_on_the_device(screen, bram, held):
    kitchen = screen(bram).go("experiences:interview", interview=held.pk)
    kitchen.fill("Wat gebeurde er?", "Het was druk, en ik wachtte lang.")
    on_device = "async () => (await window.dialoog.drafts.left(() => true)).length"
    kitchen.page.wait_for_function("async () => (await indexedDB.databases()).length > 0")
    kitchen.page.wait_for_timeout(400)
    kitchen.page.get_by_role("button", name="Klaar met typen").click()
    kitchen.sees("Opgeslagen. De volgende stap")
    assert kitchen.page.evaluate(on_device) == 0
    assert Passage.objects.get(field="happened").text == "Het was druk, en ik wachtte lang."


@pytest.mark.promise("A3")
def test_two_who_type_at_once_see_both_and_keep_their_caret(screen, bram, dora, held):
    make.story(bram, held, happened="Het was druk. Ik wachtte lang.")
    first = screen(bram).go("experiences:interview", interview=held.pk)
    second = screen(dora).go("experiences:interview", interview=held.pk)
    second.fill("Wat gebeurde er?", "Het was heel druk. Ik wachtte lang.")
    second.page.locator("#save").get_by_text(SAVED).wait_for()
    area = first.page.get_by_role("textbox", name="Wat gebeurde er?")
    area.press("Control+End")
    area.type(" Toen ging ik weg.")
    first.sees("Iemand anders schreef mee.")
    assert area.input_value() == "Het was heel druk. Ik wachtte lang. Toen ging ik weg."
    assert area.evaluate("a => a.selectionStart === a.value.length && document.activeElement === a")
    assert Passage.objects.get(field="happened").text == area.input_value()


@pytest.mark.promise("R4")
def test_a_whole_conversation_on_a_phone_that_loses_the_network_twice_to_a_card_that_crosses(screen, bram, dora, anna):
    project = rounds.project(bram, Phase.COLLECT)
    phone = screen(bram, size=PHONE).go("experiences:list")
    phone.click("Nieuw gesprek")
    phone.page.get_by_label("Dora Vermeulen").check()
    phone.page.get_by_label("Wat voor plek").select_option("food_bank")
    phone.page.get_by_label("Persoonlijk aangesproken").check()
    assert phone.findings() == [] and not phone.slides_sideways()
    phone.shoot("gesprek-nieuw")
    phone.click("Verder naar de toestemming")
    phone.page.get_by_label("Meenemen in de gesprekken").check()
    phone.page.get_by_label("Letterlijk aanhalen").check()
    assert phone.findings() == [] and not phone.slides_sideways()
    phone.shoot("gesprek-toestemming")
    phone.click("Leg vast")
    parts = [sentence + "." for sentence in TOLD.split(".") if sentence.strip()]
    for place, words in enumerate(parts):
        phone.page.context.set_offline(place in (1, 3))
        phone.page.get_by_role("textbox", name="Wat gebeurde er?").press("Control+End")
        phone.page.keyboard.type(words)
        if place in (1, 3):
            wait_aside(phone)
            phone.keep(f"telefoon-{place}")
            # Done typing waits for the network, and says so.
            assert not phone.page.get_by_role("button", name="Klaar met typen").is_visible()
            phone.page.context.set_offline(False)
        wait_saved(phone)
        assert is_honest(phone) and not phone.slides_sideways()
    phone.page.get_by_label("Niet goed", exact=True).check()
    wait_saved(phone)
    phone.click("Klaar met typen")
    assert Passage.objects.get(field="happened").text == TOLD
    phone.sees("Opgehaald: 1 van")
    phone.shoot("gesprekken")
    assert phone.findings() == [] and not phone.slides_sideways()
    phone.click("Gesprek 1").click("Maak een kaartje")
    phone.fill("Kop", "Iedereen in de rij kon het horen")
    phone.fill("Tekst", "De eerste keer zat ik een kwartier in de auto. Mevrouw Jansen riep mij. Ik ben 54 jaar.")
    phone.click("Bewaar")
    phone.shoot("kaartje")
    assert phone.findings() == [] and not phone.slides_sideways()
    phone.click("Vervang Mevrouw Jansen").click("Vervang 54 jaar").click("Leg klaar om na te kijken")
    for _ in range(2):
        make.approved(bram, dora, make.told(bram, project))
    reader = screen(dora).go("experiences:list").click("Kijk na")
    reader.shoot("nakijken")
    assert reader.findings() == [] and not reader.slides_sideways()
    reader.page.get_by_label("Ik heb het hele kaartje gelezen").check()
    reader.click("Keur goed")
    reader.sees("Drie kaartjes liggen klaar")
    reader.click("Vrijgeven")
    reader.shoot("vrijgeven")
    assert reader.findings() == []
    other = screen(anna).go("experiences:fragments", project=project.pk)
    assert "Er zijn nog geen kaartjes vrijgegeven." in other.text()
    reader.click("^Geef 3 kaartjes vrij")
    reader.page.get_by_role("dialog").get_by_role("button", name="Geef vrij").click()
    other.sees("Iedereen in de rij kon het horen")
    other.shoot("kaartjes")
    assert other.findings() == [] and not other.slides_sideways()
    gone = FragmentDraft.objects.select_related("fragment", "teller").exclude(fragment=None).first()
    gone.teller.withdraw(dora)
    other.page.locator(".cards > li").nth(2).wait_for(state="detached")
