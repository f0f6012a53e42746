"""The round, its people and plan, commitments, and the consultation meetings."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import Event, Party
from dialoog.partnerships.views import text_history, written
from projects import forms, rules
from projects.models import (
    AgendaItem,
    BackingNote,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Nod,
    Pair,
    Pledge,
    Project,
    Task,
)

form_page = require_http_methods(["GET", "POST"])


@require_GET
@seated(rules.may_read)
def rounds(request, seat):
    """All rounds of this table, the newest first."""
    rounds = Project.objects.visible_to(seat).with_people()
    return page(request, "projects/list.html", {"rounds": rounds, "may_start": rules.may_start(seat)})


@form_page
@seated(rules.may_start)
def start(request, seat):
    """Begin a round."""
    form = forms.ProjectForm(_sent(request), seat=seat, initial=_chosen_values(request))
    if project := _saved(form, seat):
        return back(request, seat.url("projects:detail", project=project.pk), said="De ronde is begonnen.")
    return _form(
        request, form, "Begin een ronde", seat.url("projects:list"), verb="Begin deze ronde",
        lead="Begin klein en licht: één onderwerp, één vraag, een paar verhalen.",
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
        "conflicts": project.open_conflicts(seat),
        "proposed_by": seat.partnership.side_name(project.proposed_by_side),
        "pledges": Pledge.objects.visible_to(seat).of(project),
        "tasks": Task.objects.visible_to(seat).of(project),
        "commitments": Commitment.objects.visible_to(seat).filter(project=project).with_people().standing(),
        "values": project.values.all(),
        "checks": [check for check in _next_checks(project) if not check.ok],
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
    form = forms.ProjectForm(_sent(request), seat=seat, instance=project)
    if saved := _saved(form, seat):
        return written(request, seat, saved, project.address(seat))
    return _form(request, form, "Verander deze ronde", project.address(seat))


@form_page
@seated(rules.may_read, project=Project)
def project_text(request, seat, project):
    """The earlier texts of a round."""
    return text_history(request, seat, project)


@form_page
@seated(rules.may_hand_lead, project=Project)
def lead(request, seat, project):
    """Hand the lead to somebody else."""
    form = forms.LeadForm(_sent(request), seat=seat, instance=project)
    home = seat.url("projects:detail", project=project.pk)
    if _saved(form, seat):
        return back(request, home, said=f"{project.lead} is nu de trekker.")
    return _form(
        request, form, "Draag de ronde over", home, verb="Draag over", lead="Een ronde heeft altijd één trekker."
    )


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
    form = forms.MoveForm(_sent(request), seat=seat, instance=project)
    if _saved(form, seat):
        return back(request, home, said=f"De ronde staat nu bij ‘{project.phase_label}’.")
    return _form(
        request, form, f"Naar ‘{project.next_phase.label}’", home, template="projects/advance.html",
        verb=f"Ja, naar ‘{project.next_phase.label}’", project=project, checks=project.checks_for(project.next_phase),
    )  # fmt: skip


@form_page
@seated(rules.may_move, project=Project)
def go_back(request, seat, project):
    """One phase back, with the reason."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.BackForm(_sent(request), seat=seat, instance=project)
    if _saved(form, seat):
        return back(request, home, said=f"De ronde staat weer bij ‘{project.phase_label}’.")
    return _form(
        request, form, "Een stap terug", home, verb="Ga een stap terug", lead="Wat al gedaan is, blijft staan."
    )


