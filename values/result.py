"""The result of a room: rows for a picture of numbers, and one accessible sheet of paper."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from dialoog import paper
from values.models import Ballot, Tally

# One mark per person up to this number; above it one plain bar.
MOST_MARKS = 40
WIDTH, STROKE = 480, 6
# What fits on one sheet beside the rest: so many examples, together no longer than this.
ON_PAPER = 4
LETTERS_ON_PAPER = 500
SIZES = (10.5, 10, 9.5, 9, 8.5)
INK, REST = "#20242b", "#e4e1da"


@dataclass(frozen=True)
class Mark:
    """One piece of a bar."""

    x: float
    width: float
    fill: str


@dataclass(frozen=True)
class Line:
    """One value with its place and its bar."""

    place: int
    named: object
    marks: list


def lines(tally):
    """The top five with a picture of each number."""
    return [
        # Who was named as often stands at the same place.
        Line(1 + sum(one.people > named.people for one in tally.top), named, bar(named.people, tally.voted))
        for named in tally.top
    ]


def bar(people, of):
    """A mark for each person, dark for who named it; in a large room one bar."""
    if of > MOST_MARKS:
        full = round(WIDTH * people / of, 1)
        return [Mark(0, full, INK), Mark(full, WIDTH - full, REST)]
    # Strokes as one tallies by hand: a square would be the municipality's mark.
    step = WIDTH / max(of, 1)
    width = min(STROKE, step / 2)
    return [Mark(round(i * step, 2), round(width, 2), INK if i < people else REST) for i in range(of)]


def told(workshop):
    """What a result consists of, on a page and on paper."""
    tally = Tally(workshop)
    examples = Ballot.objects.filter(workshop=workshop).on_screen().filter(hidden_at=None)
    return {"workshop": workshop, "partnership": workshop.partnership, "tally": tally, "lines": lines(tally),
            "examples": [ballot.example for ballot in examples]}  # fmt: skip


def sheet(workshop):
    """The result as a PDF of one page. All who ask for the same words get the same file, made once."""
    words = told(workshop)
    words["examples"] = _that_fit(words["examples"])
    styles = {"style": paper.style("print.css"), "own_style": paper.style("print_workshop.css")}
    html = render_to_string("values/print_workshop.html", words | styles)
    return paper.keep_a_while(html, lambda: paper.on_one_page(html, SIZES), 3600)


def _that_fit(examples):
    """The short ones first: more voices on one sheet."""
    kept = []
    for example in sorted(examples, key=len)[:ON_PAPER]:
        if not kept or len(example) + sum(map(len, kept)) <= LETTERS_ON_PAPER:
            kept.append(example)
    return kept
