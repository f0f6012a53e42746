"""What own sorts say when they lie side by side. Pure counting: it knows nothing of databases, pages or people's names.

The proposal of piles is average linkage on 1 − share, where the share of a pair of cards is the mean of the two sides'
shares: a side with more people at the table does not weigh more. There are as many piles as the (lower) median sorter
made, or more when nobody laid the rest together. Whole numbers throughout, so that ties are real ties and the same
sorts give the same picture on every machine.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from statistics import median_low

COUNCIL, MUNICIPALITY = "council", "municipality"
SIDES = (COUNCIL, MUNICIPALITY)
MOST_DIFFERENT = 5
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Pile:
    """One pile of one person: its name and the numbers of the cards in it."""

    label: str
    cards: frozenset


@dataclass(frozen=True)
class Sorter:
    """One person's whole sort, known only by side."""

    side: str
    piles: tuple


@dataclass
class Laid:
    """How one side laid one card: how many with this pile, where the others did, and how many did not lay it.

    `apart` are those who made more than one pile of what is one here, and laid this card in a smaller one of theirs.
    `names` counts by proposed pile (None for apart) what those people themselves called their pile, and its cards.
    """

    here: int = 0
    apart: int = 0
    elsewhere: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    nowhere: int = 0
    total: int = 0

    @property
    def open_marks(self):
        """Those who did not lay it here."""
        return self.total - self.here

    @property
    def is_also_elsewhere(self):
        """Whether somebody laid it with another pile, or apart."""
        return bool(self.elsewhere or self.apart)

    @property
    def is_mostly_here(self):
        """Of those who laid it; who came late and did not get to it says nothing about it."""
        return 2 * self.here > self.total - self.nowhere


@dataclass
class Row:
    """One card in the picture."""

    card: int
    sides: dict
    differs: bool = False

    @property
    def is_alike(self):
        """Whether both sides mostly laid it with this pile; one of the five never counts as alike."""
        return not self.differs and all(laid.is_mostly_here for laid in self.sides.values())


@dataclass
class Proposed:
    """One pile of the proposal, with the name each side gave it most."""

    index: int
    rows: list
    names: dict

    @property
    def letter(self):
        first, last = divmod(self.index, len(LETTERS))
        return (LETTERS[first - 1] if first else "") + LETTERS[last]

    @property
    def by_letter(self):
        """What to call it where nobody gave it a name."""
        return f"stapel {self.letter}"


@dataclass
class Picture:
    """All own sorts side by side."""

    piles: list
    five: list
    sorters: dict
    sorts: list

    @property
    def is_plain(self):
        """Too few sorters on a side to count: then the names lie side by side, without marks."""
        return any(count < 2 for count in self.sorters.values())

    @property
    def rows(self):
        return [row for pile in self.piles for row in pile.rows]

    @property
    def alike(self):
        """How many cards both sides laid about the same."""
        return sum(row.is_alike for row in self.rows)

    @property
    def between(self):
        """How many cards are neither alike nor one of the five."""
        return len(self.rows) - self.alike - len(self.five)


def tidy(sorters, cards):
    """The sorts without cards that are gone, without empty piles and without people who laid nothing."""
    known = frozenset(cards)
    tidied = []
    for sorter in sorters:
        piles = tuple(Pile(pile.label, pile.cards & known) for pile in sorter.piles if pile.cards & known)
        if piles:
            tidied.append(Sorter(sorter.side, piles))
    return tidied


def pair_counts(sorters, side):
    """For each pair of cards: how many sorters of this side laid them in one pile."""
    counts = Counter()
    for sorter in sorters:
        if sorter.side == side:
            for pile in sorter.piles:
                counts.update(combinations(sorted(pile.cards), 2))
    return counts


def shares(sorters, side):
    """For each pair of cards: the share of this side's sorters who laid them together, as (how many, of how many)."""
    total = sum(sorter.side == side for sorter in sorters)
    return {pair: (count, total) for pair, count in pair_counts(sorters, side).items()}


def _weights(sorters):
    """The two sides' counts on one scale: a council count times the number of municipal sorters, and the reverse."""
    totals = {side: max(1, sum(sorter.side == side for sorter in sorters)) for side in SIDES}
    council, municipality = (pair_counts(sorters, side) for side in SIDES)
    return {
        pair: (council[pair] * totals[MUNICIPALITY], municipality[pair] * totals[COUNCIL])
        for pair in set(council) | set(municipality)
    }


def how_many(sorters):
    """How many piles to propose: what the middle sorter made; of two in the middle the smaller number."""
    return median_low([len(sorter.piles) for sorter in sorters]) if sorters else 1


