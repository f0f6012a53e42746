"""The table itself: its people and its settings."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialoog.live import bells, streams
from dialoog.pages import back, page
from dialoog.partnerships import rules, shared_words
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import (
    AcceptForm,
    InvitationForm,
    MemberForm,
    ProfileForm,
    TableSettingsForm,
    sent_number,
)
from dialoog.partnerships.models import ConflictCopy, Event, Invitation, Member, Party
from dialoog.partnerships.writing import TAKEN_BACK, Written


def posted(request):
    """What was sent, also when it is empty; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def tables(request):
    """The tables at which this account has a seat; with one table straight to it."""
    seats = list(Member.objects.active().filter(user=request.user).select_related("partnership", "user"))
    if len(seats) == 1:
        return redirect(seats[0].url("start"))
    return page(request, "partnerships/tables.html", {"seats": seats})


@require_GET
@seated(rules.any_member)
def stream(request, seat):
    """What rang for this seat, told once: the real stream stands before this view, where the server can stream."""
    heard = request.headers.get("Last-Event-ID") or request.GET.get("heard", "")
    mark, topics = bells.missed(heard, seat.channels()) if heard else (request.heard, [])
    told = b"retry: 3000\n\n" + streams.told(mark, topics)
    return HttpResponse(told, content_type="text/event-stream; charset=utf-8")


@require_POST
@seated(rules.may_settle, copy=ConflictCopy)
def settle(request, seat, copy):
    """Decide about a text that did not fit: leave what stands, take the later one, or write a third."""
    choices = {"theirs": None, "mine": copy.yours, "joined": request.POST.get("text", "")}
    choice = request.POST.get("choice")
    if choice not in choices:
        raise ValidationError("Kies eerst welke tekst blijft staan.")
    if choice != "joined":
        # The field for a text of one's own stands in the same form: nobody typed that.
        request.POST = request.POST.copy()
        request.POST.pop("text", None)
    thing = copy.thing(seat)
    version = sent_number(request.POST, "version")
    thing.conflicts = copy.settle(seat, choices[choice], version)
    return written(request, seat, thing, thing.address(seat), said="Dat is nu de tekst.")


def written(request, seat, thing, url, anchor=None, said="Opgeslagen."):
    """The answer after writing: back to the page, or the three texts when somebody was first (409)."""
    if thing.conflicts:
        copies = [copy for copy in thing.open_conflicts(seat) if copy in thing.conflicts]
        return page(request, "partnerships/conflict.html", {"thing": thing, "copies": copies, "url": url}, status=409)
    if thing.was_taken_back:
        said = f"{said} {TAKEN_BACK}"
    elif thing.met_others:
        said = f"{said} Iemand anders schreef tegelijk met u. Beide teksten staan erin, lees ze nog eens na."
    return back(request, url, anchor, said)


def asked(request, seat, form, template, onward, said="Opgeslagen.", anchor=None, **told):
    """Keep what was sent and go on with one sentence; otherwise the form, with everything typed and what is wrong.

    `onward` (where to), `said` and `anchor` (the place on that page) may be functions of the thing that was kept.
    """
    thing = form.kept(seat)
    if thing is None:
        return page(request, template, told | {"form": form}, status=422 if form.is_bound else 200)
    url, sentence, place = (one(thing) if callable(one) else one for one in (onward, said, anchor))
    if isinstance(thing, Written):
        return written(request, seat, thing, url, place, sentence)
    return back(request, url, place, sentence)


@require_POST
@seated(rules.any_member)
def type_in(request, seat, kind, thing):
    """Keep one text while somebody types it; the reply tells what stands there now, with the words of the others."""
    found = shared_words.typed_thing(seat, kind, thing)
    if not found.may_be_written_by(seat):
        # What closed meanwhile says so itself, beside the words that stay in the page.
        found.refuse_words()
        raise PermissionDenied
    return typed(request, seat, found, found.type_in)


