"""The start page (what waits, where the round stands, what happened, when we meet), and help for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.views.decorators.http import require_GET

from dialoog.pages import page
from dialoog.partnerships import rules
from dialoog.partnerships.door import seated


@require_GET
@seated(rules.any_member)
def start(request, seat):
    """What waits for the one who looks, now."""
    return page(request, "start.html")


@require_GET
@login_not_required
def help(request):
    """How Dialoog works, step by step, also for who has not logged in yet."""
    return page(request, "help.html")
