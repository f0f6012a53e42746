"""A value drawn as a small figure: the cards in which it was upheld, and those in which it was harmed."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

register = template.Library()

INK, SHEET = "#20242b", "#ffffff"
WIDTH, HEIGHT, GAP = 9, 12, 3
# One card, one mark up to this number; above it one plain bar.
MOST = 40


@register.simple_tag
def upheld_and_harmed(upheld, harmed, spoken=False):
    """Rows of cards in ink: full ones for upheld, open ones for harmed. The same in words stands beside it.

    Paper gives a drawing without words no room of its own, so there it says what it shows (`spoken`).
    """
    drawn = [(number, full) for number, full in ((upheld, True), (harmed, False)) if number]
    rows = format_html_join("", "{}", ((_row(number, place, full),) for place, (number, full) in enumerate(drawn)))
    wide, high = max(_width(upheld), _width(harmed), 1), len(drawn) * (HEIGHT + GAP)
    label = f"{upheld} dichte en {harmed} open vakjes"
    silence = format_html('role="img" aria-label="{}"', label) if spoken else mark_safe('aria-hidden="true"')
    # The sizes stand in the drawing itself: the PDF renderer does not apply page CSS inside SVG.
    return format_html(
        '<svg class="stake-cards stake-cards--{3}" viewBox="0 0 {0} {1}" width="{0}" height="{1}" {4}>{2}</svg>',
        wide, high, rows, len(drawn), silence,
    )  # fmt: skip


def _width(number):
    return min(number, MOST) * (WIDTH + GAP)


def _row(number, place, full):
    top = place * (HEIGHT + GAP)
    if number > MOST:
        return _card(0, top, _width(number), full)
    return format_html_join("", "{}", ((_card(at * (WIDTH + GAP), top, WIDTH, full),) for at in range(number)))


def _card(left, top, width, full):
    fill = INK if full else SHEET
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}" stroke-width="1.4"/>',
        left + 0.7, top + 0.7, width - 1.4, HEIGHT - 1.4, fill, INK,
    )  # fmt: skip


@register.simple_tag
def in_cards(upheld, harmed):
    """The same in words: 'geschonden in 4 kaartjes, waargemaakt in 2'."""
    told = []
    for number, word in ((harmed, "geschonden"), (upheld, "waargemaakt")):
        if number:
            cards = "" if told else " kaartje" if number == 1 else " kaartjes"
            told.append(f"{word} in {number}{cards}")
    return ", ".join(told)
