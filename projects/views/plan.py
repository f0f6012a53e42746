"""Which stories and figures will be collected, and how."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.views import posted, text_history
from projects import forms, rules
from projects.models import (
    CollectionPlan,
    Nod,
    Project,
)
from projects.views.asking import asked


@require_GET
@seated(rules.may_read, project=Project)
def plan(request, seat, project):
    """Which stories and figures will be collected, and who agreed."""
    plan = CollectionPlan.objects.visible_to(seat).filter(project=project).first()
    nods = project.nods(Nod.About.PLAN)
    context = {
        "project": project,
        "plan": plan,
        "conflicts": plan.open_conflicts(seat) if plan else [],
        "nods": nods,
        "own_nod": nods.get(seat.party),
        "may_prepare": rules.may_prepare(seat),
    }
    return page(request, "projects/plan.html", context)


@form_page
@seated(rules.may_prepare, project=Project)
def change_plan(request, seat, project):
    """Write what will be collected; a change voids what was agreed."""
    plan = CollectionPlan.objects.visible_to(seat).filter(project=project).first()
    form = forms.PlanForm(posted(request), seat=seat, instance=plan, project=project)
    home = seat.url("projects:plan", project=project.pk)
    agreed = plan is not None and bool(project.nods(Nod.About.PLAN))
    lead = (
        "Na een verandering zeggen beide kanten opnieuw ja."
        if agreed
        else "Spreek dit af voordat u begint met ophalen."
    )
    said = "Opgeslagen. Nu zeggen beide kanten ja."
    return asked(request, seat, form, home, "Wat wij ophalen, en hoe", lead=lead, said=said)


@form_page
@seated(rules.may_read, plan=CollectionPlan)
def plan_text(request, seat, plan):
    """The earlier texts of the plan."""
    return text_history(request, seat, plan)


@require_POST
@seated(rules.may_prepare, plan=CollectionPlan)
def agree_plan(request, seat, plan):
    """This side agrees to the plan as it was read."""
    plan.agree(seat, seen=seen_in(request))
    return back(request, seat.url("projects:plan", project=plan.project_id), said="Uw kant zei ja.")