@form_page
@seated(rules.may_move, project=Project)
def close(request, seat, project):
    """Close the round."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.CloseForm(_sent(request), seat=seat, instance=project)
    if _saved(form, seat):
        return back(request, home, said="De ronde is afgesloten. De afspraken lopen door.")
    return _form(
        request, form, "Sluit de ronde af", home, template="projects/advance.html", verb="Sluit af", project=project,
        checks=_next_checks(project),
    )  # fmt: skip


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
    if saved := _saved(form, seat):
        return written(request, seat, saved, saved.address(seat))
    return _trust(request, seat, project, form)


@form_page
@seated(rules.may_read, note=BackingNote)
def backing_text(request, seat, note):
    """The earlier texts of a side about its backing."""
    return text_history(request, seat, note)


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
    if pledge := _saved(form, seat):
        said = f"{pledge.member} is gevraagd en geeft zelf antwoord."
        return back(request, seat.url("projects:people", project=project.pk), said=said)
    return _people(request, seat, project, ask_form=form)


@require_POST
@seated(rules.may_prepare, project=Project)
def pair(request, seat, project):
    """Make a pair."""
    form = forms.PairForm(request.POST, seat=seat, project=project, prefix="pair")
    if _saved(form, seat):
        return back(request, seat.url("projects:people", project=project.pk), "koppels", "Het koppel staat erbij.")
    return _people(request, seat, project, pair_form=form)


@require_POST
@seated(rules.may_prepare, project=Project)
def task(request, seat, project):
    """Give somebody a task."""
    form = forms.TaskForm(request.POST, seat=seat, project=project, prefix="task")
    if _saved(form, seat):
        return back(request, seat.url("projects:people", project=project.pk), "taken", "De taak staat erbij.")
    return _people(request, seat, project, task_form=form)


@form_page
@seated(rules.may_answer, pledge=Pledge)
def answer(request, seat, pledge):
    """Say yes or no, for oneself."""
    form = forms.AnswerForm(_sent(request), seat=seat, instance=pledge)
    home = seat.url("projects:people", project=pledge.project_id)
    if _saved(form, seat):
        return back(request, home, said="Uw antwoord staat erbij. U kunt het later nog veranderen.")
    return _form(
        request, form, f"Doet u mee aan ronde {pledge.project.number}?", home, template="projects/pledge.html",
        verb="Geef dit antwoord", pledge=pledge,
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
@seated(rules.may_prepare, pair=Pair)
def part(request, seat, pair):
    """Undo a pair."""
    pair.part(seat)
    return back(request, seat.url("projects:people", project=pair.project_id), "koppels", "Het koppel is uit elkaar.")


@form_page
@seated(rules.may_prepare, task=Task)
def change_task(request, seat, task):
    """Change a task, or move its date."""
    home = seat.url("projects:people", project=task.project_id)
    form = forms.TaskForm(_sent(request), seat=seat, instance=task)
    if _saved(form, seat):
        return back(request, home, "taken", "Opgeslagen.")
    return _form(request, form, "Verander deze taak", home, lead="Een andere dag kiezen mag altijd.")


@require_POST
@seated(rules.may_finish, task=Task)
def finish(request, seat, task):
    """The task is done."""
    task.finish(seat)
    return back(request, seat.url("projects:people", project=task.project_id), "taken", "Mooi, die is klaar.")


@require_POST
@seated(rules.may_finish, task=Task)
def take_up_again(request, seat, task):
    """The task was not done after all."""
    task.take_up_again(seat)
    return back(request, seat.url("projects:people", project=task.project_id), "taken", "De taak staat weer open.")


@require_POST
@seated(rules.may_prepare, task=Task)
def drop_task(request, seat, task):
    """The task is no longer needed."""
    task.drop(seat)
    return back(request, seat.url("projects:people", project=task.project_id), "taken", "De taak is weg.")


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
    form = forms.PlanForm(_sent(request), seat=seat, instance=plan, project=project)
    home = seat.url("projects:plan", project=project.pk)
    if saved := _saved(form, seat):
        return written(request, seat, saved, home, said="Opgeslagen. Nu zeggen beide kanten ja.")
    agreed = plan is not None and bool(project.nods(Nod.About.PLAN))
    lead = (
        "Na een verandering zeggen beide kanten opnieuw ja."
        if agreed
        else "Spreek dit af voordat u begint met ophalen."
    )
    return _form(request, form, "Wat wij ophalen, en hoe", home, lead=lead)


@form_page
@seated(rules.may_read, plan=CollectionPlan)
def plan_text(request, seat, plan):
    """The earlier texts of the plan."""
    return text_history(request, seat, plan)


@require_POST
@seated(rules.may_prepare, plan=CollectionPlan)
def agree_plan(request, seat, plan):
    """This side agrees to the plan as it was read."""
    plan.agree(seat, version=sent_number(request.POST, "version"))
    return back(request, seat.url("projects:plan", project=plan.project_id), said="Uw kant zei ja.")


@form_page
@seated(rules.may_commit, project=Project)
def override(request, seat, project):
    """This side wants to make commitments although the listening was not noted."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.OverrideForm(_sent(request), seat=seat, instance=project)
    if _saved(form, seat):
        return back(request, home, said="Genoteerd. Het geldt zodra de andere kant het ook wil.")
    lead = "Luisteren gaat voor. Alleen als beide kanten dat willen, kan het zonder."
    return _form(request, form, "Verder zonder luisteren", home, verb="Wij willen verder", lead=lead)


