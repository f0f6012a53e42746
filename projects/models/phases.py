from dataclasses import dataclass

from django.db import models


class Phase(models.IntegerChoices):
    """The steps of a round; numbers, because a round is asked whether it has come this far."""

    TRUST = 0, "Vertrouwen en achterban"
    START = 1, "Starten"
    VALUES = 2, "Waarden en vraag"
    COLLECT = 3, "Ervaringen ophalen"
    BUNDLE = 4, "Bundelen"
    DELIBERATE = 5, "Intern beraad"
    DIALOGUE = 6, "Dialoog"
    COMMIT = 7, "Afspraken"
    REPORT = 8, "Verslag en terugkoppeling"
    CLOSED = 9, "Afgesloten"


@dataclass(frozen=True)
class Guide:
    """What a phase is for, in the words of the round's page, and where its work is done."""

    sentence: str
    route: str
    verb: str
    takes_project: bool = True


GUIDES = {
    Phase.TRUST: Guide(
        "Elke kant zegt of er genoeg vertrouwen is om te beginnen, en vertelt het aan de eigen achterban.",
        "projects:trust",
        "Naar vertrouwen en achterban",
    ),
    Phase.START: Guide(
        "Wie doen er mee, in welke koppels, en wie doet wat wanneer? Iedereen zegt zelf ja of nee.",
        "projects:people",
        "Naar mensen en taken",
    ),
    Phase.VALUES: Guide(
        "Kies samen de waarden en één open vraag over wat mensen meemaken. Spreek af wat u ophaalt, en hoe.",
        "projects:plan",
        "Naar wat wij ophalen",
    ),
    Phase.COLLECT: Guide(
        "De raad praat met mensen. Eén verhaal kan al genoeg zijn; het gaat om verschil, niet om aantallen.",
        "experiences:list",
        "Naar de gesprekken",
        takes_project=False,
    ),
    Phase.BUNDLE: Guide(
        "Lees samen alle kaartjes. Orden eerst ieder voor zich, leg dat naast elkaar en geef de thema’s een naam.",
        "analysis:session",
        "Naar het bundelen",
    ),
    Phase.DELIBERATE: Guide(
        "Elke kant beantwoordt apart de vier vragen bij elk thema. De antwoorden gaan tegelijk open.",
        "analysis:deliberation",
        "Naar het intern beraad",
    ),
    Phase.DIALOGUE: Guide(
        "Eerst luisteren. Meningen en maatregelen wachten. Het hoeft niet eens te worden.",
        "analysis:dialogue",
        "Naar de dialoog",
    ),
    Phase.COMMIT: Guide(
        "Spreek af wie wat wanneer doet, en waaraan mensen het merken.",
        "projects:commit",
        "Leg een afspraak vast",
    ),
    Phase.REPORT: Guide(
        "Beide kanten tekenen hetzelfde verslag. De mensen die vertelden, horen wat ermee gedaan is.",
        "report:detail",
        "Naar het verslag",
    ),
    Phase.CLOSED: Guide(
        "Deze ronde is klaar. De afspraken lopen door in elk overleg.", "report:detail", "Lees het verslag"
    ),
}

# What each phase leaves behind, in the order of the round: its name, and where it is read afterwards.
PLACES = {
    Phase.TRUST: ("Vertrouwen en achterban", "projects:trust"),
    Phase.START: ("Mensen en taken", "projects:people"),
    Phase.VALUES: ("Wat wij ophalen", "projects:plan"),
    Phase.COLLECT: ("Kaartjes", "experiences:fragments"),
    Phase.BUNDLE: ("Bundelen", "analysis:session"),
    Phase.DELIBERATE: ("Intern beraad", "analysis:deliberation"),
    Phase.DIALOGUE: ("Dialoog", "analysis:dialogue"),
    Phase.REPORT: ("Verslag", "report:detail"),
    Phase.CLOSED: ("Terugblik", "projects:close_out"),
}
# From the first cards that lie together on: the same on paper and as files, for whoever works on elsewhere.
TAKE_ALONG = ("Meenemen (papier en bestanden)", "analysis:take_along")
