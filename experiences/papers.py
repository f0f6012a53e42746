"""The papers of a conversation, each one sheet: read aloud, asked from, written on, handed over, cut out, sent."""

import math
import re

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from dialoog import paper
from experiences.models import Passage, Story
from experiences.models.papers import FROM_RIGHT, dutch_card

CARDS = 13.5
# Points. In this order the first that fits on one page; smaller than the last is never printed.
SIZES = (14.5, 14, 13.5, 13)
# The rules to write on, per part of a story.
RULES = {"happened": 8, "effect": 3, "well": 3, "badly": 3, "different": 3}
# How much text a card of an eighth, or a quarter, of a sheet holds: letters per line, lines.
LINE, LINES = 38, 8


def consent_card(text, reach, code=""):
    """To read aloud before somebody tells, with a strip that the teller keeps."""
    return paper.on_one_page(_consent_card(text, reach, code), SIZES)


def consent_card_pages(text, reach):
    """How many pages the card takes."""
    return paper.pages(_consent_card(text, reach, "K4M 72"), SIZES)


def _consent_card(text, reach, code):
    paragraphs = [part.strip() for part in text.after_the_first_line.splitlines() if part.strip()]
    told = {"text": text, "paragraphs": paragraphs, "line": lines_of(text), "code": code, "reach": reach}
    return _html(text.partnership, "consent", alone=alone(text.partnership), **told)


def alone(table):
    """Where a teller of this table withdraws without us, as one types it."""
    there = settings.SITE_URL.partition("://")[2] + reverse("withdraw_alone", kwargs={"council": table.slug})
    return there.removesuffix("/")


def lines_of(text):
    """The lines of the card: each in the language of the text, or in Dutch where that language has none."""
    dutch = dutch_card(text.partnership)
    own = text.on_card(dutch)
    return {name: _said(text.code, own[name]) if own[name] else _said("nl", words) for name, words in dutch.items()}


def _said(code, words):
    """These words, with the language that they are in and where it begins."""
    return format_html('<span lang="{}" dir="{}">{}</span>', code, "rtl" if code in FROM_RIGHT else "ltr", words)


def guide(written):
    """What to ask, in the words of the council."""
    parts = [(_label(written, name), _lines(getattr(written, name))) for name in written.texts]
    project = written.project
    return _sheet(written.partnership, "guide", project=project, parts=parts, question=project.question)


def notes(partnership, code=""):
    """Rules to write on, for whoever would rather type it in later."""
    parts = [(label, range(RULES[field])) for field, label in Passage.Field.choices]
    return _sheet(partnership, "notes", parts=parts, meanings=Story.Meaning.labels, code=code)


def referral(addresses):
    """Where somebody can turn to who needs help now, or has a complaint."""
    parts = {name: addresses.lines(name) for name in ("urgent", "nearby", "complaint")}
    checked = addresses.history.latest().history_date
    return _sheet(addresses.partnership, "referral", reach=addresses.reach, checked=checked, **parts)


def letter(feedback):
    """What came of it, for one teller."""
    parts = [_with_points(part) for part in feedback.text.split("\n\n") if part.strip()]
    return _sheet(feedback.partnership, "letter", parts=parts, today=timezone.localdate())


def _with_points(part):
    """What stands before the points of a paragraph, and each point ('- …') with the lines that belong to it."""
    before, *points = re.split(r"^- ", part.strip(), flags=re.MULTILINE)
    return before.strip(), [_lines(point) for point in points]


def reading_log(teller, readings):
    """Who read what this teller said, and why; never what stood there."""
    return _sheet(teller.partnership, "log", code=teller.code, readings=readings, today=timezone.localdate())


def cards(project, fragments):
    """The cards of a round to cut out: eight on a sheet, and a larger piece of paper for what is longer."""
    short = [card for card in fragments if _takes(card) <= LINES]
    long = [card for card in fragments if _takes(card) > LINES]
    rows = [{"cards": short[place : place + 2]} for place in range(0, len(short), 2)]
    rows += [{"cards": [card], "wide": True} for card in long]
    return paper.render(_html(project.partnership, "cards", project=project, rows=rows), CARDS)


def _takes(card):
    """How many lines the text of a card takes in half the width of a sheet."""
    heading = 1 if len(card.heading) > 28 else 0
    return heading + sum(max(1, math.ceil(len(line) / LINE)) for line in card.text.splitlines())


def _sheet(partnership, name, **told):
    return paper.on_one_page(_html(partnership, name, **told), SIZES)


def _html(partnership, name, **told):
    told |= {"partnership": partnership, "style": paper.style("papers.css")}
    return render_to_string(f"experiences/print_{name}.html", told)


def _label(thing, field):
    label = thing._meta.get_field(field).verbose_name
    return label[0].upper() + label[1:]


def _lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]
