"""The kitchen table: a story is typed in, with help, and everything that this page asks for meanwhile."""

import base64
import json

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import Event
from experiences import rules
from experiences.models import (
    Consent,
    ContactDetail,
    Feedback,
    FragmentDraft,
    Interview,
    Passage,
    PassageVersion,
    Reading,
    Story,
    Terms,
    officials_of,
)
from experiences.scan import for_browser
from experiences.urgent import signs
from experiences.vault import VaultClosed
from experiences.views.opening import reads, vaulted

HELP = {
    "happened": "Schrijf het op zoals de verteller het zei. Kort mag.",
    "different": "Wat zou de verteller zelf anders doen, of willen?",
}


@require_GET
@seated(rules.may_collect)
def patterns(request, seat):
    """What may betray a teller, as the browser looks for it: also an hour without a connection."""
    return JsonResponse(for_browser(officials_of(seat.partnership)))


@seated(rules.listener, atomic=False, interview=Interview)
@vaulted
@reads(Reading.What.STORY, "uittypen")
def interview(request, seat, interview):
    """The kitchen table: typing in what was told; without a script this page saves as a whole."""
    if request.method == "POST":
        try:
            saved = _keep_page(request, seat, interview)
        except ValidationError as refusal:
            return _typed_again(request, seat, interview, refusal)
        said = "Opgeslagen."
        if any(kept.copy for kept in saved.values()):
            said = "Opgeslagen. Iemand anders schreef tegelijk met u. Kijk hieronder welke tekst moet blijven."
        return back(request, seat.url("experiences:interview", interview=interview.pk), said=said)
    return page(request, "experiences/interview.html", _kitchen(seat, interview))


@require_POST
@seated(rules.listener, atomic=False, interview=Interview)
@reads(Reading.What.STORY, "uittypen")
def save(request, seat, interview):
    """Keep one passage while somebody types; the answer tells what stands there now."""
    field = request.POST.get("field", "")
    if field == "meaning":
        Story.keep_meaning(seat, interview, _meaning(request), bool(request.POST.get("read_back")))
        return JsonResponse({"saved": _clock(), "now": _now()})
    kept = Story.keep_passage(
        seat, interview, field, sent_number(request.POST, "version"), request.POST.get("text", "")
    )
    story = Story.objects.visible_to(seat).get(interview=interview)
    passage = Passage.objects.visible_to(seat).get(story=story, field=field)
    part = _part(passage, officials_of(seat.partnership))
    told = {"part": part, "swap_url": seat.url("experiences:swap", interview=interview.pk)}
    hits = render_to_string("experiences/_hits.html", told, request)
    return JsonResponse(
        {
            "saved": _clock(),
            "now": _now(),
            "version": kept.version,
            "text": kept.text,
            "copy": bool(kept.copy),
            "hits": hits,
        }
    )


@require_POST
@seated(rules.listener, atomic=False, interview=Interview)
@reads(Reading.What.STORY, "uittypen")
def swap(request, seat, interview):
    """Replace or leave what may betray the teller; what stands on the page is saved first, and stays saved."""
    try:
        _keep_page(request, seat, interview)
    except ValidationError as refusal:
        return _typed_again(request, seat, interview, refusal)
    field, number, choice, words = [*request.POST.get("word", "").split(":", 3), "", "", "", ""][:4]
    story = Story.objects.visible_to(seat).get(interview=interview)
    passage = Passage.of(story, field)
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
    try:
        (passage.swap if choice == "replace" else passage.leave)(seat, place, words)
    except VaultClosed:
        raise
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return back(request, seat.url("experiences:interview", interview=interview.pk), anchor=f"hits-{field}")


@require_POST
@seated(rules.listener, atomic=False, interview=Interview)
@reads(Reading.What.STORY, "uittypen")
def finish(request, seat, interview):
    """Done typing; what was typed is kept, also when it cannot be finished yet."""
    if Story.objects.visible_to(seat).filter(interview=interview).exists() or any(_typed(request).values()):
        try:
            _keep_page(request, seat, interview)
            Story.objects.visible_to(seat).get(interview=interview).refuse_bsn()
        except ValidationError as refusal:
            return _typed_again(request, seat, interview, refusal)
    interview.finish(seat)
    said = "Opgeslagen. De volgende stap: maak er een kaartje van. Bijschrijven kan altijd nog."
    return back(request, seat.url("experiences:list"), said=said)


