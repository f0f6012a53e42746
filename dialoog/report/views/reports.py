"""The pages of the joint report."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from analysis.agenda import undecided_of
from analysis.models import Quote
from dialoog import paper
from dialoog.pages import back, page
from dialoog.partnerships import views
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import seen_in
from dialoog.partnerships.models import Event, Party
from dialoog.report import composition, rules
from dialoog.report.blocks import Readers
from dialoog.report.brief import BriefHints
from dialoog.report.forms import DissentForm, RefusalForm, ReportForm
from dialoog.report.models import Dissent, Edition, Refusal, Report, Seen
from projects.models import Commitment, Project

LIES_FAST = "Dit verslag ligt vast. Aan de tekst verandert niets meer."


@require_GET
@seated(rules.may_read)
def list_reports(request, seat):
    """The report of the running round, and those of earlier rounds."""
    reports = {report.project_id: report for report in Report.objects.visible_to(seat)}
    rounds = [(project, reports.get(project.pk)) for project in Project.objects.visible_to(seat).order_by("-number")]
    return page(request, "report/list.html", {"rounds": rounds})


@require_GET
@seated(rules.may_read, project=Project)
def detail(request, seat, project):
    """Where the report of a round stands, and who has to do what."""
    report = Report.objects.visible_to(seat).of(project)
    if report is None:
        return page(request, "report/empty.html", {"project": project})
    if report.is_frozen:
        return page(request, "report/frozen.html", _standing(seat, report) | _editions(seat, report))
    document = composition.compose(report)
    signing, why_not = _signing(report, document.fingerprint), report.why_not_sign()
    context = {
        "document": document,
        "signing": signing,
        "why_not": why_not,
        # Whose side signed this very text has nothing to sign any more.
        "may_sign": seat.is_side and not why_not and not signing[seat.party]["counts"],
        **_to_know_first(seat, report),
        "conflicts": report.open_conflicts(seat),
        "versions": [(str(one), one.label, len(report.parts(one))) for one in Readers],
        "hints": BriefHints(report.brief).sentences(),
        "unprintable": paper.unprintable(composition.plain(document.body)),
    }
    return page(request, "report/detail.html", _standing(seat, report) | context)


@require_POST
@seated(rules.may_start, project=Project)
def start(request, seat, project):
    """Begin the report of a round."""
    Report.start(seat, project)
    return back(request, seat.url("report:detail", project=project.pk), said="Het verslag is begonnen.")


@require_http_methods(["GET", "POST"])
@seated(rules.may_write, report=Report)
def write(request, seat, report):
    """What both sides write themselves: the short version, the subtitle, what the tellers hear."""
    if report.is_frozen and request.method == "GET":
        return back(request, report.address(seat), "", LIES_FAST)
    form = ReportForm(views.posted(request), instance=report, seat=seat)
    told = {"report": report, "hints": BriefHints(form["brief"].value() or "").sentences()}
    return views.asked(request, seat, form, "report/write.html", report.address(seat), **told)


@require_POST
@seated(rules.may_write, atomic=False, report=Report)
def hints(request, seat, report):
    """What could be said plainer in what stands in the field now; nothing is kept."""
    remarks = BriefHints(request.POST.get("brief", "")).sentences()
    return page(request, "report/_hints.html", {"report": report, "hints": remarks})


@require_http_methods(["GET", "POST"])
@seated(rules.may_read, report=Report)
def text_history(request, seat, report):
    """Who wrote what in the report, and a way back to an older text."""
    return views.text_history(request, seat, report)


@require_GET
@seated(rules.may_read, report=Report)
def preview(request, seat, report):
    """The whole report on the screen; here both sides read what they sign."""
    if report.is_frozen:
        return _frozen_text(request, seat, report, Readers.CLOSED)
    document = composition.compose(report)
    Seen.note(seat, Seen.Form.PAGE, document=document)
    context = {
        "document": document,
        "signing": _signing(report, document.fingerprint),
        "mine": report.signatures().get(seat.party),
        "why_not": report.why_not_sign(),
        **_to_know_first(seat, report),
        "others": composition.for_others(report),
    }
    return page(request, "report/preview.html", {"report": report, "text": document.body, **context})


@require_GET
@seated(rules.may_read, report=Report)
def preview_for(request, seat, report, readers):
    """The same report as others would read it: the boards of both sides, or everyone."""
    if readers not in (Readers.BOARDS, Readers.PUBLIC):
        raise Http404
    if report.is_frozen:
        return _frozen_text(request, seat, report, readers)
    document = composition.compose(report, readers=readers)
    Seen.note_preview(seat, document)
    names = document.names if document.public else []
    context = {"report": report, "readers": readers, "document": document, "text": document.body, "names": names}
    return page(request, "report/preview.html", context)


@require_POST
@seated(rules.may_sign, atomic=False, report=Report)
def sign(request, seat, report):
    """Sign the text that was read; the second signature, after which nothing changes, asks first."""
    fingerprint = request.POST.get("fingerprint", "")
    try:
        report.sign(seat, fingerprint, sure="sure" in request.POST)
    except ValidationError as refusal:
        if refusal.code != "last":
            raise
        names = _names_left(report) if report.is_public else []
        told = {"report": report, "fingerprint": fingerprint, "sentence": refusal.message, "names": names}
        return page(request, "report/last_signature.html", told, status=422)
    said = "Beide kanten hebben getekend. Het verslag ligt vast." if report.is_frozen else "U hebt getekend."
    return back(request, report.address(seat), said=said)


@require_POST
@seated(rules.may_take_back, report=Report)
def take_back(request, seat, report):
    """Take the own side's signature back."""
    report.take_back(seat)
    url = report.address(seat)
    return back(request, url, said="De handtekening van uw kant is teruggenomen.")


