"""What waits for whom while bundling, in the intern beraad and in the dialogue; all of it both sides may know."""

from analysis.models import BundlingSession, Deliberation, DialogueNote, Placing, Presence, Quote, Stage, Theme
from dialoog.partnerships.models import Party
from dialoog.partnerships.templatetags.dialoog import in_words
from dialoog.partnerships.waiting import Waiting, in_rounds
from projects.models import Phase, Project


def waiting(seat):
    """The next thing for each side or person in a running round; never what somebody wrote or how much."""
    rounds = Project.objects.visible_to(seat).running()
    return in_rounds(rounds, lambda project: [*_of_phase(seat, project), *_quotes(seat, project)])


def _of_phase(seat, project):
    if project.phase == Phase.BUNDLE:
        return [*_bundling(seat, project), *_resting_on_own(seat, project)]
    if project.phase == Phase.DELIBERATE:
        return [*_deliberating(seat, project), *_resting_on_own(seat, project)]
    if project.phase == Phase.DIALOGUE:
        return list(_listening(seat, project))
    return []


def _bundling(seat, project):
    url = seat.url("analysis:session", project=project.pk)
    found = BundlingSession.objects.visible_to(seat).filter(project=project)
    meeting = found.select_related("envelope", "facilitator__user").first()
    if meeting is None:
        for party in Party.sides():
            title, note = "Samen de kaartjes bundelen", "Met beide kanten bij elkaar"
            yield Waiting(party, title, note, url, "Begin", holds_up=True)
        if seat.is_neutral:
            title, note = "Het bundelen leiden", "Beide kanten wachten erop"
            yield Waiting(seat.party, title, note, url, "Begin", member=seat, holds_up=True)
        return
    if meeting.is_done:
        return
    here = set(Presence.objects.visible_to(seat).filter(session=meeting).values_list("member_id", flat=True))
    if seat.is_side and seat.pk not in here:
        title = "De kaartjes worden nu gebundeld"
        yield Waiting(seat.party, title, meeting.stage_label, url, "Doe mee", member=seat, is_now=True)
    if meeting.stage == Stage.OWN_SORT:
        for party in Party.sides():
            if not meeting.envelope.is_ready(party):
                note = "Daarna zeggen dat de eigen kant klaar is"
                yield Waiting(party, "Zelf de kaartjes ordenen", note, url, "Orden", is_now=True)
    if meeting.facilitator_id == seat.pk:
        title = "Het bundelen verder leiden"
        yield Waiting(seat.party, title, meeting.stage_label, url, "Ga verder", member=seat, is_now=True)


def _deliberating(seat, project):
    envelope = Deliberation.objects.visible_to(seat).filter(pk=Deliberation.key_of(project)).first()
    url = seat.url("analysis:deliberation", project=project.pk)
    for party in Party.sides():
        if envelope is None or not envelope.is_ready(party):
            title, note = "Intern beraad: vier vragen bij elk thema", "Daarna de envelop vrijgeven"
            yield Waiting(party, title, note, url, "Schrijf", kind="envelope", holds_up=True)


def _resting_on_own(seat, project):
    """Only the council hears which theme needs a second source: it says of cards who told them."""
    if not seat.is_council:
        return
    for theme in Theme.resting_on_own(Theme.of(project)):
        url = seat.url("analysis:theme", theme=theme.pk)
        note = "Zonder een tweede bron gaat uw envelop niet open. Breng het bundelen zo nodig een fase terug"
        yield Waiting(Party.COUNCIL, f"‘{theme.label}’ rust alleen op eigen verhalen", note, url)


def _quotes(seat, project):
    """What one side would like to quote, waits for the yes of the other."""
    if project.report_signed_at or not project.bundled_at:
        return
    open_ones = [quote for quote in Quote.objects.visible_to(seat).of_round(project) if not quote.fallen]
    for party in Party.sides():
        if waits := [quote for quote in open_ones if not quote.has_yes_of(party)]:
            url = seat.url("analysis:quotes", theme=waits[0].theme_id)
            title = "een citaat" if len(waits) == 1 else f"{in_words(len(waits))} citaten"
            own = "De andere kant stelde dit voor. Zegt u ook ja?"
            note = own if party == seat.party else "Er is nog geen ja of nee."
            yield Waiting(party, f"{title.capitalize()} voor het verslag", note, url, "Kijk")


def _listening(seat, project):
    url = seat.url("analysis:dialogue", project=project.pk)
    placed = Placing.objects.visible_to(seat).filter(project=project, theme__isnull=False)
    themes = set(placed.values_list("theme_id", flat=True))
    noted = set(DialogueNote.objects.visible_to(seat).filter(theme__in=themes).values_list("theme_id", "party"))
    for party in Party.sides():
        left = sum((theme, party) not in noted for theme in themes)
        if left:
            note = f"Nog bij {in_words(left)} thema’s" if left > 1 else "Nog bij één thema"
            yield Waiting(party, "Opschrijven wat de ander vertelde", note, url, "Schrijf op")
