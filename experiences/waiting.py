"""What waits for whom about conversations; all of it is the council's own, and only the council sees it."""

from django.utils import timezone
from django.utils.formats import date_format

from dialoog.partnerships.models import Party
from dialoog.partnerships.waiting import Waiting, in_rounds
from experiences.models import (
    BATCH,
    ContactDetail,
    Feedback,
    FragmentDraft,
    Interview,
    Listening,
    Story,
    Teller,
    WrongCode,
)
from experiences.models.keeping import NOTICE, due
from projects.models import Commitment, Phase, Project

COUNTED = {1: "Eén kaartje", 2: "Twee kaartjes", 3: "Drie kaartjes", 4: "Vier kaartjes", 5: "Vijf kaartjes"}


def waiting(seat):
    """Stories half typed, cards to read, to mend or to release, contact details past their date."""
    if not seat.is_council:
        return []
    rounds = in_rounds(Project.objects.visible_to(seat).running(), lambda project: _round(seat, project))
    return [*rounds, *_withdrawn(seat), *_contacts(seat), *_clocks(seat)]


def _round(seat, project):
    return [*_typing(seat, project), *_cards(seat, project), *_owed(seat, project), *_missed(seat, project)]


def _typing(seat, project):
    unfinished = Story.objects.visible_to(seat).filter(
        teller__project=project, interview__finished_at=None, interview__interviewers=seat
    )
    for story in unfinished.select_related("interview").order_by("interview__number"):
        moment = timezone.localtime(story.typed_at)
        note = f"Opgeslagen op {date_format(moment, 'j F')} om {moment:%-H.%M} uur"
        url = seat.url("experiences:interview", interview=story.interview_id)
        yield Waiting(Party.COUNCIL, f"{story.interview} verder uittypen", note, url, "Ga verder", member=seat)


def _cards(seat, project):
    drafts = FragmentDraft.objects.visible_to(seat).of(project)
    to_read = list(drafts.waiting_for(seat).order_by("written_at"))
    if to_read:
        title = f"{COUNTED.get(len(to_read), f'{len(to_read)} kaartjes')} nakijken"
        url = seat.url("experiences:review", draft=to_read[0].pk)
        yield Waiting(
            Party.COUNCIL, title, "Pas na uw blik kan de gemeente ze lezen", url, "Kijk na", None, seat, "text"
        )
    for draft in drafts.filter(status=FragmentDraft.Status.SENT_BACK, written_by=seat):
        url = seat.url("experiences:draft", draft=draft.pk)
        title = f"Een kaartje uit {str(draft.story.interview).lower()} verbeteren"
        yield Waiting(Party.COUNCIL, title, "De tweede lezer schreef erbij waarom", url, "Bekijk", member=seat)
    approved = drafts.filter(status=FragmentDraft.Status.APPROVED).count()
    if approved >= BATCH:
        url = seat.url("experiences:release", project=project.pk)
        title = f"{COUNTED.get(approved, f'{approved} kaartjes')} vrijgeven"
        yield Waiting(Party.COUNCIL, title, "Ze zijn nagekeken door twee mensen", url, "Bekijk")


def _withdrawn(seat):
    gone = Teller.objects.visible_to(seat).filter(withdrawn_at__isnull=False, withdrawn_by=None, seen_at=None)
    for held in Interview.objects.visible_to(seat).filter(teller__in=gone).order_by("number"):
        url = seat.url("experiences:interview", interview=held.pk)
        yield Waiting(Party.COUNCIL, f"De verteller van {str(held).lower()} trok zich terug", "Zelf, met de code", url)
    if WrongCode.is_closed(seat.partnership):
        note = "De pagina waarop vertellers zich terugtrekken is tot morgen dicht"
        yield Waiting(Party.COUNCIL, "Iemand probeert codes van vertellers", note, seat.url("withdraw"))


def _clocks(seat):
    """What goes within two weeks; and what should have gone, because nobody runs the daily work."""
    today = timezone.localdate()
    for one in due(seat.partnership, until=today + NOTICE, small=False):
        if one.kind == "contact" and one.is_over(today):
            continue
        title = f"Binnenkort weg: {one.what}"
        note = f"Op {date_format(one.day, 'j F Y')} is de bewaartijd voorbij"
        if one.is_over(today):
            note = "De bewaartijd is voorbij, maar er is niets gewist. Vraag de beheerder om de dagelijkse opdracht."
        yield Waiting(Party.COUNCIL, title, note, seat.url("experiences:terms"))


def _contacts(seat):
    overdue = ContactDetail.objects.visible_to(seat).filter(delete_by__lt=timezone.localdate())
    held = Interview.objects.visible_to(seat).filter(teller__in=overdue.values("teller"))
    for interview in held.order_by("number"):
        url = seat.url("experiences:contact", interview=interview.pk)
        title = f"Contactgegevens bij {str(interview).lower()} wissen"
        yield Waiting(Party.COUNCIL, title, "De afgesproken dag is voorbij", url, "Wis")


def _missed(seat, project):
    """Whom the council did not reach comes in the report, and after the signatures it cannot."""
    if not project.has_reached(Phase.COMMIT) or project.report_signed_at:
        return
    if not Listening.objects.visible_to(seat).filter(project=project).exists():
        url = seat.url("experiences:missed", project=project.pk)
        yield Waiting(Party.COUNCIL, "Opschrijven wie u niet sprak", "Dat hoort in het verslag", url, "Schrijf het op")


def _owed(seat, project):
    """From the moment that there is something to tell: who told something and wants to hear what came of it."""
    something = Commitment.objects.visible_to(seat).filter(project=project).exists()
    if not something and not project.has_reached(Phase.REPORT):
        return
    for owed in Feedback.objects.visible_to(seat).owed(project):
        url = seat.url("analysis:letter", feedback=owed.pk)
        note = "De brief staat klaar" if owed.version else "Er is nog geen brief"
        # Everybody of the council opens this page; where stories ask for a second step, so does the code of a teller.
        whom = "aan een verteller" if seat.partnership.stories_second_step else f"bij code {owed.teller.code}"
        yield Waiting(Party.COUNCIL, f"Terugkoppeling {whom}", note, url, "Ga verder")