@form_page
@seated(rules.may_note_feedback, project=Project)
def feedback(request, seat, project):
    """The council says whether the tellers heard back."""
    home = seat.url("projects:detail", project=project.pk)
    form = forms.FeedbackForm(_sent(request), seat=seat, instance=project)
    if _saved(form, seat):
        return back(request, home, said="Genoteerd.")
    lead = "Wie zijn verhaal vertelde en dat wilde, hoort wat ermee is gedaan. Daarna wist u de contactgegevens."
    return _form(request, form, "Terugkoppeling aan de vertellers", home, verb="Noteer dit", lead=lead)


@require_GET
@seated(rules.may_read)
def commitments(request, seat):
    """The standing list: what was agreed, by whom, and whether clients notice."""
    everything = Commitment.objects.visible_to(seat)
    form = forms.FilterForm(request.GET or None, seat=seat)
    context = {
        "form": form,
        "commitments": form.chosen(everything.with_people()),
        "summary": everything.summary(),
        "current": Project.objects.visible_to(seat).current(),
        "may_start": rules.may_start(seat),
    }
    return page(request, "projects/commitments.html", context)


@form_page
@seated(rules.may_commit, project=Project)
def commit(request, seat, project):
    """Record what was agreed in this round."""
    home = seat.url("projects:detail", project=project.pk)
    if too_early := Commitment.too_early(project):
        return page(request, "projects/too_early.html", {"project": project, "sentence": too_early}, status=422)
    form = forms.CommitmentForm(_sent(request), seat=seat, project=project)
    if made := _saved(form, seat):
        return back(request, seat.url("projects:commitment", commitment=made.pk), said="De afspraak staat op de lijst.")
    lead = f"Wie doet wat, voor wanneer, en waaraan merkt een {seat.partnership.client_word} het?"
    return _form(request, form, "Leg een afspraak vast", home, verb="Leg vast", lead=lead, nav="afspraken")


@require_GET
@seated(rules.may_read, commitment=Commitment)
def commitment(request, seat, commitment):
    """One commitment with its history."""
    context = {
        "commitment": commitment,
        "conflicts": commitment.open_conflicts(seat),
        "events": Event.objects.visible_to(seat).about(commitment),
        "may_change": rules.may_commit(seat),
        "may_ask_clients": rules.may_ask_clients(seat, commitment),
    }
    return page(request, "projects/commitment.html", context)


@form_page
@seated(rules.may_commit, commitment=Commitment)
def change_commitment(request, seat, commitment):
    """Change the words, the owner or the date."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.CommitmentForm(_sent(request), seat=seat, instance=commitment)
    if saved := _saved(form, seat):
        return written(request, seat, saved, home)
    return _form(request, form, "Verander de afspraak", home, nav="afspraken")


@form_page
@seated(rules.may_read, commitment=Commitment)
def commitment_text(request, seat, commitment):
    """The earlier texts of a commitment."""
    return text_history(request, seat, commitment)


@form_page
@seated(rules.may_commit, commitment=Commitment)
def set_status(request, seat, commitment):
    """Say how far it is."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.StatusForm(_sent(request), seat=seat, instance=commitment)
    if _saved(form, seat):
        return back(request, home, said=f"De afspraak staat op ‘{commitment.get_status_display()}’.")
    return _form(request, form, "Hoe staat het ervoor?", home, lead=commitment.what, nav="afspraken")


