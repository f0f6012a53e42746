"""What waits for whom in the running round, with commitments and before a meeting."""

from datetime import timedelta

from django.utils import timezone

from dialoog.partnerships.models import Party
from dialoog.partnerships.waiting import Waiting
from projects.models import (
    Attendance,
    BackingNote,
    CloseOut,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Nod,
    Phase,
    Pledge,
    Project,
    Task,
    TrustAnswer,
)

SOON = timedelta(days=14)
# A start page that lists forty late commitments helps nobody: the standing list has them all.
MOST = 5


def waiting(seat):
    """What a person or a side still has to do here; everything in it may be known to both sides."""
    project = Project.objects.visible_to(seat).current()
    lines = [*_commitments(seat), *_meeting(seat)]
    return [*_round(seat, project), *lines] if project else lines


def _round(seat, project):
    lines = [*_pledges(seat, project), *_tasks(seat, project), *_trust(seat, project)]
    if project.phase <= Phase.VALUES:
        lines += _preparation(seat, project)
    if project.phase == Phase.REPORT and project.feedback_at is None:
        url = seat.url("experiences:feedback", project=project.pk) if seat.is_council else ""
        lines.append(Waiting(Party.COUNCIL, "De vertellers laten horen wat er is gedaan", url=url, verb="Ga verder"))
    if project.phase == Phase.COLLECT:
        url = seat.url("experiences:list") if seat.is_council else ""
        title, note = "Ervaringen ophalen", "Ga naar mensen toe, in tweetallen"
        lines.append(Waiting(Party.COUNCIL, title, note, url, "Naar de gesprekken"))
    if project.phase == Phase.REPORT:
        lines += _looking_back(seat, project)
    return [*lines, *_next_step(seat, project)]


def _pledges(seat, project):
    for pledge in Pledge.objects.visible_to(seat).of(project).unanswered():
        own = pledge.member_id == seat.pk
        yield Waiting(
            pledge.member.party,
            f"Zeggen of u meedoet aan ronde {project.number}"
            if own
            else f"Meedoen aan ronde {project.number}: ja of nee",
            note=project.subject if own else str(pledge.member),
            url=seat.url("projects:pledge", pledge=pledge.pk) if own else "",
            verb="Geef antwoord",
            member=pledge.member,
        )


def _tasks(seat, project):
    for task in Task.objects.visible_to(seat).of(project).open():
        yield Waiting(
            task.member.party,
            task.what,
            note="taak" if task.member_id == seat.pk else f"taak van {task.member}",
            url=f"{seat.url('projects:tasks')}{'' if task.member_id == seat.pk else '?wie=iedereen'}#{task.topic}",
            verb="Bekijk",
            due=task.due,
            member=task.member,
            kind="task",
        )


def _preparation(seat, project):
    """What each side still has to say or write before collecting."""
    trusted = {nod.party for nod in Nod.objects.visible_to(seat).filter(project=project, about=Nod.About.TRUST)}
    agreed = {nod.party for nod in Nod.objects.visible_to(seat).filter(project=project, about=Nod.About.PLAN)}
    backed = set(BackingNote.objects.visible_to(seat).filter(project=project).values_list("party", flat=True))
    plan = CollectionPlan.objects.visible_to(seat).filter(project=project).first()
    trust_url, plan_url = (seat.url(route, project=project.pk) for route in ("projects:trust", "projects:plan"))
    for party in Party.sides():
        if project.trusted_at is None and party not in trusted:
            yield Waiting(party, "Zeggen of er genoeg vertrouwen is om te beginnen", url=trust_url, verb="Bekijk")
        if party not in backed:
            yield Waiting(party, "Opschrijven hoe de eigen achterban het weet", url=trust_url, verb="Schrijf op")
        if plan and not plan.is_agreed and party not in agreed:
            yield Waiting(party, "Ja of nee tegen wat wij ophalen, en hoe", url=plan_url, verb="Lees")


def _trust(seat, project):
    """Whether one answered about the trust is only told to oneself."""
    if not seat.is_side or project.phase != Phase.TRUST:
        return
    if not TrustAnswer.objects.visible_to(seat).filter(project=project).exists():
        url = seat.url("projects:trust_check", project=project.pk)
        title, note = "Vijf zinnen over vertrouwen", "Alleen u ziet wat u antwoordt"
        yield Waiting(seat.party, title, note, url, "Vul in", member=seat)


def _looking_back(seat, project):
    looked = set(CloseOut.objects.visible_to(seat).of(project))
    url = seat.url("projects:change_close_out", project=project.pk)
    for party in Party.sides():
        if party not in looked:
            own = url if party == seat.party else ""
            yield Waiting(party, "Terugkijken op deze ronde", "De volgende ronde leert ervan", own, "Kijk terug")


def _next_step(seat, project):
    """The lead hears it when nothing stands in the way of the next phase."""
    if project.lead_id != seat.pk or project.next_phase is None:
        return
    if all(check.ok or not check.enforced for check in project.checks_for(project.next_phase)):
        route = "projects:close" if project.phase == Phase.REPORT else "projects:advance"
        title = "De ronde afsluiten" if project.phase == Phase.REPORT else f"Verder naar ‘{project.next_phase.label}’"
        note = "Niets houdt het meer tegen"
        yield Waiting(seat.party, title, note, seat.url(route, project=project.pk), "Ga verder", member=seat)


def _commitments(seat):
    known = Commitment.objects.visible_to(seat).with_people()
    for commitment in known.unfinished().filter(due__lt=timezone.localdate() + SOON).order_by("due")[:MOST]:
        yield Waiting(
            commitment.owner_party,
            commitment.what,
            note="afspraak" if commitment.owner_member_id == seat.pk else f"afspraak, {commitment.owner}",
            url=seat.url("projects:commitment", commitment=commitment.pk),
            verb="Zeg hoe het staat",
            due=commitment.due,
            member=commitment.owner_member,
            kind="commitment",
        )
    clients = seat.partnership.clients_word
    for commitment in known.filter(status=Commitment.Status.DONE, solved_at=None).order_by("due")[:MOST]:
        url = seat.url("projects:ask_clients", commitment=commitment.pk) if seat.is_council else ""
        yield Waiting(Party.COUNCIL, f"Aan {clients} vragen of zij het merken", commitment.what, url, "Noteer het")


def _meeting(seat):
    """Whether one comes is only asked of oneself."""
    meeting = ConsultationMeeting.objects.visible_to(seat).next()
    if meeting and not Attendance.objects.visible_to(seat).filter(meeting=meeting, member=seat).exists():
        url = f"{seat.url('projects:meeting', meeting=meeting.pk)}#komst"
        due = timezone.localdate(meeting.starts_at)
        yield Waiting(seat.party, "Zeggen of u naar het overleg komt", meeting.place, url, "Zeg het", due, seat)
