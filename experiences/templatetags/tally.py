"""Tally marks: one stroke per person, in fives, as one counts at a door."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from experiences.models import hours

register = template.Library()

STEP, GAP, TALL, MOST = 7, 9, 22, 40
BAR = (
    '<p class="bar bar--{}"><span>{}</span><svg viewBox="0 0 300 20" preserveAspectRatio="none" focusable="false">'
    '<rect width="{}" height="20"/></svg><b>{}</b></p>'
)


@register.simple_tag
def tally(number, planned=0):
    """One stroke per person up to forty, then a plain bar; what was planned and not yet done stands there open.

    The number in words stands beside it, so the picture itself is silent.
    """
    most = max(number, planned)
    if most > MOST:
        full = format_html('<path d="M0 11H{}" stroke-width="12"/>', round(280 * number / most, 1))
        return _drawn(280, format_html('<path class="later" d="M0 11H280" stroke-width="1.6"/>{}', full))
    done = "".join(_stroke(place) for place in range(number))
    # An open stroke each, and no slash: five thin lines with one across them cannot be read.
    later = "".join(f"M{_left(place) - 1.6} 3h3.2v{TALL - 6}h-3.2z" for place in range(number, planned))
    width = _left(most - 1) + STEP if most else STEP
    shapes = f'<path d="{done}" stroke-width="2.6"/>' if done else ""
    shapes += f'<path class="later" d="{later}" stroke-width="1"/>' if later else ""
    return _drawn(width, mark_safe(shapes))


def _left(place):
    return place // 5 * (4 * STEP + GAP) + place % 5 * STEP + 4


def _stroke(place):
    if place % 5 == 4:
        first = _left(place - 4)
        return f"M{first - 4} {TALL - 5}L{first + 3 * STEP + 4} 5"
    x = _left(place)
    return f"M{x} 2V{TALL - 2}"


def _drawn(width, shapes):
    return format_html(
        '<svg class="tally" viewBox="0 0 {0} {1}" width="{0}" height="{1}" fill="none" stroke="currentColor" '
        'aria-hidden="true">{2}</svg>',
        width, TALL, shapes,
    )  # fmt: skip


@register.filter(name="hours")
def told_hours(minutes):
    """An amount of time as people say it."""
    return hours(minutes)


@register.simple_tag
def balance(quarter):
    """Three bars under each other, of one measure: how long each was in this quarter."""
    longest = max(minutes for _, _, minutes in quarter.parts) or 1
    return format_html('<div class="bars" aria-hidden="true">{}</div>', format_html_join("", BAR, (
        (kind, label, round(300 * minutes / longest), hours(minutes)) for kind, label, minutes in quarter.parts
    )))  # fmt: skip
