"""One whole round, from the empty table to the signed report, through the pages alone and by both sides at once."""

import hashlib
import re
from datetime import timedelta

from django.utils import timezone

from projects.models import Project
from tests.browser.conftest import PHONE, SHOTS

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
CONVERSATIONS = [
    (
        "Ik zat een kwartier in de auto. Mevrouw Jansen riep mij, en de hele rij luisterde mee. Ik ben 54 jaar.",
        [
            ("Ik durfde niet", "Ik zat een kwartier in de auto. Ik ben 54 jaar en ik durfde niet naar binnen."),
            ("De rij luisterde mee", "Ze riep mij, en de hele rij luisterde mee."),
        ],
    ),
    (
        "Ik lever elk jaar dezelfde papieren in. Vorige keer was ik één dag te laat, en toen begon het opnieuw.",
        [
            ("Weer die papieren", "Ik lever elk jaar dezelfde papieren in."),
            ("Eén dag te laat", "Ik was één dag te laat, en toen begon het opnieuw."),
        ],
    ),
]
THEMES = ("Om hulp vragen voelt als schaamte", "Steeds weer dezelfde papieren")
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
    they_listen(people)
    they_bundle(people)
    they_think_apart(people)
    they_talk(people)
    they_sign(people)
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
    bram.click("Wij zijn klaar, hij mag open").click("Ja, hij mag open").sees("Onze kant is klaar")
    anna.go("values:list").sees("De cliëntenraad is klaar")
    anna.click("Wij zijn klaar, hij mag open").click("Ja, hij mag open")
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
    bram.fill("Aantal verhalen", "4").page.get_by_label("Klantgerichtheid").check()
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


def they_listen(people):
    """Dora types up two conversations on her phone; Bram reads what crosses; Anna sees cards and nothing else."""
    dora, bram, anna = people["dora"], people["bram"], people["anna"]
    project = Project.objects.get()
    anna.go("experiences:fragments", project=project.pk).sees("Er zijn nog geen kaartjes vrijgegeven")
    for place, (told, cards) in enumerate(CONVERSATIONS):
        dora.go("experiences:list").click("Nieuw gesprek")
        dora.page.get_by_label("Bram Hoekstra").check()
        dora.page.get_by_label("Wat voor plek").select_option("food_bank")
        dora.page.get_by_label("Persoonlijk aangesproken").check()
        dora.click("Verder naar de toestemming")
        dora.page.get_by_label("Meenemen in de gesprekken").check()
        dora.page.get_by_label("Letterlijk aanhalen").check()
        dora.shoot(f"11-toestemming-{place}").click("Leg vast")
        dora.fill("Wat gebeurde er?", told).sees("Opgeslagen").shoot(f"12-gesprek-{place}")
        dora.click("Klaar met typen").sees(f"Opgehaald: {place + 1} van")
        for heading, text in cards:
            dora.go("experiences:list").click(f"Gesprek {place + 1}", role="link").click("Maak een kaartje")
            dora.fill("Kop", heading).fill("Tekst", text).click("Bewaar")
            if "54 jaar" in text:
                dora.shoot("13-kaartje").click("Vervang 54 jaar")
            dora.click("Leg klaar om na te kijken")
    for place in range(4):
        bram.go("experiences:list").click("Kijk na")
        bram.page.get_by_label("Ik heb het hele kaartje gelezen").check()
        bram.shoot(f"14-nakijken-{place}").click("Keur goed").sees(re.compile("Nagekeken|liggen klaar"))
    assert "Ik durfde niet" not in anna.text()
    bram.go("experiences:list").click("Vrijgeven").click("^Geef 4 kaartjes vrij")
    bram.page.get_by_role("dialog").get_by_role("button", name="Geef vrij").click()
    anna.sees("Ik durfde niet").shoot("15-kaartjes")
    assert "54 jaar" not in anna.text() and "Mevrouw Jansen" not in anna.text()


