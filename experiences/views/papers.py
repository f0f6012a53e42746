"""Papers: the page on which they lie, the words on them, and each as a sheet to print."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from dialoog import paper
from dialoog.pages import back, page
from dialoog.partnerships import views
from dialoog.partnerships.door import seated
from dialoog.partnerships.views import posted
from experiences import papers, rules
from experiences.forms.papers import AddressesForm, ConsentTextForm, GuideForm, TranslationForm
from experiences.models import Addresses, ConsentText, Feedback, Fragment, Interview, InterviewGuide, Reading
from experiences.views.opening import vaulted
from projects.models import Project

form_page = require_http_methods(["GET", "POST"])


@require_GET
@seated(rules.may_collect)
def all_papers(request, seat):
    """The papers to take along, before anybody told anything."""
    return page(request, "experiences/papers.html", _papers(seat, Project.objects.visible_to(seat).current()))


@require_GET
@seated(rules.listener, interview=Interview)
def papers_of(request, seat, interview):
    """The papers of one conversation, with the code of the teller on them."""
    told = _papers(seat, interview.project) | {"interview": interview, "code": interview.teller.code}
    told["feedback"] = Feedback.objects.visible_to(seat).filter(teller=interview.teller).first()
    return page(request, "experiences/papers.html", told)


# The words


@form_page
@seated(rules.council_alone)
def consent_text(request, seat):
    """The text that is read aloud; a change makes a new version."""
    now = ConsentText.of(seat.partnership)
    form = ConsentTextForm(posted(request), initial={"body": now.body})
    if made := _rewritten(seat, form):
        return back(request, seat.url("experiences:consent_text"), said=_said(made))
    versions = list(ConsentText.objects.visible_to(seat).select_related("written_by__user", "follows"))
    told = {"form": form, "now": now, "versions": versions, "current": ConsentText.objects.visible_to(seat).current()}
    return page(request, "experiences/consent_text.html", told, status=_status(form))


@form_page
@seated(rules.council_alone)
def translation(request, seat):
    """The text in another language: a new one, or a new version of one that is there."""
    asked = request.GET.get("taal", "")[:40]
    known = ConsentText.objects.visible_to(seat).filter(language=asked).first() if asked else None
    initial = {"language": asked, "body": known.body if known else ""}
    form = TranslationForm(posted(request), seat=seat, known=known, initial=initial)
    if made := _rewritten(seat, form):
        return back(request, seat.url("experiences:consent_text"), said=_said(made))
    told = {"form": form, "known": known, "dutch": ConsentText.of(seat.partnership)}
    return page(request, "experiences/translation.html", told, status=_status(form))


@require_GET
@seated(rules.may_collect, text=ConsentText)
def read_text(request, seat, text):
    """One version of the text, in large letters: to read aloud from a screen, or to print from the browser."""
    told = {"text": text, "strange": paper.unprintable(text.all_words), "line": papers.lines_of(text)}
    told |= {"reach": Addresses.of(seat.partnership).reach, "alone": papers.alone(seat.partnership)}
    return page(request, "experiences/read_text.html", told)


@form_page
@seated(rules.council_alone, project=Project)
def guide(request, seat, project):
    """What is asked in the conversations of this round."""
    written = InterviewGuide.of(project)
    home = seat.url("experiences:guide", project=project.pk)
    form = GuideForm(posted(request), seat=seat, instance=written)
    if request.method == "POST" and (kept := form.kept(seat)):
        return views.written(request, seat, kept, home)
    standing = InterviewGuide.of(project)
    conflicts = standing.open_conflicts(seat) if standing.is_written else []
    told = {"form": form, "guide": standing, "project": project, "conflicts": conflicts}
    return page(request, "experiences/guide.html", told, status=_status(form))


@form_page
@seated(rules.council_alone, guide=InterviewGuide)
def guide_history(request, seat, guide):
    """Who wrote what in the guide."""
    return views.text_history(request, seat, guide)


@form_page
@seated(rules.council_alone)
def addresses(request, seat):
    """Where somebody can turn to; it stands on the consent card and on the referral card."""
    known = Addresses.of(seat.partnership)
    form = AddressesForm(posted(request), seat=seat, instance=known)
    if request.method == "POST" and (kept := form.kept(seat)):
        return views.written(request, seat, kept, seat.url("experiences:addresses"))
    told = {"form": form, "addresses": known, "conflicts": known.open_conflicts(seat)}
    return page(request, "experiences/addresses.html", told, status=_status(form))


@form_page
@seated(rules.council_alone, addresses=Addresses)
def addresses_history(request, seat, addresses):
    """Who wrote what in the list of addresses."""
    return views.text_history(request, seat, addresses)


# The sheets


@require_GET
@seated(rules.may_collect, text=ConsentText)
def consent_card(request, seat, text):
    """The consent card with an empty place for the code."""
    return _consent_card(seat, text)


@require_GET
@seated(rules.listener, interview=Interview, text=ConsentText)
def own_card(request, seat, interview, text):
    """The consent card of this teller, with the code."""
    return _consent_card(seat, text, interview.teller.code)


@require_GET
@seated(rules.may_collect, project=Project)
def guide_sheet(request, seat, project):
    """The guide of this round."""
    return _sheet(papers.guide(InterviewGuide.of(project)), "gespreksleidraad")


@require_GET
@seated(rules.may_collect)
def notes_sheet(request, seat):
    """Rules to write on."""
    return _sheet(papers.notes(seat.partnership), "notitieblad")


@require_GET
@seated(rules.listener, interview=Interview)
def own_notes(request, seat, interview):
    """Rules to write on, with the code."""
    return _sheet(papers.notes(seat.partnership, interview.teller.code), "notitieblad")


@require_GET
@seated(rules.may_collect)
def referral_sheet(request, seat):
    """Where somebody can turn to."""
    return _sheet(papers.referral(Addresses.of(seat.partnership)), "verwijskaart")


@require_GET
@seated(rules.council_coordinator, interview=Interview)
def reading_log(request, seat, interview):
    """Who read what this teller said: a sheet that the teller may ask for."""
    readings = Reading.objects.visible_to(seat).about(interview.teller).with_people()
    return _sheet(papers.reading_log(interview.teller, list(readings.order_by("at"))), "leeslog")


@require_GET
@seated(rules.council_alone, feedback=Feedback)
@vaulted
def letter_sheet(request, seat, feedback):
    """What came of it, for one teller."""
    if not feedback.text:
        return redirect(seat.url("analysis:letter", feedback=feedback.pk))
    return _sheet(papers.letter(feedback), "terugkoppeling")


@require_GET
@seated(rules.any_member, project=Project)
def card_sheets(request, seat, project):
    """The cards of a round, to cut out and lay on the table; both sides print the same."""
    cards = list(Fragment.objects.visible_to(seat).of(project))
    if not cards:
        return redirect(seat.url("experiences:fragments", project=project.pk))
    return _sheet(papers.cards(project, cards), f"kaartjes-ronde-{project.number}")


# Helpers of these views


def _papers(seat, project):
    texts = ConsentText.objects.visible_to(seat)
    ConsentText.of(seat.partnership)
    return {"project": project, "texts": texts.current(), "addresses": Addresses.of(seat.partnership)}


def _status(form):
    return 422 if form.is_bound else 200


def _rewritten(seat, form):
    """The new version of a text, or None with what is wrong on the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return ConsentText.rewrite(seat, **form.said())
    except ValidationError as refusal:
        form.add_error("body", refusal)
        return None


def _said(text):
    kept = "Dit is nu de tekst die u voorleest." if text.is_dutch else f"De tekst in het {text.language} is bewaard."
    if strange := paper.unprintable(text.all_words):
        return f"{kept} Sommige letters ({' '.join(strange[:5])}) kan de PDF niet tekenen: print die uit uw browser."
    if papers.consent_card_pages(text, Addresses.of(text.partnership).reach) > 1:
        return f"{kept} De kaart is nu langer dan één blad. Wilt u dat niet? Kort de tekst dan in."
    return kept


def _consent_card(seat, text, code=""):
    if paper.unprintable(text.all_words):
        return redirect(seat.url("experiences:read_text", text=text.pk))
    return _sheet(papers.consent_card(text, Addresses.of(seat.partnership).reach, code), "toestemmingskaart")


def _sheet(content, name):
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )
