"""Who takes part, in which pairs, and who does what."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import posted
from projects import forms, rules
from projects.models import (
    Pair,
    Pledge,
    Project,
    Task,
)
from projects.views.asking import asked


@require_GET
@seated(rules.may_read, project=Project)
def people(request, seat, project):
    """Who takes part, in which pairs, and who does what."""
    return _people(request, seat, project)


@require_POST
@seated(rules.may_prepare, project=Project)
def ask(request, seat, project):
    """Ask somebody to take part."""
    form = forms.PledgeForm(request.POST, seat=seat, project=project, prefix="ask")
    if pledge := form.kept(seat):
        said = f"{pledge.member} is gevraagd en geeft zelf antwoord."
        return back(request, seat.url("projects:people", project=project.pk), said=said)
    return _people(request, seat, project, ask_form=form)


@require_POST
@seated(rules.may_prepare, project=Project)
def pair(request, seat, project):
    """Make a pair."""
    form = forms.PairForm(request.POST, seat=seat, project=project, prefix="pair")
    if form.kept(seat):
        return back(request, seat.url("projects:people", project=project.pk), "koppels", "Het koppel staat erbij.")
    return _people(request, seat, project, pair_form=form)


@require_POST
@seated(rules.may_prepare, project=Project)
def task(request, seat, project):
    """Give somebody a task."""
    form = forms.TaskForm(request.POST, seat=seat, project=project, prefix="task")
    if form.kept(seat):
        return back(request, seat.url("projects:people", project=project.pk), "taken", "De taak staat erbij.")
    return _people(request, seat, project, task_form=form)


@form_page
@seated(rules.may_answer, pledge=Pledge)
def answer(request, seat, pledge):
    """Say yes or no, for oneself."""
    form = forms.AnswerForm(posted(request), seat=seat, instance=pledge)
    home = seat.url("projects:people", project=pledge.project_id)
    return asked(
        request, seat, form, home, f"Doet u mee aan ronde {pledge.project.number}?", template="projects/pledge.html",
        verb="Geef dit antwoord", pledge=pledge,
        others=Pledge.objects.visible_to(seat).of(pledge.project).exclude(pk=pledge.pk),
        tasks=Task.objects.visible_to(seat).of(pledge.project).open().filter(member=seat),
        said="Uw antwoord staat erbij. U kunt het later nog veranderen.",
    )  # fmt: skip


@require_POST
@seated(rules.may_prepare, pledge=Pledge)
def drop_pledge(request, seat, pledge):
    """No longer ask somebody who has not answered."""
    pledge.drop(seat)
    return back(
        request,
        seat.url("projects:people", project=pledge.project_id),
        said=f"{pledge.member} wordt niet meer gevraagd.",
    )


@require_POST
@seated(rules.may_prepare, pledge=Pledge)
def ask_again(request, seat, pledge):
    """Remind somebody who has not answered."""
    pledge.ask_again(seat)
    said = f"{pledge.member} krijgt een bericht met een link om te antwoorden."
    return back(request, seat.url("projects:people", project=pledge.project_id), pledge.topic, said)


@require_POST
@seated(rules.may_prepare, pair=Pair)
def part(request, seat, pair):
    """Undo a pair."""
    pair.part(seat)
    return back(request, seat.url("projects:people", project=pair.project_id), "koppels", "Het koppel is uit elkaar.")


def _people(request, seat, project, **bound):
    fresh = {
        "ask_form": lambda: forms.PledgeForm(seat=seat, project=project, prefix="ask"),
        "pair_form": lambda: forms.PairForm(seat=seat, project=project, prefix="pair"),
        "task_form": lambda: forms.TaskForm(
            seat=seat, project=project, prefix="task", initial={"what": request.GET.get("wat", "")[:200]}
        ),
    }
    pledges = Pledge.objects.visible_to(seat).of(project)
    context = {
        "project": project,
        "pledges": pledges,
        # A task stays with whoever said no until somebody takes it over: the list says so.
        "not_along": {pledge.member_id for pledge in pledges if pledge.answer == Pledge.Answer.NO},
        "pairs": Pair.objects.visible_to(seat).of(project),
        "tasks": Task.objects.visible_to(seat).of(project),
        "may_prepare": rules.may_prepare(seat),
        "proposed": "wat" in request.GET,
        **{name: bound.get(name) or make() for name, make in fresh.items()},
    }
    return page(request, "projects/people.html", context, status=422 if bound else 200)
