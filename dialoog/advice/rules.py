"""Who may do what with a question, an advice and its reply. The two sides mirror each other: each writes alone."""

from dialoog.advice.models.letters import SENT
from dialoog.partnerships.rules import Closed, any_member, council_member, municipal_member

__all__ = [
    "any_member",
    "council_member",
    "may_answer",
    "may_recall",
    "may_reply",
    "may_respond",
    "may_see_history",
    "may_write",
    "municipal_member",
]


def may_write(seat, thing):
    """The council writes its advice, the municipality its question and its reply, each until it is sent."""
    return seat.party == thing.WRITER and (thing.letter.sent_at is None or Closed(SENT))


def may_see_history(seat, thing):
    """How a letter came about is of the side that wrote it; the other side got the letter, not its drafts."""
    return seat.party == thing.WRITER


def may_respond(seat, enquiry):
    """The council answers what was asked of it, once: with an advice, or by saying that it gives none."""
    return seat.is_council and (enquiry.is_open or Closed(enquiry.why_closed))


def may_recall(seat, enquiry):
    """The municipality recalls its question until the council answered it."""
    return seat.is_municipality and (enquiry.is_open or Closed(enquiry.why_closed))


def may_reply(seat, advice):
    """The municipality replies to what was sent, once."""
    return seat.is_municipality and advice.is_sent and not advice.is_answered


def may_answer(seat, answer):
    """The municipality answers a point as long as the reply is not sent."""
    return may_write(seat, answer)
