"""The table itself: its people and its settings."""

from django.shortcuts import redirect

from dialoog.pages import page
from dialoog.partnerships.models import Member


def tables(request):
    """The tables at which this account has a seat; with one table straight to it."""
    seats = list(Member.objects.active().filter(user=request.user).select_related("partnership"))
    if len(seats) == 1:
        return redirect(seats[0].url("start"))
    return page(request, "partnerships/tables.html", {"seats": seats})
