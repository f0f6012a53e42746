"""Minutes of meetings that wait for a name under them."""

from dialoog.partnerships.agenda import OpenItem
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects.models import Minute


def open_items(partnership):
    """Minutes that were begun and that the two sides did not both sign."""
    waiting = Minute.objects.filter(partnership=partnership, meeting__minutes_signed_at=None).select_related("meeting")
    past = [minute for minute in waiting.order_by("meeting__starts_at") if minute.meeting.is_past]
    return [
        OpenItem(
            "minute", f"Het verslag van {dutch_date(minute.meeting.starts_at)}", minute.pk, "projects:read_minutes",
            {"meeting": minute.meeting_id}, "Nog niet door beide kanten getekend.",
        )
        for minute in past
    ]  # fmt: skip
