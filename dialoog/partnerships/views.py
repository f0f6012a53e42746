"""The table itself: its people and its settings."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from dialoog.live import bells, streams
from dialoog.pages import page
from dialoog.partnerships import rules
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Member


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
