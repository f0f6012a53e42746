"""For who comes new to a table: what matters here, where the round stands, what was promised, and what was learnt."""

from django.views.decorators.http import require_GET

from dialoog.pages import page
from dialoog.partnerships import rules
from dialoog.partnerships.door import seated
from dialoog.partnerships.track import round_steps
from dialoog.report.models import Report
from projects.models import Commitment, ConsultationMeeting, Project
from projects.views.looking_back import learnt
from values.models import Value

# Who is new reads ten minutes; the lists themselves have all of it.
MOST = 8


@require_GET
@seated(rules.any_member)
def handover(request, seat):
    """What a new person reads first. It stands at the front door, because it shows something of every app."""
    values = Value.objects.visible_to(seat).listed()
    running = Project.objects.visible_to(seat).running()
    reports = Report.objects.visible_to(seat).filter(frozen_at__isnull=False).select_related("project")
    told = {
        "people": sorted(seat.people(), key=lambda one: (one.party, one.name)),
        "values": sorted(values, key=lambda value: not value.is_shared),
        "rounds": [(project, list(round_steps(project.phase))) for project in running],
        "commitments": list(Commitment.objects.visible_to(seat).with_people().unfinished().standing()[: MOST + 1]),
        "most": MOST,
        "meeting": ConsultationMeeting.objects.visible_to(seat).next(),
        "lessons": learnt(seat)[:1],
        "reports": reports.order_by("-project__number")[:2],
    }
    return page(request, "handover.html", told)
