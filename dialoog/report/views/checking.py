"""Is this file really what both sides signed? For anyone who holds it, without an account."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache

from dialoog.pages import form_page, page
from dialoog.report.forms import CheckForm
from dialoog.report.models import Edition
from projects.models import Minute

MOST, MINUTES = 20, 10


@form_page
@login_not_required
def check(request):
    """Yes or no, and for whom the file was made; nothing else: not of whom, not about what, not when."""
    if request.method == "GET":
        return page(request, "report/check.html", {"form": CheckForm()})
    if _is_too_often(request.META.get("REMOTE_ADDR", "")):
        return page(request, "report/check.html", {"form": CheckForm(), "wait": MINUTES}, status=429)
    form = CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, "report/check.html", {"form": form}, status=422)
    mark = form.fingerprint()
    told = {"readers": Edition.readers_of(mark), "are_minutes": Minute.is_signed(mark)}
    return page(request, "report/check.html", {"form": CheckForm(), "answered": True, **told})


def _is_too_often(address):
    """Twenty questions in ten minutes from one place are enough for people; the place itself is not kept."""
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()[:32]
    name = f"check-{digest}"
    cache.add(name, 0, MINUTES * 60)
    try:
        asked = cache.incr(name)
        # Counting gives it the short life that a cache gives to anything.
        cache.touch(name, MINUTES * 60)
        return asked > MOST
    except ValueError:
        # It ran out between the two: a new ten minutes begin.
        return False
