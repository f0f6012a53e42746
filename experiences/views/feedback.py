"""Telling back: who still has to hear what came of it, and how each of them heard it."""

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.views import posted
from experiences import rules
from experiences.forms.feedback import ConcludeForm, ExcuseForm, ToldForm
from experiences.models import ContactDetail, Feedback, Interview, Reading
from experiences.views.opening import reads, vaulted
from projects.models import Phase, Project


@require_http_methods(["GET", "POST"])
@seated(rules.council_alone, project=Project)
@vaulted
def feedback(request, seat, project):
    """Who in this round wants to hear what came of it, and who still has to; when all is done the council says so."""
    form = ConcludeForm(posted(request), initial={"reason": project.feedback_reason})
    if request.method == "POST" and form.is_valid():
        try:
            Feedback.conclude(seat, project, form.cleaned_data["reason"])
            return back(request, seat.url("experiences:feedback", project=project.pk), said="Genoteerd.")
        except ValidationError as refusal:
            form.add_error("reason", refusal)
    known = Feedback.objects.visible_to(seat).of(project)
    held = {one.teller_id: one for one in Interview.objects.visible_to(seat).of(project)}
    rows = [{"feedback": one, "interview": held[one.teller_id]} for one in known]
    kept = ContactDetail.objects.visible_to(seat).filter(teller__project=project).values_list("teller_id", flat=True)
    told = {
        "form": form,
        "project": project,
        "owed": [row for row in rows if row["feedback"].is_owed],
        "settled": [row for row in rows if not row["feedback"].is_owed],
        "kept": sorted((held[teller] for teller in kept), key=lambda one: one.number),
        "may_conclude": project.has_reached(Phase.REPORT) and not project.is_closed,
    }
    return page(request, "experiences/feedback.html", told, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.listener, interview=Interview)
def ask(request, seat, interview):
    """This teller wants to hear what came of it."""
    Feedback.ask(seat, interview.teller)
    url = seat.url("experiences:interview", interview=interview.pk)
    return back(request, url, "terugkoppeling", "Genoteerd: deze verteller hoort wat ermee is gedaan.")


@require_POST
@seated(rules.council_alone, feedback=Feedback)
def no_longer(request, seat, feedback):
    """The teller does not need to hear it after all."""
    project = feedback.teller.project_id
    feedback.no_longer(seat)
    return back(request, seat.url("experiences:feedback", project=project), said="Genoteerd.")


@require_POST
@seated(rules.council_alone, feedback=Feedback)
def tell(request, seat, feedback):
    """The teller heard it."""
    said = _valid(ToldForm(request.POST))
    feedback.tell(seat, said["way"], said["on"])
    return _to_list(request, seat, feedback, "Genoteerd. Dank u wel, ook namens de verteller.")


@require_POST
@seated(rules.council_alone, atomic=False, interview=Interview)
@reads(Reading.What.CONTACT, "de terugkoppeling mailen")
def send(request, seat, interview):
    """Mail the letter to the address that the teller gave for this."""
    told = Feedback.objects.visible_to(seat).filter(teller=interview.teller).first()
    if told is None:
        raise ValidationError("Deze verteller vroeg niet om terugkoppeling.")
    told.send(seat, seen=seen_in(request))
    return _to_list(request, seat, told, "De brief is gemaild.")


@require_POST
@seated(rules.council_alone, feedback=Feedback)
def excuse(request, seat, feedback):
    """It did not work out to tell this teller."""
    feedback.excuse(seat, _valid(ExcuseForm(request.POST))["reason"])
    return _to_list(request, seat, feedback, "Genoteerd.")


@require_POST
@seated(rules.council_alone, feedback=Feedback)
def reopen(request, seat, feedback):
    """It was noted by mistake."""
    feedback.reopen(seat)
    return _to_list(request, seat, feedback, "Deze verteller staat weer op de lijst.")


def _valid(form):
    if not form.is_valid():
        raise ValidationError([sentence for sentences in form.errors.values() for sentence in sentences])
    return form.cleaned_data


def _to_list(request, seat, feedback, said):
    return back(request, seat.url("experiences:feedback", project=feedback.teller.project_id), said=said)
