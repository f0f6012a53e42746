"""Own sorts side by side: counted by hand on small tables, and by properties on any table."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as some

from analysis import sorting, wings
from analysis.sorting import COUNCIL, MUNICIPALITY, Pile, Sorter


def council(**piles):
    return Sorter(COUNCIL, tuple(Pile(label, frozenset(cards)) for label, cards in piles.items()))


def municipality(**piles):
    return Sorter(MUNICIPALITY, tuple(Pile(label, frozenset(cards)) for label, cards in piles.items()))


# Two of each side, four cards. The council is of one mind; of the municipality one laid 2 with 3 and 4.
SMALL = [
    council(Weg={1, 2}, Geld={3, 4}),
    council(Weg={1, 2}, Geld={3, 4}),
    municipality(Vinden={1, 2}, Inkomen={3, 4}),
    municipality(Vinden={1}, Inkomen={2, 3, 4}),
]


def test_the_shares_of_a_pair_are_counted_per_side():
    assert sorting.shares(SMALL, COUNCIL) == {(1, 2): (2, 2), (3, 4): (2, 2)}
    assert sorting.shares(SMALL, MUNICIPALITY) == {(1, 2): (1, 2), (3, 4): (2, 2), (2, 3): (1, 2), (2, 4): (1, 2)}


def test_the_proposal_and_the_counts_of_the_small_table():
    picture = sorting.side_by_side(SMALL, [1, 2, 3, 4])
    assert [[row.card for row in pile.rows] for pile in picture.piles] == [[1, 2], [3, 4]]
    assert [pile.letter for pile in picture.piles] == ["A", "B"]
    rows = {row.card: row for row in picture.rows}
    assert (rows[2].sides[COUNCIL].here, rows[2].sides[COUNCIL].elsewhere) == (2, {})
    assert (rows[2].sides[MUNICIPALITY].here, rows[2].sides[MUNICIPALITY].elsewhere) == (1, {1: 1})
    assert [(pile.names[COUNCIL], pile.names[MUNICIPALITY]) for pile in picture.piles] == [
        ("Weg", "Vinden"),
        ("Geld", "Inkomen"),
    ]


def test_the_cards_that_differ_most_by_hand():
    # |c − m| per pair: 12 → ½, 23 → ½, 24 → ½, the others 0. So 2: 1½, and 1, 3 and 4: ½ each.
    picture = sorting.side_by_side(SMALL, [1, 2, 3, 4])
    weights = sorting._weights(SMALL)
    assert sorting.differences([1, 2, 3, 4], weights) == {1: 2, 2: 6, 3: 2, 4: 2}
    # 1, 3 and 4 lie with everyone's own pile: only 2 is lopsided, so only 2 is to be talked about.
    assert [row.card for row in picture.five] == [2]
    assert [row.is_alike for row in picture.rows] == [True, False, True, True]


def test_one_of_the_five_is_never_alike_and_stands_last_in_its_pile():
    sorters = [council(A={1, 2, 3}, B={4, 5})] * 2 + [municipality(X={1, 2, 3}, Y={4, 5})] * 2
    sorters += [municipality(X={1, 2}, Y={3, 4, 5})]
    picture = sorting.side_by_side(sorters, [1, 2, 3, 4, 5])
    assert [[row.card for row in pile.rows] for pile in picture.piles] == [[1, 2, 3], [4, 5]]
    row = picture.piles[0].rows[2]
    assert row.sides[MUNICIPALITY].is_mostly_here
    assert row.differs
    assert not row.is_alike
    assert [other.differs for other in picture.rows] == [False, False, True, False, False]


def test_a_pile_that_shares_as_much_with_two_proposed_piles_belongs_to_the_earlier():
    assert sorting.belongs(Pile("", frozenset({2, 3})), [frozenset({1, 2}), frozenset({3, 4})]) == 0


def test_what_nobody_laid_together_is_never_joined():
    sorters = [council(A={1}, B={2, 3}), municipality(A={1}, B={2, 3})]
    assert sorting.cluster([1, 2, 3], sorting._weights(sorters), 1) == [[1], [2, 3]]


def test_average_linkage_by_hand():
    # 1–2 lie together most. Then 3 is with 1 and 2 (2 + 0) / 2 = 1 on average, and with 4 also 1: the lower goes first.
    weights = {(1, 2): (3, 0), (1, 3): (2, 0), (3, 4): (1, 0)}
    assert sorting.cluster([1, 2, 3, 4], weights, 3) == [[1, 2], [3], [4]]
    assert sorting.cluster([1, 2, 3, 4], weights, 2) == [[1, 2, 3], [4]]


def test_the_middle_sorter_says_how_many_piles():
    sorters = [council(A={1}, B={2}, C={3}), council(A={1, 2, 3}), municipality(A={1}, B={2, 3}), municipality(A={1})]
    assert sorting.how_many(sorters) == 1
    assert sorting.how_many(sorters[:1]) == 3


def test_the_most_given_name_counts_people_first_and_keeps_their_spelling():
    assert sorting.most_given([("papieren", 2), ("Papieren ", 2), ("Papieren", 1), ("Regels", 9)]) == "Papieren"
    assert sorting.most_given([("Regels", 2), ("Papieren", 5)]) == "Papieren"
    assert sorting.most_given([("", 3), (" ", 1)]) == ""


def test_a_side_with_one_sorter_lies_plainly_side_by_side():
    picture = sorting.side_by_side(SMALL[:3], [1, 2, 3, 4])
    assert picture.is_plain
    assert not sorting.side_by_side(SMALL, [1, 2, 3, 4]).is_plain


def test_a_card_that_was_withdrawn_is_in_nobodys_pile_any_more():
    picture = sorting.side_by_side(SMALL, [1, 2, 3])
    assert sorted(row.card for row in picture.rows) == [1, 2, 3]
    assert {card for sorter in picture.sorts for pile in sorter.piles for card in pile.cards} == {1, 2, 3}


def test_a_card_that_somebody_did_not_lay_is_counted_as_laid_nowhere():
    picture = sorting.side_by_side([*SMALL, council(Weg={1, 2}, Geld={3})], [1, 2, 3, 4])
    laid = next(row for row in picture.rows if row.card == 4).sides[COUNCIL]
    assert (laid.here, laid.elsewhere, laid.nowhere, laid.total) == (2, {}, 1, 3)


def test_a_card_that_somebody_late_did_not_lay_is_no_difference_of_opinion():
    whole = [side(Weg={1, 2}, Geld={3, 4}) for side in (council, municipality) for _ in range(2)]
    picture = sorting.side_by_side([*whole, council(Weg={1, 2})], [1, 2, 3, 4])
    assert (picture.five, picture.alike, picture.between) == ([], 4, 0)


def test_no_cards_and_no_sorters_are_an_empty_picture():
    assert sorting.side_by_side([], []).piles == []
    assert [len(pile.rows) for pile in sorting.side_by_side([], [1, 2]).piles] == [1, 1]


# ---- On any table


@some.composite
def tables(draw):
    cards = list(range(1, draw(some.integers(1, 12)) + 1))
    sorters = []
    for side in draw(some.lists(some.sampled_from(sorting.SIDES), max_size=7)):
        laid = draw(some.lists(some.integers(0, 4), min_size=len(cards), max_size=len(cards)))
        piles = {}
        for card, pile in zip(cards, laid, strict=True):
            # Pile 0 is the hand: not everyone lays every card.
            if pile:
                piles.setdefault(pile, set()).add(card)
        sorters.append(Sorter(side, tuple(Pile(f"stapel {key}", frozenset(piles[key])) for key in sorted(piles))))
    return sorters, cards


@given(tables())
@settings(max_examples=150, deadline=None)
def test_every_card_lies_once_and_every_person_is_counted_once(drawn):
    sorters, cards = drawn
    picture = sorting.side_by_side(sorters, cards)
    assert sorted(row.card for row in picture.rows) == cards
    for row in picture.rows:
        for side in sorting.SIDES:
            laid = row.sides[side]
            assert (
                laid.here + laid.apart + sum(laid.elsewhere.values()) + laid.nowhere
                == laid.total
                == picture.sorters[side]
            )


@given(tables(), some.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_people_sat_down_changes_nothing(drawn, chance):
    sorters, cards = drawn
    shuffled = sorters[:]
    chance.shuffle(shuffled)
    one, other = sorting.side_by_side(sorters, cards), sorting.side_by_side(shuffled, cards[::-1])
    assert one.piles == other.piles
    assert one.five == other.five


@given(tables())
@settings(max_examples=100, deadline=None)
def test_the_five_are_those_with_the_largest_mean_difference(drawn):
    sorters, cards = drawn
    picture = sorting.side_by_side(sorters, cards)
    if not min(picture.sorters.values()):
        assert picture.five == []
        return
    share = {side: sorting.shares(picture.sorts, side) for side in sorting.SIDES}

    def apart(card):
        pairs = [pair for pair in combinations(cards, 2) if card in pair]
        gap = [
            abs(Fraction(*share[COUNCIL].get(pair, (0, 1))) - Fraction(*share[MUNICIPALITY].get(pair, (0, 1))))
            for pair in pairs
        ]
        return sum(gap, Fraction(0)) / max(1, len(pairs))

    lopsided = {row.card for row in picture.rows if any(laid.elsewhere or laid.apart for laid in row.sides.values())}
    expected = sorted((card for card in lopsided if apart(card)), key=lambda card: (-apart(card), card))[:5]
    assert [row.card for row in picture.five] == expected


@given(tables())
@settings(max_examples=100, deadline=None)
def test_two_sides_that_sorted_the_same_differ_nowhere(drawn):
    sorters, cards = drawn
    mirrored = [Sorter(side, sorter.piles) for sorter in sorters for side in sorting.SIDES]
    assert sorting.side_by_side(mirrored, cards).five == []


def test_three_hundred_cards_are_laid_in_a_moment():
    cards = range(1, 301)
    sorters = [
        Sorter(side, tuple(Pile(str(k), frozenset(c for c in cards if (c * (3 + n)) % 7 == k)) for k in range(7)))
        for side in sorting.SIDES
        for n in range(6)
    ]
    assert len(sorting.side_by_side(sorters, cards).rows) == 300


# ---- The drawing


def test_the_marks_and_arcs_of_a_lopsided_card_stand_where_the_drawing_has_them():
    sorters = [council(Weg={1, 2, 3}, Hulp={4, 5})] * 2 + [council(Weg={1, 2}, Hulp={3, 4, 5})] * 4
    sorters += [municipality(Vinden={1, 2, 3}, Service={4, 5})] * 5
    picture = sorting.side_by_side(sorters, range(1, 6))
    assert [row.card for row in picture.piles[0].rows][-1] == 3
    drawn = wings.draw(picture, {card: card for card in range(1, 6)})
    assert drawn.height == 2 * wings.HEAD + 5 * wings.LINE
    assert drawn.widths == {COUNCIL: 208, MUNICIPALITY: 190}
    line = next(line for group in drawn.groups for line in group.lines if line.card == 3)
    assert [dot.full for dot in line.council.dots] == [True] * 2 + [False] * 4
    assert [dot.x for dot in line.council.dots] == [99, 81, 63, 45, 27, 9]
    assert line.council.elsewhere == ["4 legden dit bij ‘Hulp’"]
    (arc,) = drawn.arcs[COUNCIL]
    assert (arc.width, arc.casing, arc.main) == (5, 10, True)
    assert arc.path.startswith("M92 125.5C") and arc.path.endswith(" 169 92 169H209")
    assert drawn.arcs[MUNICIPALITY] == []


def test_the_five_in_words_say_who_laid_it_where():
    sorters = [council(Weg={1, 2, 3}, Hulp={4, 5})] + [council(Weg={1, 2}, Hulp={3, 4, 5})] * 5
    sorters += [municipality(Vinden={1, 2, 3}, Service={4, 5})] * 5
    picture = sorting.side_by_side(sorters, range(1, 6))
    told = {line["card"]: line for line in wings.tell_five(picture, {card: card for card in range(1, 6)})}
    assert told[3]["council"] == "1 van de 6 legde dit bij ‘Weg’, 5 bij ‘Hulp’"
    assert told[3]["municipality"] == "Alle 5 legden dit bij ‘Vinden’"


def test_who_called_a_pile_otherwise_is_not_given_the_words_of_another():
    sorters = [council(Wachten={1}, Bekenden={2, 4}, Taal={3}), council(Rekeningen={1}, Laat={2, 4}, Brieven={3})]
    sorters += [
        municipality(Leveranciers={1}, Klantreis={2}, Begrip={3}, Contact={4}),
        municipality(Proces={1, 2}, Woorden={3}, Houding={4}),
    ]
    picture = sorting.side_by_side(sorters, range(1, 5))
    told = {line["card"]: line for line in wings.tell_five(picture, {card: card for card in range(1, 5)})}
    assert told[2]["council"] == "Beiden legden dit bij ‘Bekenden’ of ‘Laat’"
    assert told[2]["municipality"] == "1 van de 2 legde dit bij ‘Klantreis’, 1 bij ‘Proces’"


def test_five_names_for_one_pile_are_not_all_told_and_without_names_it_has_its_letter():
    names = ["Weg", "Route", "Zoeken", "Vinden", "weg"]
    sorters = [council(**{name: {1, 2}, "": {3}}) for name in names] + [municipality(A={1, 2}, B={3})] * 5
    picture = sorting.side_by_side(sorters, range(1, 4))
    first, second = (wings.in_words(pile.rows[0].sides[COUNCIL], pile, picture.piles) for pile in picture.piles)
    assert first == "Alle 5 legden dit bij ‘Weg’, ‘Route’, ‘Vinden’ of iets anders"
    assert second == "Alle 5 legden dit bij stapel B"


def test_sixty_people_become_a_bar_and_thirty_small_marks():
    many = sorting.Laid(here=20, total=60)
    assert wings.dots(many, COUNCIL) == []
    some_marks = wings.dots(sorting.Laid(here=20, total=30), COUNCIL)
    assert len(some_marks) == 30
    assert all(0 <= dot.x <= wings.MOST_FULL_SIZE * wings.PITCH for dot in some_marks)


def test_who_held_two_cards_apart_is_not_shown_as_having_laid_them_together():
    sorters = [council(Wachten={1, 2}, Taal={3})] * 2
    sorters += [municipality(Proces={1, 2}, Woorden={3}), municipality(Juridisch={1}, Taal={2}, Contact={3})]
    picture = sorting.side_by_side(sorters, range(1, 4))
    assert [row.card for row in picture.five] == [2] and picture.alike == 2
    (told,) = wings.tell_five(picture, {card: card for card in range(1, 4)})
    assert told["municipality"] == "1 van de 2 legde dit bij ‘Proces’, 1 apart, bij ‘Taal’"
