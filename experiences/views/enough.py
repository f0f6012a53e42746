"""Knowing when it is enough: whom the council spoke, whom it misses, and where its time goes. For the council alone."""

import uuid

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import answer, back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, sent_key, sent_number
from dialoog.partnerships.views import posted, text_history, written
from experiences import rules
from experiences.forms.enough import SeekingForm, TimeForm, TraitForm
from experiences.models import (
    SUGGESTED,
    Band,
    Interview,
    Seeking,
    SharedSpread,
    Spread,
    TellerTraits,
    TimeEntry,
    Trait,
    quarters,
    saturation,
)
from experiences.views.opening import vaulted
from projects.models import Project

# What one click writes down.
QUICK = (30, 60, 120, 240)


@require_GET
@seated(rules.council_alone, project=Project)
@vaulted
def spread(request, seat, project):
    """Whom the council spoke, with the gaps in sight."""
    return _spread(request, seat, project)


@require_POST
@seated(rules.council_alone, project=Project)
def seek(request, seat, project):
    """What the council will do about whom it misses."""
    form = SeekingForm(request.POST)
    if not form.is_valid():
        return _spread(request, seat, project, form)
    seeking = Seeking.put(seat, project, form.cleaned_data["plan"], sent_number(request.POST, "version"))
    return written(request, seat, seeking, seat.url("experiences:spread", project=project.pk), "wie-missen-wij")


@form_page
@seated(rules.council_alone, seeking=Seeking)
def seeking_text(request, seat, seeking):
    """The earlier texts of the note."""
    return text_history(request, seat, seeking)


@require_POST
@seated(rules.council_alone, project=Project)
def give_spread(request, seat, project):
    """Give the safe part of the picture to both sides and the report."""
    SharedSpread.give(seat, project)
    said = "Dit staat nu bij de kaartjes en in het verslag."
    return back(request, seat.url("experiences:spread", project=project.pk), "beide-kanten", said)


@form_page
@seated(rules.council_alone, project=Project)
def traits(request, seat, project):
    """In what the council looks for difference: taken from suggestions, or its own."""
    home = seat.url("experiences:traits", project=project.pk)
    suggested = request.POST.get("suggestion")
    if suggested in SUGGESTED:
        Trait.choose(seat, project, suggested, SUGGESTED[suggested], sent_key(request.POST, "key"))
        return back(request, home, said=f"U let nu op: {suggested.lower()}.")
    form = TraitForm(posted(request))
    if form.is_valid() and _kept(
        form, Trait.choose, seat, project, form.cleaned_data["name"], form.added, form.cleaned_data["key"]
    ):
        return back(request, home, said="Het kenmerk staat erbij.")
    there = Trait.of(project)
    taken = {trait.name.lower() for trait in there}
    left = [(name, bands, uuid.uuid4()) for name, bands in SUGGESTED.items() if name.lower() not in taken]
    told = {"project": project, "traits": there, "suggested": left, "form": form}
    return page(request, "experiences/traits.html", told, status=422 if form.is_bound else 200)


@form_page
@seated(rules.council_alone, trait=Trait)
@vaulted
def change_trait(request, seat, trait):
    """Other words for a trait or its bands."""
    trait.bands = list(Band.objects.visible_to(seat).filter(trait=trait))
    home = seat.url("experiences:traits", project=trait.project_id)
    form = TraitForm(posted(request), trait=trait)
    if form.is_valid() and _kept(form, trait.change, seat, form.cleaned_data["name"], form.labels, form.added):
        return back(request, home, said="Opgeslagen.")
    told = {"form": form, "trait": trait, "home": home}
    return page(request, "experiences/trait.html", told, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.council_alone, trait=Trait)
def drop_trait(request, seat, trait):
    """The council no longer looks at this."""
    project = trait.project_id
    trait.drop(seat)
    return back(request, seat.url("experiences:traits", project=project), said="Het kenmerk is weg.")


