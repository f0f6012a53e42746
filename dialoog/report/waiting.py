"""What waits for whom about the report."""

from dialoog.partnerships.models import Party
from dialoog.partnerships.waiting import Waiting, in_rounds, refused
from dialoog.report import composition
from dialoog.report.models import Report, Signature
from projects.models import Phase, Project


def waiting(seat):
    """Begin it, write the short version, sign it; and say whether it may be public."""
    return in_rounds(Project.objects.visible_to(seat).running(), lambda project: _round(seat, project))


def _round(seat, project):
    if not project.has_reached(Phase.COMMIT):
        return []
    report = Report.objects.visible_to(seat).of(project)
    url = seat.url("report:detail", project=project.pk)
    if report is None:
        title = "Beginnen met het verslag van deze ronde"
        return [Waiting(party, title, "Een van beide kanten begint", url, "Begin") for party in Party.sides()]
    if report.is_frozen:
        return [
            Waiting(party, "Besluiten of het verslag openbaar wordt", "Beide kanten moeten ja zeggen", url, "Besluit")
            for party in Party.sides()
            if report.public_word(party) is None
        ]
    if not report.brief.strip():
        title = "‘In het kort’ schrijven voor het verslag"
        url = seat.url("report:write", report=report.pk) if seat.is_side else url
        return [Waiting(party, title, "Een halve bladzijde, samen", url, "Schrijf") for party in Party.sides()]
    return _signatures(seat, report)


def _signatures(seat, report):
    given = {signature.party: signature for signature in Signature.objects.visible_to(seat).filter(report=report)}
    # The whole text is only put together when there is a signature that could have lapsed.
    now = composition.compose(report).fingerprint if given else ""
    waits = []
    for party in Party.sides():
        lapsed = party in given and given[party].fingerprint != now
        if lapsed or party not in given:
            note = "De tekst veranderde na uw handtekening" if lapsed and party == seat.party else ""
            url = seat.url("report:preview", report=report.pk)
            waits.append(Waiting(party, "Het verslag lezen en tekenen", note, url, "Lees en teken", kind="signature"))
    for refusal in report.refusals().values():
        waits.append(refused(refusal, "het verslag", seat.url("report:detail", project=report.project_id)))
    return waits
