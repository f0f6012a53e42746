"""The try-out: walk in as one of the invented people. These addresses exist in a try-out only."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from dialoog.partnerships.models import Member


@require_POST
@login_not_required
def log_in_as(request):
    """Take the seat of an invented person."""
    seat = next((seat for seat in Member.objects.invented() if str(seat.pk) == request.POST.get("person")), None)
    if seat is None:
        raise Http404
    login(request, seat.user)
    wanted = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return redirect(wanted if inside else seat.url("start"))


urlpatterns = [path("inloggen/als/", log_in_as, name="log_in_as")]
