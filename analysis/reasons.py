"""The themes of a round, to agree on something because of them."""

from django.db.models import Count

from analysis.models import Placing, Theme
from dialoog.partnerships.reasons import Reason


def reasons_for(seat, project):
    """Each theme with cards, and whether anything was agreed about it yet."""
    with_cards = Placing.objects.visible_to(seat).filter(project=project, theme__isnull=False).values("theme")
    themes = Theme.objects.visible_to(seat).of(project).filter(pk__in=with_cards).annotate(agreed=Count("commitments"))
    return [
        Reason(
            theme.label, seat.url("analysis:commit", theme=theme.pk), "" if theme.agreed else "nog niets afgesproken"
        )
        for theme in themes
    ]
