"""Values before a real browser: sealed, side by side, a clash; on a desk and a phone, with and without a script."""

import pytest

from tests.values import make
from values.models import ValueEnvelope

# What a browser makes of a page is the same with either database.
pytestmark = pytest.mark.only("sqlite")


def looked_at(page, name):
    """A picture for people, and nothing for the accessibility checker to say."""
    page.shoot(f"waarden-{name}")
    # Before the checker runs: it styles the page itself, and the policy blocks that.
    # A form that came back is a 422, and the browser's console says so.
    assert [problem for problem in page.problems if "status of 422" not in problem] == []
    assert page.faults() == []
    page.problems.clear()


def test_two_closed_envelopes(screen, bram, anna):
    for name in ("Klantgerichtheid", "Verantwoordelijkheid", "Ontwikkeling", "Respect"):
        make.view(bram, name)
    make.view(anna, "Zorgvuldigheid")
    ValueEnvelope.coming(anna).release(anna)
    page = screen(bram).go("values:list")
    page.sees("De gemeente is klaar")
    looked_at(page, "dicht")
    page.go("values:own").sees("Wat anderen noemden")
    looked_at(page, "eigen-envelop")
    page.go("values:write").click("Leg in de envelop")
    looked_at(page, "fout")


def test_side_by_side_and_one_value(screen, bram, anna):
    for name, ours, theirs in (
        (
            "Klantgerichtheid",
            "Eerst luisteren, dan pas het formulier. Iemand moet zich welkom voelen.",
            "De vraag van de inwoner is het begin, niet ons loket. Dat vraagt tijd die wij nu niet altijd nemen.",
        ),
        (
            "Verantwoordelijkheid",
            "Doen wat u hebt gezegd. En het ook zeggen als iets niet lukt.",
            "Wij staan voor ons besluit en leggen uit hoe wij daartoe kwamen.",
        ),
    ):
        make.view(bram, name, ours, priority=1)
        make.view(anna, name, theirs, priority=1)
    make.view(bram, "Ontwikkeling", "Mensen kunnen meer dan er in hun dossier staat.")
    make.view(anna, "Creativiteit", "Ruimte zoeken binnen de regels, in plaats van nee zeggen.")
    make.view(bram, "Respect", "Niet te snel ‘je’ en ‘jij’. Niet praten over iemand die erbij zit.")
    make.view(anna, "Zorgvuldigheid", "Elke aanvraag dezelfde aandacht.")
    make.opened(bram, anna)
    first = make.named(bram, "Klantgerichtheid")
    first.agree(bram)
    first.agree(anna)
    make.named(bram, "Verantwoordelijkheid").agree(bram)
    make.named(anna, "Creativiteit").join(anna, make.named(bram, "Ontwikkeling"))
    make.named(bram, "Respect").agree(bram)
    make.named(anna, "Zorgvuldigheid").agree(anna)
    page = screen(bram).go("values:list")
    page.sees("Ontwikkeling")
    looked_at(page, "open")
    page.go("values:detail", value=first.pk).sees("Een gedeelde waarde zonder voorbeeld")
    looked_at(page, "een")
    practice = make.practice(bram, first, "Eerst luisteren. Dan het formulier.", place="bij de poort")
    practice.write(anna, 1, behaviour="Eerst horen. Dan pas het formulier.")
    practice.write(bram, 1, behaviour="Eerst vragen. Dan het formulier.")
    page.go("values:detail", value=first.pk).sees("Twee mensen schreven tegelijk")
    looked_at(page, "botsing")
    page.go("values:practice_history", practice=practice.pk).sees("Eerdere teksten")
    looked_at(page, "eerdere-teksten")


def test_annas_open_page_follows_what_bram_does(screen, bram, anna):
    value = make.value(bram, anna)
    page = screen(anna).go("values:list")
    page.sees("Nog niet samen")
    value.agree(bram)
    page.sees("De cliëntenraad zei ja")
    page.click("Wij zeggen ja")
    page.sees("Van ons samen")


def test_without_a_script_both_sides_come_to_a_shared_value_with_an_example(screen, bram, anna):
    council, town = screen(bram, javascript=False), screen(anna, javascript=False)
    for page, words in ((council, "Niet te snel je en jij."), (town, "Iedereen netjes te woord staan.")):
        page.go("values:list").click("Schrijf een waarde op")
        page.fill("Waarde", "Respect")
        page.fill("Wat verstaat u eronder", words)
        page.click("Leg in de envelop")
        page.go("values:list").click("Wij zijn klaar, hij mag open")
    for page in (council, town):
        page.go("values:list")
        page.sees("Niet te snel je en jij.")
        page.click("Wij zeggen ja")
    council.go("values:list").sees("Van ons samen")
    council.click("Respect", role="link")
    council.click("Schrijf een voorbeeld op")
    council.fill("Wat ziet u dan gebeuren", "U en mevrouw, tot iemand iets anders vraagt.")
    council.click("Bewaar")
    town.go("values:list").click("Respect", role="link")
    town.sees("U en mevrouw, tot iemand iets anders vraagt.")