@require_http_methods(["GET", "POST"])
@seated(rules.may_sign, report=Report)
def not_yet(request, seat, report):
    """The own side does not sign yet, and says why."""
    if report.is_frozen and request.method == "GET":
        return back(request, report.address(seat), "", LIES_FAST)
    own = report.refusals().get(seat.party)
    form = RefusalForm(views.posted(request), initial={"reason": own.reason if own else ""})
    if form.kept(lambda: Refusal.say(seat, report, form.cleaned_data["reason"])):
        return back(request, report.address(seat), "tekenen", "Opgeslagen. Beide kanten lezen dit.")
    signed = report.signatures().get(seat.party)
    told = {"report": report, "form": form, "own": own, "signed": signed}
    return page(request, "report/not_yet.html", told, status=422 if form.is_bound else 200)


@require_POST
@seated(rules.may_sign, report=Report)
def drop_not_yet(request, seat, report):
    """The reason not to sign yet is over."""
    Refusal.take_back(seat, report)
    return back(request, report.address(seat), "tekenen", "De reden van uw kant is weg.")


@require_http_methods(["GET", "POST"])
@seated(rules.may_dissent, report=Report)
def dissent(request, seat, report):
    """Where the own side sees it differently."""
    if report.is_frozen and request.method == "GET":
        return back(request, report.address(seat), "", LIES_FAST)
    own = Dissent.objects.visible_to(seat).filter(report=report, party=seat.party).first()
    form = DissentForm(views.posted(request), instance=own, report=report, seat=seat)
    told = {"report": report, "own": own}
    written = form.kept(seat)
    if written is None or written.conflicts:
        if written:
            return views.written(request, seat, written, report.address(seat))
        return page(request, "report/dissent.html", told | {"form": form}, status=422 if form.is_bound else 200)
    if "attach" in request.POST:
        written.attach(seat)
    said = "Toegevoegd aan het verslag." if written.attached_at else "Opgeslagen. Alleen uw kant ziet dit."
    return views.written(request, seat, written, report.address(seat), "anders", said)


@require_POST
@seated(rules.may_change_dissent, dissent=Dissent)
def remove_dissent(request, seat, dissent):
    """Take the own side's dissent out of the report; the words stay for the own side."""
    dissent.detach(seat)
    said = "Uw eigen mening is uit het verslag. Uw kant houdt de tekst."
    return back(request, dissent.report.address(seat), anchor="anders", said=said)


