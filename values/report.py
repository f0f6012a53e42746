"""The chapters about values: both voices as they lie open, and drafts that both sides want in the report."""

from dialoog.partnerships.report import Chapter
from values.models import PolicyReview, Value, ValuePractice


def chapters(project, public=False):
    """The values this round stands on: what each side wrote, who said yes, and what it looks like."""
    chosen = list(project.values.values_list("pk", flat=True))
    values = Value.objects.filter(partnership=project.partnership)
    values = values.filter(pk__in=chosen) if chosen else values.shared()
    rows = values.side_by_side(None)
    drafts = _drafts(project)
    if not rows:
        return drafts
    practices = list(ValuePractice.objects.filter(partnership=project.partnership).select_related("value"))
    told = [
        (row, [one for one in practices if row.value.pk in (one.value_id, one.value.joined_into_id)]) for row in rows
    ]
    context = {"rows": told, "partnership": project.partnership}
    return [Chapter("waarden", "Onze waarden", "values/report_waarden.html", context), *drafts]


def _drafts(project):
    """Each draft that both sides said yes to while this round ran, value by value."""
    found = PolicyReview.objects.filter(partnership=project.partnership).for_report(project)
    told = [(one, {"review": one, "points": one.points()}) for one in found]
    return [Chapter("waarden", f"In de maak: {one.title}", "values/report_stuk.html", words) for one, words in told]
