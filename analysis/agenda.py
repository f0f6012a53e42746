"""Themes about which the two sides have not thought yet, or not said where they stand."""

from analysis.models import DeliberationAnswer, Outcome, Placing, Theme
from dialoog.partnerships.agenda import OpenItem
from projects.models import Phase, Project


def open_items(partnership):
    """Themes of the running round without an outcome, once they were talked about."""
    project = Project.objects.filter(partnership=partnership).current()
    if project is None or not project.has_reached(Phase.DIALOGUE):
        return []
    undecided = undecided_of(project)
    note = f"Ronde {project.number}. Nog niet allebei opgeschreven of u het eens bent. Oneens zijn mag ook."
    return [
        OpenItem("theme", theme.label, theme.pk, "analysis:talk", {"theme": theme.pk}, note=note) for theme in undecided
    ]


def undecided_of(project):
    """The themes of this round with cards, about which not both sides said whether they agree."""
    return _with_cards(project).exclude(pk__in=Outcome.objects.filter(theme__project=project).decided().values("theme"))


def unanswered(project):
    """The names of those themes, for who leads the round and thinks of going on."""
    return [theme.label for theme in undecided_of(project)]


def not_thought_about(project):
    """The names of the themes about which neither side wrote in the beraad; nobody may know before it is open."""
    if not project.deliberation_opened_at:
        return []
    written = DeliberationAnswer.objects.filter(theme__project=project).exclude(text="").values("theme")
    return [theme.label for theme in _with_cards(project).exclude(pk__in=written)]


def _with_cards(project):
    laid = Placing.objects.filter(project=project, theme__isnull=False).values("theme")
    return Theme.objects.of(project).filter(pk__in=laid)
