"""Minutes of meetings that wait for a name under them, and commitments about which clients were not asked yet."""

from dialoog.partnerships.agenda import OpenItem
from dialoog.partnerships.models import Party
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects.models import Commitment, Minute


def open_items(partnership):
    """Minutes that the two sides did not both sign, and what is done and waits for the council to ask about it."""
    return [*_minutes(partnership), *_to_ask(partnership)]


def _minutes(partnership):
    waiting = Minute.objects.filter(partnership=partnership, meeting__minutes_signed_at=None).select_related("meeting")
    past = [minute for minute in waiting.order_by("meeting__starts_at") if minute.meeting.is_past]
    return [
        OpenItem(
            "minute", f"Het verslag van {dutch_date(minute.meeting.starts_at)}", minute.pk, "projects:read_minutes",
            {"meeting": minute.meeting_id}, "Nog niet door beide kanten getekend.",
        )
        for minute in past
    ]  # fmt: skip


def _to_ask(partnership):
    note = f"De {partnership.council_word} vroeg het nog niet aan {partnership.clients_word}."
    done = Commitment.objects.filter(partnership=partnership, status=Commitment.Status.DONE, asked_at=None)
    return [
        OpenItem(
            "clients", one.what[:150], one.pk, "projects:commitment", {"commitment": one.pk}, note, str(Party.COUNCIL)
        )
        for one in done.order_by("due", "pk")
    ]
