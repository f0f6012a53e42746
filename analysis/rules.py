"""Who may do what while bundling, in the intern beraad and in the dialogue."""

from dialoog.partnerships.rules import any_member, coordinator, side_member
from experiences.rules import council_alone

may_read = any_member
may_begin = any_member
may_join = any_member
may_sort = side_member
may_say_ready = side_member
# Whoever leads the talk may hold the pen, also when they belong to neither side.
may_arrange = any_member
may_name = any_member
may_settle_dialogue = any_member
may_deliberate = side_member
may_listen = side_member
may_conclude = side_member
may_commit = side_member
# Whoever is at the table may give the other the floor: leading is no right of one side.
may_lead_talk = any_member
may_park = any_member
# Which themes a story fed would tell whose story it was.
may_tell_back = council_alone
may_choose = side_member
may_choose_quote = side_member


def may_lead(seat, session):
    """The facilitator moves the meeting; the lead of the round and who coordinates either side can too."""
    return seat.pk in (session.facilitator_id, session.project.lead_id) or coordinator(seat)


def may_speak_for(seat, session, member):
    """Whoever leads may say that somebody without a screen is here; about the other side only who leads the talk."""
    return may_lead(seat, session) and (seat.pk == session.facilitator_id or member.party != seat.other_side)


def may_sort_pile(seat, pile):
    """Nobody arranges somebody else's pile, also not once it lies open."""
    return seat.is_side and pile.sort.author_id == seat.pk


def may_undo(seat, move):
    """Everyone takes back only their own move."""
    return move.by_id == seat.pk


def may_undo_regrouping(seat, regrouping):
    """Everyone takes back only what they merged or split themselves."""
    return regrouping.by_id == seat.pk


def may_tag(seat, *things):
    """A word on a value is the word of somebody of a side."""
    return seat.is_side


def may_untag(seat, tag):
    """Everyone takes back only their own word."""
    return tag.by_id == seat.pk


def may_let_go(seat, parked):
    """What becomes of a solution is for the two sides."""
    return seat.is_side


def may_see_answer(seat, answer):
    """The history of an answer belongs to the side that wrote it."""
    return seat.party == answer.party


def may_see_note(seat, note):
    """The history of a note belongs to the side that wrote it."""
    return seat.party == note.party
