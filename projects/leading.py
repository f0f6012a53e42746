"""Who leads something at this table: the lead of a round that runs."""

from projects.models import Phase, Project


def leads(seat):
    """Whether this person is the lead of a round that is not closed."""
    return Project.objects.visible_to(seat).filter(lead=seat).exclude(phase=Phase.CLOSED).exists()
