"""The report on paper and in files: all made from the same chapters, all behind the same refusals."""

import re

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import page
from dialoog.partnerships.door import seated
from dialoog.report import composition, rules, sheets, word, year
from dialoog.report.blocks import Readers
from dialoog.report.models import Edition, Printing, Report, Seen
from dialoog.report.models.editions import FILE_NAMES

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Of a draft only what stays between the two sides and their boards goes on paper; the public text can be read.
ON_PAPER = (Readers.CLOSED, Readers.BOARDS)
TAKEN_BACK = "In dit bestand staan woorden die iemand terugnam. Vraag het opnieuw, dan staan ze er niet meer in."


@require_POST
@seated(rules.may_read, report=Report)
def print_draft(request, seat, report):
    """Have a PDF made of the text as it reads now."""
    if report.is_frozen:
        raise ValidationError("Dit verslag is getekend. Download het getekende verslag.")
    readers = request.POST.get("readers", Readers.CLOSED)
    if readers not in ON_PAPER:
        raise ValidationError("Van een concept is er geen openbaar bestand. Eerst tekenen beide kanten, en zeggen ja.")
    document = composition.compose(report, readers=readers)
    Seen.note_preview(seat, document, Seen.Form.FILE)
    name = f"concept-verslag-ronde-{report.project.number}{FILE_NAMES[readers]}"
    return _follow(seat, Printing.ask(seat, f"Concept van {_small(report)}", name, document.html(), report=report))


@require_POST
@seated(rules.may_read, report=Report)
def print_handout(request, seat, report):
    """Have the sheet of one page made."""
    public = request.POST.get("readers") == Readers.PUBLIC
    readers = Readers.PUBLIC if public else Readers.CLOSED
    if report.is_frozen:
        edition = report.edition(readers)
        if refused := refusal(request, edition):
            return refused
        html = composition.still_permitted(edition.handout, report.project, public=True)
    elif public:
        raise ValidationError("Er is nog geen openbaar verslag. Eerst tekenen beide kanten dezelfde tekst.")
    else:
        html = composition.handout(report, readers)
    draft = "" if report.is_frozen else "concept-"
    name = f"{draft}ronde-{report.project.number}-op-een-bladzijde{FILE_NAMES[readers]}"
    title = f"Ronde {report.project.number} op één bladzijde"
    return _follow(seat, Printing.ask(seat, title, name, html, report=report, one_page=True, public=public))


@require_POST
@seated(rules.may_read)
def print_year(request, seat):
    """Have the overview of a year made as a PDF."""
    wanted = _year(request.POST.get("year", ""))
    public = request.POST.get("readers") == Readers.PUBLIC
    html = year.overview(seat, wanted, public)
    name = f"dialoog-in-{wanted}{FILE_NAMES[Readers.PUBLIC if public else Readers.CLOSED]}"
    return _follow(seat, Printing.ask(seat, f"Dialoog in {wanted}", name, html, public=public))


@require_GET
@seated(rules.may_read, printing=Printing)
def printing(request, seat, printing):
    """How far a file is; the page reads itself again until it is there."""
    kept = printing.edition_id and seat.url("report:kept_pdf", edition=printing.edition_id)
    file = kept or seat.url("report:printed", printing=printing.pk)
    told = {"printing": printing, "file": file, "way_back": _way_back(seat, printing)}
    return page(request, "report/printing.html", told)


@require_POST
@seated(rules.may_read, printing=Printing)
def print_again(request, seat, printing):
    """What failed is tried once more."""
    printing.again(seat)
    return _follow(seat, printing)


@require_GET
@seated(rules.may_read, printing=Printing)
def printed(request, seat, printing):
    """The file that was made."""
    if printing.edition_id or not printing.is_done:
        return redirect(seat.url("report:printing", printing=printing.pk))
    if printing.is_taken_back:
        return page(request, "refused.html", {"sentences": [TAKEN_BACK]}, status=403)
    return _download(printing.require_file(), PDF, f"{printing.name}.pdf")


@require_GET
@seated(rules.may_read, edition=Edition)
def kept_pdf(request, seat, edition):
    """The frozen PDF, byte for byte the same for everyone and for ever."""
    if refused := refusal(request, edition):
        return refused
    if not edition.is_made:
        return _follow(seat, Printing.of(seat, edition))
    Seen.note(seat, Seen.Form.FILE, edition=edition)
    return _download(bytes(edition.pdf), PDF, f"{edition.file_name}.pdf")


@require_GET
@seated(rules.may_read, edition=Edition)
def kept_page(request, seat, edition):
    """The frozen page, byte for byte as it was signed, in one file that needs nothing else."""
    if refused := refusal(request, edition):
        return refused
    Seen.note(seat, Seen.Form.FILE, edition=edition)
    return _download(edition.html.encode(), "text/html; charset=utf-8", f"{edition.file_name}.html")


@require_GET
@seated(rules.may_read, edition=Edition)
def kept_word(request, seat, edition):
    """The signed text as a Word file; a quote that was taken back since is no longer in it."""
    if refused := refusal(request, edition):
        return refused
    report, public = edition.report, edition.readers == Readers.PUBLIC
    sieve = composition.Sieve.of(report.partnership, public)
    file = word.write(composition.still_permitted(edition.printed, report.project, public, sieve), edition.made_at)
    Seen.note(seat, Seen.Form.FILE, edition=edition)
    return _download(file, WORD, f"{edition.file_name}.docx")


@require_GET
@seated(rules.may_read, report=Report)
def draft_word(request, seat, report):
    """The text as it reads now as a Word file."""
    if report.is_frozen:
        return redirect(seat.url("report:kept_word", edition=report.edition(Readers.CLOSED).pk))
    document = composition.compose(report)
    Seen.note(seat, Seen.Form.FILE, document=document)
    return _download(word.write(document.printed), WORD, f"concept-verslag-ronde-{report.project.number}.docx")


@require_GET
@seated(rules.may_read)
def commitments_sheet(request, seat):
    """All commitments of this table in one sheet, for who keeps a list of their own."""
    return _download(sheets.commitments(seat), EXCEL, "afspraken.xlsx")


@require_GET
@seated(rules.may_read)
def years(request, seat):
    """The overview of a year, for the annual report of either side."""
    told = {"years": year.years(seat), "public": request.GET.get("lezers") == Readers.PUBLIC}
    wanted = _year(request.GET.get("jaar") or str(told["years"][0]))
    return page(request, "report/years.html", told | year.told(seat, wanted, told["public"]))


def refusal(request, edition):
    """The page that says why nobody gets this version, or None."""
    if edition.readers != Readers.PUBLIC:
        return None
    try:
        edition.report.public_edition()
    except ValidationError as refused:
        return page(request, "refused.html", {"sentences": refused.messages}, status=403)
    return None


def _follow(seat, printing):
    return redirect(seat.url("report:printing", printing=printing.pk))


def _way_back(seat, printing):
    return printing.report.address(seat) if printing.report_id else seat.url("report:years")


def _year(typed):
    if not re.fullmatch("2[0-9]{3}", typed):
        raise Http404
    return int(typed)


def _small(report):
    return f"het verslag van ronde {report.project.number}"


def _download(content, kind, name):
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
