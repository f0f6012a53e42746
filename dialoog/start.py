"""The start page (what waits, where the round stands, what happened, when we meet), and help for everyone."""

from datetime import date, timedelta
from itertools import chain

from django.contrib.auth.decorators import login_not_required
from django.utils import timezone
from django.views.decorators.http import require_GET

from analysis.waiting import waiting as analysis_waiting
from dialoog.advice.waiting import waiting as advice_waiting
from dialoog.pages import page, when_drawn
from dialoog.partnerships import rules
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Event, Member, Party
from dialoog.partnerships.templatetags.dialoog import in_words
from dialoog.partnerships.track import round_steps
from dialoog.partnerships.waiting import Waiting
from dialoog.report.waiting import waiting as report_waiting
from experiences.models import Interview
from experiences.waiting import waiting as experiences_waiting
from projects.models import ConsultationMeeting, Phase, Project, in_a_row
from projects.waiting import waiting as projects_waiting
from values.waiting import waiting as values_waiting

# What waits, asked of each app in the order of the round.
WAITING = [values_waiting, projects_waiting, experiences_waiting, analysis_waiting, advice_waiting, report_waiting]
LONG_AGO = timedelta(days=14)
NEWS = 8
# After the next meeting so many more by their day; the calendar has them all.
MEETINGS = 4


@require_GET
@seated(rules.any_member)
def start(request, seat):
    """What waits for the one who looks, now."""
    # A page that reads itself again on a bell is not somebody who looks.
    looks = request.headers.get("Sec-Fetch-Dest") != "empty"
    since = seat.visit() if looks else seat.previous_visit_at
    return page(
        request,
        "start.html",
        when_drawn(lambda: _waiting(seat), "mine", "columns", "sorts")
        | when_drawn(lambda: _rounds(seat), "rounds")
        | when_drawn(lambda: _meeting(seat), "meeting", "later", "who_comes", "cancelled")
        | when_drawn(lambda: _news(seat, since), "is_first_visit", "news", "more_news", "before"),
    )


@require_GET
@login_not_required
def help(request):
    """How Dialoog works, step by step, also for who has not logged in yet."""
    return page(request, "help.html")


def _waiting(seat):
    """What waits for this person, for others of their side, and for each other party.

    First what happens now, then what is for today, then what holds the others up, then what has a date, then the rest.
    """
    today = timezone.localdate()
    lines = sorted(
        chain.from_iterable(ask(seat) for ask in WAITING),
        key=lambda line: (not line.is_now, line.due != today, not line.holds_up, line.due or date.max),
    )
    mine = _near_and_later(line for line in lines if line.is_for(seat))
    others = [line for line in lines if not line.is_for(seat)]
    columns = [
        {
            "party": party,
            "mine": mine if party == seat.party else None,
            "others": _near_and_later(line for line in others if line.party == party),
        }
        # The own side first, for who reads on a phone or hears the page; on a wide screen each side keeps its place.
        for party in sorted(Party.sides(), key=lambda party: party != seat.party)
    ]
    return {"mine": mine, "columns": columns, "sorts": _sorts(mine["near"])}


def _near_and_later(lines):
    """What can be done now, and apart from it the planned work that is weeks away: a glance must be enough."""
    sorted_out = {False: [], True: []}
    for line in lines:
        sorted_out[line.is_later].append(line)
    return {"near": sorted_out[False], "later": sorted_out[True]}


def _sorts(lines):
    """What sort of work waits, in words: 'twee taken, één afspraak en één envelop'; nothing when it has no name."""
    counts = {kind: sum(line.kind == kind for line in lines) for kind in Waiting.KINDS}
    *most, last = [
        f"{in_words(count)} {Waiting.KINDS[kind][count > 1]}" for kind, count in counts.items() if count
    ] or [""]
    return f"{', '.join(most)} en {last}" if most else last


def _rounds(seat):
    """Where each running round stands."""
    running = Project.objects.visible_to(seat).running()
    return {"rounds": [(one, list(round_steps(one.phase, _collected(seat, one)))) for one in running]}


def _collected(seat, project):
    """How many of the conversations are there. Only the council sees conversations, so only the council sees that."""
    if project.phase != Phase.COLLECT:
        return ""
    collected = Interview.objects.visible_to(seat).of(project).filter(declined=False).count()
    return f"{collected} van de {project.planned_stories}" if collected else ""


def _meeting(seat):
    """When the two sides meet, who said yes, whom we have not heard, and when they meet after that."""
    meetings = ConsultationMeeting.objects.visible_to(seat)
    meeting, *later = [*meetings.coming()[: 1 + MEETINGS]] or [None]
    told = {"cancelled": meetings.cancelled()[:MEETINGS]}
    if meeting is None:
        return told | {"meeting": None}
    answers = [answer for answer in meeting.attendances() if answer.holds]
    heard = {answer.member_id for answer in answers}
    members = Member.objects.visible_to(seat).active().select_related("user")
    unheard = [member for member in members if member.pk not in heard]
    told |= {"meeting": meeting, "later": later, "who_comes": _who_comes(seat.partnership, answers, unheard)}
    return told


def _who_comes(table, answers, unheard):
    """One or two sentences: how many of each side said yes, and whom we have not heard."""
    yes = {party: sum(one.coming and one.member.party == party for one in answers) for party in Party.sides()}
    neutral = [one.member.name for one in answers if one.coming and one.member.party == Party.NEUTRAL]
    if not any(yes.values()) and not neutral:
        return "Nog niemand heeft gezegd dat hij komt."
    parts = [f"{in_words(count)} van de {table.side_name(party)}" for party, count in yes.items() if count] + neutral
    said = in_a_row(parts)
    # A capital carries no accent: 'Eén van de gemeente'.
    have = "heeft" if sum(yes.values()) + len(neutral) == 1 else "hebben"
    sentence = f"{said[0].replace('é', 'e').upper()}{said[1:]} {have} ja gezegd."
    if not unheard:
        return sentence
    if len(unheard) < 3:
        return f"{sentence} {' en '.join(member.name for member in unheard)} nog niet."
    return f"{sentence} Van {in_words(len(unheard))} mensen weten wij het nog niet."


def _news(seat, since):
    """What others did since the last visit, if there was one; when that is nothing, the last things that happened."""
    events = Event.objects.visible_to(seat).exclude(by=seat)
    news = list(events.filter(at__gt=since or timezone.now() - LONG_AGO)[: NEWS + 1])
    return {
        "is_first_visit": since is None,
        "news": news[:NEWS],
        "more_news": len(news) > NEWS,
        "before": [] if news else list(events[:3]),
    }
