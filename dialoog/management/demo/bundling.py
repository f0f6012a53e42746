"""Plays the bundling, the intern beraad and the dialogue."""

from analysis.models import (
    QUESTIONS,
    BundlingSession,
    Deliberation,
    DeliberationAnswer,
    Dialogue,
    DialogueNote,
    Outcome,
    OwnSort,
    Parked,
    Quote,
    Stage,
    Tag,
    Theme,
    sentences,
)
from analysis.models.board import Board
from dialoog.management.demo.preparing import value_named
from experiences.models import Fragment

# Per theme the headings of the cards to quote from: whether it is the counter-voice, and whether both said yes.
# The first one stands large above the theme.
QUOTES = {
    "De brief is niet voor mij geschreven": [
        ("Moet ik nu iets doen of niet?", False, True),
        ("De brief is niet voor mij geschreven", False, True),
        ("Een foto van een brief", False, True),
        ("Een geel briefje, met de hand", True, True),
    ],
    "Wachten zonder te weten waarop": [
        ("Nummer onbekend", False, True),
        ("Wachten zonder te weten waarop", False, True),
        ("Zeg gewoon een dag", False, True),
        ("Binnen een dag, met een naam", True, True),
    ],
    "Steeds weer dezelfde papieren": [
        ("Weer dezelfde papieren inleveren", False, True),
        ("Zonder DigiD kon ik niet verder", False, True),
        ("Ik was één dag te laat", False, False),
    ],
    "Eén mens die meedenkt maakt het verschil": [
        ("Bij het wijkteam ging het meteen goed", False, True),
        ("Ze belde zelf terug, dat was fijn", False, True),
        ("Ik belde en werd steeds doorverbonden", True, True),
    ],
}
SIDES = {"council": "bram", "municipality": "anna"}


def bundle(cast, clock, project, stories, sorts, themes, days, moves=()):
    """One evening: read, sort alone, look, sort and name together; gives the themes by their sentence."""
    nico = cast["nico"]
    project.refresh_from_db()
    cards = cards_by_number(cast, project, stories)
    with clock.at(days, "19:30"):
        session = BundlingSession.begin(nico, project, nico)
        for key in sorts:
            session.join(cast[key])
        session.go_on(nico, Stage.READ)
    with clock.at(days, "19:50"):
        still_here(session, cast, sorts)
        for key, (piles, elsewhere) in sorts.items():
            sort_alone(cast[key], session, cards, piles, elsewhere)
    with clock.at(days, "20:10"):
        still_here(session, cast, sorts)
        for key in SIDES.values():
            session.side_is_ready(cast[key])
        session.go_on(nico, Stage.OWN_SORT)
    with clock.at(days, "20:28"):
        still_here(session, cast, sorts)
        session.go_on(nico, Stage.SIDE_BY_SIDE)
    named = {}
    with clock.at(days, "20:30"):
        board = Board(session)
        piles = match_piles(board, nico, project, cards, themes)
        for card, index, key in moves:
            board.move(cast[key], cards[card], piles[index], None)
        for pile, theme in zip(piles, themes, strict=True):
            for number in theme.cards:
                board.move(nico, cards[number], pile, None)
            name_theme(cast, pile, theme)
            for number, value, kind, key, *places in theme.tags:
                Tag.put(cast[key], cards[number], value_named(cast, value), kind, places)
            named[theme.sentence] = pile
    with clock.at(days, "21:20"):
        still_here(session, cast, sorts)
        session.go_on(nico, Stage.TOGETHER)
    return named


def still_here(session, cast, keys):
    """Everyone's page gives the sign of life that an open page gives."""
    for key in keys:
        session.join(cast[key])


def cards_by_number(cast, project, stories):
    """The cards by the number they have in these texts; the number they got on release was dealt by chance."""
    released = {card.heading: card for card in Fragment.objects.visible_to(cast["bram"]).of(project)}
    return {card.number: released[card.heading] for told in stories for card in told.cards}


def sort_alone(seat, session, cards, piles, elsewhere):
    """One person's own piles."""
    own = OwnSort.of(seat, session)
    made = {label: own.add_pile(label) for label in piles}
    for label, numbers in piles.items():
        for number in numbers:
            own.lay(cards[number], made[elsewhere.get(number, label)])


