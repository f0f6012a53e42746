"""One whole round, from the empty table to the signed report, through the pages alone and by both sides at once."""

from datetime import timedelta

from django.utils import timezone

from tests.browser.conftest import PHONE

OWN_VALUES = {
    "bram": [
        ("Klantgerichtheid", "Eerst luisteren, dan pas het formulier."),
        ("Respect", "Niet te snel ‘je’ en ‘jij’."),
    ],
    "anna": [
        ("Klantgerichtheid", "De vraag van de inwoner is het begin, niet ons loket."),
        ("Zorgvuldigheid", "Elke aanvraag dezelfde aandacht."),
    ],
}
QUESTION = "Hoe makkelijk vindt u met een laag inkomen de regelingen die er voor u zijn?"


def test_both_sides_go_from_an_empty_table_to_a_signed_report(screen, bram, dora, anna, joost, nico):
    people = {
        "bram": screen(bram),
        "dora": screen(dora, size=PHONE),
        "anna": screen(anna),
        "joost": screen(joost),
        "nico": screen(nico),
    }
    they_share_values(people)
    they_start_a_round(people)
    for who, screen_ in people.items():
        assert screen_.problems == [], who


def they_share_values(people):
    """Each side writes for itself; the envelopes open together; they agree on one value and say what it looks like."""
    bram, anna = people["bram"], people["anna"]
    bram.go("start").shoot("01-start-leeg")
    for who in ("bram", "anna"):
        for name, meaning in OWN_VALUES[who]:
            writer = people[who].go("values:write")
            writer.fill("Waarde", name).fill("Wat verstaat u eronder?", meaning).click("Leg in de envelop")
            writer.sees(name)
    bram.go("values:list").shoot("02-waarden-dicht")
    assert "Zorgvuldigheid" not in bram.text()
    bram.click("Wij zijn klaar, hij mag open").sees("Onze kant is klaar")
    anna.go("values:list").sees("De cliëntenraad is klaar")
    anna.click("Wij zijn klaar, hij mag open")
    # Bram did not touch his page: the envelopes open before his eyes.
    bram.sees("Zorgvuldigheid")
    bram.go("values:list").shoot("03-waarden-open")
    bram.click("Wij zeggen ja tegen Klantgerichtheid")
    anna.go("values:list").click("Wij zeggen ja tegen Klantgerichtheid")
    bram.sees("Van ons samen")
    bram.click("Klantgerichtheid", role="link").click("Schrijf een voorbeeld op")
    bram.page.get_by_role("textbox").first.fill("Wie binnenkomt, wordt begroet en kan even gaan zitten.")
    bram.click("Bewaar").sees("even gaan zitten")
    bram.shoot("04-waarde")


def they_start_a_round(people):
    """A small round: trust, people who say yes themselves, a plan that both agree to, and then collecting may begin."""
    bram, anna = people["bram"], people["anna"]
    bram.go("projects:list").click("Begin een ronde")
    bram.fill("Onderwerp", "De weg naar een regeling").fill("Ervaringsvraag", "Wat is uw advies over de beleidsregels?")
    bram.page.get_by_label("Klantgerichtheid").check()
    bram.click("Begin deze ronde").sees("Draai de vraag om")
    bram.shoot("05-vraag-omgedraaid")
    bram.fill("Ervaringsvraag", QUESTION).click("Begin deze ronde").sees("De ronde is begonnen")
    bram.shoot("06-ronde")
    for who in ("bram", "anna"):
        person = people[who].go("projects:current").click("Vertrouwen en achterban")
        person.click("Ja, er is genoeg vertrouwen").sees("Uw kant zei ja")
        person.page.get_by_role("textbox").first.fill("Wij vertelden het op de bijeenkomst van maandag.")
        person.click("Bewaar").sees("bijeenkomst van maandag")
    bram.go("projects:current").click("Vertrouwen en achterban").shoot("07-vertrouwen")
    step(bram, "Starten")
    for name in ("Bram Hoekstra", "Dora Vermeulen", "Anna de Wit", "Joost Kramer"):
        bram.go("projects:current").click("Mensen en taken")
        form = inside(bram, "Vraag iemand om mee te doen")
        choose(form, "Wie", name)
        form.get_by_role("button", name="Vraag deze persoon").click()
        bram.sees(f"{name} is gevraagd")
    for who in ("bram", "dora", "anna", "joost"):
        person = people[who].go("projects:current").click("Mensen en taken").click("Geef antwoord")
        person.page.get_by_label("Ja, ik doe mee").check()
        person.click("Geef dit antwoord").sees("Uw antwoord staat erbij")
    bram.go("projects:current").click("Mensen en taken").shoot("08-mensen")
    form = inside(bram, "Maak een koppel")
    choose(form, "raad", "Dora Vermeulen")
    choose(form, "gemeente", "Joost Kramer")
    form.get_by_role("button", name="Maak dit koppel").click()
    bram.sees("Het koppel staat erbij")
    for number, name in enumerate(("Bram Hoekstra", "Dora Vermeulen", "Anna de Wit", "Joost Kramer"), 1):
        form = inside(bram, "Maak een taak")
        form.get_by_role("textbox").first.fill(f"Taak {number}: iets voorbereiden")
        choose(form, "Wie", name)
        form.locator("input[type=date]").fill((timezone.localdate() + timedelta(days=14)).isoformat())
        form.get_by_role("button", name="Zet deze taak erbij").click()
        bram.sees(f"Taak {number}: iets voorbereiden")
    step(bram, "Waarden en vraag")
    bram.go("projects:current").click("Wat wij ophalen").click("Schrijf het op")
    for box, text in zip(
        bram.page.get_by_role("textbox").all(),
        ("Vier gesprekken bij de voedselbank, steeds met twee mensen.", "Hoeveel mensen een toeslag aanvroegen."),
        strict=False,
    ):
        box.fill(text)
    bram.click("Bewaar").sees("Vier gesprekken bij de voedselbank")
    bram.click("Ja, zo doen wij het")
    anna.go("projects:current").click("Wat wij ophalen").click("Ja, zo doen wij het").sees("Beide kanten zeiden ja")
    bram.go("projects:current").click("Startcontrole").shoot("09-startcontrole")
    step(bram, "Ervaringen ophalen")
    anna.go("start").shoot("10-start-ophalen")


def step(lead, phase):
    """The lead brings the round one phase further; a nudge on the way is passed with a reason."""
    lead.go("projects:current").click(f"Verder naar ‘{phase}’").click(f"Ja, naar ‘{phase}’")
    if lead.page.get_by_label("Toch doorgaan").count():
        lead.page.get_by_label("Toch doorgaan").check()
        lead.fill("Waarom?", "Wij willen klein beginnen.").click(f"Ja, naar ‘{phase}’")
    lead.sees(f"De ronde staat nu bij ‘{phase}’")


def inside(screen, title):
    """The form behind a folded title, opened."""
    folded = screen.page.locator("details", has=screen.page.get_by_text(title, exact=True))
    if folded.get_attribute("open") is None:
        folded.locator("summary").click()
    return folded


def choose(form, label, name):
    """Pick the option that begins with this name."""
    select = form.get_by_label(label, exact=False).first
    option = select.locator("option", has_text=name).first.get_attribute("value")
    select.select_option(option)
