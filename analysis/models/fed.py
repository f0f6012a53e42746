from analysis.models.board import Placing, Theme
from experiences.models import FragmentDraft


def themes_fed(teller):
    """What one story fed: a theme's name, what was agreed because of it, and whether the story only spoke against it.

    For the council's eyes only.
    """
    cards = FragmentDraft.objects.filter(teller=teller, fragment__isnull=False).values("fragment")
    laid = {}
    for theme, card in Placing.objects.filter(fragment__in=cards, theme__isnull=False).values_list("theme", "fragment"):
        laid.setdefault(theme, set()).add(card)
    themes = Theme.objects.filter(pk__in=laid).order_by("position", "pk").prefetch_related("commitments")
    return [(theme.label, list(theme.commitments.all()), laid[theme.pk] == {theme.counter_card_id}) for theme in themes]
