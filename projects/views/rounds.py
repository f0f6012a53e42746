"""The round itself: what it is about, where it stands, and its way from phase to phase."""

from functools import cache

from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Event
from dialoog.partnerships.views import posted, text_history
from projects import forms, rules
from projects.models import (
    Commitment,
    Pledge,
    Project,
    RoundDraft,
    Task,
)
from projects.views.asking import asked


@require_GET
@seated(rules.may_read)
def rounds(request, seat):
    """All rounds of this table, the newest first."""
    rounds = Project.objects.visible_to(seat).with_people()
    told = {"rounds": rounds, "may_start": rules.may_start(seat), "draft": RoundDraft.objects.visible_to(seat).first()}
    return page(request, "projects/list.html", told)


@form_page
@seated(rules.may_start)
def start(request, seat):
    """Begin a round."""
    form = forms.ProjectForm(posted(request), seat=seat, initial=_chosen_values(request))
    return asked(
        request, seat, form, seat.url("projects:list"), "Begin een ronde", verb="Begin deze ronde",
        lead="Begin klein en licht: één onderwerp, één vraag, een paar verhalen.", said="De ronde is begonnen.",
        onward=lambda made: made.address(seat),
    )  # fmt: skip


@require_GET
@seated(rules.may_read)
def current(request, seat):
    """The running round, or the list when there is none."""
    project = Project.objects.visible_to(seat).current()
    return redirect(seat.url("projects:detail", project=project.pk) if project else seat.url("projects:list"))


@require_GET
@seated(rules.may_read, project=Project)
def detail(request, seat, project):
    """Where the round stands, who takes part, and what is next."""
    context = {
        "project": project,
        "conflicts": cache(lambda: project.open_conflicts(seat)),
        "proposed_by": seat.partnership.side_name(project.proposed_by_side),
        "pledges": Pledge.objects.visible_to(seat).of(project),
        "tasks": Task.objects.visible_to(seat).of(project),
        "commitments": Commitment.objects.visible_to(seat).filter(project=project).with_people().standing(),
        "values": project.values.all(),
        "checks": cache(lambda: [check for check in _next_checks(project) if not check.ok]),
        "events": Event.objects.visible_to(seat).about(project)[:20],
        "may_move": rules.may_move(seat, project),
        "may_change": rules.may_change(seat, project),
        "may_hand_lead": rules.may_hand_lead(seat, project),
    }
    return page(request, "projects/detail.html", context)


@form_page
@seated(rules.may_change, project=Project)
def change(request, seat, project):
    """Change what the round is about."""
    form = forms.ProjectForm(posted(request), seat=seat, instance=project)
    return asked(request, seat, form, project.address(seat), "Verander deze ronde")


@form_page
@seated(rules.may_read, project=Project)
def project_text(request, seat, project):
    """The earlier texts of a round."""
    return text_history(request, seat, project)


@form_page
@seated(rules.may_hand_lead, project=Project)
def lead(request, seat, project):
    """Ask somebody else to lead; they say yes or no themselves."""
    form = forms.LeadForm(posted(request), seat=seat, instance=project)
    return asked(
        request, seat, form, project.address(seat), "Draag de ronde over", verb="Vraag deze persoon",
        lead="Een ronde heeft altijd één trekker.",
        said=lambda kept: (
            f"{kept.lead_asked} is gevraagd. Tot het ja is {kept.lead} de trekker."
            if kept.lead_asked else f"{kept.lead} is de trekker."
        ),
    )  # fmt: skip


@require_POST
@seated(rules.may_answer_lead, project=Project)
def answer_lead(request, seat, project):
    """Who was asked to lead says yes or no."""
    answer = request.POST.get("answer") == "yes"
    project.answer_lead(seat, answer)
    said = "U bent nu de trekker van deze ronde." if answer else "U wordt geen trekker."
    return back(request, project.address(seat), said=said)


@require_GET
@seated(rules.may_read, project=Project)
def start_check(request, seat, project):
    """Everything that should be so before collecting, each line leading to where it is mended."""
    return page(request, "projects/start_check.html", {"project": project, **_readiness(project)})


@form_page
@seated(rules.may_move, project=Project)
def advance(request, seat, project):
    """One phase further."""
    home = seat.url("projects:detail", project=project.pk)
    if project.next_phase is None:
        return redirect(home)
    form = forms.MoveForm(posted(request), seat=seat, instance=project)
    return asked(
        request, seat, form, home, f"Naar ‘{project.next_phase.label}’", template="projects/advance.html",
        verb=form.verb(f"naar ‘{project.next_phase.label}’"), project=project,
        checks=project.checks_for(project.next_phase), said=lambda kept: f"De ronde staat nu bij ‘{kept.phase_label}’.",
    )  # fmt: skip


@form_page
@seated(rules.may_move, project=Project)
def go_back(request, seat, project):
    """One phase back, with the reason."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.BackForm(posted(request), seat=seat, instance=project)
    return asked(
        request, seat, form, home, "Een stap terug", verb="Ga een stap terug",
        lead="Wat al gedaan is, blijft staan.", said=lambda kept: f"De ronde staat weer bij ‘{kept.phase_label}’.",
    )  # fmt: skip


@form_page
@seated(rules.may_move, project=Project)
def close(request, seat, project):
    """Close the round."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.CloseForm(posted(request), seat=seat, instance=project)
    return asked(
        request, seat, form, home, "Sluit de ronde af", template="projects/advance.html", verb=form.verb("sluit af"),
        project=project, checks=_next_checks(project), said="De ronde is afgesloten. De afspraken lopen door.",
    )  # fmt: skip


@form_page
@seated(rules.may_commit, project=Project)
def override(request, seat, project):
    """This side wants to make commitments although the listening was not noted."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.OverrideForm(posted(request), seat=seat, instance=project)
    lead = "Luisteren gaat voor. Alleen als beide kanten dat willen, kan het zonder."
    said = "Genoteerd. Het geldt zodra de andere kant het ook wil."
    return asked(request, seat, form, home, "Verder zonder luisteren", verb="Wij willen verder", lead=lead, said=said)


def _chosen_values(request):
    """The values that were ticked on the page of values, on the way to a new round."""
    return {"values": request.GET.getlist("waarde")} if "waarde" in request.GET else {}


def _readiness(project):
    """The start check, and the part of it that each side does for itself."""
    checks = project.start_check()
    required = [check for check in checks if check.enforced]
    return {
        "checks": checks,
        "parts": project.readiness(),
        "done": sum(check.ok for check in checks),
        "may_collect": all(check.ok for check in required),
    }


def _next_checks(project):
    return project.checks_for(project.next_phase) if project.next_phase is not None else []
