"""The picture 'Van waarde naar afspraak': where each commitment comes from, and a table that says the same."""

import re
import textwrap
from dataclasses import dataclass, field

from analysis.models import Placing, Tag, Theme
from projects.models import Commitment

# Millimetres on paper: where each column begins, and where its lines leave and arrive.
VALUE_END, CARD, CARD_WIDTH, THEME, THEME_WIDTH, COMMITMENT = 34.5, 49, 4, 69, 43, 123
LINE_HEIGHT, CARD_HEIGHT = 4.4, 5.2
# A picture stands on one page; of what is higher the lower part would fall off.
HIGHEST = 195


@dataclass
class Stop:
    """One value, card, theme or commitment in the picture."""

    thing: object
    words: str = ""
    y: float = 0
    hot: bool = False
    lines: list = field(default_factory=list)

    @property
    def text(self):
        """The words line by line, with the height of each line."""
        first = self.y - LINE_HEIGHT * (len(self.lines) - 1) / 2 + 1.2
        return [(number(first + LINE_HEIGHT * place), words) for place, words in enumerate(self.lines)]

    @property
    def box(self):
        """The frame round the words of a theme."""
        height = LINE_HEIGHT * len(self.lines) + 4
        return {"y": number(self.y - height / 2), "height": number(height)}


@dataclass
class Thread:
    """One line in the picture, between two stops."""

    start: Stop
    end: Stop
    from_x: float
    to_x: float

    @property
    def hot(self):
        return self.start.hot and self.end.hot

    @property
    def d(self):
        middle = number((self.from_x + self.to_x) / 2)
        return (
            f"M{number(self.from_x)} {number(self.start.y)}C{middle} {number(self.start.y)} "
            f"{middle} {number(self.end.y)} {number(self.to_x)} {number(self.end.y)}"
        )


def number(value):
    """A number as drawings want it, with a point whatever the language of the page."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def picture(project):
    """The stops and threads of one round, or None when there is nothing to follow yet."""
    commitments = [Stop(one, f"{place} {one.what}") for place, one in enumerate(_commitments(project), 1)]
    bound = _bound(project)
    themes = [Stop(theme, theme.label) for theme in Theme.objects.of(project)]
    placings = Placing.objects.filter(project=project, theme__isnull=False).order_by(
        "theme__position", "fragment__number"
    )
    cards = [Stop(placing) for placing in placings]
    threads = _threads(project, cards, themes, commitments, bound)
    if not threads["theme"]:
        return None
    # So many letters fit also where they are wide and bold, as in 'vaste naam en een'.
    for column, width in ((threads["values"], 20), (cards, 1), (themes, 20), (commitments, 22)):
        _break_lines(column, width)
    height, rows = _height(threads["values"], cards, themes, commitments), _rows(commitments, threads)
    if only_agreed := height > HIGHEST:
        themes, cards, threads = _that_led_somewhere(themes, cards, threads)
        height = _height(threads["values"], cards, themes, commitments)
    values = threads["values"]
    few = 104 if len(cards) > 8 else 60 if len(cards) > 3 else 30
    height = max(few, height)
    for column in (values, cards, themes, commitments):
        _spread(column, height)
    _light_one(threads)
    return {
        # What cannot be drawn on a page is told by the table alone.
        "drawn": height <= HIGHEST,
        "only_agreed": only_agreed,
        "frame": number(height + 12),
        "values": values,
        "cards": [{"y": number(card.y - 2.4), "hot": card.hot} for card in cards],
        "themes": themes,
        "commitments": commitments,
        "threads": sorted(threads["card"] + threads["cards"] + threads["theme"], key=lambda thread: thread.hot),
        "hot": threads["hot"],
        "rows": rows,
        "counts": (len(values), len(cards), len(themes), len(commitments)),
    }


def _commitments(project):
    return Commitment.objects.filter(project=project).order_by("due", "pk")


def _bound(project):
    pairs = Theme.commitments.through.objects.filter(theme__project=project)
    return set(pairs.values_list("theme_id", "commitment_id"))


def _threads(project, cards, themes, commitments, bound):
    by_theme = {theme.thing.pk: theme for theme in themes}
    by_card = {card.thing.fragment_id: card for card in cards}
    values, tagged = {}, []
    # In one order only: the sides sign this very text, and a database puts what is alike in any order.
    order = ("value__name", "value", "fragment__number")
    tags = Tag.objects.filter(fragment__in=list(by_card)).select_related("value").order_by(*order)
    for tag in tags:
        stop = values.setdefault(tag.value_id, Stop(tag.value, tag.value.name))
        if (stop, tag.fragment_id) not in tagged:
            tagged.append((stop, tag.fragment_id))
    return {
        "values": list(values.values()),
        "card": [Thread(stop, by_card[pk], VALUE_END, CARD) for stop, pk in tagged],
        "cards": [Thread(card, by_theme[card.thing.theme_id], CARD + CARD_WIDTH, THEME - 0.5) for card in cards],
        "theme": [
            Thread(theme, commitment, THEME + THEME_WIDTH + 0.5, COMMITMENT - 1)
            for theme in themes
            for commitment in commitments
            if (theme.thing.pk, commitment.thing.pk) in bound
        ],
        "hot": None,
    }


def _height(values, cards, themes, commitments):
    columns = (values, themes, commitments)
    return max(CARD_HEIGHT * len(cards), *(sum(map(_room, column)) for column in columns))


def _that_led_somewhere(themes, cards, threads):
    """Of a round that does not fit on a page: the themes about which something was agreed, with all that is theirs."""
    kept = [theme for theme in themes if any(thread.start is theme for thread in threads["theme"])]
    to_theme = [thread for thread in threads["cards"] if any(thread.end is theme for theme in kept)]
    left = {id(thread.start) for thread in to_theme}
    to_card = [thread for thread in threads["card"] if id(thread.end) in left]
    begun = {id(thread.start) for thread in to_card}
    values = [value for value in threads["values"] if id(value) in begun]
    found = threads | {"values": values, "card": to_card, "cards": to_theme}
    return kept, [card for card in cards if id(card) in left], found


def _spread(column, height):
    """Each stop in the middle of its own room, and what is left over shared out alike."""
    spare = (height - sum(map(_room, column))) / max(len(column), 1)
    top = 0
    for stop in column:
        stop.y = top + (_room(stop) + spare) / 2
        top += _room(stop) + spare


def _room(stop):
    """The height a stop takes with the white round it: no words are cut off. A card has none."""
    return LINE_HEIGHT * len(stop.lines) + 7.8 if stop.words else CARD_HEIGHT


def _break_lines(column, width):
    for stop in column:
        # Long Dutch words break with a hyphen instead of running into the next column.
        words = re.sub(rf"(\w{{{width - 5}}})(?=\w{{6,}})", r"\1- ", stop.words)
        stop.lines = textwrap.wrap(words, width)


def _light_one(threads):
    """Make one way through the picture stand out, so that a reader sees how to follow the others."""
    for last in threads["theme"]:
        for middle in threads["cards"]:
            if middle.end is not last.start:
                continue
            for first in threads["card"]:
                if first.end is middle.start:
                    for stop in (first.start, middle.start, last.start, last.end):
                        stop.hot = True
                    threads["hot"] = {"value": first.start, "theme": last.start, "commitment": last.end}
                    return


def _rows(commitments, threads):
    rows = []
    for commitment in commitments:
        themes = [thread.start for thread in threads["theme"] if thread.end is commitment]
        cards = sum(1 for thread in threads["cards"] if thread.end in themes)
        rows.append({"what": commitment.words, "themes": [theme.words for theme in themes], "cards": cards})
    return rows
