"""The meeting in which both sides bundle: where it is now, who is here, and who leads."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from analysis import forms, rules
from analysis.agenda import not_thought_about
from analysis.models import (
    BundlingSession,
    Stage,
    Theme,
)
from analysis.views.board import draw_board
from analysis.views.own_sort import draw_own_sort
from analysis.views.picture import draw_picture
from analysis.views.themes import saturation_of
from dialoog.pages import back, page, when_drawn
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, sent_number
from dialoog.partnerships.models import Member, Party
from experiences.models import Fragment
from projects.models import Project, in_a_row

CLOCK_MINUTES = (5, 10, 15, 20)


@require_GET
@seated(rules.may_read, project=Project)
def session(request, seat, project):
    """Where the meeting is now; everyone's screen shows the same stage."""
    found = BundlingSession.objects.visible_to(seat).filter(project=project)
    meeting = found.select_related("facilitator__user", "envelope", "project__lead").first()
    if meeting is None:
        return page(request, "analysis/begin.html", _begin(seat, project))
    draw = {
        Stage.READ: _read,
        Stage.OWN_SORT: draw_own_sort,
        Stage.SIDE_BY_SIDE: draw_picture,
        Stage.TOGETHER: draw_board,
        Stage.DONE: _done,
    }[meeting.stage]
    template, context = draw(request, seat, meeting)
    return page(request, template, _meeting(seat, meeting) | context)


@require_POST
@seated(rules.may_begin, project=Project)
def begin(request, seat, project):
    """Sit down with the cards."""
    form = forms.BeginForm(request.POST, seat=seat, project=project)
    if form.kept(seat):
        return back(request, seat.url("analysis:session", project=project.pk), said="U bent begonnen met bundelen.")
    return page(request, "analysis/begin.html", _begin(seat, project) | {"form": form}, status=422)


@require_POST
@seated(rules.may_join, session=BundlingSession)
def join(request, seat, session):
    """This person is here, or the leader says so for somebody without a screen."""
    member = _whom(request, seat, session)
    session.join(seat, member)
    # Who comes in goes on where the table is; who lets somebody else in stays at the list of people.
    part = "fasen" if member == seat else "erbij"
    return back(request, seat.url("analysis:session", project=session.project_id), part)


@require_POST
@seated(rules.may_join, session=BundlingSession)
def leave(request, seat, session):
    """This person is no longer here."""
    session.leave(seat, _whom(request, seat, session))
    return back(request, seat.url("analysis:session", project=session.project_id), "erbij")


@require_POST
@seated(rules.may_say_ready, session=BundlingSession)
def ready(request, seat, session):
    """This person is done with this stage."""
    session.say_ready(seat, sent_number(request.POST, "expected"))
    return back(request, seat.url("analysis:session", project=session.project_id), "fasen", "U zei: klaar.")


@require_POST
@seated(rules.may_say_ready, session=BundlingSession)
def not_ready(request, seat, session):
    """This person is still busy after all."""
    session.take_ready_back(seat)
    said = "U zei: nog even bezig."
    return back(request, seat.url("analysis:session", project=session.project_id), "fasen", said)


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def clock(request, seat, session):
    """Give this stage so many minutes (more); without minutes the clock goes off."""
    if request.POST.get("minutes"):
        session.add_time(seat, sent_number(request.POST, "minutes"))
    else:
        session.stop_clock(seat)
    return back(request, seat.url("analysis:session", project=session.project_id), "fasen")


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def hand_over(request, seat, session):
    """Somebody else leads the talk."""
    home = seat.url("analysis:session", project=session.project_id)
    form = forms.BeginForm(request.POST, seat=seat, instance=session)
    if form.is_valid():
        form.save(seat)
    return back(request, home, "erbij")


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def go_on(request, seat, session):
    """One stage further, for everyone."""
    form = forms.GoOnForm(request.POST, seat=seat, instance=session)
    if form.is_valid():
        form.save(seat)
        return back(request, seat.url("analysis:session", project=session.project_id), "fasen")
    board = Theme.of(session.project) if session.stage == Stage.TOGETHER else []
    weak = [theme for theme in board if theme.cards and theme.advice(seat.is_council)]
    return page(request, "analysis/go_on.html", {"form": form, "session": session, "themes": weak}, status=422)


@require_POST
@seated(rules.may_lead, session=BundlingSession)
def go_back(request, seat, session):
    """One stage back, for everyone."""
    session.go_back(seat, sent_number(request.POST, "expected"))
    return back(request, seat.url("analysis:session", project=session.project_id), "fasen")


