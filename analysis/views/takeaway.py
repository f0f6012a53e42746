"""What a table takes along: the board and the cards on paper, and files for other programs."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from analysis import exports, papers, refi, rules
from analysis.models import Tag
from dialoog.pages import page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_number
from experiences.models import Fragment
from projects.models import Project

CSV = "text/csv; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@seated(rules.may_read, project=Project)
def take_along(request, seat, project):
    """What there is to take along, and what each file is for."""
    cards = Fragment.objects.visible_to(seat).of(project).count()
    return page(request, "analysis/take_along.html", {"project": project, "cards": cards})


@require_GET
@seated(rules.may_read, project=Project)
def highlights(request, seat, project):
    """All that was said about values, card by card, fifty on a page."""
    cards, go_on = Tag.objects.visible_to(seat).page_from(project, sent_number(request.GET, "vanaf"))
    told = {"project": project, "cards": cards, "go_on": go_on, "begun": sent_number(request.GET, "vanaf") > 0}
    return page(request, "analysis/highlights.html", told)


@require_GET
@seated(rules.may_read, project=Project)
def board_sheet(request, seat, project):
    """The board as it lies now, on paper."""
    return _file(seat, project, papers.board, "application/pdf", f"bord-ronde-{project.number}.pdf", "inline")


@require_GET
@seated(rules.may_read, project=Project)
def workbook(request, seat, project):
    """Cards and themes in one workbook."""
    return _file(seat, project, exports.as_workbook, WORKBOOK, f"ronde-{project.number}.xlsx")


@require_GET
@seated(rules.may_read, project=Project)
def cards_csv(request, seat, project):
    """The cards with what was said of them, as plain rows."""
    return _file(seat, project, exports.cards_csv, CSV, f"kaartjes-ronde-{project.number}.csv")


@require_GET
@seated(rules.may_read, project=Project)
def themes_csv(request, seat, project):
    """The themes, as plain rows."""
    return _file(seat, project, exports.themes_csv, CSV, f"themas-ronde-{project.number}.csv")


@require_GET
@seated(rules.may_read, project=Project)
def codebook(request, seat, project):
    """The themes and values alone, for a program that analyses interviews."""
    return _file(seat, project, refi.codebook, "application/xml", f"codeboek-ronde-{project.number}.qdc")


@require_GET
@seated(rules.may_read, project=Project)
def qda_project(request, seat, project):
    """Cards, themes and values together, for a program that analyses interviews."""
    return _file(seat, project, refi.qda_project, "application/zip", f"ronde-{project.number}.qdpx")


def _file(seat, project, make, kind, name, shown="attachment"):
    """One file; without a card there is nothing to take along."""
    if not Fragment.objects.visible_to(seat).of(project).exists():
        return redirect(seat.url("analysis:take_along", project=project.pk))
    return HttpResponse(
        make(project), content_type=kind, headers={"Content-Disposition": f'{shown}; filename="{name}"'}
    )
