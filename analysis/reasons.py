"""The themes of a round, to agree on something because of them."""

from django.db.models import F

from analysis.models import Placing, Theme
from dialoog.partnerships.reasons import Reason


def reasons_for(seat, project):
    """Each theme with cards, and whether anything was agreed about it yet."""
    with_cards = Placing.objects.visible_to(seat).filter(project=project, theme__isnull=False).values("theme")
    themes = Theme.objects.visible_to(seat).of(project).filter(pk__in=with_cards).prefetch_related("commitments")
    found = []
    for theme in themes:
        tied = frozenset(commitment.pk for commitment in theme.commitments.all())
        note, url = "" if tied else "nog niets afgesproken", seat.url("analysis:commit", theme=theme.pk)
        found.append(Reason(str(theme.pk), theme.label, url, note, tied))
    return found


def tie(seat, commitment, key):
    """From now on this commitment is made for the theme with this key, and for no other."""
    for theme in Theme.objects.visible_to(seat).filter(commitments=commitment).exclude(pk=key or None):
        theme.let_go_of(commitment)
    themes = Theme.objects.visible_to(seat)
    # What a meeting decided outside a round may be about a theme of whichever round.
    themes = themes.of(commitment.project_id) if commitment.project_id else themes
    theme = themes.filter(pk=key or None).first()
    if theme and not theme.commitments.filter(pk=commitment.pk).exists():
        theme.bind(commitment)


def settled(seat):
    """The names of the themes that stayed open when their round closed, and for which something was agreed since."""
    since = Theme.objects.visible_to(seat).filter(commitments__agreed_at__gt=F("project__closed_at"))
    return list(since.values_list("sentence", flat=True))