def typed(request, seat, thing, keep, field=None):
    """The reply to a page on which somebody types: only that they are there, or what stands there now.

    `keep(seat, version, field, text)` keeps one text. An app whose thing is made by the first letter has a route of its
    own for that, with its own rule.
    """
    field = field or request.POST.get("unit", "")
    if "text" not in request.POST:
        thing.tell_here(seat, field, gone="gone" in request.POST)
        return JsonResponse({})
    kept = keep(seat, sent_number(request.POST, "version"), field, request.POST["text"])
    # What does not fit is told by the thing that took the words; an act that made it gives it back.
    thing = kept if isinstance(kept, Written) else thing
    version = 0 if thing._state.adding else thing.version
    told = {"version": version, "texts": {name: getattr(thing, name) or "" for name in thing.while_typing}}
    clock = timezone.localtime().strftime("%-H.%M")
    others = [copy.after.name for copy in thing.conflicts if copy.after and copy.after != seat]
    said = TAKEN_BACK if thing.was_taken_back else ""
    other = others[0] if others else ""
    told |= {"saved": clock, "copy": bool(thing.conflicts), "other": other, "said": said, "after": thing.comes_after}
    return JsonResponse(told)


def text_history(request, seat, thing):
    """Who wrote what in this thing, and a way back to an older text. An app gives it a route and a rule."""
    may_write = thing.may_be_written_by(seat)
    if request.method != "POST":
        left = ConflictCopy.objects.visible_to(seat).left_out_of(thing)
        told = {
            "thing": thing, "versions": thing.versions(), "left": left, "may_write": may_write,
            "url": thing.address(seat),
        }  # fmt: skip
        return page(request, "partnerships/text_history.html", told)
    if not may_write:
        raise PermissionDenied
    thing.restore(seat, sent_number(request.POST, "version"), sent_number(request.POST, "number"))
    return written(request, seat, thing, thing.address(seat), said="De oudere tekst staat er weer.")


@require_GET
@seated(rules.any_member)
def members(request, seat):
    """Who sits at this table, per side; a coordinator also sees whom the own side has invited."""
    people = seat.people()
    groups = [(party, [one for one in people if one.party == party]) for party in Party.values]
    told = {
        "groups": groups,
        "invitations": Invitation.objects.visible_to(seat).open() if rules.coordinator(seat) else [],
        "may_invite": rules.coordinator(seat),
        "manageable": {one.pk for one in people if rules.may_manage(seat, one)},
        "events": seat.people_events(),
    }
    return page(request, "partnerships/members.html", told)


