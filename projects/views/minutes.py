"""The minutes of a meeting: written together, what was decided, and two names under it."""

from functools import wraps

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Event, Party
from dialoog.partnerships.views import posted, text_history
from dialoog.partnerships.writing import open_conflicts
from projects import consulting, forms, pack, rules
from projects.models import AgendaItem, ConsultationMeeting, Decision, Minute, Project
from projects.views.asking import asked


def begun(view):
    """The view gets the minutes with their meeting; as long as there are none, the way leads to the meeting."""

    @wraps(view)
    def enter(request, seat, meeting):
        minute = Minute.objects.visible_to(seat).filter(meeting=meeting).first()
        if minute is None:
            return redirect(seat.url("projects:meeting", meeting=meeting.pk))
        return view(request, seat, meeting, minute)

    return enter


@require_POST
@seated(rules.may_read, meeting=ConsultationMeeting)
def begin_minutes(request, seat, meeting):
    """Begin the minutes: the agenda, with what is open and was not left out, stands from now on."""
    ticked, stands, left_out = request.POST.getlist("leave_out"), [], []
    for one in consulting.raised(meeting):
        (left_out if str(one.thing) in ticked else stands).append(one)
    Minute.begin(seat, meeting, stands, left_out)
    return back(request, seat.url("projects:minutes", meeting=meeting.pk), said="Het verslag is begonnen.")


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
@begun
def minutes(request, seat, meeting, minute):
    """The minutes, point by point; everyone at the meeting reads along while they are written."""
    items = minute.meeting_items()
    for item in items if rules.may_write_minutes(seat, meeting) else []:
        # Each point has a form of its own that saves itself; without a script its button does.
        item.form = forms.MinutesForm(seat=seat, instance=item, auto_id=f"punt-{item.pk}-%s")
        if request.GET.get("bij") == item.topic:
            # The browser does this itself, but only for an address that names no part of the page.
            item.form.fields["minutes"].widget.attrs["autofocus"] = True
    told = {
        "meeting": meeting,
        "minute": minute,
        "items": items,
        "not_named": [] if minute.is_frozen else minute.not_named(),
        "left_out": AgendaItem.objects.visible_to(seat).left_out_of(meeting),
        "conflicts": open_conflicts(seat, [minute, *items]),
        "current": Project.objects.visible_to(seat).current(),
        "events": Event.objects.visible_to(seat).about(meeting)[:20],
        # A page on which people write never draws itself anew: what was put on the agenda since stands under it.
        "since": (since := _moment(request.GET.get("sinds", ""))).isoformat(),
        "added": [item for item in items if item.added_at > since],
    }
    return page(request, "projects/minutes.html", told | _signing(minute))


@form_page
@seated(rules.may_write_minutes, meeting=ConsultationMeeting)
@begun
def present(request, seat, meeting, minute):
    """Write down who were there."""
    form = forms.PresentForm(posted(request), seat=seat, instance=minute)
    return asked(request, seat, form, minute.address(seat), "Wie waren er?", nav="overleg")


@require_POST
@seated(rules.may_put_back, item=AgendaItem)
def put_back(request, seat, item):
    """Put on the agenda what somebody left out."""
    item.put_back(seat)
    return back(request, item.address(seat), said="Het punt staat weer op de agenda.")


@form_page
@seated(rules.may_write_item, item=AgendaItem)
def write_item(request, seat, item):
    """Write down what was said about one point."""
    form = forms.MinutesForm(posted(request), seat=seat, instance=item)
    home = seat.url("projects:minutes", meeting=item.meeting_id)
    return asked(request, seat, form, home, item.title, lead=item.note, anchor=item.topic, nav="overleg")


@form_page
@seated(rules.may_read, item=AgendaItem)
def item_text(request, seat, item):
    """The earlier texts about a point."""
    return text_history(request, seat, item)


@form_page
@seated(rules.may_decide, item=AgendaItem)
def decide(request, seat, item):
    """Write down what was decided; as a commitment or a task it is one at once."""
    becomes = request.GET.get("als", "")
    home = seat.url("projects:minutes", meeting=item.meeting_id)
    title, form = _deciding(request, seat, item, becomes)
    return asked(
        request, seat, form, home, title, lead=item.title, anchor=item.topic, nav="overleg", verb="Leg vast",
        said="Het besluit staat in het verslag.", onward=lambda made: home,
    )  # fmt: skip


@require_POST
@seated(rules.may_drop_decision, decision=Decision)
def drop_decision(request, seat, decision):
    """It was not decided like this."""
    decision.drop(seat)
    home = seat.url("projects:minutes", meeting=decision.item.meeting_id)
    return back(request, home, decision.item.topic, "Het besluit is weg. Wat eruit kwam, blijft op zijn eigen lijst.")


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
@begun
def read_minutes(request, seat, meeting, minute):
    """The minutes as one text; here both sides read what they sign."""
    told = {"meeting": meeting, "minute": minute, "body": minute.body(), "mine": minute.signatures().get(seat.party)}
    return page(request, "projects/read_minutes.html", told | _signing(minute))