def they_bundle(people):
    """Nico leads; all four sort alone and unseen; the picture opens for everyone; they make two themes together."""
    nico, bram, anna = people["nico"], people["bram"], people["anna"]
    step(bram, "Bundelen")
    project = Project.objects.get()
    for who in people:
        people[who].go("analysis:session", project=project.pk)
    nico.click("Begin met bundelen")
    for who in ("bram", "dora", "anna", "joost"):
        people[who].sees("Lees eerst alle kaartjes")
        people[who].click("Ik ben erbij").sees("Ik ga weg")
    nico.sees("Joost Kramer").shoot("20-lezen")
    nico.click("Iedereen naar ‘Zelf ordenen’")
    sort = {
        "bram": {"Schaamte": {1, 2}, "Papieren": {3, 4}},
        "dora": {"Schamen": {1, 2, 3}, "Formulieren": {4}},
        "anna": {"Drempels": {1}, "Aanvraag": {2, 3, 4}},
        "joost": {"Drempels": {1, 2}, "Aanvraag": {3, 4}},
    }
    for who, piles in sort.items():
        person = people[who]
        person.sees("Leg bij elkaar wat bij elkaar hoort")
        for number in range(1, 5):
            person.sees(f"Nog {5 - number} van de 4 kaartjes")
            label = next(label for label, cards in piles.items() if number in cards)
            button = person.page.locator(".choose").get_by_role("button", name=label, exact=True)
            if button.count():
                button.click()
            else:
                person.page.locator(".new-pile").get_by_role("textbox").fill(label)
                person.click("Nieuwe stapel")
        person.sees("U hebt alle 4 kaartjes neergelegd")
    bram.shoot("21-zelf-ordenen")
    assert "Drempels" not in bram.text() and "Schaamte" not in anna.text()
    for who in sort:
        people[who].click("Ik ben klaar met ordenen")
    for who in ("bram", "anna"):
        people[who].click("Onze kant is klaar").click("Ja, wij zijn klaar")
    nico.sees("Beide kanten zijn klaar").click("Iedereen naar ‘Naast elkaar’")
    anna.sees("dacht u ongeveer hetzelfde")
    anna.shoot("22-naast-elkaar")
    nico.click("Iedereen naar ‘Samen ordenen’")
    bram.sees("Wie verplaatste wat")
    they_make_two_themes(bram, anna)
    bram.go("analysis:session", project=project.pk).shoot("23-samen-ordenen")
    nico.go("analysis:session", project=project.pk).click("Rond het bundelen af")
    if nico.page.get_by_label("Toch doorgaan").count():
        nico.shoot("24-toch-verder")
        nico.page.get_by_label("Toch doorgaan").check()
        nico.fill("Waarom?", "Dit is waar wij nu staan.").click("Ga verder")
    nico.sees("De thema’s staan")
    nico.shoot("25-themas")


def they_make_two_themes(bram, anna):
    """Bram moves a card by the list, Anna sees it and moves it back; both piles get a sentence for a name."""
    bram.click("Verplaats kaartje 4", role="link")
    bram.page.locator(".mover").get_by_role("button", name="Stapel A").click()
    anna.sees("legde 4 bij").shoot("23-samen-ordenen")
    anna.click("Verplaats kaartje 4", role="link")
    anna.page.locator(".mover").get_by_role("button", name="Stapel B").click()
    bram.page.locator("#board", has_text="Anna de Wit legde 4 bij").wait_for()
    for number, (who, sentence) in enumerate(((bram, THEMES[0]), (anna, THEMES[1]))):
        who.click("Geef een naam", role="link")
        who.fill("Naam van het thema", sentence).fill("Uitleg", "Dit vertelden mensen ons, ieder op een eigen manier.")
        who.fill("Wat gaat hier goed?", "Eén vrijwilliger loopt mee.").fill("Tegenstem", "Mij stoort het niet.")
        who.click("Bewaar").sees(sentence)
        card = who.page.locator(".theme-cards > li").first
        card.get_by_role("link", name="Welke waarde staat hier op het spel?").click()
        who.page.get_by_role("radio", name="Klantgerichtheid").check()
        who.page.get_by_role("button", name="Geschonden", exact=True).click()
        who.page.locator(".stake", has_text="Klantgerichtheid").wait_for()
        who.shoot(f"24-thema-{number}")
        who.go("analysis:session", project=Project.objects.get().pk)


def they_think_apart(people):
    """Each side answers the four questions for itself; both envelopes open together."""
    bram, anna = people["bram"], people["anna"]
    project = Project.objects.get()
    step(bram, "Intern beraad")
    for who, voice in (("bram", "De raad"), ("anna", "De gemeente")):
        person = people[who]
        for theme in THEMES:
            person.go("analysis:deliberation", project=project.pk).click(theme, role="link")
            for number, box in enumerate(person.page.get_by_role("textbox").all(), 1):
                box.fill(f"{voice} antwoordt op vraag {number}: wie het eerst komt, durft niets te vragen.")
            person.shoot(f"30-vier-vragen-{who}").click("Bewaar")
    bram.go("analysis:deliberation", project=project.pk).shoot("31-beraad-dicht")
    bram.click("Onze envelop mag open").click("Ja, wij zijn klaar").sees("Uw kant zei: de envelop mag open")
    assert "De gemeente antwoordt" not in bram.text()
    anna.go("analysis:deliberation", project=project.pk).sees("De andere kant is klaar")
    anna.click("Onze envelop mag open").click("Ja, wij zijn klaar")
    bram.sees("De enveloppen zijn open")


