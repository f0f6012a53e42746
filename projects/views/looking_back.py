"""Looking back on a round, both sides beside one another, and what the next round can learn from it."""

from itertools import groupby

from django.views.decorators.http import require_GET

from dialoog.pages import form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import posted, text_history
from projects import forms, rules
from projects.models import CloseOut, Project
from projects.views.asking import asked


@require_GET
@seated(rules.may_read, project=Project)
def close_out(request, seat, project):
    """How both sides look back, question by question."""
    found = CloseOut.objects.visible_to(seat).of(project)
    own = found.get(seat.party)
    context = {
        "project": project,
        "asked": CloseOut.beside(found) if found else [],
        "own": own,
        "conflicts": own.open_conflicts(seat) if own else [],
        "may_look_back": rules.may_look_back(seat, project),
        "is_time": CloseOut.is_time(project),
    }
    return page(request, "projects/close_out.html", context)


@form_page
@seated(rules.may_look_back, project=Project)
def change_close_out(request, seat, project):
    """Fill in how the own side looks back."""
    own = CloseOut.objects.visible_to(seat).of(project).get(seat.party)
    form = forms.CloseOutForm(posted(request), seat=seat, instance=own, project=project)
    home = seat.url("projects:close_out", project=project.pk)
    lead = "Uw kant schrijft dit zelf. De andere kant leest het ernaast. U hoeft niet alles in te vullen."
    return asked(request, seat, form, home, "Terugkijken op deze ronde", lead=lead)


@form_page
@seated(rules.may_read, close_out=CloseOut)
def close_out_text(request, seat, close_out):
    """The earlier texts of a side that looked back."""
    return text_history(request, seat, close_out)


@require_GET
@seated(rules.may_read)
def lessons(request, seat):
    """What was learnt in all rounds, and what they left open, for the next one."""
    return page(request, "projects/lessons.html", {"rounds": learnt(seat), "may_start": rules.may_start(seat)})


def learnt(seat):
    """What each round taught, the newest first: the round, and the lessons of both sides question by question."""
    known = groupby(CloseOut.objects.visible_to(seat).lessons(), key=lambda one: one.project)
    taught = {project: {one.party: one for one in both} for project, both in known}
    for project in Project.objects.visible_to(seat).closed().with_people().exclude(open_themes=""):
        taught.setdefault(project, {})
    return [
        (project, [one for one in CloseOut.beside(both, CloseOut.LESSONS) if any(text for _, text in one.answers)])
        for project, both in sorted(taught.items(), key=lambda pair: -pair[0].number)
    ]