@require_POST
@seated(rules.listener, atomic=False, copy=PassageVersion)
@reads(Reading.What.STORY, "uittypen")
def settle(request, seat, copy):
    """Decide about a text that came second."""
    copy.settle(seat, take=request.POST.get("choice") == "mine")
    story = Story.objects.visible_to(seat).get(pk=copy.passage.story_id)
    return back(request, seat.url("experiences:interview", interview=story.interview_id), said="Dat is nu de tekst.")


def _clock():
    return timezone.localtime().strftime("%-H.%M")


def _now():
    """The time as browsers count it: the clock of a device may be wrong."""
    return int(timezone.now().timestamp() * 1000)


def _device(seat, teller):
    """The keys of the drafts on this member's device, as the page takes them, and what day it is for them."""
    keys = [base64.b64encode(key).decode() for key in Terms.of(seat.partnership).device_keys(teller, seat)]
    return {"keys": json.dumps(keys), "day": timezone.localdate().toordinal()}


def _typed(request):
    return {field: request.POST.get(field, "").strip() for field in Passage.Field.values}


def _meaning(request):
    meaning = request.POST.get("meaning", "")
    return meaning if meaning in Story.Meaning.values else ""


def _keep_page(request, seat, interview):
    """Save all that stands on the page, each passage on the version it was typed on."""
    passages = {
        field: (sent_number(request.POST, f"{field}_version"), request.POST[field])
        for field in Passage.Field.values
        if field in request.POST
    }
    return Story.keep(seat, interview, passages, _meaning(request), bool(request.POST.get("read_back")))


def _typed_again(request, seat, interview, refusal):
    """The page with everything that was typed, on the versions it was typed on, and what stands in the way."""
    if isinstance(refusal, VaultClosed):
        raise refusal
    told = _kitchen(seat, interview)
    for part in told["parts"]:
        if part["field"] in request.POST:
            part["text"] = request.POST[part["field"]].replace("\r\n", "\n")
            sent = sent_number(request.POST, f"{part['field']}_version")
            part["version"] = part["version"] if part["text"] == part["kept"] else sent
    return page(request, "experiences/interview.html", told | {"refusal": refusal.messages}, status=422)


def _part(passage, officials):
    """One passage as the page shows it."""
    return {
        "field": passage.field,
        "label": passage.get_field_display(),
        "help": HELP.get(passage.field, ""),
        "text": passage.text,
        "kept": passage.text,
        "version": passage.version,
        "hits": passage.hits(officials),
        "left": json.dumps(passage.kept),
        "copies": passage.copies() if passage.pk and not passage._state.adding else [],
        "rows": 9 if passage.field == Passage.Field.HAPPENED else 4,
    }


def _kitchen(seat, interview):
    """All that the kitchen page shows."""
    story = Story.objects.visible_to(seat).filter(interview=interview).first()
    passages = story.passages() if story else [Passage(field=field) for field in Passage.Field.values]
    people = [person for person in interview.interviewers.select_related("user") if person != seat]
    officials = officials_of(seat.partnership)
    consents = Consent.objects.visible_to(seat).standing().filter(teller=interview.teller).select_related("text")
    consent = consents.first()
    drafts = list(FragmentDraft.objects.visible_to(seat).filter(teller=interview.teller).order_by("written_at"))
    return {
        "interview": interview,
        "teller": interview.teller,
        "was_there": interview.interviewers.filter(pk=seat.pk).exists(),
        "others": people,
        "consent": consent,
        "contact": ContactDetail.objects.visible_to(seat).filter(teller=interview.teller).first(),
        "story": story,
        "parts": [_part(passage, officials) for passage in passages],
        "meanings": Story.Meaning.choices,
        "device": _device(seat, interview.teller),
        "drafts": drafts,
        "why_no_cards": FragmentDraft.why_late(interview.project),
        "feedback": Feedback.objects.visible_to(seat).filter(teller=interview.teller).first(),
        "signs": [sign for passage in passages for sign in signs(passage.text)],
        "events": Event.objects.visible_to(seat).about(interview, *filter(None, [consent]), *drafts),
    }
