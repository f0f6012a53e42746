"""The table itself: its people and its settings."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dialoog.live import bells, streams
from dialoog.pages import back, page
from dialoog.partnerships import rules
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import ConflictCopy, Member


def tables(request):
    """The tables at which this account has a seat; with one table straight to it."""
    seats = list(Member.objects.active().filter(user=request.user).select_related("partnership"))
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
    thing = copy.thing(seat)
    version = sent_number(request.POST, "version") if choice == "joined" else None
    thing.conflicts = copy.settle(seat, choices[choice], version)
    return written(request, seat, thing, thing.address(seat), said="Dat is nu de tekst.")


def written(request, seat, thing, url, anchor=None, said="Opgeslagen."):
    """The answer after writing: back to the page, or the three texts when somebody was first (409)."""
    if thing.conflicts:
        copies = [copy for copy in thing.open_conflicts(seat) if copy in thing.conflicts]
        return page(request, "partnerships/conflict.html", {"thing": thing, "copies": copies, "url": url}, status=409)
    if thing.met_others:
        said = f"{said} Iemand anders schreef tegelijk met u. Beide teksten staan erin, lees ze nog eens na."
    return back(request, url, anchor, said)


def text_history(request, seat, thing):
    """Who wrote what in this thing, and a way back to an older text. An app gives it a route and a rule."""
    may_write = thing.may_be_written_by(seat)
    if request.method != "POST":
        told = {"thing": thing, "versions": thing.versions(), "may_write": may_write, "url": thing.address(seat)}
        return page(request, "partnerships/text_history.html", told)
    if not may_write:
        raise PermissionDenied
    thing.restore(seat, sent_number(request.POST, "version"), sent_number(request.POST, "number"))
    return written(request, seat, thing, thing.address(seat), said="De oudere tekst staat er weer.")