@require_GET
@seated(rules.may_read, session=BundlingSession)
def side_by_side(request, seat, session):
    """The picture, also later."""
    if not session.envelope.is_open:
        return redirect(seat.url("analysis:session", project=session.project_id))
    template, context = draw_picture(request, seat, session)
    return page(request, template, _meeting(seat, session) | context | {"looking_back": True})


def _whom(request, seat, session):
    """For whom this person speaks: whoever leads speaks for people without a screen."""
    member = chosen(Member.objects.visible_to(seat).active(), request.POST, "member")
    if member is None or member == seat:
        return seat
    if not rules.may_speak_for(seat, session, member):
        raise PermissionDenied
    return member


def _begin(seat, project):
    cards = Fragment.objects.visible_to(seat).of(project).count()
    return {"project": project, "cards": cards, "form": forms.BeginForm(seat=seat, project=project)}


def _meeting(seat, session):
    """What every stage shows: where we are, until when, who is here and done, and who leads."""
    rows = list(session.attended() if session.is_done else session.here())
    present = [row.member for row in rows]
    mine = next((row for row in rows if row.member_id == seat.pk), None)
    if mine and not session.is_done:
        # An open page reads itself again now and then: that is the sign of life of whoever sits before it.
        mine.notice()
    may_lead = rules.may_lead(seat, session)
    absent = []
    if may_lead and not session.is_done:
        seated_now = Member.objects.visible_to(seat).active().select_related("user", "partnership")
        absent = [member for member in seated_now if member not in present]
        absent = [member for member in absent if rules.may_speak_for(seat, session, member)]
        for member in present:
            member.may_be_spoken_for = rules.may_speak_for(seat, session, member)
    here = {party: sum(member.party == party for member in present) for party in Party.sides()}
    leads = seat.pk == session.facilitator_id
    # Of the own side, by name: whose 'klaar' is waited for before the side says it.
    own = [row for row in rows if row.member.party == seat.party]
    busy = ["uzelf" if row == mine else row.member.name for row in own if row.ready_for != session.stage]
    return {
        "session": session,
        "project": session.project,
        "news": session.news(seat),
        "stages": [(stage, stage.label) for stage in Stage],
        "present": present,
        "here": here,
        "done": {party: sum(row.member.party == party and row.ready_for == session.stage for row in rows)
                 for party in Party.sides()},
        "missing_sides": [session.partnership.side_name(party) for party in Party.sides() if not here[party]],
        "absent": absent,
        "is_here": mine is not None,
        # Who leads from neither side is named as the one who leads, and is counted with nobody.
        "may_come_in": mine is None and not session.is_done and (seat.is_side or not leads),
        "busy": busy,
        "all_are_ready": session.stage == Stage.OWN_SORT and bool(own) and not busy,
        "side_is_ready": seat.is_side and session.envelope.is_ready(seat.party),
        "is_alone": mine is not None and session.is_alone(seat),
        "why_not_on": session.why_not_on(),
        "says_ready": mine is not None and mine.ready_for == session.stage,
        "may_say_ready": rules.may_say_ready(seat) and not session.is_done,
        "may_lead": may_lead,
        "leads": leads,
        "next_stage": Stage(session.stage + 1).label if not session.is_done else "",
        "may_go_back": not session.why_not_back(),
        "clock_minutes": CLOCK_MINUTES,
    }  # fmt: skip


def _read(request, seat, session):
    """One card at a time; whoever comes back without an address comes back at the card where they were."""
    cards = list(Fragment.objects.visible_to(seat).of(session.project))
    mine = session.here().filter(member=seat).first()
    asked = sent_number(request.GET, "kaart")
    if not asked and mine:
        asked = next((place for place, card in enumerate(cards, 1) if card.number == mine.reading), 1)
    place = min(max(asked, 1), len(cards))
    told = {"cards": len(cards), "place": place, "card": cards[place - 1] if cards else None}
    if mine:
        mine.notice(reading=told["card"].number if cards else 0)
    told |= {"previous": place - 1, "next": place + 1 if place < len(cards) else 0, "all_cards": cards}
    return "analysis/read.html", told


def _done(request, seat, session):
    def look():
        listed = [theme for theme in Theme.of(session.project) if theme.cards]
        return {"themes": listed, "saturation": saturation_of(seat, session.project, listed)}

    # What came after both sides opened what they thought apart; nothing before, as long as that is closed.
    unthought = in_a_row([f"‘{name}’" for name in not_thought_about(session.project)])
    return "analysis/done.html", when_drawn(look, "themes", "saturation") | {"unthought": unthought}
