"""Phase zero: trust, and each side's own backing."""

from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Party
from dialoog.partnerships.views import posted, text_history, written
from projects import forms, rules
from projects.models import (
    BackingNote,
    Nod,
    Phase,
    Project,
    TrustAnswer,
)
from projects.views.asking import asked

# The way back to trust: what to do, why, and the task that it makes.
FIRST_STEPS = [
    (
        "Stel het ophalen uit, en zeg dat hardop",
        "Niemand hoeft te doen alsof. Vertel ook uw achterban dat u eerst iets anders doet.",
        "Aan onze achterban vertellen dat wij eerst aan vertrouwen werken",
    ),
    (
        "Praat eerst elk apart",
        "Wat ging er mis, en wat hebt u nodig om weer te kunnen beginnen? Schrijf drie dingen op.",
        "Met onze kant opschrijven wat wij nodig hebben om weer te beginnen",
    ),
    (
        "Vraag iemand van buiten om het gesprek te leiden",
        "Iemand die bij geen van beide kanten hoort, en die u allebei kiest.",
        "Samen een gespreksleider van buiten zoeken",
    ),
    (
        "Ga bij elkaar kijken",
        "Iemand van de raad een ochtend mee bij de balie. Iemand van de gemeente een ochtend mee bij het spreekuur.",
        "Een ochtend meelopen bij de andere kant",
    ),
    (
        "Leg elkaar uit hoe u de dingen ziet",
        "De één vertelt, de ander luistert en zegt wat hij hoorde. Het eens worden hoeft niet.",
        "Een avond plannen waarop wij elkaar alleen uitleg geven",
    ),
    (
        "Doe één klein ding samen dat binnen vier weken af is",
        "Bijvoorbeeld één brief samen herschrijven. Houd u eraan, en zeg het als het niet lukt.",
        "Eén brief samen herschrijven",
    ),
    (
        "Kijk terug, en vul de vijf zinnen opnieuw in",
        "Deden wij wat wij zeiden? Beslis daarna samen of u begint.",
        "Samen terugkijken en beslissen of wij beginnen",
    ),
]


@require_GET
@seated(rules.may_read, project=Project)
def trust(request, seat, project):
    """Phase zero: is there enough trust, and does each side's backing know?"""
    return _trust(request, seat, project)


@form_page
@seated(rules.may_prepare, project=Project)
def trust_check(request, seat, project):
    """Say alone how much trust there is; only bands per side are ever shown."""
    home = seat.url("projects:trust", project=project.pk)
    own = TrustAnswer.objects.visible_to(seat).filter(project=project).first()
    form = forms.TrustForm(posted(request), seat=seat, instance=own, project=project)
    return asked(
        request, seat, form, home, "Hoe is het vertrouwen?", verb="Bewaar mijn antwoorden", anchor="peiling",
        lead="U vult dit alleen in. Niemand ziet wat u antwoordt, ook uw eigen kant niet.",
        said="Bewaard. Alleen u weet wat u antwoordde.",
    )  # fmt: skip


@require_GET
@seated(rules.may_read, project=Project)
def trust_path(request, seat, project):
    """When there is hardly any trust: concrete first steps, before anything is collected."""
    told = {"project": project, "steps": FIRST_STEPS, "may_prepare": rules.may_prepare(seat)}
    return page(request, "projects/trust_path.html", told)


@require_POST
@seated(rules.may_prepare, project=Project)
def confirm_trust(request, seat, project):
    """This side says that there is enough trust to begin."""
    form = forms.TrustYesForm(request.POST, seat=seat, instance=project)
    if form.kept(seat):
        return back(request, seat.url("projects:trust", project=project.pk), "vertrouwen", "Uw kant zei ja.")
    return _trust(request, seat, project, yes_form=form)


@require_POST
@seated(rules.may_prepare, project=Project)
def retract_trust(request, seat, project):
    """This side takes its yes back, as long as the round did not go on."""
    project.retract_trust(seat)
    said = "Uw kant nam het ja terug."
    return back(request, seat.url("projects:trust", project=project.pk), "vertrouwen", said)


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


def _trust(request, seat, project, form=None, yes_form=None):
    notes = {note.party: note for note in BackingNote.objects.visible_to(seat).filter(project=project)}
    nods = project.nods(Nod.About.TRUST)
    bands = TrustAnswer.of_sides(project)
    answered = TrustAnswer.objects.visible_to(seat).filter(project=project).exists()
    too_few = {party: TrustAnswer.too_few_of(seat.partnership, party) for party in Party.sides()}
    may_answer = seat.is_side and TrustAnswer.is_time(project) and not too_few[seat.party]
    context = {
        "bands": [(party, trust, too_few[party]) for party, trust in bands.items()],
        "too_few_to_ask": all(too_few.values()),
        "low": TrustAnswer.low_words(project),
        "answered": answered,
        "may_answer": may_answer,
        # Who has the five sentences still to answer does that first.
        "answer_first": may_answer and not answered,
        "may_retract": not project.has_reached(Phase.START),
        "project": project,
        "sides": [(party, nods.get(party), notes.get(party)) for party in Party.sides()],
        "nods": nods,
        "yes_form": yes_form or (forms.TrustYesForm(seat=seat, instance=project) if seat.is_side else None),
        "form": form or (_backing_form(seat, project) if seat.is_side else None),
    }
    return page(request, "projects/trust.html", context, status=422 if form or yes_form else 200)
