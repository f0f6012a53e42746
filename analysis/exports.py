"""What a table takes along as files: the cards with the values at stake in them, and the themes.

Nothing here knows a seat. So both sides get the same bytes, and what only one of them may see cannot stand in it. Of
who said something only the side is left: which side, never how many of it, never a name, never a day.
"""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from analysis.models import Tag, Theme
from dialoog.partnerships.models import Party
from experiences.models import Fragment

# A cell that begins so is taken for a formula by programs that calculate.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# Of no meaning: a workbook wants a day on which it was made, and the same words should give the same file.
NO_DAY = datetime(2000, 1, 1)

DIFFER = "de kanten verschillen"


@dataclass(frozen=True)
class Highlight:
    """A card, or a passage of it, in which a value is upheld or harmed, and which sides said so."""

    card: Fragment
    value: object
    stake: str
    start: int
    end: int
    sides: frozenset
    is_disputed: bool

    @property
    def is_whole(self):
        """Whether this is about the card as a whole."""
        return (self.start, self.end) == (0, len(self.card.text))

    @property
    def passage(self):
        """The words this is about; none when it is the whole card."""
        return "" if self.is_whole else self.card.text[self.start : self.end]

    @property
    def word(self):
        """Upheld or harmed, as people say it."""
        return Tag.Stake(self.stake).label


@dataclass(frozen=True)
class Laid:
    """One card as it lies on the board: with which theme, and what was said of it."""

    card: Fragment
    theme: Theme | None
    highlights: tuple


@dataclass(frozen=True)
class Sheet:
    """A table of words: what its columns are called, how wide they read well, and its rows."""

    name: str
    columns: tuple
    rows: tuple

    @property
    def heads(self):
        return [head for head, _ in self.columns]


def laid_out(project):
    """The themes of a round in the order of the board, and every card by number; always the same number of queries."""
    themes = [theme for theme in Theme.of(project) if theme.cards or theme.sentence]
    lies = {placing.fragment_id: theme for theme in themes for placing in theme.cards}
    cards = list(Fragment.objects.filter(project=project).order_by("number"))
    said = _said_of(cards)
    return themes, [Laid(card, lies.get(card.pk), tuple(said.get(card.pk, ()))) for card in cards]


def _said_of(cards):
    """Per card its highlights, in the order of the text and of the alphabet: in which order they came is nowhere."""
    by_key = {card.pk: card for card in cards}
    sides, values, words = {}, {}, {}
    for tag in Tag.objects.filter(fragment__in=by_key).select_related("value", "by"):
        values[tag.value_id] = tag.value
        about = (tag.fragment_id, tag.value_id)
        words.setdefault(about, {}).setdefault(tag.by.party, set()).add(tag.stake)
        tag.fragment = by_key[tag.fragment_id]
        sides.setdefault((*about, tag.stake, *tag.span()), set()).add(tag.by.party)
    found = {}
    for (card, value, stake, start, end), parties in sides.items():
        disputed = _differ(words[card, value])
        told = Highlight(by_key[card], values[value], stake, start, end, frozenset(parties), disputed)
        found.setdefault(card, []).append(told)
    for told in found.values():
        told.sort(key=lambda one: (one.start, one.end, one.value.name.lower(), str(one.value.pk), one.stake))
    return found


def _differ(words):
    """Whether somebody of the one side said another word about this value than somebody of the other."""
    council, municipality = (words.get(party, set()) for party in Party.sides())
    return bool(council and municipality and len(council | municipality) > 1)


def cards_sheet(project):
    """Every card, a row for each value at stake in it; a card of which nobody said so has one row."""
    _, laid = laid_out(project)
    names = [_side(project, party) for party in Party.sides()]
    columns = (
        ("Kaartje", 9), ("Kop", 30), ("Tekst", 70), ("Thema", 34), ("Passage", 44), ("Waarde", 22),
        ("Waargemaakt of geschonden", 18), (names[0], 16), (names[1], 16), ("Verschil", 12),
        ("Mag letterlijk worden aangehaald", 18), ("Mag openbaar worden", 14),
    )  # fmt: skip
    rows = [row for one in laid for row in _card_rows(one)]
    return Sheet("Kaartjes", columns, tuple(rows))


def _card_rows(one):
    card = one.card
    before = (card.number, card.heading, _lines(card.text), one.theme.label if one.theme else "")
    after = (_yes(card.may_quote), _yes(card.may_publish))
    for said in one.highlights:
        parties = [_yes(party in said.sides, "") for party in Party.sides()]
        yield (*before, _lines(said.passage), said.value.name, said.word, *parties,
               DIFFER if said.is_disputed else "", *after)  # fmt: skip
    if not one.highlights:
        yield (*before, "", "", "", "", "", "", *after)


