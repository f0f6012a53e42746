"""The picture *Naast elkaar*: where each mark and each arc stands, and the same in words.

Sizes are pixels at a root size of 16; the style sheet has them in rem, so text zoom moves the picture along.
"""

from dataclasses import dataclass

from analysis.sorting import COUNCIL, SIDES, given

HEAD, LINE = 48, 31
MARGIN, GAP = 92, 8
PITCH, MOST_FULL_SIZE = 18, 8
MOST_MARKS = 40
# So many names of their own a sentence has room for.
MOST_NAMES = 3
# An arc is at least this deep; the longest reaches almost to the edge of its wing.
SHALLOW, DEEP, ORDINARY = 38, 115, 768


@dataclass(frozen=True)
class Dot:
    """One person's mark: full when they laid the card with this pile."""

    x: float
    y: float
    size: float
    full: bool


@dataclass(frozen=True)
class Arc:
    """From the open marks of a card to the pile where two or more of a side laid it."""

    bow: int
    main: bool
    path: str
    width: int

    @property
    def casing(self):
        return self.width + 5


@dataclass(frozen=True)
class Cell:
    """One side of one card: its marks, its count, and where the others laid it."""

    party: str
    dots: list
    width: float
    bar: float
    count: str
    elsewhere: list


@dataclass(frozen=True)
class Line:
    """One card of the picture."""

    card: object
    row: object
    bow: int
    council: Cell
    municipality: Cell

    @property
    def cells(self):
        return (self.council, self.municipality)


@dataclass(frozen=True)
class Group:
    """One proposed pile with its cards."""

    pile: object
    council_name: str
    municipality_name: str
    lines: list


@dataclass(frozen=True)
class Wings:
    """All that the template needs to draw."""

    groups: list
    arcs: dict
    height: int
    columns: dict
    widths: dict


def column(total):
    """How many full-size marks wide the column of a side is; more people than that get smaller marks."""
    return max(1, min(total, MOST_FULL_SIZE))


def dots(laid, side):
    """The marks of one side beside one card: the full ones start at the card."""
    if laid.total > MOST_MARKS:
        return []
    pitch = column(laid.total) * PITCH / max(1, laid.total)
    width = pitch * laid.total
    marks = []
    for place in range(laid.total):
        full = place < laid.here
        middle = width - pitch * (place + 0.5) if side == COUNCIL else pitch * (place + 0.5)
        radius = min(6.9 if full else 6.1, pitch * 0.4)
        if side == COUNCIL:
            marks.append(Dot(round(middle, 2), 9, round(radius, 2), full))
        else:
            half = min(6.1 if full else 5.4, pitch * 0.36)
            marks.append(Dot(round(middle - half, 2), round(9 - half, 2), round(2 * half, 2), full))
    return marks


def places(laid, piles):
    """By proposed pile what to call the place where people of one side laid a card: by the names they gave it.

    Who called it otherwise than most of the side did would else be given words they never wrote.
    """
    called = {}
    for index, counted in laid.names.items():
        names = given(counted.elements())
        shown = [f"‘{name}’" for name in names[:MOST_NAMES]] + ["iets anders"] * (len(names) > MOST_NAMES)
        nameless = "een stapel zonder naam" if index is None else piles[index].by_letter
        called[index] = " of ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]])) or nameless
    texts = list(called.values())
    return {
        index: text if index is None or texts.count(text) == 1 else f"{text} ({piles[index].letter})"
        for index, text in called.items()
    }