@require_http_methods(["GET", "POST"])
@seated(rules.coordinator)
def invite(request, seat):
    """Invite somebody of the own side, or a neutral helper."""
    form = InvitationForm(posted(request), seat=seat)
    if request.method == "POST" and form.is_valid():
        form.save(seat)
        return back(request, seat.url("partnerships:members"), "uitnodigingen", "De uitnodiging is verstuurd.")
    return page(request, "partnerships/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.may_settle_invitation, invitation=Invitation)
def invite_again(request, seat, invitation):
    """Send a new letter for the same seat."""
    invitation.again(seat)
    return back(request, seat.url("partnerships:members"), "uitnodigingen", "Er is een nieuwe uitnodiging verstuurd.")


@require_POST
@seated(rules.may_settle_invitation, invitation=Invitation)
def withdraw_invitation(request, seat, invitation):
    """Take an invitation back."""
    invitation.withdraw(seat)
    return back(request, seat.url("partnerships:members"), "uitnodigingen", "De uitnodiging is ingetrokken.")


@require_http_methods(["GET", "POST"])
@seated(rules.may_manage, member=Member)
def member(request, seat, member):
    """What somebody of the own side does and may do."""
    form = MemberForm(posted(request), seat=seat, instance=member)
    if request.method == "POST" and form.is_valid():
        form.save(seat)
        return back(request, seat.url("partnerships:members"), member.topic, "Opgeslagen.")
    told = {"form": form, "member": member, "events": Event.objects.visible_to(seat).about(member)[:12]}
    return page(request, "partnerships/member.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@seated(rules.may_manage, member=Member)
def say_goodbye(request, seat, member):
    """End somebody's seat; first a page that says what that means."""
    if request.method == "POST":
        member.leave(seat)
        said = f"{member.name} zit niet meer aan tafel."
        return back(request, "/" if member == seat else seat.url("partnerships:members"), said=said)
    return page(request, "partnerships/say_goodbye.html", {"member": member})


@require_http_methods(["GET", "POST"])
@login_not_required
def invitation(request, token):
    """The letter's link: see what is offered, and take the seat. Opening changes nothing: mail scanners open it too."""
    offer = Invitation.by_token(token)
    if offer is None or not offer.is_usable:
        return page(request, "partnerships/invitation_over.html", status=404)
    mine = request.user.is_authenticated and request.user.email == offer.email
    if request.user.is_authenticated and not mine:
        return page(request, "partnerships/invitation_other.html", {"offer": offer}, status=403)
    if offer.account and not mine:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    form = None if mine else AcceptForm(posted(request), offer=offer)
    if request.method == "POST" and (form is None or form.is_valid()):
        return _take_seat(request, offer, form)
    told = {"form": form, "offer": offer}
    return page(request, "partnerships/invitation.html", told, status=422 if form and form.is_bound else 200)


def _take_seat(request, offer, form):
    try:
        member = offer.accept(user=request.user) if form is None else offer.accept(**form.cleaned_data)
    except ValidationError as refusal:
        return page(request, "refused.html", {"sentences": refusal.messages}, status=422)
    if form is not None:
        login(request, member.user)
    return back(request, member.url("handover"), said="Welkom aan tafel.")


@require_http_methods(["GET", "POST"])
@seated(rules.any_member)
def profile(request, seat):
    """What Dialoog keeps about the one who looks, and how they log in."""
    form = ProfileForm(posted(request), seat=seat)
    if request.method == "POST" and form.is_valid():
        form.save(seat)
        return back(request, seat.url("partnerships:profile"), said="Opgeslagen.")
    others = Member.objects.active().filter(user=request.user).exclude(pk=seat.pk).select_related("partnership", "user")
    told = {"form": form, "others": others}
    return page(request, "partnerships/profile.html", told, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.any_member)
def look(request, seat):
    """Show this person the pages without the municipality's theme, or with it again."""
    own = request.session["own_look"] = request.POST.get("look") == "own"
    how = "zonder" if own else "met"
    return back(
        request,
        seat.url("partnerships:profile"),
        "uiterlijk",
        f"U ziet Dialoog nu {how} het uiterlijk van de gemeente.",
    )


@require_GET
@seated(rules.any_member)
def table(request, seat):
    """The settings of this table, for everyone to read."""
    events = Event.objects.visible_to(seat).about(seat.partnership)[:12]
    return page(request, "partnerships/table.html", {"may_change": rules.coordinator(seat), "events": events})


@require_http_methods(["GET", "POST"])
@seated(rules.coordinator)
def change_table(request, seat):
    """Change the settings of this table."""
    form = TableSettingsForm(posted(request), request.FILES or None, seat=seat, instance=seat.partnership)
    if request.method == "POST" and form.is_valid():
        form.save(seat)
        return back(request, seat.url("partnerships:table"), said="Opgeslagen.")
    if form.is_bound:
        # What was typed is in the form; the frame around it shows what is kept.
        seat.partnership.refresh_from_db()
    return page(request, "partnerships/change_table.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
@seated(rules.any_member)
def theme(request, seat):
    """The municipality's own stylesheet, from our own address."""
    return HttpResponse(seat.partnership.theme, content_type="text/css; charset=utf-8")
