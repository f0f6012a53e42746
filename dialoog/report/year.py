"""What a table did in one year, for the annual report: rounds, talks, themes, commitments and how they stand."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from dialoog import paper
from dialoog.advice.models import Advice, Enquiry
from dialoog.report import composition
from dialoog.report.blocks import Readers
from dialoog.report.models import Edition, Report
from dialoog.report.signed import Signed, rows_on
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
    """What the overview says. For everyone: only what both sides signed and made public, in the words they signed."""
    sieve = composition.Sieve.of(seat.partnership, public)
    reports = {one.project_id: one for one in Report.objects.visible_to(seat).select_related("project", "partnership")}
    signed = _signed(reports.values(), sieve) if public else {}
    rounds = []
    for project in Project.objects.visible_to(seat).filter(started_on__year__lte=year).order_by("number"):
        report = reports.get(project.pk) or Report(partnership=project.partnership, project=project)
        if project.closed_at and project.closed_at.year < year:
            continue
        if not public:
            rounds.append(_round(report, sieve))
        elif report.pk in signed:
            rounds.append(_public_round(report, signed[report.pk], sieve))
    apart = outside(seat.partnership, year=year, public=public)
    if public:
        apart = _told_apart(seat.partnership, apart, signed.values(), sieve)
    advice = _advice(seat.partnership, year, public, rounds, sieve)
    enquiries = [] if public else _enquiries(seat, year, sieve)
    return {
        "year": year,
        "public": public,
        "sides": _sides(seat.partnership, signed),
        "rounds": rounds,
        "counts": _counts(rounds, apart) + ([] if public else _letters(enquiries, advice)),
        "apart": _apart(seat, apart, public, sieve),
        "advice": advice,
        "enquiries": enquiries,
        "today": timezone.localdate(),
    }


def _signed(reports, sieve):
    """Of each report that both sides made public what it says, by its key; the last one first."""
    public = {one.pk: one for one in reports if one.is_frozen and one.is_public}
    editions = Edition.objects.filter(report__in=public, readers=Readers.PUBLIC).order_by("-made_at")
    return {
        one.report_id: Signed.read(composition.still_permitted(one.printed, public[one.report_id].project, True, sieve))
        for one in editions.only("html", "report_id")
    }


def _sides(table, signed):
    """The two organisations, council first: for everyone as the last public report names them."""
    newest = next(iter(signed.values()), None)
    return newest.sides if newest else [table.council_name, table.municipality_name]


def _round(report, sieve):
    """One round for the two sides, as it is now: in the words of its own chapters, and only its chosen parts."""
    by_slot, project = composition.by_part(report, Readers.CLOSED), report.project
    found = {
        "subject": project.subject,
        "question": project.question,
        "talks": by_slot.get("luisteren", {}).get("talks"),
        "themes": [theme["theme"].sentence for theme in by_slot.get("themas", {}).get("themes", [])],
        "rows": by_slot.get("afspraken", {}).get("rows", []),
    }
    found = _drawn(report, found)
    return found | {"html": mark_safe(composition.still_permitted(found["html"], project, False, sieve))}


def _public_round(report, signed, sieve):
    """One round for everyone, as it was signed; only how its commitments stand is of now."""
    by_slot = composition.by_part(report, Readers.PUBLIC)
    now = _rows_now(report.partnership, by_slot.get("afspraken", {}).get("rows", []), sieve)
    found = {
        "subject": signed.subject,
        "question": signed.question,
        "talks": by_slot.get("luisteren", {}).get("talks"),
        "themes": signed.themes,
        "rows": [vars(row.as_it_stands(now)) for row in signed.rows if not (row.is_apart or row.is_earlier)],
    }
    return _drawn(report, found | {"public": True})


def _drawn(report, found):
    ground = {"report": report, "project": report.project, "partnership": report.partnership}
    return ground | found | {"html": render_to_string("report/report_year.html", ground | found)}


def _told_apart(table, rows, signed, sieve):
    """What meetings agreed on has no yes of its own: a report that both sides made public must say just the same."""
    now = _rows_now(table, rows, sieve)
    known = [row for one in signed for row in one.rows if row.is_apart]
    # Once each; where a report tells it with its date and its aim, like that.
    told = {row.what: row for row in sorted(known, key=lambda row: not row.is_earlier)}
    return [vars(row) for row in (one.as_it_stands(now) for one in told.values()) if not row.is_changed]


def _rows_now(table, rows, sieve):
    """These commitments as a report for everyone would say them today."""
    words = {"rows": rows, "client": table.client_word}
    return rows_on(sieve(render_to_string("projects/report_afspraken_table.html", words))[0])


def _apart(seat, rows, public, sieve):
    """What meetings agreed on outside a round, through the same sieve as the report."""
    told = {"rows": rows, "partnership": seat.partnership, "public": public}
    return mark_safe(sieve(render_to_string("report/report_year_apart.html", told))[0]) if rows else ""


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
    """The advice that was sent in this year, with its reply or its silence; for everyone what public reports tell."""
    sent = Advice.objects.filter(partnership=table, sent_at__year=year).with_people().order_by("sent_at")
    signed = {one["project"].pk: one["report"] for one in rounds}
    shown = [one for one in sent if not public or _is_told(one, signed.get(one.project_id))]
    for one in shown:
        one.title = sieve.line(one.title)
    return shown


def _is_told(advice, report):
    """Whether this advice stands in a report that both made public: what was sent later, both signed nowhere."""
    return report is not None and "advies" in report.parts(Readers.PUBLIC) and advice.sent_at <= report.frozen_at


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
