"""What waits for whom in the running round, with commitments and before a meeting."""

from collections import defaultdict
from dataclasses import replace

from django.utils import timezone
from django.utils.formats import date_format

from dialoog.partnerships.models import Member, Party
from dialoog.partnerships.templatetags.dialoog import at_first, dutch_date
from dialoog.partnerships.waiting import SOON, Waiting, in_rounds, refused
from projects.models import (
    Attendance,
    BackingNote,
    CloseOut,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Minute,
    Nod,
    OwnerLink,
    Paper,
    PapersRead,
    Phase,
    Pledge,
    Project,
    Task,
    TrustAnswer,
    in_a_row,
)

# A start page that lists forty late commitments helps nobody: the standing list has them all.
MOST = 5


def waiting(seat):
    """What a person or a side still has to do here; everything in it may be known to both sides."""
    rounds = in_rounds(Project.objects.visible_to(seat).running(), lambda project: _round(seat, project))
    lines = [
        *_own_yes(seat),
        *_other_days(seat),
        *_refused(seat),
        *_lapsed(seat),
        *_commitments(seat),
        *_meetings(seat),
        *_minutes(seat),
    ]
    return [*rounds, *lines]


def _round(seat, project):
    lines = [*_lead(seat, project), *_pledges(seat, project), *_tasks(seat, project), *_trust(seat, project)]
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


def _lead(seat, project):
    """Who was asked to lead says yes or no; until then the lead stays who it was."""
    if project.is_lead_asked:
        own = project.lead_asked_id == seat.pk
        yield Waiting(
            project.lead_asked.party,
            f"Wordt u trekker van ronde {project.number}?" if own else f"Trekker van ronde {project.number} worden?",
            note=f"{project.lead_asked_by} vraagt het" if own else f"gevraagd aan {project.lead_asked}",
            url=f"{project.address(seat)}#ronde",
            verb="Geef antwoord",
            member=project.lead_asked,
            holds_up=True,
        )


def _pledges(seat, project):
    """One's own yes or no; and of each side whom we did not hear, in one line: a name each would fill the page."""
    silent = list(Pledge.objects.visible_to(seat).of(project).unanswered())
    for pledge in [one for one in silent if one.member_id == seat.pk]:
        url, title = seat.url("projects:pledge", pledge=pledge.pk), f"Zeggen of u meedoet aan ronde {project.number}"
        yield Waiting(seat.party, title, project.subject, url, "Geef antwoord", member=seat, holds_up=True)
    for party in Party.values:
        others = [one.member for one in silent if one.member.party == party and one.member_id != seat.pk]
        if others:
            title, names = f"Meedoen aan ronde {project.number}: ja of nee", in_a_row([str(one) for one in others])
            yield Waiting(party, title, names, member=others[0], holds_up=True)