def in_words(laid, pile, piles):
    """One side's laying of one card as a sentence: '2 van de 6 legden dit bij ‘De weg kwijt’, 4 bij ‘Hulp’'."""
    called = places(laid, piles)
    here = f"bij {called.get(pile.index, pile.by_letter)}"
    if laid.here == laid.total:
        return f"{'Beiden' if laid.total == 2 else f'Alle {laid.total}'} legden dit {here}"
    parts = []
    if laid.here:
        parts.append(f"{laid.here} van de {laid.total} {'legde' if laid.here == 1 else 'legden'} dit {here}")
    else:
        parts.append(f"Niemand van de {laid.total} legde dit {here}")
    for index, count in sorted(laid.elsewhere.items(), key=lambda entry: (-entry[1], entry[0])):
        parts.append(f"{count} bij {called[index]}")
    if laid.apart:
        parts.append(f"{laid.apart} apart, bij {called[None]}")
    if laid.nowhere:
        parts.append(f"{laid.nowhere} {'legde' if laid.nowhere == 1 else 'legden'} dit nergens")
    return ", ".join(parts)


def elsewhere_in_words(laid, piles):
    """Where two or more of a side laid it: the same that the arcs say, for a narrow screen and for who listens."""
    called = places(laid, piles)
    return [
        f"{count} legden dit bij {called[index]}"
        for index, count in sorted(laid.elsewhere.items(), key=lambda entry: (-entry[1], entry[0]))
        if count > 1
    ]


def bend(side, start, end, longest, edge):
    """The path of one arc: out of the margin, round, and back to the name of the other pile."""
    depth = round(SHALLOW + (DEEP - SHALLOW) * abs(end - start) / max(longest, ORDINARY))
    if side == COUNCIL:
        far = MARGIN - depth
        return f"M{MARGIN} {start}C{far} {start} {far} {end} {MARGIN} {end}H{edge + 1}"
    near = edge - MARGIN
    far = near + depth
    return f"M{near} {start}C{far} {start} {far} {end} {near} {end}H-1"


def draw(picture, cards):
    """The whole picture; `cards` gives for each number what the template shows of it."""
    tops, heads, y = {}, [], 0
    for pile in picture.piles:
        heads.append(y + 28)
        y += HEAD
        for row in pile.rows:
            tops[row.card] = y + LINE / 2
            y += LINE
    columns = {side: column(picture.sorters[side]) for side in SIDES}
    widths = {side: MARGIN + GAP + columns[side] * PITCH for side in SIDES}

    bows, arcs = {}, {side: [] for side in SIDES}
    reach = [
        (side, row, index, count)
        for row in picture.rows
        for side in SIDES
        for index, count in sorted(row.sides[side].elsewhere.items())
        if count > 1
    ]
    longest = max((abs(heads[index] - tops[row.card]) for _, row, index, _ in reach), default=0)
    for side, row, index, count in reach:
        bow = bows.setdefault(row.card, len(bows) + 1)
        path = bend(side, tops[row.card], heads[index], longest, widths[side])
        arcs[side].append(Arc(bow, row.differs, path, count + 1))
    for side in SIDES:
        # The five on top: theirs are the lines that the talk begins with.
        arcs[side].sort(key=lambda arc: (arc.main, arc.bow))

    def cell(row, side):
        laid = row.sides[side]
        width = columns[side] * PITCH
        return Cell(
            party=side,
            dots=dots(laid, side),
            width=width,
            bar=round(width * laid.here / laid.total, 1) if laid.total > MOST_MARKS else 0,
            count=f"{laid.here} van de {laid.total}",
            elsewhere=elsewhere_in_words(laid, picture.piles),
        )

    groups = [
        Group(
            pile,
            pile.names["council"],
            pile.names["municipality"],
            [
                Line(cards[row.card], row, bows.get(row.card, 0), cell(row, "council"), cell(row, "municipality"))
                for row in pile.rows
            ],
        )
        for pile in picture.piles
    ]
    return Wings(groups, arcs, y, columns, widths)


def tell_five(picture, cards):
    """The five that differ most, each side in words."""
    pile_of = {row.card: pile for pile in picture.piles for row in pile.rows}
    return [
        {
            "card": cards[row.card],
            "council": in_words(row.sides["council"], pile_of[row.card], picture.piles),
            "municipality": in_words(row.sides["municipality"], pile_of[row.card], picture.piles),
        }
        for row in picture.five
    ]
