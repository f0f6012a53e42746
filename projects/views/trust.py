"""Phase zero: trust, and each side's own backing."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Party
from dialoog.partnerships.views import text_history, written
from projects import forms, rules
from projects.models import (
    BackingNote,
    Nod,
    Project,
)


@require_GET
@seated(rules.may_read, project=Project)
def trust(request, seat, project):
    """Phase zero: is there enough trust, and does each side's backing know?"""
    return _trust(request, seat, project)


@require_POST
@seated(rules.may_prepare, project=Project)
def confirm_trust(request, seat, project):
    """This side says that there is enough trust to begin."""
    project.confirm_trust(seat)
    return back(request, seat.url("projects:trust", project=project.pk), said="Uw kant zei ja.")


@require_POST
@seated(rules.may_prepare, project=Project)
def backing(request, seat, project):
    """Write down how the own backing was told."""
    form = _backing_form(seat, project, request.POST)
    if saved := form.kept(seat):
        return written(request, seat, saved, saved.address(seat))
    return _trust(request, seat, project, form)


@form_page
@seated(rules.may_read, note=BackingNote)
def backing_text(request, seat, note):
    """The earlier texts of a side about its backing."""
    return text_history(request, seat, note)


def _backing_form(seat, project, data=None):
    known = BackingNote.objects.visible_to(seat).filter(project=project, party=seat.party).first()
    return forms.BackingForm(data, seat=seat, instance=known, project=project)


def _trust(request, seat, project, form=None):
    notes = {note.party: note for note in BackingNote.objects.visible_to(seat).filter(project=project)}
    nods = project.nods(Nod.About.TRUST)
    context = {
        "project": project,
        "sides": [(party, nods.get(party), notes.get(party)) for party in Party.sides()],
        "nods": nods,
        "form": form or (_backing_form(seat, project) if seat.is_side else None),
    }
    return page(request, "projects/trust.html", context, status=422 if form else 200)
