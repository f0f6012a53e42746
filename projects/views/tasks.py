"""Tasks: mine, the round's, and those that want another day; done with a word, moved without shame."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.templatetags.dialoog import dutch_date
from dialoog.partnerships.views import posted
from projects import forms, rules
from projects.models import Commitment, Project, Task
from projects.models.drafting import working_day
from projects.views.asking import asked

WHOSE = [("mijn", "Taken van mij"), ("iedereen", "Taken van iedereen"), ("dag", "Zoekt een andere dag")]
COLUMNS = [
    ("passed", "De dag ging voorbij"), ("soon", "Binnen een week"), ("later", "Later"), ("done", "Klaar"),
]  # fmt: skip


@require_GET
@seated(rules.may_read)
def tasks(request, seat):
    """The tasks of the running rounds, as a list or as a board."""
    whose = request.GET.get("wie") if request.GET.get("wie") in dict(WHOSE) else "mijn"
    known = Task.objects.visible_to(seat).running()
    sorts = {"mijn": known.of_member(seat), "iedereen": known, "dag": known.past_day()}
    found = list(sorts[whose].with_people().by_day())
    commitments = Commitment.objects.visible_to(seat).with_people().unfinished()
    commitments = commitments.filter(Q(owner_member=seat) | Q(helper=seat))
    running = list(Project.objects.visible_to(seat).running())
    context = {
        "whose": whose,
        # With two rounds at once 'Het verslag klaarmaken' alone says too little.
        "many_rounds": len(running) > 1,
        "board": request.GET.get("als") == "bord",
        "choices": [(name, label, sorts[name].open().count()) for name, label in WHOSE],
        "columns": [(name, label, [one for one in found if one.column == name]) for name, label in COLUMNS],
        "any": bool(found),
        "open": any(not task.is_done for task in found),
        "running": running,
        "commitments": commitments.order_by("due") if whose == "mijn" else [],
        "may_prepare": rules.may_prepare(seat),
    }
    return page(request, "projects/tasks.html", context)


@form_page
@seated(rules.may_prepare, task=Task)
def change_task(request, seat, task):
    """Change a task, or move its date."""
    home = seat.url("projects:people", project=task.project_id)
    form = forms.TaskForm(posted(request), seat=seat, instance=task)
    return asked(
        request, seat, form, home, "Verander deze taak", anchor="taken", said="Opgeslagen.",
        lead="Een andere dag kiezen mag altijd.",
    )  # fmt: skip


@form_page
@seated(rules.may_finish, task=Task)
def finish(request, seat, task):
    """The task is done, with a word about it if there is one."""
    form = forms.FinishForm(posted(request), seat=seat, instance=task)
    said = "Opgeslagen." if task.is_done else "Mooi, die is klaar."
    return asked(
        request, seat, form, _home(request, seat, task), task.what, template="projects/finish.html", said=said,
        verb="Bewaar" if task.is_done else "Het is klaar", task=task, anchor="taken",
    )  # fmt: skip


@form_page
@seated(rules.may_move_task, task=Task)
def move_task(request, seat, task):
    """Another day for a task, without having to say why."""
    today = timezone.localdate()
    # A task may stand at the last day there is.
    last = min(max(task.due, today), date.max - timedelta(days=31))
    weeks = [working_day(last + timedelta(days=days)) for days in (7, 14)]
    # What is on the screen is a day that still comes; a day that passed would only be refused.
    form = forms.MoveTaskForm(posted(request), seat=seat, instance=task, initial={"due": max(task.due, today)})
    return asked(
        request, seat, form, _home(request, seat, task), "Kies een andere dag", anchor="taken",
        template="projects/move_task.html", verb="Kies deze dag", task=task, weeks=weeks,
        said=lambda kept: f"Prima. De taak staat nu op {dutch_date(kept.due)}.",
    )  # fmt: skip


@require_POST
@seated(rules.may_finish, task=Task)
def take_up_again(request, seat, task):
    """The task was not done after all."""
    task.take_up_again(seat)
    return back(request, _home(request, seat, task), "taken", "De taak staat weer open.")


@require_POST
@seated(rules.may_prepare, task=Task)
def drop_task(request, seat, task):
    """The task is no longer needed."""
    task.drop(seat)
    return back(request, _home(request, seat, task), "taken", "De taak is weg.")


def _home(request, seat, task):
    """Back to where the button was pressed: the round's people, or the list or board of tasks as it was."""
    told = {**request.GET.dict(), **request.POST.dict()}
    if told.get("terug") == "ronde":
        return seat.url("projects:people", project=task.project_id)
    if told.get("terug") in dict(WHOSE):
        board = "&als=bord" if told.get("als") == "bord" else ""
        return f"{seat.url('projects:tasks')}?wie={told['terug']}{board}"
    return seat.url("projects:tasks")
