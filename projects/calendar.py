"""One person's calendar: days and moments in neutral words, because a calendar is read on many screens."""

from datetime import UTC, date, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from dialoog.partnerships.models import Event as Line
from projects.models import Attendance, Commitment, ConsultationMeeting, Task

MEETING_LASTS = timedelta(hours=2)
LONG_AGO = timedelta(days=60)


def calendar(seat):
    """The calendar file of this person: open tasks, meetings, and the days of what they promised."""
    drawn = _empty()
    drawn.add("x-wr-calname", "Dialoog")
    drawn.add("x-published-ttl", "PT6H")
    for entry in [*_tasks(seat), *_commitments(seat), *_meetings(seat)]:
        drawn.add_component(entry)
    return drawn.to_ical()


def _changes(things):
    """How often each of these changed in sight of the whole table, and when last: one question for all of them.

    A calendar keeps the entry with the highest number; it only has to go up.
    """
    lines = Line.objects.filter(party="", thing_id__in=[thing.pk for thing in things]).order_by()
    told = lines.values_list("thing_id").annotate(models.Count("pk"), models.Max("at"))
    return {key: (count, last) for key, count, last in told}


def invitation(meeting):
    """One meeting as a file for anybody's calendar; a later one takes the place of an earlier one.

    Of a meeting that was cancelled it is the file that takes it out again.
    """
    drawn = _empty()
    # Who comes is said in Dialoog: a calendar that answers by itself would write to an address that nobody reads.
    drawn.add("method", "CANCEL" if meeting.is_cancelled else "PUBLISH")
    table = meeting.partnership
    path = reverse("projects:meeting", kwargs={"table": table.slug, "meeting": meeting.pk})
    drawn.add_component(_meeting(meeting, path, _changes([meeting]).get(meeting.pk)))
    return drawn.to_ical()


def _empty():
    drawn = Calendar()
    drawn.add("prodid", "-//Dialoog//NL")
    drawn.add("version", "2.0")
    return drawn


def _tasks(seat):
    for task in Task.objects.visible_to(seat).of_member(seat).open().running().select_related("project"):
        path = f"{seat.url('projects:tasks')}#{task.topic}"
        changes = (task.moves, task.moved_at)
        yield _day(task, task.due, f"Taak in ronde {task.project.number}", path, changes)


def _commitments(seat):
    known = Commitment.objects.visible_to(seat).unfinished().filter(owner_member=seat).select_related("project")
    changes = _changes(known)
    for commitment in known:
        path, told = seat.url("projects:commitment", commitment=commitment.pk), changes.get(commitment.pk)
        yield _day(commitment, commitment.due, f"Afspraak uit {commitment.came_from}", path, told)


def _meetings(seat):
    away = Attendance.objects.visible_to(seat).that_hold().filter(member=seat, coming=False).values("meeting")
    known = ConsultationMeeting.objects.visible_to(seat).going_on().exclude(pk__in=away)
    known = known.filter(starts_at__gte=timezone.now() - LONG_AGO)
    changes = _changes(known)
    for meeting in known:
        yield _meeting(meeting, seat.url("projects:meeting", meeting=meeting.pk), changes.get(meeting.pk))


def _meeting(meeting, path, changes):
    entry = _entry(meeting, "Overleg", path, changes)
    entry.add("dtstart", meeting.starts_at.astimezone(UTC))
    entry.add("dtend", (meeting.starts_at + MEETING_LASTS).astimezone(UTC))
    entry.add("location", meeting.place)
    entry.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    return entry


def _day(thing, day, words, path, changes):
    entry = _entry(thing, words, path, changes)
    entry.add("dtstart", day)
    entry.add("dtend", min(day, date.max - timedelta(days=1)) + timedelta(days=1))
    # A day by which something is wanted keeps nobody busy all day.
    entry.add("transp", "TRANSPARENT")
    return entry


def _entry(thing, words, path, changes):
    count, last = changes or (0, None)
    entry = Event()
    entry.add("uid", f"{thing.pk}@dialoog")
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("sequence", count)
    if last:
        entry.add("last-modified", last.astimezone(UTC))
    entry.add("summary", words)
    entry.add("description", f"Wat het is, leest u in Dialoog: {settings.SITE_URL}{path}")
    entry.add("url", settings.SITE_URL + path)
    return entry
