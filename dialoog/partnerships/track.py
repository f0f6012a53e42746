"""The picture of a round: two lines that run together, part for a while and meet again."""

from dataclasses import dataclass
from math import pi, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

TOGETHER, APART, COUNCIL_ONLY = "together", "apart", "council_only"
DONE, NOW, LATER = "done", "now", "later"

# How far each line lies from the middle, per kind of step. The municipality's line stays near while only the council
# acts: it waits, it does not leave.
OFFSETS = {TOGETHER: (-3.5, 3.5), APART: (-34, 34), COUNCIL_ONLY: (-34, 16)}
# The nine steps of every round, in the order of its phases.
ROUND = [
    ("Vertrouwen", APART),
    ("Starten", TOGETHER),
    ("Waarden en vraag", TOGETHER),
    ("Ervaringen ophalen", COUNCIL_ONLY),
    ("Bundelen", TOGETHER),
    ("Intern beraad", APART),
    ("Dialoog", TOGETHER),
    ("Afspraken", TOGETHER),
    ("Verslag en terug\u00adkoppeling", TOGETHER),
]
STATE_WORDS = {DONE: " (klaar)", LATER: " (komt nog)"}


@dataclass(frozen=True)
class Step:
    """One step of a round: its label, who acts (both, each apart, only the council) and how far it is."""

    label: str
    kind: str
    state: str
    note: str = ""


def round_steps(position, note=""):
    """The nine steps of a round that stands at this phase (9: finished); `note` says more about the present one."""
    for index, (label, kind) in enumerate(ROUND):
        state = DONE if index < position else NOW if index == position else LATER
        words = "elk apart" if kind == APART else ""
        if state == NOW:
            words = f"nu: {note}" if note else "nu"
        yield Step(label, kind, state, words)


@dataclass(frozen=True)
class Drawing:
    """The measures of one form of the picture: lying for a wide screen, standing for a phone."""

    name: str
    pitch: int
    middle: float
    spread: float
    standing: bool
    view_box: str

    def point(self, index, offset):
        """Where a line passes a step."""
        along, across = self.pitch * (index + 0.5), self.middle + offset * self.spread
        return (across, along) if self.standing else (along, across)

    def edge(self, point, end):
        """Where a line enters or leaves the picture."""
        return (point[0], end) if self.standing else (end, point[1])

    def bend(self, start, end):
        """A line from one step to the next, with its bend halfway."""
        if self.standing:
            half = (start[1] + end[1]) / 2
            controls = (start[0], half, end[0], half)
        else:
            half = (start[0] + end[0]) / 2
            controls = (half, start[1], half, end[1])
        return "M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}".format(*start, *controls, *end)


WIDE = Drawing("wide", pitch=126, middle=66, spread=1, standing=False, view_box="0 14 {length} 104")
TALL = Drawing("tall", pitch=68, middle=48, spread=0.82, standing=True, view_box="0 0 96 {length}")


def round_track(steps):
    """Draw a round as two lines, lying and standing, with the same steps beside them in words."""
    steps = list(steps)
    return format_html(
        '<div class="track">{}{}<ol class="steps">{}</ol></div>',
        _svg(WIDE, steps),
        _svg(TALL, steps),
        format_html_join("", "{}", ((_words(step),) for step in steps)),
    )


def _words(step):
    return format_html(
        "<li{}><b>{}{}</b>{}</li>",
        mark_safe(' class="now" aria-current="step"') if step.state == NOW else "",
        step.label,
        format_html('<span class="unseen">{}</span>', STATE_WORDS[step.state]) if step.state != NOW else "",
        format_html("<small>{}</small>", step.note) if step.note else "",
    )


def _svg(drawing, steps):
    length = drawing.pitch * len(steps)
    shapes = [*_line(drawing, steps, side=0), *_line(drawing, steps, side=1)]
    for index, step in enumerate(steps):
        shapes += _marks(drawing, index, step)
    return format_html(
        '<svg class="{}" viewBox="{}" aria-hidden="true" fill="none">{}</svg>',
        drawing.name,
        drawing.view_box.format(length=length),
        mark_safe("".join(shapes)),
    )


def _line(drawing, steps, side):
    """One side's line: heavy up to the present step, thin after it, dotted where this side waits for the other."""
    if not steps:
        return
    points = [drawing.point(index, OFFSETS[step.kind][side]) for index, step in enumerate(steps)]
    name = ("lc", "lm")[side]
    ends = [drawing.edge(points[0], 0), drawing.edge(points[-1], drawing.pitch * len(steps))]
    yield _stroke(name, "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*ends[0], *points[0]), steps[0].state != LATER)
    for index in range(1, len(steps)):
        before, after = steps[index - 1], steps[index]
        waits = [step for step in (before, after) if side == 1 and step.kind == COUNCIL_ONLY]
        yield _stroke(
            name,
            drawing.bend(points[index - 1], points[index]),
            after.state != LATER or any(step.state != LATER for step in waits),
            dotted=bool(waits),
        )
    yield _stroke(name, "M{:.1f} {:.1f}L{:.1f} {:.1f}".format(*points[-1], *ends[1]), steps[-1].state == DONE)


def _stroke(name, path, heavy, dotted=False):
    width = (4 if dotted else 6) if heavy else 2.5
    dots = ' stroke-dasharray="4 6"' if dotted else ""
    return f'<path class="{name}" d="{path}" stroke-width="{width}"{dots}/>'


def _marks(drawing, index, step):
    """The marks of one step: circle and square where the sides act apart, two halves where they act together."""
    open_ = " fo" if step.state == LATER else ""
    if step.kind == TOGETHER:
        yield from _halves(*drawing.point(index, 0), step.state, open_)
        return
    council, municipality = (drawing.point(index, offset) for offset in OFFSETS[step.kind])
    now = step.state == NOW
    radius = 15.0 if now else 8.75 if open_ else 10
    if now:
        yield '<circle class="halo" cx="{:.1f}" cy="{:.1f}" r="24.0"/>'.format(*council)
    yield '<circle class="fc{}" cx="{:.1f}" cy="{:.1f}" r="{}" stroke-width="2.5"/>'.format(open_, *council, radius)
    if step.kind == APART:
        # The square has the area of the circle, so neither side looks bigger.
        half = (15 if now else 10) * sqrt(pi) / 2 + 0.02
        x, y = municipality
        if now:
            yield f'<circle class="halo" cx="{x:.1f}" cy="{y:.1f}" r="24.0"/>'
        yield (
            f'<rect class="fm{open_}" x="{x - half:.1f}" y="{y - half:.1f}" width="{2 * half:.1f}" '
            f'height="{2 * half:.1f}" stroke-width="2.5"/>'
        )


def _halves(x, y, state, open_):
    if state == NOW:
        radius, width = 15, 14.3
        yield f'<circle class="halo" cx="{x:.1f}" cy="{y:.1f}" r="24.0"/>'
    else:
        radius, width = 11, 10.5
        yield f'<rect class="gap" x="{x - 14:.1f}" y="{y - 14:.1f}" width="28.0" height="28.0" rx="12"/>'
    top, bottom = y - radius, y + radius
    yield (
        f'<path class="fc{open_}" d="M{x - 1.8:.1f} {top:.1f}A{radius} {radius} 0 0 0 {x - 1.8:.1f} {bottom:.1f}Z" '
        'stroke-width="2.5" stroke-linejoin="round"/>'
    )
    yield (
        f'<path class="fm{open_}" d="M{x + 1.8:.1f} {top:.1f}h{width}v{2 * radius:.1f}h-{width}z" stroke-width="2.5"/>'
    )