@form_page
@seated(rules.may_ask_clients, commitment=Commitment)
def ask_clients(request, seat, commitment):
    """Write down what clients said, and whether it is solved."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.ClientsForm(_sent(request), seat=seat, instance=commitment)
    if _saved(form, seat):
        return back(request, home, said="Genoteerd.")
    title = f"Wat merken {seat.partnership.clients_word}?"
    return _form(request, form, title, home, lead=commitment.client_notices, nav="afspraken")


@form_page
@seated(rules.may_ask_clients, commitment=Commitment)
def reopen(request, seat, commitment):
    """It was not solved after all."""
    home = seat.url("projects:commitment", commitment=commitment.pk)
    form = forms.ReopenForm(_sent(request), seat=seat, instance=commitment)
    if _saved(form, seat):
        return back(request, home, said="De afspraak staat weer op ‘Bezig’.")
    return _form(request, form, "Toch niet opgelost", home, lead=commitment.what, nav="afspraken")


@require_GET
@seated(rules.may_read)
def meetings(request, seat):
    """When the two sides meet, and when they met."""
    meetings = ConsultationMeeting.objects.visible_to(seat)
    context = {"coming": meetings.coming(), "past": meetings.past(), "may_meet": rules.may_meet(seat)}
    return page(request, "projects/meetings.html", context)


@form_page
@seated(rules.may_meet)
def plan_meeting(request, seat):
    """Plan a meeting."""
    form = forms.MeetingForm(_sent(request), seat=seat)
    if meeting := _saved(form, seat):
        return back(request, seat.url("projects:meeting", meeting=meeting.pk), said="Het overleg staat gepland.")
    home = seat.url("projects:meetings")
    return _form(request, form, "Plan een overleg", home, verb="Plan dit overleg", nav="overleg")


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
def meeting(request, seat, meeting):
    """One meeting: it opens with the standing list, then the points of both sides."""
    return _meeting(request, seat, meeting)


@form_page
@seated(rules.may_meet, meeting=ConsultationMeeting)
def change_meeting(request, seat, meeting):
    """Change the time, the place or the host."""
    home = seat.url("projects:meeting", meeting=meeting.pk)
    form = forms.MeetingForm(_sent(request), seat=seat, instance=meeting)
    if _saved(form, seat):
        return back(request, home, said="Opgeslagen.")
    return _form(request, form, "Verander het overleg", home, nav="overleg")


@require_POST
@seated(rules.may_add_item, meeting=ConsultationMeeting)
def add_item(request, seat, meeting):
    """Put something on the agenda."""
    form = forms.AgendaItemForm(request.POST, seat=seat, meeting=meeting)
    if _saved(form, seat):
        return back(request, seat.url("projects:meeting", meeting=meeting.pk), "agenda", "Het punt staat op de agenda.")
    return _meeting(request, seat, meeting, form)


@require_POST
@seated(rules.may_read, meeting=ConsultationMeeting)
def attend(request, seat, meeting):
    """Say whether one comes, for oneself."""
    coming = request.POST.get("coming") == "yes"
    meeting.answer(seat, coming)
    said = "Fijn dat u komt." if coming else "Genoteerd: u komt niet."
    return back(request, seat.url("projects:meeting", meeting=meeting.pk), "komst", said)


@require_POST
@seated(rules.may_drop_item, item=AgendaItem)
def drop_item(request, seat, item):
    """Take an own point off the agenda."""
    item.drop(seat)
    return back(request, seat.url("projects:meeting", meeting=item.meeting_id), "agenda", "Het punt is van de agenda.")


def _sent(request):
    """What was sent, also when nothing was filled in; None when the form is only opened."""
    return request.POST if request.method == "POST" else None


def _saved(form, seat):
    """The thing that was kept, or None. An act's refusal comes back in the form, beside what was typed."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return form.save(seat) or form.instance
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _form(request, form, title, home, verb="Bewaar", lead="", template="projects/form.html", **more):
    context = {"form": form, "title": title, "home": home, "verb": verb, "lead": lead, **more}
    return page(request, template, context, status=422 if form.is_bound else 200)


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


def _people(request, seat, project, **bound):
    fresh = {
        "ask_form": lambda: forms.PledgeForm(seat=seat, project=project, prefix="ask"),
        "pair_form": lambda: forms.PairForm(seat=seat, project=project, prefix="pair"),
        "task_form": lambda: forms.TaskForm(seat=seat, project=project, prefix="task"),
    }
    context = {
        "project": project,
        "pledges": Pledge.objects.visible_to(seat).of(project),
        "pairs": Pair.objects.visible_to(seat).of(project),
        "tasks": Task.objects.visible_to(seat).of(project),
        "may_prepare": rules.may_prepare(seat),
        **{name: bound.get(name) or make() for name, make in fresh.items()},
    }
    return page(request, "projects/people.html", context, status=422 if bound else 200)


def _meeting(request, seat, meeting, form=None):
    attendances = meeting.attendances()
    context = {
        "meeting": meeting,
        "own_answer": next((answer.coming for answer in attendances if answer.member_id == seat.pk), None),
        "items": AgendaItem.objects.visible_to(seat).of(meeting),
        "attendances": attendances,
        "commitments": Commitment.objects.visible_to(seat).with_people().open_ends(),
        "events": Event.objects.visible_to(seat).about(meeting)[:20],
        "form": form or forms.AgendaItemForm(seat=seat, meeting=meeting),
        "may_add": rules.may_add_item(seat),
        "may_meet": rules.may_meet(seat),
    }
    return page(request, "projects/meeting.html", context, status=422 if form else 200)
