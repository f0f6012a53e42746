"""How values lie side by side: both voices, and who said yes, for the one who looks."""

from dataclasses import dataclass
from typing import Any

from dialoog.partnerships.models import Member, Party

# What 75 council members named most in one workshop. Shown only after own input: a list before that primes people.
SUGGESTIONS = (
    ("Deskundigheid", "Professionaliteit: wie tegenover u zit, kent het vak en de regels."),
    ("Respect", "Mensen worden gehoord en netjes behandeld."),
    ("Vertrouwen", "Mensen mogen ervan uitgaan dat afspraken tellen."),
    ("Gelijkwaardigheid", "Niemand staat boven de ander in het gesprek."),
    ("Klantgerichtheid", "De vraag van de mens is het begin, niet het loket."),
)
SUGGESTIONS_FROM = "Dit noemden 75 leden van cliëntenraden het vaakst, in één werkbijeenkomst."


def plain(name):
    """A name as it is compared: 'Respect ' and 'respect' are one word."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True)
class Voice:
    """What one side says about a value, in its own words."""

    name: str
    meaning: str
    why: str = ""
    priority: int = 2
    priority_words: str = ""
    # Told when this side used another word than the one above the pair.
    own_word: str = ""


@dataclass(frozen=True)
class Row:
    """One value as it lies on the table, for the one who looks."""

    value: Any
    seat: Member
    council: Voice | None
    municipality: Voice | None
    joined: Any
    has_practice: bool

    @property
    def both_named(self):
        return self.council is not None and self.municipality is not None

    @property
    def may_be_joined(self):
        """Whether only one side named it and it stands alone."""
        return not self.both_named and self.joined is None

    @property
    def weight(self):
        """Where it stands in the list: what matters most to both comes first, proposals come last."""
        voices = [voice for voice in (self.council, self.municipality) if voice]
        return self.value.proposed_at is not None, sum(voice.priority for voice in voices), plain(self.value.name)

    def waits_for(self, party):
        """Whether the other side said yes and this side said nothing yet."""
        other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
        return self.value.has_agreed(other) and not self.value.has_agreed(party)

    @property
    def may_say_yes(self):
        return self.seat.is_side and not self.value.has_agreed(self.seat.party)

    @property
    def verdict(self):
        """Who said yes, in words: one bold line and one plain line."""
        return self.value.verdict(self.seat, [party for party in Party.sides() if getattr(self, party)])

    @property
    def names(self):
        """The name, in its two halves when two values lie together."""
        first, _, second = self.value.name.partition(" en ") if self.joined else (self.value.name, "", "")
        return first, second
