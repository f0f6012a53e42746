"""A werkbijeenkomst of some months ago, with all that the room said. Everybody in it is invented."""

from values.models import Ballot, Stage, Workshop, WorkshopWord, close_room

QUESTION = "Wat vindt u het belangrijkst?"
PLACE = "wijkcentrum De Brink"
GROUPS = {1: "Cliënten", 2: "Cliëntenraad", 3: "Gemeente", 4: "Anderen"}
# group, words, an example, whether it may be shown
BALLOTS = [
    (
        1,
        "Respect Vertrouwen Geduld",
        "Zij keek mij aan en vroeg eerst hoe het ging.",
        True,
    ),
    (1, "Respect Klantgerichtheid Gelijkwaardigheid", "Ik moest drie keer hetzelfde vertellen.", True),
    (
        1,
        "Klantgerichtheid Respect Duidelijkheid",
        "Mijn brief was in gewone woorden.",
        True,
    ),
    (
        1,
        "Vertrouwen Respect Eerlijkheid Aandacht",
        "Ik zou gebeld worden. Dat gebeurde niet.",
        False,
    ),
    (1, "Respect Luisteren Vertrouwen", "Aan de balie praatten zij over mij, terwijl ik ernaast stond.", True),
    (1, "Gelijkwaardigheid Respect Klantgerichtheid Humor", "Wij hebben ook gelachen. Dat hielp.", True),
    (1, "Duidelijkheid Vertrouwen Aandacht", "", False),
    (1, "Klantgerichtheid Respect Vertrouwen Geduld Aandacht", "Ik kreeg een stoel. Niemand had haast.", False),
    (1, "Respect Gelijkwaardigheid Eerlijkheid", "Het was nee, maar zij legde uit waarom.", True),
    (1, "Vertrouwen Klantgerichtheid", "Ik durf nu zelf te bellen.", False),
    (1, "Respect Deskundigheid Duidelijkheid", "Hij wist het niet en zocht het op. Dat vond ik netjes.", False),
    (1, "Gelijkwaardigheid Vertrouwen Respect Luisteren", "", False),
    (2, "Gelijkwaardigheid Respect Vertrouwen Deskundigheid", "Wij kregen het stuk pas op de avond zelf.", True),
    (2, "Respect Gelijkwaardigheid Klantgerichtheid", "De wethouder bleef tot het einde zitten.", True),
    (2, "Gelijkwaardigheid Vertrouwen Eerlijkheid", "Ons advies werd gelezen. Wij kregen antwoord per punt.", False),
    (2, "Vertrouwen Respect Aandacht Gelijkwaardigheid", "Een cliënt zei: jullie zijn toch de gemeente?", False),
    (2, "Klantgerichtheid Gelijkwaardigheid Humor", "Op de markt vertellen mensen meer dan op papier.", True),
    (2, "Respect Gelijkwaardigheid Vertrouwen Luisteren", "", False),
    (2, "Gelijkwaardigheid Klantgerichtheid Respect", "Ik werd gebeld om mee te denken, niet om te tekenen.", False),
    (2, "Vertrouwen Deskundigheid Respect", "Nieuwe leden kregen een uur uitleg. Dat scheelde.", False),
    (3, "Deskundigheid Klantgerichtheid Zorgvuldigheid", "Ik had eindelijk een uur voor één gesprek.", True),
    (3, "Klantgerichtheid Respect Duidelijkheid", "Een brief van ons was voor mijzelf ook moeilijk.", True),
    (3, "Deskundigheid Vertrouwen Zorgvuldigheid", "Wij maakten een fout en belden zelf op.", True),
    (3, "Klantgerichtheid Deskundigheid Respect Ontwikkeling", "De regel paste niet. Wij vonden toch een weg.", False),
    (3, "Respect Vertrouwen Klantgerichtheid Deskundigheid", "", False),
    (3, "Zorgvuldigheid Deskundigheid Klantgerichtheid", "Ik liep een ochtend mee bij de voedselbank.", False),
    (3, "Deskundigheid Respect Duidelijkheid Klantgerichtheid", "Iemand bedankte mij voor een nee.", False),
    (3, "Vertrouwen Deskundigheid", "Wij spraken af: één gezin, één gezicht.", False),
    (3, "Klantgerichtheid Eerlijkheid Deskundigheid", "Ik zei dat ik het niet wist. Dat luchtte op.", False),
    (4, "Respect Aandacht Luisteren", "Bij de voedselbank hoor ik dit elke week.", True),
    (4, "Respect Vertrouwen Duidelijkheid Aandacht", "Mijn moeder gooide de brief ongeopend weg.", False),
    (4, "Luisteren Respect Geduld", "Als vrijwilliger tolk ik vaak ongevraagd.", False),
    (4, "Vertrouwen Aandacht Respect", "", False),
]
NOTICES = {
    "Respect": "Niet te snel ‘je’ en ‘jij’.",
    "Luisteren": "Iemand luistert zonder naar de klok te kijken.",
    "Klantgerichtheid": "Zij vragen wat er is, niet welk formulier ik wil.",
    "Vertrouwen": "Wie een dag noemt, belt die dag.",
}
# These two meant the same, said the room.
JOINED = ("Luisteren", "Aandacht")


def hold_room(cast, clock):
    """One evening, from the first phone to the result."""
    leader = cast["nico"]
    with clock.at(258, "19:30"):
        room = Workshop.open_room(leader, Workshop(question=QUESTION, place=PLACE), GROUPS)
        groups = {group.position: group for group in room.groups()}
        ballots = [
            Ballot.take_part(room, f"telefoon {number}", groups[place]) for number, (place, *_) in enumerate(BALLOTS)
        ]
        room.move(leader, Stage.JOIN)
        for ballot, (_, _, example, may_show) in zip(ballots, BALLOTS, strict=True):
            ballot.tell(example, may_show)
        room.move(leader, Stage.EXAMPLE)
        for number, (ballot, (_, words, *_)) in enumerate(zip(ballots, BALLOTS, strict=True)):
            # One in four also said how one would notice it.
            ballot.choose([(word, NOTICES.get(word, "") if number % 4 == 0 else "") for word in words.split()])
        words = WorkshopWord.objects.filter(workshop=room)
        part, home = (words.get(name=name) for name in JOINED)
        part.lay_with(leader, home)
        room.move(leader, Stage.VALUES)
    with clock.at(258, "21:10"):
        close_room(room, leader, Stage.TOGETHER)