@require_POST
@seated(rules.may_sign_minutes, meeting=ConsultationMeeting)
def sign_minutes(request, seat, meeting):
    """Put the own side's name under the text that was read, or take it back."""
    minute = Minute.objects.visible_to(seat).filter(meeting=meeting).first()
    if minute is None:
        raise ValidationError("Er is nog geen verslag van dit overleg.")
    if "back" in request.POST:
        minute.take_back(seat)
        said = "De handtekening van uw kant is teruggenomen."
    else:
        fingerprint = request.POST.get("fingerprint", "")
        try:
            minute.sign(seat, fingerprint, sure="sure" in request.POST)
        except ValidationError as refusal:
            if refusal.code != "last":
                raise
            told = {"meeting": meeting, "fingerprint": fingerprint, "sentence": refusal.message}
            return page(request, "projects/last_signature.html", told, status=422)
        said = "Beide kanten hebben getekend. Het verslag ligt vast." if minute.is_frozen else "U hebt getekend."
    return back(request, minute.address(seat), "tekenen", said)


@form_page
@seated(rules.may_sign_minutes, meeting=ConsultationMeeting)
@begun
def differ(request, seat, meeting, minute):
    """Where the own side sees it differently."""
    own = minute.dissents().get(seat.party)
    initial = {"text": own.text if own else ""}
    form = forms.MinuteDissentForm(posted(request), seat=seat, minute=minute, initial=initial)
    home = minute.address(seat)
    return asked(
        request, seat, form, home, "Uw kant ziet het anders", anchor="tekenen", nav="overleg", onward=lambda kept: home
    )


@form_page
@seated(rules.may_sign_minutes, meeting=ConsultationMeeting)
@begun
def not_yet(request, seat, meeting, minute):
    """The own side does not sign yet, and says why."""
    own, home = minute.refusals().get(seat.party), minute.address(seat)
    initial = {"why": own.reason if own else ""}
    form = forms.MinuteRefusalForm(posted(request), seat=seat, minute=minute, initial=initial)
    lead = (
        "Beide kanten lezen de reden, naast de handtekeningen. In het verslag zelf staat zij niet. "
        "Had uw kant al getekend, dan neemt u die handtekening hiermee terug."
    )
    return asked(
        request, seat, form, home, "Uw kant tekent nog niet", lead=lead, verb="Laat dit weten", anchor="tekenen",
        nav="overleg", onward=lambda kept: home,
    )  # fmt: skip


@require_GET
@seated(rules.may_read, meeting=ConsultationMeeting)
@begun
def minutes_pdf(request, seat, meeting, minute):
    """The minutes as a file."""
    headers = {"Content-Disposition": f'attachment; filename="{pack.file_name(meeting, "verslag-overleg")}.pdf"'}
    return HttpResponse(pack.minutes(minute), content_type="application/pdf", headers=headers)


def _moment(told):
    """The moment that an open page tells it was drawn at; now for every other one."""
    try:
        moment = parse_datetime(told)
    except ValueError:
        moment = None
    return moment if moment and timezone.is_aware(moment) else timezone.now()


def _deciding(request, seat, item, becomes):
    """What the page is called, and its form."""
    if becomes == "afspraak":
        return "Een besluit dat een afspraak wordt", forms.DecidedCommitmentForm(posted(request), seat=seat, item=item)
    rounds = list(Project.objects.visible_to(seat).running())
    if becomes == "taak" and rounds:
        form = forms.DecidedTaskForm(posted(request), seat=seat, item=item, rounds=rounds)
        where = f" in ronde {rounds[0].number}" if len(rounds) == 1 else ""
        return f"Een besluit dat een taak wordt{where}", form
    return "Wat besloten wij?", forms.DecisionForm(posted(request), seat=seat, item=item)


def _signing(minute):
    """Which side's name stands under the text as it reads now, and what has to happen before anybody can sign."""
    fingerprint = minute.fingerprint or minute.hash_of(minute.body())
    given, dissents, refusals = minute.signatures(), minute.dissents(), minute.refusals()
    table = minute.partnership
    sides = [
        {
            "party": party,
            "word": table.side_name(party),
            "name": table.name_of(party),
            "signature": given.get(party),
            "counts": party in given and given[party].fingerprint == fingerprint,
            "dissent": dissents.get(party),
            "refusal": refusals.get(party),
        }
        for party in Party.sides()
    ]
    why_not = "" if minute.is_frozen else minute.why_not_sign()
    return {"sides": sides, "differs": bool(dissents), "fingerprint": fingerprint, "why_not": why_not}
