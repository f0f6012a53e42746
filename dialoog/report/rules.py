"""Who may do what with the report."""

from dialoog.partnerships.rules import any_member, side_member

may_read = any_member


def may_start(seat, project):
    """Either side may begin the report of a round."""
    return seat.is_side


def may_write(seat, report):
    """Both sides write in the same report; a neutral helper reads along."""
    return seat.is_side


def may_arrange(seat, report):
    """Either side chooses what stands in the report; the neutral helper reads along."""
    return seat.is_side


may_sign = may_take_back = may_dissent = may_speak = side_member


def may_change_dissent(seat, dissent):
    """A dissent belongs to the side that wrote it."""
    return seat.party == dissent.party
