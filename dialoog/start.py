"""The start page: what waits, where the round stands, what happened, when we meet."""

from django.views.decorators.http import require_GET

from dialoog.pages import page
from dialoog.partnerships import rules
from dialoog.partnerships.door import seated


@require_GET
@seated(rules.any_member)
def start(request, seat):
    """What waits for the one who looks, now."""
    return page(request, "start.html")
