"""The themes of a round, their words, and the values at stake in their cards."""

from django.views.decorators.http import require_GET, require_POST

from analysis import forms, rules
from analysis.models import (
    BundlingSession,
    Quote,
    Tag,
    Theme,
)
from analysis.models.board import Board
from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Event
from dialoog.partnerships.views import posted, text_history
from experiences.models import saturation
from projects.models import Project
from projects.views.asking import asked


@require_GET
@seated(rules.may_read, project=Project)
def themes(request, seat, project):
    """The themes of a round."""
    found = BundlingSession.objects.visible_to(seat).filter(project=project).first()
    listed = [theme for theme in Theme.of(project) if theme.cards or theme.sentence]
    standing = [quote for quote in Quote.objects.visible_to(seat).of(*listed) if not quote.fallen]
    for theme in listed:
        mine = [quote for quote in standing if quote.theme_id == theme.pk]
        theme.quotes = sum(quote.is_chosen for quote in mine)
        theme.proposed = len(mine) - theme.quotes
    told = {"project": project, "themes": listed, "session": found, "saturation": saturation_of(seat, project, listed)}
    return page(request, "analysis/themes.html", told)


@require_GET
@seated(rules.may_read, theme=Theme)
def theme(request, seat, theme):
    """One theme: its cards, the values at stake, what stands against it, and what came of it."""
    cards = theme.cards_now()
    at_stake = Tag.objects.visible_to(seat).at_stake(cards)
    for card in cards:
        card.at_stake = at_stake.get(card.pk, ())
    context = {
        "theme": theme,
        "project": theme.project,
        "cards": cards,
        "gone_up": theme.gone_up_here(),
        "counted": Tag.counted(cards),
        "advice": theme.advice(seat.is_council) if cards else [],
        "only_own": seat.is_council and bool(cards) and theme.support().only_own,
        "commitments": theme.commitments.with_people(),
        "conflicts": theme.open_conflicts(seat),
        "events": Event.objects.visible_to(seat).about(theme)[:20],
        "may_tag": rules.may_tag(seat) and not theme.project.is_closed,
        "leads_to": theme.living() if theme.merged_into_id else None,
    }
    return page(request, "analysis/theme.html", context)


@form_page
@seated(rules.may_name, theme=Theme)
def write_theme(request, seat, theme):
    """Name a theme and say what it is about."""
    form = forms.ThemeForm(posted(request), seat=seat, instance=theme)
    lead = "Een thema is een zin die iemand zou kunnen zeggen. Schrijf erbij wat goed gaat, en wat ertegenin gaat."
    return asked(request, seat, form, theme.address(seat), "Geef dit thema woorden", lead=lead)


@seated(rules.may_name, theme=Theme)
def theme_history(request, seat, theme):
    """Who wrote what in this theme."""
    return text_history(request, seat, theme)


@require_POST
@seated(rules.may_arrange, theme=Theme)
def drop_theme(request, seat, theme):
    """Take an empty pile away."""
    found = BundlingSession.objects.visible_to(seat).get(project=theme.project_id)
    Board(found).drop_theme(seat, theme)
    return back(request, seat.url("analysis:session", project=theme.project_id), said="De lege stapel is weg.")


def saturation_of(seat, project, themes):
    """Whether the last stories still brought something new; for the council alone, and it holds nobody up.

    The sentence tells how many stories there are and in which order they came: outside the council that links cards.
    """
    if not seat.is_council:
        return ""
    return saturation(project, {placing.fragment_id: {theme.pk} for theme in themes for placing in theme.cards})
