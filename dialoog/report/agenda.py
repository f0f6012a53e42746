"""Reports that wait for a signature."""

from dialoog.partnerships.agenda import OpenItem
from dialoog.report.models import Report, Signature


def open_items(partnership):
    """Reports that could be signed and are not yet, with who signed already."""
    waiting = Report.objects.filter(partnership=partnership, frozen_at=None).select_related("project", "partnership")
    reports = [report for report in waiting if not report.why_not_sign()]
    given = Signature.objects.filter(report__in=reports).values_list("report_id", "party")
    signed = {report.pk: {party for key, party in given if key == report.pk} for report in reports}
    return [_item(report, signed[report.pk]) for report in reports]


def _item(report, signed):
    table = report.partnership
    said = " en de ".join(table.side_name(party) for party in sorted(signed))
    note = f"De {said} tekende al." if len(signed) == 1 else "Nog niet door beide kanten getekend."
    kwargs = {"project": report.project_id}
    return OpenItem(
        "report", f"Het verslag van ronde {report.project.number}", report.pk, "report:detail", kwargs, note
    )
