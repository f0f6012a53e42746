"""Who may do what at a table."""

from dialoog.partnerships.models import Party


class Closed(str):
    """The no of a rule to somebody who might have: not now any more, and why. Where a rule is only asked it is a no."""

    __slots__ = ()

    def __bool__(self):
        return False


def opens_stories(rule):
    """Mark a rule whose doors lead to what tellers said: where the council asks it, a second step comes first."""
    rule.opens_stories = True
    return rule


def keeps_stories(rule):
    """Mark a rule whose acts decide who opens stories: whoever does this for the council shows that step too."""
    rule.keeps_stories = True
    return rule


def any_member(seat, *things):
    """Everyone who sits at this table, the neutral helper too."""
    return True


def side_member(seat, *things):
    """A member of one of the two sides."""
    return seat.is_side


def council_member(seat, *things):
    """A member of the client council."""
    return seat.is_council


def municipal_member(seat, *things):
    """Somebody of the municipality."""
    return seat.is_municipality


@keeps_stories
def coordinator(seat, *things):
    """Who manages the people of the own side."""
    return seat.is_side and seat.is_coordinator


def may_settle(seat, copy):
    """Whoever may write in the thing may decide about a text that did not fit in it."""
    thing = copy.thing(seat)
    return thing is not None and thing.may_be_settled_by(seat, copy.field)


@keeps_stories
def may_manage(seat, member):
    """The coordinator of a side manages its own people; neutral helpers are welcomed and thanked by both."""
    return coordinator(seat) and member.is_active and member.party in (seat.party, Party.NEUTRAL)


@keeps_stories
def may_settle_invitation(seat, invitation):
    """Who may send an invitation again or take it back."""
    return coordinator(seat) and invitation.party in (seat.party, Party.NEUTRAL)
