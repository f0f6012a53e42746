"""All commitments of a table in one sheet, as the reports tell them."""

import io

import xlsxwriter
from django.utils.html import escape

from dialoog.report import composition
from projects.models import Project
from projects.report import chapters, outside

COLUMNS = (
    ("Ronde", 8),
    ("Onderwerp", 28),
    ("Wat wij afspreken", 48),
    ("Komt door", 32),
    ("Kant", 14),
    ("Wie", 28),
    ("Uiterlijk", 13),
    ("Waaraan merkt een {client} het?", 40),
    ("Stand", 18),
    ("Wat {clients} zeiden, of waarom", 44),
)


def commitments(seat):
    """The bytes of the sheet: every round that the seat may see, the newest first, then what meetings agreed on."""
    file = io.BytesIO()
    # What people typed is text: a cell that begins with = is never a formula, an address never a link.
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    )
    table = seat.partnership
    book.set_properties({"title": "Afspraken", "author": str(table), "company": str(table)})
    sheet, rows = book.add_worksheet("Afspraken"), _rows(seat)
    text = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmmm yyyy", "valign": "top"})
    for place, (_, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width, text)
    words = {"client": table.client_word, "clients": table.clients_word}
    heads = [{"header": head.format(**words)} for head, _ in COLUMNS]
    look = {"columns": heads, "name": "Afspraken", "style": "Table Style Light 1"}
    sheet.add_table(0, 0, max(len(rows), 1), len(COLUMNS) - 1, look)
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if place == DUE:
                sheet.write_datetime(number, place, value, day)
            else:
                sheet.write(number, place, value, text)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return file.getvalue()


DUE = [head for head, _ in COLUMNS].index("Uiterlijk")


def _rows(seat):
    sieve, told = composition.Sieve.of(seat.partnership, public=False), []
    for project in Project.objects.visible_to(seat).order_by("-number"):
        agreed = next(one for one in chapters(project) if one.slot == "afspraken")
        for row in agreed.context["rows"]:
            told.append([project.number, project.subject, *_cells(row | _permitted(row, sieve), seat.partnership)])
    for row in outside(seat.partnership):
        told.append(["", "In het overleg", *_cells(row | _permitted(row, sieve), seat.partnership)])
    return told


def _cells(row, table):
    side = "beide" if row["party"] == "both" else table.side_name(row["party"])
    heard = " ".join(filter(None, [row["clients_said"] or row["reason"], row["moved"]]))
    state = f"{row['state']}, gesloten door beide kanten" if row["is_closed"] else row["state"]
    return [row["what"], row["because"], side, row["who"], row["due"], row["client_notices"], state, heard]


def _permitted(row, sieve):
    """The words of a commitment, without a sentence that was copied from a card that may not be quoted."""
    typed = {name: row[name] for name in WORDS} | {"moved": " ".join(row["due_story"])}
    return {name: composition.plain(sieve(escape(words))[0]) for name, words in typed.items()}


WORDS = ("what", "because", "client_notices", "clients_said", "reason")
