"""What the page of a conversation asks for while somebody types."""

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from dialoog.partnerships.door import seated
from experiences import rules
from experiences.models import officials_of
from experiences.scan import for_browser


@require_GET
@seated(rules.may_collect)
def patterns(request, seat):
    """What may betray a teller, as the browser looks for it: also an hour without a connection."""
    return JsonResponse(for_browser(officials_of(seat.partnership)))
