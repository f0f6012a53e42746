from analysis.models.board import Placing, Theme
from experiences.models import FragmentDraft


def themes_fed(teller):
    """What one story fed: pairs of a theme's name and what was agreed because of it. For the council's eyes only."""
    cards = FragmentDraft.objects.filter(teller=teller, fragment__isnull=False).values("fragment")
    fed = Placing.objects.filter(fragment__in=cards, theme__isnull=False).values("theme")
    themes = Theme.objects.filter(pk__in=fed).order_by("position", "pk").prefetch_related("commitments")
    return [(theme.label, list(theme.commitments.all())) for theme in themes]