def cluster(cards, weights, wanted):
    """Average linkage: join the two groups that lie together most, until `wanted` are left.

    Groups that nobody laid together are never joined. Of equals the pair with the lowest card numbers goes first.
    """
    cards = sorted(cards)
    groups = {index: [card] for index, card in enumerate(cards)}
    sums = {index: {} for index in groups}
    place = {card: index for index, card in enumerate(cards)}
    for (one, other), (council, municipality) in weights.items():
        if council + municipality:
            sums[place[one]][place[other]] = sums[place[other]][place[one]] = council + municipality

    def nearest(index):
        # A group is only asked about later ones: each pair is looked at once, and the key is the lowest card's place.
        return max(
            ((total / (len(groups[index]) * len(groups[other])), -other) for other, total in sums[index].items()
             if other > index),
            default=None,
        )  # fmt: skip

    best = {index: nearest(index) for index in groups}
    while len(groups) > wanted:
        found = [(close[0], -index, close[1]) for index, close in best.items() if close]
        if not found:
            break
        _, first, second = max(found)
        first, second = -first, -second
        groups[first] += groups.pop(second)
        del best[second]
        for other, total in sums.pop(second).items():
            del sums[other][second]
            if other != first:
                sums[first][other] = sums[other][first] = sums[first].get(other, 0) + total
        for index in groups:
            close = best[index]
            if index == first or (close and -close[1] in (first, second)):
                best[index] = nearest(index)
            elif index < first and first in sums[index]:
                joined = (sums[index][first] / (len(groups[index]) * len(groups[first])), -first)
                best[index] = max(close, joined) if close else joined
    return sorted((sorted(group) for group in groups.values()), key=lambda group: group[0])


def differences(cards, weights):
    """For each card the sum over its pairs of |share council − share municipality|, on one whole-number scale."""
    sums = dict.fromkeys(cards, 0)
    for (one, other), (council, municipality) in weights.items():
        apart = abs(council - municipality)
        sums[one] += apart
        sums[other] += apart
    return sums


def belongs(pile, proposal):
    """The proposed pile with which this pile shares most cards; of equals the earlier."""
    shared = [len(pile.cards & group) for group in proposal]
    return shared.index(max(shared))


def main_piles(sorter, proposal):
    """By proposed pile the one of this sorter's piles that shares most cards with it.

    Of equals the one with the lowest card. Who held apart what lies together here is not shown as if they laid it so.
    """
    best = {}
    for pile in sorter.piles:
        target = belongs(pile, proposal)
        rank = (-len(pile.cards & proposal[target]), min(pile.cards & proposal[target]))
        best[target] = min(best.get(target, (rank, pile)), (rank, pile), key=lambda entry: entry[0])
    return {target: pile for target, (_, pile) in best.items()}


def most_given(labels):
    """The name most given, in its most used spelling; of equals the one on most cards, then the first by alphabet."""
    return next(iter(given(labels)), "")


def given(labels):
    """All names given to piles, the most given first, each in its most used spelling; nameless piles give none."""
    told, cards, spelled = Counter(), Counter(), {}
    for label, number in labels:
        word = " ".join(label.split())
        if not word:
            continue
        key = word.casefold()
        told[key] += 1
        cards[key] += number
        spelled.setdefault(key, Counter())[word] += 1
    ranked = sorted(told, key=lambda name: (-told[name], -cards[name], name))
    return [min(spelled[key], key=lambda word, key=key: (-spelled[key][word], word)) for key in ranked]


def side_by_side(sorters, cards):
    """The whole picture: proposed piles, per card and side who laid it here and where else, and the five."""
    cards = sorted(cards)
    sorters = tidy(sorters, cards)
    totals = {side: sum(sorter.side == side for sorter in sorters) for side in SIDES}
    weights = _weights(sorters)
    groups = cluster(cards, weights, how_many(sorters)) if cards else []
    proposal = [frozenset(group) for group in groups]
    home = {card: index for index, group in enumerate(groups) for card in group}

    laid = {card: {side: Laid(total=totals[side]) for side in SIDES} for card in cards}
    labels = {(index, side): [] for index in range(len(groups)) for side in SIDES}
    for sorter in sorters:
        seen = set()
        main = main_piles(sorter, proposal)
        for pile in sorter.piles:
            target = belongs(pile, proposal)
            labels[target, sorter.side].append((pile.label, len(pile.cards & proposal[target])))
            for card in pile.cards:
                seen.add(card)
                tally = laid[card][sorter.side]
                apart = home[card] == target and main[target] is not pile
                called = tally.names.setdefault(None if apart else target, Counter())
                called[pile.label, len(pile.cards)] += 1
                if apart:
                    tally.apart += 1
                elif home[card] == target:
                    tally.here += 1
                else:
                    tally.elsewhere[target] = tally.elsewhere.get(target, 0) + 1
        for card in cards:
            laid[card][sorter.side].nowhere += card not in seen

    apart = differences(cards, weights) if min(totals.values()) else {}
    # A card that everyone who laid it laid here keeps other company only because others left or were not laid: there
    # is nothing to ask about it.
    lopsided = [card for card in cards if apart.get(card) and any(laid[card][side].is_also_elsewhere for side in SIDES)]
    ranked = sorted(lopsided, key=lambda card: (-apart[card], card))
    five = ranked[:MOST_DIFFERENT]
    rows = {card: Row(card, laid[card], card in five) for card in cards}

    def order(card):
        # Alike first, different last; each side weighs the same here too.
        away = laid[card][COUNCIL].open_marks * max(1, totals[MUNICIPALITY]) + laid[card][
            MUNICIPALITY
        ].open_marks * max(1, totals[COUNCIL])
        return (rows[card].differs, away, card)

    piles = [
        Proposed(
            index,
            [rows[card] for card in sorted(group, key=order)],
            {side: most_given(labels[index, side]) for side in SIDES},
        )
        for index, group in enumerate(groups)
    ]
    return Picture(piles, [rows[card] for card in five], totals, sorters)