def _tasks(seat, project):
    unsaid = Pledge.objects.visible_to(seat).of(project).unanswered().filter(member=seat).exists()
    for task in Task.objects.visible_to(seat).of(project).open():
        # A task that was laid out for somebody who did not say yes yet, is theirs only if they do.
        own = "taak, als u meedoet" if unsaid else "taak"
        yield Waiting(
            task.member.party,
            task.what,
            note=own if task.member_id == seat.pk else f"taak van {task.member}",
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
            title = "Zeggen of er genoeg vertrouwen is om te beginnen"
            yield Waiting(party, title, url=trust_url, verb="Bekijk", holds_up=True)
        if party not in backed:
            yield Waiting(party, "Opschrijven hoe de eigen achterban het weet", url=trust_url, verb="Schrijf op")
        if plan and not plan.is_agreed and party not in agreed:
            title = "Ja of nee tegen wat wij ophalen, en hoe"
            yield Waiting(party, title, url=plan_url, verb="Lees", kind="text", holds_up=True)


def _trust(seat, project):
    """Whether one answered about the trust is only told to oneself; nobody is asked for what can never be shown."""
    if not seat.is_side or project.phase != Phase.TRUST or TrustAnswer.too_few_of(seat.partnership, seat.party):
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
    missing = [check for check in project.checks_for(project.next_phase) if not check.ok]
    if not any(check.enforced for check in missing):
        route = "projects:close" if project.phase == Phase.REPORT else "projects:advance"
        title = "De ronde afsluiten" if project.phase == Phase.REPORT else f"Verder naar ‘{project.next_phase.label}’"
        advised = any(check.before == project.next_phase for check in missing)
        note = "Kijk eerst wat beter in orde kan zijn" if advised else "Niets houdt het meer tegen"
        yield Waiting(seat.party, title, note, seat.url(route, project=project.pk), "Ga verder", member=seat)


def _commitments(seat):
    known = Commitment.objects.visible_to(seat).with_people()
    for commitment in known.unfinished().filter(due__lt=timezone.localdate() + SOON).order_by("due")[:MOST]:
        line = Waiting(
            commitment.owner_party,
            commitment.what,
            url=commitment.address(seat),
            verb="Zeg hoe het staat",
            due=commitment.due,
            member=commitment.owner_member,
            kind="commitment",
        )
        if commitment.helper_id == seat.pk:
            # Who does it with the owner finds it among their own work; the owner answers for it.
            note = f"afspraak, samen met {commitment.owner}"
            yield replace(line, party=seat.party, note=note, verb="Bekijk", member=seat)
        if not commitment.is_asked:
            # Whether the owner stands for it comes first, and who does when that was a no.
            own = "afspraak" + (f", samen met {commitment.helper}" if commitment.helper_id else "")
            yield replace(line, note=own if commitment.owner_member_id == seat.pk else f"afspraak, {commitment.who}")
    clients = seat.partnership.clients_word
    for commitment in known.filter(status=Commitment.Status.DONE, solved_at=None).order_by("due")[:MOST]:
        url = seat.url("projects:ask_clients", commitment=commitment.pk) if seat.is_council else ""
        yield Waiting(Party.COUNCIL, f"Aan {clients} vragen of zij het merken", commitment.what, url, "Noteer het")


def _own_yes(seat):
    """What somebody wrote down for another: that person is asked, and everybody else sees that a yes is missing."""
    known = Commitment.objects.visible_to(seat).with_people().select_related("agreed_by__user").unfinished()
    asked = known.filter(owner_yes_at=None, owner_no_at=None).order_by("due")
    for commitment in asked.filter(owner_member__in=Member.objects.present()).exclude(owner_member=seat)[:MOST]:
        yield Waiting(
            commitment.owner_party,
            commitment.what,
            f"afspraak, gevraagd aan {commitment.owner}: nog geen ja",
            commitment.address(seat),
            due=commitment.due,
            member=commitment.owner_member,
            kind="commitment",
        )
    for commitment in asked.filter(owner_member=seat)[:MOST]:
        yield Waiting(
            seat.party,
            commitment.what,
            f"{commitment.agreed_by} schreef dit voor u op. Neemt u het op u?",
            commitment.address(seat),
            "Geef antwoord",
            due=commitment.due,
            member=seat,
            kind="commitment",
        )


def _other_days(seat):
    """One side asks for another day than the two signed: the other says yes or no."""
    known = Commitment.objects.visible_to(seat).with_people().exclude(asked_due=None)
    for commitment in known.order_by("due")[:MOST]:
        asks = commitment.asked_due_by
        yield Waiting(
            asks.other_side,
            f"Ja of nee tegen een andere dag: {commitment.what}",
            f"De {asks.side_name} vraagt {date_format(commitment.asked_due, 'j F Y')}. {commitment.asked_due_reason}",
            commitment.address(seat),
            "Geef antwoord",
            holds_up=True,
        )


def _refused(seat):
    """Who was asked said no: it waits for who asked, and for their side when they left the table."""
    known = Commitment.objects.visible_to(seat).with_people().exclude(owner_no_at=None).unfinished()
    for commitment in known.select_related("agreed_by__user").order_by("due")[:MOST]:
        yield Waiting(
            commitment.agreed_by.party,
            f"Afspreken wie het wel doet: {commitment.what}",
            f"{commitment.owner} zei nee",
            commitment.address(seat),
            "Kies iemand anders",
            due=commitment.due,
            member=commitment.agreed_by if commitment.agreed_by.is_active else None,
            kind="commitment",
        )


def _lapsed(seat):
    """An owner without an account can no longer answer, because who asked is gone: somebody else of the side asks."""
    known = OwnerLink.objects.visible_to(seat).lapsed().select_related("commitment", "sent_by__user")
    for link in known.order_by("commitment__due")[:MOST]:
        yield Waiting(
            seat.party,
            f"{link.owner_name} opnieuw vragen hoe het staat",
            f"{link.sent_by} zit niet meer aan tafel, dus de link werkt niet meer",
            seat.url("projects:ask_owner", commitment=link.commitment_id),
            "Vraag het",
            kind="commitment",
        )


def _meetings(seat):
    """Whether one comes, and what there is to read, is only asked of oneself. A nearer meeting hides no later one."""
    meetings = list(ConsultationMeeting.objects.visible_to(seat).coming()[:MOST])
    if not meetings:
        return
    said = Attendance.objects.visible_to(seat).filter(member=seat, meeting__in=meetings).select_related("meeting")
    answers = {one.meeting_id: one for one in said}
    read = {one.meeting_id: one for one in PapersRead.objects.visible_to(seat).filter(meeting__in=meetings)}
    papers = defaultdict(list)
    for paper in Paper.objects.visible_to(seat).of_all(meetings):
        papers[paper.meeting_id].append(paper)
    for meeting in meetings:
        answer, day, url = answers.get(meeting.pk), meeting.day, seat.url("projects:meeting", meeting=meeting.pk)
        # Of a meeting that is far away nobody is asked yet, unless it is the next one or the invitation went out.
        near = meeting == meetings[0] or meeting.invited_at or day < timezone.localdate() + SOON
        if (answer is None or not answer.holds) and near:
            # Who said so about another day, or another hour, is asked once more.
            title, there = f"Zeggen of u {'nog ' if answer else ''}naar het overleg komt", f"{url}#komst"
            yield Waiting(seat.party, title, meeting.place, there, "Zeg het", day, seat)
        yield from _papers(seat, meeting, papers[meeting.pk])
        if answer is None or answer.coming:
            there = [paper for paper in papers[meeting.pk] if paper.is_there]
            yield from _reading(seat, read.get(meeting.pk), there, f"{url}#stukken", day)


def _papers(seat, meeting, papers):
    """What somebody announced and did not hand in yet."""
    for paper in papers:
        if not paper.is_there:
            mine = paper.member_id == seat.pk
            yield Waiting(
                paper.member.party,
                f"Een stuk voor het overleg: {paper.title}",
                note="" if mine else f"van {paper.member}",
                url=paper.address(seat) if mine else f"{seat.url('projects:meeting', meeting=meeting.pk)}#stukken",
                verb="Lever het in" if mine else "Bekijk",
                due=meeting.papers_due,
                member=paper.member,
                kind="task",
            )


def _reading(seat, read, papers, url, due):
    new = [one for one in papers if one.member_id != seat.pk and (read is None or one.handed_in_at > read.read_at)]
    if new:
        title = f"Lezen voor het overleg: {new[0].title}" if len(new) == 1 else f"{at_first(len(new))} stukken lezen"
        note = "voor het overleg" if len(new) > 1 else ""
        # One line that stands for two papers is not 'één tekst om te lezen'.
        yield Waiting(seat.party, title, note, url, "Lees", due, seat, kind="" if len(new) > 1 else "text")


def _minutes(seat):
    """Minutes of a meeting that wait for the name of a side."""
    known = Minute.objects.visible_to(seat).filter(meeting__minutes_signed_at=None).select_related("meeting")
    known = known.filter(meeting__cancelled_at=None)
    past = known.filter(meeting__starts_at__lt=timezone.now()).order_by("-meeting__starts_at").first()
    if past is None:
        return
    given = past.signatures()
    # The whole text is only put together when there is a name that could have lapsed.
    now = past.hash_of(past.body()) if given else ""
    url = seat.url("projects:read_minutes", meeting=past.meeting_id)
    for party in Party.sides():
        if party not in given or given[party].fingerprint != now:
            title = f"Het verslag van {dutch_date(past.meeting.starts_at)} lezen en tekenen"
            own = url if party == seat.party else ""
            yield Waiting(party, title, "overleg", own, "Lees en teken", kind="signature")
    for refusal in past.refusals().values():
        yield refused(refusal, f"het verslag van {dutch_date(past.meeting.starts_at)}", url)
