"""What a meeting of the two sides begins with: the commitments, and everything that is open, from every app."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from uuid import UUID

from django.utils import timezone

from dialoog.partnerships.agenda import OpenItem
from dialoog.partnerships.drawers import held
from dialoog.partnerships.models import Event
from projects.models import AgendaItem, Commitment, Project

# When there was no meeting before, what changed in this time is news.
LONG_AGO = timedelta(days=60)
# Per commitment so many lines of what changed: the page of the commitment has all of them.
MOST = 3


def reasons(seat, project):
    """What a commitment of this round can be made for, each with the page that ties it to that."""
    return list(chain.from_iterable(ask(seat, project) for ask in held("reasons", "reasons_for")))


def tie(seat, commitment, key):
    """This commitment is made for the reason with this key; an empty key means for none of them."""
    for act in held("reasons", "tie"):
        act(seat, commitment, key)


def left_open(seat):
    """What closed rounds left open, line by line with its round, the last round first: good places to begin.

    It stays there until a later round is about it, or something was agreed for it after all.
    """
    settled = {_bare(name) for ask in held("reasons", "settled") for name in ask(seat)}
    taken, found = set(), {}
    for project in Project.objects.visible_to(seat).order_by("-number"):
        for line in project.open_themes.splitlines() if project.is_closed else []:
            name = line.strip(" -•")[:120]
            if name and _bare(name) not in taken | settled:
                found.setdefault(_bare(name), (name, project.number))
        # What a round is about settles what the rounds before it left open, not what it left open itself.
        taken.add(_bare(project.subject))
    return list(found.values())


def _bare(name):
    return name.strip(" .").casefold()


def open_items(partnership):
    """All that is open between the two sides, in the order of the agenda: sort by sort, what has a date first."""
    items = list(chain.from_iterable(ask(partnership) for ask in held("agenda", "open_items")))
    order = list(OpenItem.KINDS)
    return sorted(items, key=lambda item: (order.index(item.kind), str(item.due or "9999"), item.title))


@dataclass(frozen=True)
class Point:
    """One line of an agenda: what is open by itself, or what a side put there."""

    title: str
    note: str = ""
    sort: str = ""
    url: str = ""
    party: str = ""
    item: AgendaItem | None = None
    thing: UUID | None = None


def raised(meeting):
    """What comes on this agenda by itself: all that is open, as long as it goes on and the day is not over."""
    return [] if meeting.is_over or meeting.is_cancelled else open_items(meeting.partnership)


def agenda(meeting):
    """The points after the commitments; what is open is asked anew until the minutes begin, and then stands."""
    rows = list(AgendaItem.objects.of(meeting))
    if any(row.position == AgendaItem.Position.STANDING for row in rows):
        return [_kept(row) for row in rows if row.position != AgendaItem.Position.STANDING]
    table = meeting.partnership
    open_ones = [
        Point(one.title, one.note, OpenItem.KINDS[one.kind], one.url(table), one.party, thing=one.thing)
        for one in raised(meeting)
    ]
    return open_ones + [_kept(row) for row in rows]


def _kept(row):
    return Point(row.title, row.note, url=row.link, party=row.added_by.party if row.added_by else "", item=row)


def standing_list(meeting):
    """The commitments that the two sides did not both close, each with what changed since the meeting before.

    What was agreed, closed or changed after the day of the meeting belongs to the next one.
    """
    listed = Commitment.objects.filter(partnership=meeting.partnership_id, agreed_at__date__lte=meeting.day)
    known = list((listed.open_at(meeting.day) if meeting.is_over else listed.open_ends()).with_people())
    before = meeting.previous()
    since = before.starts_at if before else min(timezone.now(), meeting.starts_at) - LONG_AGO
    lines = defaultdict(list)
    # Only what the whole table may know: both sides read the same list, and it is printed.
    news = Event.objects.filter(
        partnership=meeting.partnership_id, party="", thing_kind=Commitment.kind(), at__gt=since
    ).filter(at__date__lte=meeting.day)
    for event in news.select_related("by__user").order_by("-at", "-pk"):
        lines[event.thing_id].append(event)
    for commitment in known:
        commitment.news = [(event, _told(event, commitment)) for event in lines[commitment.pk][:MOST]]
        commitment.since, commitment.since_meeting = since, before is not None
    return known


def _told(event, commitment):
    """What happened, in a line that stands under the commitment itself: its words need not be said again."""
    what = f"‘{commitment.what}’"
    sentence = event.sentence.removesuffix(f": {commitment.what}")
    for known, short in (
        (f"zelf ja op de afspraak {what}", "hier zelf ja op"), (f"de afspraak {what}", "de afspraak"),
        (f"naar {what}", "hiernaar"), (f"voor {what}", "hiervoor"), (what, "dit"),
    ):  # fmt: skip
        sentence = sentence.replace(known, short)
    return f"{event.by.name} {sentence}" if event.by_id else sentence
