"""Values: two sealed envelopes, then everything side by side."""

from functools import cache

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in, sent_key, sent_number
from dialoog.partnerships.models import Event
from dialoog.partnerships.views import asked, posted, text_history
from dialoog.partnerships.writing import open_conflicts
from values import rules
from values.forms import JoinForm, PracticeForm, ProposalForm, ValueForm, ValueViewForm
from values.models import (
    SUGGESTIONS,
    SUGGESTIONS_FROM,
    Candidate,
    StatutoryValue,
    Value,
    ValueAccount,
    ValueEnvelope,
    ValuePractice,
    ValueView,
    plain,
)
from values.story import Figure, by_year, touches


@require_GET
@seated(rules.any_member)
def values(request, seat):
    """Before opening two envelopes; after that what both sides wrote, side by side."""
    envelopes = list(ValueEnvelope.of(seat))
    coming = next((envelope for envelope in envelopes if not envelope.is_open), None)
    opened = [envelope for envelope in envelopes if envelope.is_open]
    mine = _own_views(seat, coming)
    sealed = {"envelope": coming, "mine": mine, "counted": _counted(len(mine))}
    sealed["statutory"] = list(StatutoryValue.objects.visible_to(seat))
    sealed["other_ready"] = coming is not None and seat.is_side and coming.is_ready(seat.other_side)
    if not opened:
        return page(request, "values/sealed.html", sealed)
    rows = Value.objects.visible_to(seat).listed().side_by_side(seat)
    both, one = [row for row in rows if row.both_named], [row for row in rows if not row.both_named]
    told = {"both": both, "one": one, "first": _first_to_answer(seat, [*both, *one])}
    return page(request, "values/values.html", told | sealed | {"opened_at": opened[0].opened_at})


@require_GET
@seated(rules.side_member)
def own(request, seat):
    """What lies in the own envelope; only the own side reads this."""
    coming = ValueEnvelope.coming(seat)
    mine = _own_views(seat, coming)
    events = Event.objects.visible_to(seat).filter(thing_kind="valueview", party=seat.party)[:10]
    conflicts = open_conflicts(seat, mine)
    ready = coming is not None and coming.is_ready(seat.party)
    told = {"ready": ready, "mine": mine, "events": events, "conflicts": conflicts}
    return page(request, "values/own.html", told | _suggestions(seat))


@seated(rules.side_member)
def write(request, seat):
    """Lay a new value in the own envelope."""
    # The suggestion is a start: the own words come from the own side.
    form = ValueViewForm(posted(request), seat=seat, initial=_picked(request, _suggestions(seat)))
    return asked(request, seat, form, "values/write.html", seat.url("values:own"), "De waarde ligt in uw envelop.")


@seated(rules.may_change_view, view=ValueView)
def rewrite(request, seat, view):
    """Change a value in the own envelope."""
    if view.envelope.is_open and request.method == "GET":
        return redirect(seat.url("values:detail", value=view.value_id))
    form = ValueViewForm(posted(request), seat=seat, instance=view)
    return asked(request, seat, form, "values/write.html", seat.url("values:own"), view=view)


@require_POST
@seated(rules.may_change_view, view=ValueView)
def take_out(request, seat, view):
    """Take a value out of the own envelope."""
    view.take_out(seat)
    return back(request, seat.url("values:own"), said="De waarde is uit uw envelop gehaald.")


@seated(rules.may_change_view, view=ValueView)
def view_history(request, seat, view):
    """Who of the own side wrote what in this value."""
    return text_history(request, seat, view)


@require_POST
@seated(rules.side_member)
def release(request, seat):
    """This side is ready: the envelopes may open."""
    envelope = ValueEnvelope.begin(seat)
    envelope.release(seat)
    said = "De enveloppen zijn open." if envelope.is_open else "U zei: onze kant is klaar."
    return back(request, seat.url("values:list"), said=said)


@require_POST
@seated(rules.side_member)
def take_back(request, seat):
    """This side wants to write on."""
    if envelope := ValueEnvelope.coming(seat):
        envelope.take_back(seat)
        return back(request, seat.url("values:own"), said="U kunt weer schrijven.")
    raise ValidationError("De enveloppen zijn al open. Daarna kan niets terug in de envelop.")


@seated(rules.side_member)
def propose(request, seat):
    """Lay a value openly on the table, beside those from the envelopes."""
    form = ProposalForm(posted(request), seat=seat)
    said = "Uw voorstel ligt op tafel. De andere kant kan nu ja zeggen."
    return asked(request, seat, form, "values/propose.html", lambda value: value.address(seat), said)


@require_GET
@seated(rules.any_member, value=Value)
def detail(request, seat, value):
    """One value: both voices, who said yes, what it looks like in practice, and what happened."""
    if value.joined_into_id:
        return redirect(seat.url("values:detail", value=value.joined_into_id))
    # Looked up when the page comes to it: a page that reads one region again leaves the rest alone.
    row = cache(lambda: Value.objects.visible_to(seat).filter(pk=value.pk).side_by_side(seat)[0])
    practices = cache(lambda: list(ValuePractice.objects.visible_to(seat).under(value)))
    accounts = cache(lambda: list(ValueAccount.objects.visible_to(seat).about(value)))
    there = cache(lambda: [account for account in accounts() if account.is_begun])
    touched = cache(lambda: touches(seat, [value])[value.pk])
    told = {
        "accounts": lambda: accounts() if value.is_shared or there() else [],
        "may_compare": lambda: bool(there()),
        "figure": cache(lambda: Figure.of(touched())),
        "years": lambda: by_year(touched()),
        "value": value,
        "row": row,
        "practices": practices,
        "needs_practice": lambda: value.is_shared and not practices() and not value.nudge_reason,
        "join_form": cache(lambda: JoinForm(seat=seat, value=value) if seat.is_side and row().may_be_joined else None),
        "conflicts": cache(lambda: open_conflicts(seat, [value, *practices(), *there()])),
        "events": Event.objects.visible_to(seat).about(value)[:30],
    }
    return page(request, "values/detail.html", told)