@require_http_methods(["GET", "POST"])
@seated(rules.may_change_dissent, dissent=Dissent)
def dissent_text(request, seat, dissent):
    """Who of the own side wrote what in it, and a way back to an older text."""
    return views.text_history(request, seat, dissent)


@require_POST
@seated(rules.may_speak, report=Report)
def speak(request, seat, report):
    """Say for the own side whether this report may be public."""
    if (word := request.POST.get("word")) not in ("yes", "no"):
        raise ValidationError("Kies: openbaar of besloten.")
    if word == "yes" and "sure" not in request.POST and (names := _names_left(report)):
        told = {"report": report, "names": names, "was_seen": seen_in(request)}
        return page(request, "report/names_left.html", told, status=422)
    report.speak(seat, public=word == "yes", seen=seen_in(request))
    url = report.address(seat)
    return back(request, url, anchor="openbaar", said="Het besluit van uw kant is opgeslagen.")


def _names_left(report):
    """What may be names in the version for everyone, as it is or as it was signed."""
    if not report.is_frozen:
        return composition.compose(report, public=True).names
    return composition.names_in(composition.plain(report.edition(Readers.PUBLIC).text), report.partnership)


def _to_know_first(seat, report):
    """What is still open and can no longer change once both signed."""
    return {
        "unsaid": _unsaid(seat, report),
        "undecided": list(undecided_of(report.project)),
        "half_chosen": _half_chosen(seat, report),
    }


def _half_chosen(seat, report):
    """The quotes to which one side said yes and the other nothing: signing settles that too, so it is told first."""
    if report.project.report_signed_at:
        return []
    quotes = Quote.objects.visible_to(seat).of_round(report.project).select_related("theme")
    return [quote for quote in quotes if not quote.is_chosen and not quote.fallen]


def _unsaid(seat, report):
    """The commitments of this round that name somebody who never said yes: who signs knows so beforehand."""
    made = Commitment.objects.visible_to(seat).filter(project=report.project).with_people()
    return [one for one in made if one.is_asked]


def _standing(seat, report):
    dissents = {dissent.party: dissent for dissent in Dissent.objects.visible_to(seat).filter(report=report)}
    signatures = report.signatures()
    sides = [
        {
            "party": party,
            "word": seat.partnership.side_name(party),
            "name": seat.partnership.name_of(party),
            "dissent": dissents.get(party),
            "public": report.public_word(party),
            "signature": signatures.get(party),
        }
        for party in Party.sides()
    ]
    events = Event.objects.visible_to(seat).about(report)[:30]
    return {"report": report, "project": report.project, "sides": sides, "events": events}


def _frozen_text(request, seat, report, readers):
    if readers == Readers.PUBLIC:
        try:
            report.refuse_gone_words()
        except ValidationError as refused:
            return page(request, "refused.html", {"sentences": refused.messages}, status=403)
    edition = report.edition(readers)
    Seen.note(seat, Seen.Form.PAGE, edition=edition)
    context = {"report": report, "text": edition.text, "readers": None if readers == Readers.CLOSED else readers}
    return page(request, "report/preview.html", context)


def _editions(seat, report):
    editions = {edition.readers: edition for edition in Edition.objects.visible_to(seat).filter(report=report)}
    return {
        "closed": editions[Readers.CLOSED],
        "boards": editions[Readers.BOARDS],
        "public": editions[Readers.PUBLIC],
        "seen": _seen_editions(seat, editions),
        "gone": report.gone_quotes(),
        "why_not_public": report.why_not_public(),
    }


def _signing(report, fingerprint):
    # A signature counts for the exact text under it; after a change it is shown, but no longer counts.
    given, refusals = report.signatures(), report.refusals()
    return {
        party: {
            "signature": given.get(party),
            "counts": party in given and given[party].fingerprint == fingerprint,
            "refusal": refusals.get(party),
        }
        for party in Party.sides()
    }


def _seen_editions(seat, editions):
    """Who had which signed version before their eyes."""
    seen = Seen.objects.visible_to(seat).filter(edition__in=editions.values()).select_related("member__user")
    named = dict(Readers.choices)
    readers = {edition.pk: named[key] for key, edition in editions.items()}
    return [(readers[one.edition_id], one) for one in seen]