def themes_sheet(project):
    """Every theme with its words, the numbers of its cards, and the values at stake in them."""
    themes, laid = laid_out(project)
    names = [_side(project, party) for party in Party.sides()]
    columns = (
        ("Thema", 40), ("Uitleg", 60), ("Kaartjes", 18), ("Wat goed gaat", 44), ("Tegenstem", 44),
        (f"Zo leest de {names[0].lower()} dit", 44), (f"Zo leest de {names[1].lower()} dit", 44),
        ("Waarden waargemaakt", 26), ("Waarden geschonden", 26), ("Eén ingrijpend verhaal", 14),
    )  # fmt: skip
    rows = [_theme_row(theme, [one for one in laid if one.theme == theme]) for theme in themes]
    return Sheet("Thema’s", columns, tuple(rows))


def _theme_row(theme, laid):
    named = {stake: {} for stake in Tag.Stake.values}
    for one in laid:
        for said in one.highlights:
            # What the other side sees otherwise does not stand there as if both said it.
            named[said.stake][said.value.name] = named[said.stake].get(said.value.name) or said.is_disputed
    texts = (theme.going_well, theme.counter_voice, theme.council_reading, theme.municipality_reading)
    return (
        theme.label,
        _lines(theme.explanation),
        ", ".join(str(one.card.number) for one in laid),
        *map(_lines, texts),
        *(_named(named[stake]) for stake in (Tag.Stake.UPHELD, Tag.Stake.HARMED)),
        _yes(theme.single_story, ""),
    )


def _named(values):
    """These values by name, each with a word when the sides see it differently in one of the cards."""
    told = sorted(values.items(), key=lambda one: one[0].lower())
    return ", ".join(f"{name} ({DIFFER})" if disputed else name for name, disputed in told)


def _side(project, party):
    name = project.partnership.side_name(party)
    return name[0].upper() + name[1:]


def _yes(answer, no="nee"):
    return "ja" if answer else no


def _lines(text):
    """A text with one kind of line end, as a cell wants it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def cards_csv(project):
    """The cards with what was said of them, as plain rows."""
    return as_csv(cards_sheet(project))


def themes_csv(project):
    """The themes, as plain rows."""
    return as_csv(themes_sheet(project))


def as_csv(sheet):
    """The sheet as a Dutch Excel opens it at a click: with a mark that says UTF-8, and semicolons."""
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([[harmless(cell) for cell in row] for row in (sheet.heads, *sheet.rows)])
    return kept.getvalue().encode("utf-8-sig")


def harmless(cell):
    """A cell that no program takes for a formula: a sign before it makes it words."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def as_workbook(project):
    """Cards, themes and a page that explains them, in one workbook; every cell is words, never a formula."""
    kept, table = io.BytesIO(), project.partnership
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    book.set_properties(
        {
            "title": f"Kaartjes en thema’s van ronde {project.number}",
            "author": str(table),
            "company": str(table),
            "created": NO_DAY,
        }
    )
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in (cards_sheet(project), themes_sheet(project), _explained(project)):
        _write(book.add_worksheet(sheet.name), sheet, head, words)
    book.close()
    return kept.getvalue()


def _write(page, sheet, head, words):
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, name, head)
    for place, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            write = page.write_number if isinstance(cell, int) else page.write_string
            write(place, column, cell, words)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _explained(project):
    names = " en ".join(_side(project, party) for party in Party.sides())
    return Sheet(
        "Uitleg",
        (("Wat", 30), ("Uitleg", 100)),
        (
            ("Ronde", f"Ronde {project.number}: {project.subject}"),
            ("De vraag", project.question),
            ("Kaartje", "Een stukje uit wat iemand vertelde, nagekeken door de raad. Dit is geen steekproef."),
            ("Passage", "De woorden waar het om gaat. Leeg: het gaat om het hele kaartje."),
            (names, "Ja: iemand van die kant zei dat deze waarde hier op het spel staat. Hoeveel mensen dat zeiden, "
                    "en wie, staat er met opzet niet bij."),
            ("Verschil", "Over deze waarde in dit kaartje denken de kanten niet hetzelfde. Dat hoort in de dialoog."),
            ("Mag letterlijk worden aangehaald", "Nee: lees het, maar haal de woorden nergens aan."),
            ("Mag openbaar worden", "Nee: laat de woorden aan niemand buiten deze tafel lezen."),
            ("Trekt iemand zich terug?", "Dan verdwijnt het kaartje uit Dialoog, maar niet uit dit bestand. "
                                         "Gooi dit bestand dan weg en haal een nieuw op."),
        ),
    )  # fmt: skip
