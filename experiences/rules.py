"""Who may do what with conversations and cards.

A rule that hides does not answer no but 404: whoever may not come in finds no door.
"""

from django.http import Http404

from dialoog.partnerships.rules import any_member, opens_stories
from experiences.models import Helper
from projects.models import Project

__all__ = ["any_member", "council_alone", "council_coordinator", "listener", "may_collect"]


@opens_stories
def listener(seat, *things):
    """The council and the neutral helper it named: nobody else sees the thing this is asked about."""
    return True


def hears(seat):
    """Who hears what tellers say now: the council, and the neutral helper it named for this round."""
    return Helper.lets(seat, Project.objects.visible_to(seat).current())


@opens_stories
def may_collect(seat, *things):
    """Who writes conversations down: whoever hears them. For others there is nothing here."""
    if hears(seat):
        return True
    raise Http404


@opens_stories
def council_alone(seat, *things):
    """Reading as the second, letting cross, withdrawing, and choosing who helps: the council itself."""
    if seat.is_council:
        return True
    raise Http404


@opens_stories
def council_coordinator(seat, *things):
    """Who looks after what is kept and who reads it: the coordinator of the council."""
    return council_alone(seat) and seat.is_coordinator
