"""What this app tells in the story of a value: cards in which it was upheld or harmed, and their themes."""

from django.utils import timezone

from analysis.models import Placing, Tag
from values.story import Touch


def touched(seat, values):
    """One line per round whose bundling is done; before that the table is still looking for words."""
    tags = Tag.objects.visible_to(seat).filter(value__in=values, fragment__project__bundled_at__isnull=False)
    found = {}
    # That a value is not what a card is about is no touch of it.
    for tag in tags.exclude(stake=Tag.Stake.NOT).select_related("fragment__project"):
        round_ = found.setdefault((tag.value_id, tag.fragment.project), {"upheld": set(), "harmed": set()})
        round_[tag.stake].add(tag.fragment_id)
    themes = _themes(seat, {card for cards in found.values() for stake in cards.values() for card in stake})
    for (value, project), cards in found.items():
        both = cards["upheld"] | cards["harmed"]
        named = {theme.pk: theme for card in both if (theme := themes.get(card)) and theme.sentence}
        ordered = sorted(named.values(), key=lambda theme: theme.position)
        yield Touch(
            value,
            timezone.localdate(project.bundled_at),
            str(project),
            seat.url("analysis:themes", project=project.pk),
            upheld=len(cards["upheld"]),
            harmed=len(cards["harmed"]),
            parts=[(theme.sentence, theme.address(seat)) for theme in ordered],
        )


def _themes(seat, cards):
    """Of each card the theme in which it lies now."""
    placings = Placing.objects.visible_to(seat).filter(fragment__in=cards, theme__isnull=False)
    return {placing.fragment_id: placing.theme for placing in placings.select_related("theme")}
