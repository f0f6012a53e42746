"""Who may do what in a round, with commitments and at meetings."""

from dialoog.partnerships.rules import Closed, any_member, side_member
from projects.models import CloseOut, Project
from projects.models.papers import TOO_LATE

may_read = any_member
may_start = side_member
may_change = side_member
may_prepare = side_member
may_commit = side_member
may_meet = any_member
may_add_item = side_member


def may_move(seat, project):
    """The lead moves the round, or a neutral helper who leads the meeting."""
    return seat.pk == project.lead_id or seat.is_neutral


def may_hand_lead(seat, project):
    """The lead passes it on; a coordinator or neutral helper can too, and anyone once the lead has left."""
    if not project.lead.is_active:
        return seat.is_side or seat.is_neutral
    return seat.pk == project.lead_id or seat.is_neutral or (seat.is_side and seat.is_coordinator)


def may_answer_lead(seat, project):
    """Nobody says yes to leading for somebody else."""
    return seat.pk == project.lead_asked_id


def may_answer(seat, pledge):
    """Nobody says yes or no for somebody else."""
    return seat.pk == pledge.member_id


def may_finish(seat, task):
    """Whose task it is, or the lead for somebody of the own side; never for the other side."""
    return seat.pk == task.member_id or (seat.pk == task.project.lead_id and seat.party == task.member.party)


def may_move_task(seat, task):
    """Whose task it is picks another day, or anyone of the two sides who plans the work."""
    return seat.is_side or seat.pk == task.member_id


def may_ask_clients(seat, commitment):
    """Only the council asks clients, and says that something is solved."""
    return seat.is_council


def may_look_back(seat, project):
    """Each side looks back for itself, once there is something to look back on."""
    return seat.is_side and (CloseOut.is_time(project) or Closed("Terugkijken kan vanaf de stap ‘Afspraken’."))


def may_cancel(seat, meeting):
    """Who receives, who coordinates a side, or who leads a running round; until both sides signed the minutes."""
    leads = Project.objects.visible_to(seat).running().filter(lead=seat).exists
    hosts = seat.party == meeting.host_party or (seat.is_side and seat.is_coordinator)
    return (hosts or leads()) and _is_open(meeting)


def may_drop_item(seat, item):
    """Each side takes only its own items off the agenda."""
    return seat.is_side and item.is_of(seat)


def may_bring(seat, meeting):
    """Both sides bring papers, until the meeting was."""
    return seat.is_side and (Closed(TOO_LATE) if meeting.is_past else _is_open(meeting))


def may_write_paper(seat, paper):
    """The side that brings it."""
    return seat.party == paper.member.party and (not paper.meeting.is_past or Closed(TOO_LATE))


def may_write_minutes(seat, meeting):
    """Everyone at the meeting writes along, until both sides signed."""
    return _is_open(meeting)


def may_write_item(seat, item):
    return item.is_on_agenda and _is_open(item.meeting)


def may_put_back(seat, item):
    """Anybody at the table, until both sides signed: what one left out, another may want to speak about."""
    return _is_open(item.meeting)


def may_decide(seat, item):
    """The two sides decide; who leads the meeting writes along."""
    return seat.is_side and item.is_on_agenda and _is_open(item.meeting)


def may_drop_decision(seat, decision):
    return may_decide(seat, decision.item)


def may_sign_minutes(seat, meeting):
    """Only the two sides put their name under it."""
    return seat.is_side


def may_say_yes(seat, commitment):
    """Nobody says yes for somebody else."""
    return seat.pk == commitment.owner_member_id


def may_say_no(seat, commitment):
    """Nobody says no for somebody else either."""
    return may_say_yes(seat, commitment)


def may_ask_owner(seat, commitment):
    """The side of an owner without an account keeps in touch with them."""
    return not commitment.owner_member_id and seat.party == commitment.owner_party


def may_close(seat, commitment):
    """Each side says for itself that it may leave the standing list."""
    return seat.is_side


def _is_open(meeting):
    return meeting.is_open or Closed(meeting.why_closed)
