"""What a table did in one year, for the annual report: rounds, talks, themes, commitments and how they stand."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from dialoog import paper
from dialoog.advice.models import Advice, Enquiry
from dialoog.report import composition
from dialoog.report.blocks import Readers
from dialoog.report.models import Report
from projects.models import Project
from projects.report import outside


def years(seat):
    """The years in which something happened, newest first."""
    days = Project.objects.visible_to(seat).values_list("started_on", flat=True)
    return sorted({day.year for day in days} | {timezone.localdate().year}, reverse=True)


def overview(seat, year, public):
    """The year as one file that needs nothing else."""
    table = seat.partnership
    frame = {"accent": composition.accent(table.theme), "style": paper.style("print.css"), "partnership": table}
    return render_to_string("report/print_year.html", told(seat, year, public) | frame)


def told(seat, year, public):
    """What the overview says. For everyone: only rounds of which both sides made the report public."""
    reports = {one.project_id: one for one in Report.objects.visible_to(seat).select_related("project", "partnership")}
    rounds, sieve = [], composition.Sieve.of(seat.partnership, public)
    for project in Project.objects.visible_to(seat).filter(started_on__year__lte=year).order_by("number"):
        report = reports.get(project.pk) or Report(partnership=project.partnership, project=project)
        if project.closed_at and project.closed_at.year < year:
            continue
        if not public or (report.is_frozen and report.is_public):
            rounds.append(_round(report, public, sieve))
    apart = outside(seat.partnership, year=year, public=public)
    if public:
        open_ones = [one for one in reports.values() if one.is_frozen and one.is_public]
        apart = [row for row in apart if any(_is_told(row, report) for report in open_ones)]
    advice = _advice(seat.partnership, year, public, rounds, sieve)
    enquiries = [] if public else _enquiries(seat, year, sieve)
    return {
        "year": year,
        "public": public,
        "rounds": rounds,
        "counts": _counts(rounds, apart) + ([] if public else _letters(enquiries, advice)),
        "apart": _apart(seat, apart, sieve),
        "advice": advice,
        "enquiries": enquiries,
        "today": timezone.localdate(),
    }


def _is_told(row, report):
    """What meetings agreed on has no yes of its own: a report that both sides made public must have told of it."""
    slot = "afspraken" if row["agreed_on"] >= report.project.started_on else "eerder"
    return row["pk"] in report.states and slot in report.parts(Readers.PUBLIC)


def _round(report, public, sieve):
    """One round, in the words of its own chapters, through the same sieve as the report, and only its chosen parts."""
    by_slot = composition.by_part(report, Readers.PUBLIC if public else Readers.CLOSED)
    found = {
        "project": report.project,
        "report": report,
        "talks": by_slot.get("luisteren", {}).get("talks"),
        "themes": [theme["theme"].sentence for theme in by_slot.get("themas", {}).get("themes", [])],
        "rows": by_slot.get("afspraken", {}).get("rows", []),
    }
    html = render_to_string("report/report_year.html", found | {"partnership": report.partnership})
    return found | {"html": mark_safe(composition.still_permitted(html, report.project, public, sieve))}


def _apart(seat, rows, sieve):
    """What meetings agreed on outside a round, through the same sieve."""
    html = render_to_string("report/report_year_apart.html", {"rows": rows, "partnership": seat.partnership})
    return mark_safe(sieve(html)[0]) if rows else ""


def _counts(rounds, apart):
    """Plain counts. A sum over rounds of which one is kept back would give that one away."""
    agreed = [row for told in rounds for row in told["rows"]] + apart
    talks = [told["talks"] for told in rounds]
    counts = [("ronde", "rondes", len(rounds))]
    if talks and all(isinstance(number, int) for number in talks):
        counts.append(("gesprek", "gesprekken", sum(talks)))
    counts += [
        ("thema", "thema’s", sum(len(told["themes"]) for told in rounds)),
        ("afspraak", "afspraken", len(agreed)),
        ("opgelost", "opgelost", sum(1 for row in agreed if row["mark"] == "st-opgelost")),
    ]
    return [(one if number == 1 else many, number) for one, many, number in counts]


def _advice(table, year, public, rounds, sieve):
    """The advice that was sent in this year, with its reply or its silence; for everyone only of public rounds."""
    sent = Advice.objects.filter(partnership=table, sent_at__year=year).with_people().order_by("sent_at")
    told = {one["project"].pk for one in rounds if "advies" in one["report"].parts(Readers.PUBLIC)}
    shown = [one for one in sent if not public or one.project_id in told]
    for one in shown:
        one.title = sieve.line(one.title)
    return shown


def _enquiries(seat, year, sieve):
    """What the municipality asked in this year; not for everyone, for it hangs on no report that both made public."""
    asked = Enquiry.objects.visible_to(seat).filter(sent_at__year=year).with_people().order_by("sent_at")
    for one in asked:
        one.title = sieve.line(one.title)
    return asked


def _letters(enquiries, advice):
    """How often the municipality asked and the council advised; nothing in a year without either."""
    if not enquiries and not advice:
        return []
    counts = [("adviesvraag", "adviesvragen", len(enquiries)), ("advies", "adviezen", len(advice))]
    return [(one if number == 1 else many, number) for one, many, number in counts]
