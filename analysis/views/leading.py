"""The dialogue leader's screen: one theme large, whose turn it is, and a place for what comes too early."""

from django.views.decorators.http import require_GET, require_POST

from analysis import rules
from analysis.models import Dialogue, DialogueNote, Outcome, Parked, Theme, Turn
from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import sent_key
from dialoog.partnerships.models import Party
from projects.models import Nod, Project


@require_GET
@seated(rules.may_read, project=Project)
def screen(request, seat, project):
    """For the wall and for who leads: the theme on the table, with what both sides heard."""
    if not project.deliberation_opened_at:
        return page(request, "analysis/too_early.html", {"project": project})
    listed = [theme for theme in Theme.of(project) if theme.cards]
    meeting = Dialogue.objects.visible_to(seat).filter(project=project).first()
    on_the_table = meeting and meeting.on_the_table_id
    told = Outcome.objects.visible_to(seat).filter(theme__in=listed).decided()
    done = set(told.values_list("theme", flat=True))
    # Nothing laid on the table yet: begin with what is still to be talked about.
    first = next((one for one in listed if one.pk not in done), listed[0] if listed else None)
    theme = next((one for one in listed if one.pk == on_the_table), first)
    told = {"project": project, "dialogue": meeting, "themes": listed, "theme": theme, "rules": Dialogue.RULES}
    if theme is not None:
        told |= {
            "notes": {party: DialogueNote.of(theme, party) for party in Party.sides()},
            "spoken": Turn.spoken(theme),
            "parked": Parked.objects.visible_to(seat).of(theme).waiting(),
            "listened": project.nods(Nod.About.LISTENED),
            "overridden": project.nods(Nod.About.OVERRIDE),
        }
    return page(request, "analysis/screen.html", told)


@require_POST
@seated(rules.may_lead_talk, theme=Theme)
def lay_on_the_table(request, seat, theme):
    """Everyone talks about this theme now."""
    meeting = Dialogue.objects.visible_to(seat).filter(project=theme.project_id).first()
    if meeting is None:
        return back(request, seat.url("analysis:arrange", project=theme.project_id), said="Leg eerst vast waar.")
    meeting.lay_on_the_table(seat, theme)
    return back(request, seat.url("analysis:screen", project=theme.project_id))


@require_POST
@seated(rules.may_lead_talk, theme=Theme)
def give_turn(request, seat, theme):
    """One side speaks, or it is quiet for a moment."""
    Turn.give(seat, theme, request.POST.get("party", ""))
    return back(request, seat.url("analysis:screen", project=theme.project_id), "beurt")


@require_POST
@seated(rules.may_park, theme=Theme)
def park(request, seat, theme):
    """Keep a solution that comes too early."""
    Parked.park(seat, theme, request.POST.get("text", ""), sent_key(request.POST, "key"))
    if request.POST.get("from") == "scherm":
        return back(request, seat.url("analysis:screen", project=theme.project_id), "apart")
    said = "De oplossing staat apart. Zij komt terug bij de afspraken."
    return back(request, seat.url("analysis:talk", theme=theme.pk), "apart", said)


@require_POST
@seated(rules.may_let_go, parked=Parked)
def let_go(request, seat, parked):
    """The two sides do nothing with this solution after all."""
    parked.settle(seat)
    return back(request, seat.url("analysis:talk", theme=parked.theme_id), "apart", "De oplossing is losgelaten.")
