"""What a round does once a day: one reminder at most per person, and only when there is something new to say."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from dialoog import letters
from dialoog.partnerships.models import Member
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects.models import Attendance, Commitment, ConsultationMeeting, OwnerLink, Phase, Pledge, Reminders, Task

TASK_BEFORE, COMMITMENT_BEFORE, MEETING_BEFORE = timedelta(days=3), timedelta(days=7), timedelta(days=2)
# Time to think before somebody is asked again.
PLEDGE_AFTER = timedelta(days=4)
AGAIN_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One line of a reminder: neutral words, where it leads, and the days on which there was reason to write it."""

    words: str
    url: str
    due: date
    reasons: tuple

    def is_new(self, last, today):
        """Whether there is reason to say it that the last letter did not know, or that letter is a week old."""
        if last is None or last <= today - AGAIN_AFTER:
            return True
        return any(last < day <= today for day in self.reasons)


def remind(today=None):
    """Write to everyone for whom something is due; gives how many letters went."""
    today = today or timezone.localdate()
    members = list(Member.objects.present().select_related("user", "partnership"))
    lines, seats = _lines(members, today), defaultdict(list)
    for member in members:
        if lines[member.pk]:
            seats[member.user].append((member, sorted(lines[member.pk], key=lambda line: line.due)))
    known = {wish.user_id: wish for wish in Reminders.objects.filter(user__in=seats)}
    return sum(_write(user, known.get(user.pk), tables, today) for user, tables in seats.items())


def ask_owners_again(today=None):
    """A neutral letter to owners without an account whose day comes near; gives how many went."""
    today, asked, gone = today or timezone.localdate(), set(), 0
    for link in OwnerLink.objects.to_remind(today).select_related("commitment", "sent_by__user"):
        # One letter per person and table, also when several things are due.
        if (link.partnership_id, link.email) not in asked:
            asked.add((link.partnership_id, link.email))
            gone += link.remind()
    return gone


def _write(user, wish, tables, today):
    wish = wish or Reminders.of(user)
    last = wish.sent_on
    if not any(line.is_new(last, today) for _, lines in tables for line in lines) or not wish.take_today(today):
        return False
    words = {"name": user.name, "tables": tables, "url": settings.SITE_URL + tables[0][0].url("start")}
    gone = letters.send(user.email, "Een herinnering van Dialoog", "projects/mail_reminder", words, wish.stop_url)
    if not gone:
        wish.give_back(last)
    return gone


def _lines(members, today):
    """What is due, per member; a fixed number of questions to the database, however many people there are."""
    seats, lines = {member.pk: member for member in members}, defaultdict(list)
    for member, line in [*_tasks(seats, today), *_commitments(seats, today), *_pledges(seats, today)]:
        lines[member.pk].append(line)
    for member, line in _meetings(members, today):
        lines[member.pk].append(line)
    return lines


def _tasks(seats, today):
    due = Task.objects.open().running().filter(due__lte=today + TASK_BEFORE, member__in=seats).select_related("project")
    for task in due:
        seat, words = seats[task.member_id], f"Een taak in ronde {task.project.number}: {_when(task.due, today)}."
        url = f"{seat.url('projects:tasks')}#{task.topic}"
        yield seat, _line(words, url, task.due, task.due - TASK_BEFORE)


def _commitments(seats, today):
    due = Commitment.objects.unfinished().filter(due__lte=today + COMMITMENT_BEFORE, owner_member__in=seats)
    for commitment in due.select_related("project"):
        seat = seats[commitment.owner_member_id]
        # A day that two sides agreed on is not moved by one of them.
        words = f"Een afspraak uit {commitment.came_from}: {_when(commitment.due, today, 'Zeg hoe het staat')}."
        url = seat.url("projects:commitment", commitment=commitment.pk)
        yield seat, _line(words, url, commitment.due, commitment.due - COMMITMENT_BEFORE)


def _pledges(seats, today):
    silent = Pledge.objects.unanswered().filter(project__phase__lt=Phase.BUNDLE, member__in=seats)
    for pledge in silent.select_related("project"):
        asked = timezone.localdate(pledge.named_at)
        if asked <= today - PLEDGE_AFTER:
            words = f"Doet u mee aan ronde {pledge.project.number}? Ja of nee, allebei is goed."
            yield seats[pledge.member_id], _line(words, pledge.url, asked, asked + PLEDGE_AFTER)


def _meetings(members, today):
    """The next meeting of each table, for who did not say that they stay away."""
    coming, away = {}, set(Attendance.objects.that_hold().filter(coming=False).values_list("meeting_id", "member_id"))
    soon = ConsultationMeeting.objects.coming().filter(starts_at__date__lte=today + MEETING_BEFORE)
    for meeting in soon.reverse():
        coming[meeting.partnership_id] = meeting
    for member in members:
        meeting = coming.get(member.partnership_id)
        if meeting and (meeting.pk, member.pk) not in away:
            moment = timezone.localtime(meeting.starts_at)
            words = f"Het overleg is {dutch_date(moment)} om {moment:%-H.%M} uur."
            url = member.url("projects:meeting", meeting=meeting.pk)
            yield member, _line(words, url, moment.date(), moment.date() - MEETING_BEFORE)


def _line(words, path, due, begins):
    """A reason to write: when the day comes near, on the day itself, and the day after."""
    url = path if path.startswith("http") else settings.SITE_URL + path
    return Line(words, url, due, (begins, due, due + timedelta(days=1)))


def _when(due, today, late="Een andere dag kiezen mag altijd"):
    if due < today:
        return f"die was bedoeld voor {dutch_date(due)}. {late}"
    return "vandaag" if due == today else f"uiterlijk {dutch_date(due)}"
