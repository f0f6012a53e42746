"""At the table: both sides write the minutes at once, decide, and sign."""

from projects.models import AgendaItem, Commitment, Minute, Phase
from tests.browser.conftest import PHONE
from tests.projects import make


def test_two_write_the_minutes_at_once_decide_and_sign(screen, anna, bram):
    project = make.project(bram, Phase.COMMIT)
    make.commitment(bram, project, "Terugbellen binnen twee werkdagen")
    held = make.meeting(bram, days=-0.1)
    make.agenda_item(anna, held, "Bellen op maandag")
    his, hers = screen(bram), screen(anna, size=PHONE)
    his.go("projects:meeting", meeting=held.pk).click("Begin met het verslag")
    hers.go("projects:minutes", meeting=held.pk)
    first, second = AgendaItem.objects.of(held)

    def area(screen, item):
        return screen.page.locator(f'[data-thing="{item.topic}"][data-unit="minutes"]')

    # Each writes about another point, and reads the words of the other without doing anything.
    area(his, first).press_sequentially("Vier mensen wachtten langer.", delay=10)
    area(hers, second).press_sequentially("Op maandag belt er een collega bij.", delay=10)
    hers.page.wait_for_function(
        "topic => document.querySelector(`[data-thing='${topic}'][data-unit]`).value.includes('wachtten langer')",
        arg=first.topic,
    )
    his.page.wait_for_function(
        "topic => document.querySelector(`[data-thing='${topic}'][data-unit]`).value.includes('een collega bij')",
        arg=second.topic,
    )
    his.sees("Opgeslagen")
    # What is decided is a commitment in one step, and stands on the other screen at once.
    his.page.locator(f"#{second.topic}").get_by_role("link", name="wordt een afspraak").click()
    his.fill("Wat spreekt u af?", "Op maandag met twee mensen bellen")
    his.fill("Waardoor komt het?", "Op maandag is het het drukst")
    his.page.get_by_label("Wie doet het?").select_option(label="Anna de Wit (gemeente)")
    his.fill("Uiterlijk wanneer?", "2027-02-01")
    his.fill("Waaraan merkt een cliënt het?", "U krijgt op maandag iemand aan de lijn.")
    his.click("Leg vast").sees("Het besluit staat in het verslag.")
    hers.sees("Op maandag met twee mensen bellen")
    made = Commitment.objects.get(meeting=held)
    assert made.is_asked and area(hers, second).input_value().endswith("een collega bij.")
    assert (hers.findings(), hers.slides_sideways()) == ([], False)
    for one in (his, hers):
        one.go("projects:read_minutes", meeting=held.pk).click("^Teken voor de")
        (one.click("Ja, teken") if one is hers else one).sees("Getekend")
    assert Minute.objects.get(meeting=held).is_intact
    assert (his.problems, hers.problems) == ([], [])


def test_who_adds_a_point_afterwards_stands_in_its_text_at_once(screen, anna, bram):
    held = make.meeting(bram, days=-1)
    Minute.begin(bram, held, [])
    for number in range(6):
        make.agenda_item(anna, held, f"Punt {number}")
    hers = screen(anna, size=PHONE).go("projects:meeting", meeting=held.pk)
    hers.page.get_by_text("Besprak u nog iets anders?").click()
    hers.fill("Waar wilt u het over hebben?", "De oppas")
    hers.page.keyboard.press("Enter")
    hers.sees("Het punt staat erbij.")
    hers.page.keyboard.type("Dora vraagt haar zus.")
    hers.page.wait_for_function("document.activeElement.value === 'Dora vraagt haar zus.'")
    box = hers.page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert box["top"] >= 0 and box["bottom"] <= PHONE["height"] and hers.problems == []
