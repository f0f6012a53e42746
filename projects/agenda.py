"""Minutes that wait for a name under them, points of a meeting that did not go on, and what clients were not asked."""

from dialoog.partnerships.agenda import OpenItem
from dialoog.partnerships.models import Party
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects.models import AgendaItem, Commitment, Minute


def open_items(partnership):
    """Minutes that the two sides did not both sign, points that wait, and what the council did not ask about yet."""
    return [*_minutes(partnership), *_points(partnership), *_to_ask(partnership)]


def _minutes(partnership):
    waiting = Minute.objects.filter(partnership=partnership, meeting__minutes_signed_at=None)
    waiting = waiting.filter(meeting__cancelled_at=None).select_related("meeting")
    past = [minute for minute in waiting.order_by("meeting__starts_at") if minute.meeting.is_past]
    return [
        OpenItem(
            "minute", f"Het verslag van {dutch_date(minute.meeting.starts_at)}", minute.pk, "projects:read_minutes",
            {"meeting": minute.meeting_id}, "Nog niet door beide kanten getekend.",
        )
        for minute in past
    ]  # fmt: skip


def _points(partnership):
    """What a side wanted to speak about at a meeting that was cancelled, until another meeting takes it up."""
    known = AgendaItem.objects.filter(partnership=partnership)
    taken_up = known.filter(position=AgendaItem.Position.OPEN, meeting__cancelled_at=None, thing__isnull=False)
    points = known.filter(position=AgendaItem.Position.POINT, meeting__cancelled_at__isnull=False)
    points = points.exclude(pk__in=taken_up.values("thing")).select_related("added_by__user", "meeting")
    return [
        OpenItem(
            "point", one.title, one.pk, "projects:meeting", {"meeting": one.meeting_id},
            f"Van {one.added_by}, voor het overleg dat niet doorging. {one.note}".strip(), str(one.added_by.party),
        )
        for one in points.order_by("added_at", "pk")
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