def match_piles(board, seat, project, cards, themes):
    """For each theme the proposed pile that holds most of its cards, or a new one."""
    free = list(Theme.of(project))
    lie = {placing.fragment_id: theme for theme in free for placing in theme.cards}
    piles = []
    for theme in themes:
        here = [lie[cards[number].pk] for number in theme.cards if cards[number].pk in lie]
        best = max((pile for pile in free if pile in here), key=here.count, default=None)
        if best is not None:
            free.remove(best)
        piles.append(best or board.add_theme(seat))
    return piles


def name_theme(cast, pile, theme):
    """The words the two sides found for it together, and how each reads it."""
    anna, bram = cast["anna"], cast["bram"]
    pile.write(bram, pile.version, sentence=theme.sentence, explanation=theme.explanation)
    pile.write(anna, pile.version, going_well=theme.going_well, counter_voice=theme.counter_voice)
    council, municipality = theme.readings
    if council:
        pile.write(bram, pile.version, council_reading=council)
    if municipality:
        pile.write(anna, pile.version, municipality_reading=municipality)


def deliberate(cast, clock, project, themes, named, days):
    """Each side answers the four questions for itself, and both envelopes open."""
    project.refresh_from_db()
    for party, key in SIDES.items():
        with clock.at(days + 2 if party == "council" else days + 1, "20:05"):
            for theme in themes:
                for question, text in zip(QUESTIONS, getattr(theme, party), strict=True):
                    DeliberationAnswer.put(cast[key], named[theme.sentence], question, text, None)
    with clock.at(days, "12:30"):
        for key in SIDES.values():
            Deliberation.of(project).release_for(cast[key], project)


# What came up while they were still listening, and at which theme.
EARLY = {
    "Om hulp vragen voelt als schaamte": [
        ("joost", "Een vaste medewerker bij de uitgifte, elke week"),
        ("fatma", "Een tafel achter een scherm"),
    ]
}


def talk(cast, clock, project, themes, named, days, place, host):
    """The evening on which the two sides listen to each other, theme by theme."""
    project.refresh_from_db()
    with clock.at(days, "19:40"):
        dialogue = Dialogue.objects.create(
            partnership=project.partnership, project=project, held_on=clock.day(days), place=place, host_party=host
        )
        dialogue.confirm_rules(cast["nico"])
    with clock.at(days, "20:10"):
        for theme in themes:
            for party, heard in theme.heard.items():
                DialogueNote.put(cast[SIDES[party]], named[theme.sentence], heard, None)
            if theme.outcome:
                conclude(cast, named[theme.sentence], theme.outcome)
            for key, text in EARLY.get(theme.sentence, ()):
                Parked.park(cast[key], named[theme.sentence], text)
        # The next evening goes on where this one stopped.
        left = [theme for theme in themes if not theme.outcome] or themes
        dialogue.lay_on_the_table(cast["nico"], named[left[0].sentence])


def choose_quotes(cast, clock, project, named, days):
    """Both sides choose which words of tellers come in the report; in round 2 one still waits for the municipality."""
    project.refresh_from_db()
    for sentence, picked in QUOTES.items():
        if sentence not in named:
            continue
        cards = {card.heading: card for card in named[sentence].cards_now()}
        for number, (heading, is_counter, agreed) in enumerate(picked):
            with clock.at(days, f"21:{number:02}"):
                chosen = first_that_fit(cards[heading], 90 if number == 0 else 150)
                quote = Quote.propose(cast["bram"], named[sentence], cards[heading], chosen)
                if is_counter:
                    quote.turn_counter(cast["anna"])
                if agreed:
                    quote.agree(cast["anna"])


def first_that_fit(card, room):
    """The first sentences of a card, short enough to be read at a glance."""
    there, chosen = sentences(card.text), [0]
    while chosen[-1] + 1 < len(there) and sum(len(there[place]) for place in [*chosen, chosen[-1] + 1]) < room:
        chosen.append(chosen[-1] + 1)
    return chosen


def conclude(cast, theme, outcome):
    """What came of the talk: the insight together, each position in its own words."""
    insight, agreement, council, municipality = outcome
    first = {"insight": insight, "council_agreement": agreement, "council_position": council}
    known = Outcome.put(cast["bram"], theme, None, **first)
    second = {"municipality_agreement": agreement, "municipality_position": municipality}
    Outcome.put(cast["anna"], theme, known.version, **second)