@form_page
@seated(rules.listener, interview=Interview)
@vaulted
def who(request, seat, interview):
    """In which bands this teller falls: a click each, never words."""
    if request.method == "POST":
        band = chosen(Band.objects.visible_to(seat).select_related("trait"), request.POST, "band")
        if band:
            TellerTraits.put(seat, interview, band)
        elif "band" in request.POST:
            raise ValidationError("Deze groep is er niet meer. Kijk welke groepen er nu staan.")
        elif request.POST.get("new") in ("ja", "nee"):
            interview.note_new(seat, request.POST["new"] == "ja")
        url = seat.url("experiences:who", interview=interview.pk)
        context = _who(seat, interview) if request.htmx else {}
        return answer(request, "experiences/_who.html", context, url=url, anchor="kenmerken")
    return page(request, "experiences/who.html", _who(seat, interview))


@require_GET
@seated(rules.council_alone)
def time(request, seat):
    """Where the council's time goes, per quarter; and a click to add to it."""
    return _time(request, seat, TimeForm())


@require_POST
@seated(rules.council_alone)
def note_time(request, seat):
    """Write some time down: one click for today, or a form for another day."""
    form = TimeForm(request.POST if "spent_on" in request.POST else _today(request))
    if not form.is_valid():
        return _time(request, seat, form, 422)
    said = form.cleaned_data
    if not _kept(form, TimeEntry.note, seat, said["went_to"], said["minutes"], said["spent_on"], said["key"]):
        return _time(request, seat, form, 422)
    return back(request, seat.url("experiences:time"), said="Genoteerd.")


@require_POST
@seated(rules.council_alone, entry=TimeEntry)
def drop_time(request, seat, entry):
    """A mistake of one's own."""
    entry.drop(seat)
    return back(request, seat.url("experiences:time"), said="Weggehaald.")


def _kept(form, act, *said):
    """What the act gives, or nothing with its refusal on the form: everything typed stays."""
    try:
        return act(*said) or True
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _today(request):
    """What a quick button sends, as the form would send it for today."""
    sent = request.POST.copy()
    sent["spent_on"] = TimeForm().initial["spent_on"]
    return sent


def _spread(request, seat, project, form=None):
    picture = Spread(project)
    seeking = Seeking.objects.visible_to(seat).filter(project=project).first()
    shared = SharedSpread.objects.visible_to(seat).filter(project=project).first()
    safe = picture.safe()
    told = {
        "project": project,
        "picture": picture,
        "lines": [(trait, picture.lines(trait)) for trait in picture.traits],
        "missing": picture.missing(),
        "unknown": picture.unknown() if picture.traits else [],
        "held": len(picture.held),
        "enough": saturation(project),
        "seeking": seeking,
        "conflicts": seeking.open_conflicts(seat) if seeking else [],
        "form": form or SeekingForm(seeking=seeking),
        "shared": shared,
        "safe": shared.lines if shared else safe,
        "why_not_shared": SharedSpread.why_not(project, safe),
        **_crossed(request, picture),
    }
    return page(request, "experiences/spread.html", told, status=422 if form else 200)


def _crossed(request, picture):
    """Two traits crossed: the ones asked for, or the first two."""
    if len(picture.traits) < 2:
        return {}
    by_key = {str(trait.pk): trait for trait in picture.traits}
    down = by_key.get(request.GET.get("rij"), picture.traits[0])
    other = next(trait for trait in picture.traits if trait != down)
    across = by_key.get(request.GET.get("kolom"), other)
    across = other if across == down else across
    return {"down": down, "across": across, "grid": picture.grid(down, across)}


def _who(seat, interview):
    picked = TellerTraits.chosen(interview)
    there = [
        (trait, [(band, picked.get(str(trait.pk)) == str(band.pk)) for band in trait.bands])
        for trait in Trait.of(interview.project)
    ]
    return {"interview": interview, "project": interview.project, "traits": there}


def _time(request, seat, form, status=200):
    told = {
        "quarters": quarters(seat.partnership),
        "kinds": [(kind, label, uuid.uuid4()) for kind, label in TimeEntry.words(seat.partnership).items()],
        "quick": QUICK,
        "mine": TimeEntry.objects.visible_to(seat).latest_of(seat),
        "form": form,
    }
    return page(request, "experiences/time.html", told, status=status)