@seated(rules.may_write, value=Value)
def edit(request, seat, value):
    """Change the joint words."""
    form = ValueForm(posted(request), seat=seat, instance=value)
    return asked(request, seat, form, "values/edit.html", value.address(seat), value=value)


@seated(rules.any_member, value=Value)
def history(request, seat, value):
    """Who changed the joint words."""
    return text_history(request, seat, value)


@require_POST
@seated(rules.may_agree, value=Value)
def agree(request, seat, value):
    """This side says yes."""
    value.agree(seat, seen=seen_in(request))
    return _back_to(request, seat, value, f"{seat.side_name.capitalize()}: ja tegen ‘{value.name}’.")


@require_POST
@seated(rules.may_agree, value=Value)
def retract(request, seat, value):
    """This side takes its yes back."""
    value.retract(seat)
    return _back_to(request, seat, value, f"Uw kant nam het ja tegen ‘{value.name}’ terug. De waarde blijft staan.")


@require_POST
@seated(rules.may_join, value=Value)
def join(request, seat, value):
    """Lay a value of the other side beside this one: they mean the same."""
    form = JoinForm(request.POST, seat=seat, value=value)
    if not form.is_valid():
        raise ValidationError("Kies een waarde die alleen de andere kant noemde.")
    pair = value.join(seat, form.cleaned_data["other"])
    return back(request, pair.address(seat), said="De waarden liggen bij elkaar. De andere kant kan nu ja zeggen.")


@require_POST
@seated(rules.may_join, value=Value)
def split(request, seat, value):
    """Take two joined values apart again."""
    value.split(seat)
    return back(request, seat.url("values:list"), said="De waarden liggen weer los.")


@require_POST
@seated(rules.may_agree, value=Value)
def waive_practice(request, seat, value):
    """Go on without an example, with a reason."""
    value.waive_practice(seat, request.POST.get("reason", ""))
    return back(request, value.address(seat), said="Uw reden staat erbij.")


@seated(rules.may_write, value=Value)
def describe(request, seat, value):
    """Add what this value looks like on an ordinary day."""
    form = PracticeForm(posted(request), seat=seat, value=value)
    return asked(
        request, seat, form, "values/practice.html", seat.url("values:detail", value=value.pk),
        "Het voorbeeld staat erbij.", anchor=lambda practice: practice.topic, value=value,
    )  # fmt: skip


@seated(rules.may_write, practice=ValuePractice)
def redescribe(request, seat, practice):
    """Change an example."""
    form = PracticeForm(posted(request), seat=seat, instance=practice)
    told = {"value": practice.value, "practice": practice}
    return asked(request, seat, form, "values/practice.html", practice.address(seat), **told)


@require_POST
@seated(rules.may_drop, practice=ValuePractice)
def drop(request, seat, practice):
    """Take an example away."""
    address = seat.url("values:detail", value=practice.value_id)
    practice.drop(seat)
    return back(request, address, said="Het voorbeeld is weg. In de geschiedenis staat wat er stond.")


@seated(rules.any_member, practice=ValuePractice)
def practice_history(request, seat, practice):
    """Who changed this example."""
    return text_history(request, seat, practice)


def _own_views(seat, envelope):
    """What the own side laid in the envelope that is not open yet."""
    if envelope is None or not seat.is_side:
        return []
    return list(
        ValueView.objects.visible_to(seat).filter(envelope=envelope, party=seat.party).select_related("author__user")
    )


def _counted(number):
    """'vier waarden': a count that one reads as a word."""
    words = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
    word = words[number] if number < len(words) else str(number)
    return f"{word} {'waarde' if number == 1 else 'waarden'}"


def _suggestions(seat):
    """What others named, for who wrote something already; without the values this side has."""
    own = {plain(view.name) for view in ValueView.objects.visible_to(seat).filter(party=seat.party)}
    if not rules.may_see_suggestions(seat, bool(own)):
        return {"suggestions": (), "suggestions_from": "", "candidates": ()}
    candidates = list(Candidate.objects.visible_to(seat).newest_first())
    return {
        "suggestions": SUGGESTIONS,
        "suggestions_from": SUGGESTIONS_FROM,
        "candidates": [(one, plain(one.name) in own) for one in candidates],
        "own_names": own,
        # What the room named too stands there already.
        "named_here": {plain(one.name) for one in candidates},
    }


def _picked(request, offered):
    """The name that somebody took over from a list, to begin with."""
    picked, key = sent_number(request.GET, "idee"), sent_key(request.GET, "uit")
    if 0 < picked <= len(offered["suggestions"]):
        return {"name": offered["suggestions"][picked - 1][0]}
    return next(({"name": one.name} for one, _ in offered["candidates"] if one.pk == key), {})


def _first_to_answer(seat, rows):
    """The one value on the page with the primary button: the other side said yes, this side has not answered."""
    waits = [row for row in rows if seat.is_side and row.waits_for(seat.party)]
    return waits[0].value.pk if waits else None


def _back_to(request, seat, value, said):
    """Back to the list or to the value, wherever the button stood."""
    if request.POST.get("from") == "list":
        return back(request, seat.url("values:list"), value.topic, said)
    return back(request, value.address(seat), said=said)
