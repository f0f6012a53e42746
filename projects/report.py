"""The round's chapters in the joint report: the question, what was agreed, and how earlier agreements stand."""

from django.utils import timezone

from dialoog.partnerships.report import Chapter
from projects.models import Commitment, in_a_row

MARKS = {"open": "st-open", "busy": "st-bezig", "done": "st-klaar", "solved": "st-opgelost", "late": "st-laat"}
# Behind whoever was asked and did not say yes yet, or said no.
ASKED, REFUSED = " (gevraagd, zei nog geen ja)", " (zei nee)"


def chapters(project, public=False):
    """The question and why; the commitments of this round; and those of earlier rounds, if there were any."""
    found = [
        Chapter("vraag", "De vraag, en waarom", "projects/report_vraag.html", _question(project, public)),
        Chapter("afspraken", "Wat wij afspreken", "projects/report_afspraken.html", _agreed(project, public)),
    ]
    earlier = _earlier(project, public)
    if earlier["rounds"]:
        found.append(Chapter("eerder", "Stand van eerdere afspraken", "projects/report_eerder.html", earlier))
    return found


def _question(project, public):
    table = project.partnership
    return {
        "question": project.question,
        "subject": project.subject,
        "occasion": [line.strip() for line in project.occasion.splitlines() if line.strip()],
        "proposed_by": table.side_name(project.proposed_by_side),
        # A name is for the two sides; outside the room only the side counts.
        "lead": f"iemand van de {table.side_name(project.lead.party)}" if public else project.lead.name,
        "values": in_a_row([value.name for value in project.values.all() if value.is_shared]),
        "stories": project.planned_stories,
        "from_day": project.started_on,
    }


def _agreed(project, public):
    commitments = Commitment.objects.filter(project=project).with_people().order_by("due", "pk")
    apart = outside(project.partnership, since=project.started_on, until=project.closed_at, public=public)
    rows = [_row(one, public) for one in commitments]
    return {"rows": rows, "apart": apart, "client": project.partnership.client_word}


def _earlier(project, public):
    before = Commitment.objects.filter(partnership=project.partnership, project__number__lt=project.number)
    rounds = {}
    for commitment in before.with_people().order_by("-project__number", "due", "pk"):
        rounds.setdefault(commitment.project, []).append(_row(commitment, public))
    told = [{"number": known.number, "rows": rows} for known, rows in rounds.items()]
    if apart := outside(project.partnership, before=project.started_on, public=public):
        told.append({"number": None, "rows": apart})
    return {
        "rounds": told,
        "client": project.partnership.client_word,
        "council": project.partnership.council_word,
    }


def outside(partnership, since=None, until=None, before=None, year=None, public=False):
    """What meetings agreed on outside a round, as the reports tell it: during a round, before it, or in one year."""
    known = Commitment.objects.filter(partnership=partnership, project=None)
    known = known.filter(agreed_at__date__gte=since) if since else known
    known = known.filter(agreed_at__lte=until) if until else known
    known = known.filter(agreed_at__date__lt=before) if before else known
    known = known.filter(agreed_at__year=year) if year else known
    return [_row(one, public) for one in known.with_people().order_by("due", "pk")]


def _row(commitment, public):
    return {
        "pk": str(commitment.pk),
        "what": commitment.what,
        "agreed_on": timezone.localdate(commitment.agreed_at),
        "because": commitment.because or (commitment.value.name if commitment.value_id else ""),
        "party": "both" if commitment.is_of_both else commitment.owner_party,
        "side": "samen" if commitment.is_of_both else commitment.partnership.side_name(commitment.owner_party),
        "who": _who(commitment, public),
        "due": commitment.due,
        "due_story": commitment.due_story,
        "client_notices": commitment.client_notices,
        "clients_said": commitment.clients_said,
        # What was written on the way says nothing any more about what clients notice now.
        "reason": "" if commitment.is_solved else commitment.status_reason,
        "is_stopped": commitment.status in Commitment.NEEDS_REASON,
        "state": commitment.state_label,
        "is_closed": commitment.is_closed,
        "mark": MARKS.get(commitment.state, "st-anders"),
    }


def _who(commitment, public):
    """Who does it; of whoever was only asked and did not say yes themselves, every version and form says so too."""
    owner = _owner(commitment) if public else commitment.owner
    if commitment.is_asked:
        owner += REFUSED if commitment.is_refused else ASKED
    return f"{owner} en {commitment.helper}" if commitment.helper_id and not public else owner


def _owner(commitment):
    """Who answers for it, as it can be said outside the room: a function, or a side."""
    if not commitment.owner_member_id:
        return commitment.owner_name
    return commitment.owner_member.function or commitment.partnership.side_name(commitment.owner_party)