def they_talk(people):
    """Listening first; then both positions at equal size, and a commitment with an owner and what a client notices."""
    bram, anna = people["bram"], people["anna"]
    project = Project.objects.get()
    step(bram, "Dialoog")
    bram.go("analysis:dialogue", project=project.pk).click("Leg vast wanneer en waar")
    bram.page.locator("input[type=date]").fill(timezone.localdate().isoformat())
    bram.fill("Plaats", "Buurthuis De Schakel").page.get_by_label("gemeente").check()
    bram.click("Leg vast").click("Wij lazen ze voor en houden ons eraan").sees("las ze voor")
    for theme in THEMES:
        for who, label in (("bram", "hoorde de gemeente zeggen"), ("anna", "hoorde de cliëntenraad zeggen")):
            person = people[who].go("analysis:dialogue", project=project.pk).click(theme, role="link")
            person.fill(label, "Dat zij niet wisten dat de rij meeluisterde.")
            # The field says 'Opgeslagen' by itself too; what counts here is the page that comes after the button.
            with person.page.expect_navigation():
                person.page.locator("form", has=person.page.get_by_label(label)).get_by_role("button").click()
            person.sees("Opgeslagen")
    bram.go("analysis:dialogue", project=project.pk).sees("Er is geluisterd").shoot("40-dialoog")
    bram.click(THEMES[0], role="link").shoot("41-gesprek-over-thema")
    folded = inside(bram, "Schrijf op wat het gesprek opleverde")
    folded.get_by_label("Niet eens").check()
    for box, text in zip(
        folded.get_by_role("textbox").all(), ("De rij hoort alles.", "Een tafel apart.", "Dat kost uren."), strict=False
    ):
        box.fill(text)
    folded.get_by_role("button", name="Bewaar").click()
    bram.sees("De cliëntenraad zegt: niet eens. De gemeente zei het nog niet.")
    anna.go("analysis:dialogue", project=project.pk).click(THEMES[0], role="link")
    folded = inside(anna, "Schrijf op wat het gesprek opleverde")
    folded.get_by_label("Niet eens").check()
    folded.get_by_role("button", name="Bewaar").click()
    anna.sees("Beide standpunten blijven staan")
    step(bram, "Afspraken")
    anna.click("Leg een afspraak vast")
    anna.click("Leg vast").sees("Schrijf op wat u afspreekt")
    anna.fill("Wat spreekt u af?", "Een tafel apart, waar niemand meeluistert")
    choose(anna.page, "Wie doet het?", "Joost Kramer")
    anna.page.locator("input[type=date]").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    anna.fill("Waaraan merkt een cliënt het?", "U kunt uw vraag stellen zonder dat de rij het hoort.")
    anna.shoot("42-afspraak").click("Leg vast").sees("Een tafel apart, waar niemand meeluistert")
    bram.go("projects:commitments").sees("Een tafel apart, waar niemand meeluistert").shoot("43-afspraken")


def they_sign(people):
    """Both sides sign the same text; it is frozen, and each takes home the same PDF."""
    bram, anna = people["bram"], people["anna"]
    project = Project.objects.get()
    step(bram, "Verslag en terugkoppeling")
    bram.go("report:detail", project=project.pk).click("Begin met het verslag").click("Schrijf mee")
    bram.fill("In het kort", "Wij vroegen mensen hoe makkelijk zij een regeling vinden. Niet makkelijk, zeiden zij.")
    bram.sees("Opgeslagen")
    for who in ("bram", "anna"):
        people[who].go("report:detail", project=project.pk).click("Lees en teken").shoot(f"50-verslag-{who}")
        side = "cliëntenraad" if who == "bram" else "gemeente"
        people[who].click(f"Teken namens de {side}")
        # The second one, after which nothing changes, is asked first.
        signed = people[who].click("Ja, teken") if who == "anna" else people[who]
        signed.sees("Getekend", timeout=30000)
        people[who].go("report:detail", project=project.pk)
    # Bram sees on his own screen that Anna signed too, and now there is a file that never changes.
    bram.sees("Beide kanten tekenden dezelfde tekst", timeout=15000).shoot("51-getekend")
    files = []
    for person in (bram, anna):
        person.go("report:detail", project=project.pk)
        with person.page.expect_download() as download:
            person.click("Download het verslag (PDF)")
        files.append(download.value.path().read_bytes())
    assert files[0] == files[1] and files[0].startswith(b"%PDF-")
    assert hashlib.sha256(files[0]).hexdigest() in bram.text()
    if SHOTS is not None:
        SHOTS.joinpath("verslag.pdf").write_bytes(files[0])


def step(lead, phase):
    """The lead brings the round one phase further; a nudge on the way is passed with a reason."""
    lead.go("projects:current").click(f"Verder naar ‘{phase}’").page.wait_for_url("**/verder/")
    if lead.page.get_by_label("Toch doorgaan").count():
        lead.page.get_by_label("Toch doorgaan").check()
        lead.fill("Waarom?", "Wij willen klein beginnen.").click(f"Toch naar ‘{phase}’")
    else:
        lead.click(f"Ja, naar ‘{phase}’")
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
