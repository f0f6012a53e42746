"""Which parts a report has, in which order, and for whom."""

from django.core.exceptions import ValidationError
from django.db import models


class Readers(models.TextChoices):
    """For whom a version of the report is made."""

    CLOSED = "closed", "beide kanten"
    BOARDS = "boards", "besturen van raad en gemeente"
    PUBLIC = "public", "iedereen"


# In the order of the method; what the two sides say apart about a theme stands under that theme.
BLOCKS = {
    "kort": "In het kort",
    "vraag": "De vraag, en waarom",
    "waarden": "Onze waarden",
    "luisteren": "Hoe wij luisterden",
    "themas": "De thema’s, met citaten",
    "standpunten": "Hoe raad en gemeente elk thema zien",
    "dialoog": "Wat de dialoog opleverde",
    "afspraken": "Wat wij afspreken",
    "pad": "Van waarde naar afspraak",
    "eerder": "Stand van eerdere afspraken",
    "advies": "Advies en antwoord",
    "terugkoppeling": "Wat de vertellers horen",
    "bijlage": "Bijlage: hoe dit verslag is gemaakt",
}
NOT_FOR_BOARDS = ("luisteren", "pad", "terugkoppeling")
BOARDS_READ = tuple(slot for slot in BLOCKS if slot not in NOT_FOR_BOARDS)
USUAL = {Readers.CLOSED: tuple(BLOCKS), Readers.BOARDS: BOARDS_READ, Readers.PUBLIC: tuple(BLOCKS)}
# A report without its short version is read by nobody.
ALWAYS = "kort"
# Where a side differs is no part that anybody can leave out: it stands after what both say, before the annex.
DISSENT, ANNEX = "anders", "bijlage"
# This one has no place of its own: it goes along with another.
GOES_WITH = {"standpunten": "themas"}


def usual(readers):
    """The parts that a version has as long as nobody chose."""
    return list(USUAL[readers])


def in_order(blocks):
    """These parts with the differing views in their place, each with its number."""
    slots = [slot for slot in blocks if slot not in GOES_WITH]
    slots.insert(len(slots) - (slots[-1:] == [ANNEX]), DISSENT)
    return {slot: place for place, slot in enumerate(slots)}


def tidy(blocks):
    """The chosen parts, each once, or a refusal."""
    chosen = [slot for slot in dict.fromkeys(blocks) if slot in BLOCKS]
    if ALWAYS not in chosen:
        raise ValidationError("‘In het kort’ blijft staan: het is het stuk dat iedereen leest.")
    return [slot for slot in chosen if GOES_WITH.get(slot, slot) in chosen]


def every(blocks):
    """All parts: the chosen ones in their order, and each other one where it usually stands."""
    known = list(BLOCKS)
    found = [slot for slot in blocks if slot in BLOCKS and slot not in GOES_WITH]
    for place, slot in enumerate(known):
        if slot in found or slot in GOES_WITH:
            continue
        before = [one for one in known[:place] if one in found]
        found.insert(found.index(before[-1]) + 1 if before else 0, slot)
    for slot, leader in GOES_WITH.items():
        found.insert(found.index(leader) + 1, slot)
    return found


def moved(blocks, slot, step):
    """All parts with this one a place higher or lower; what goes with it goes along."""
    own = [one for one in blocks if one not in GOES_WITH]
    place = own.index(slot)
    other = min(max(place + step, 0), len(own) - 1)
    own[place], own[other] = own[other], own[place]
    return every(own)
