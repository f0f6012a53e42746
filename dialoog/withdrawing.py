"""A teller takes everything back: through the council, or alone on a page that is open to everyone.

It stands at the front door, because before it happens every app says what it loses.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect

from analysis.models import BundlingSession
from analysis.models.board import losing
from dialoog import paper
from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.models import Copied, Partnership
from dialoog.partnerships.writing import Written
from dialoog.report.models import Printing, Quote, Report
from experiences import rules
from experiences.forms.keeping import CodeForm
from experiences.models import ContactDetail, Fragment, FragmentDraft, Story, Teller
from experiences.models.own_way import TooMany, WrongCode, withdraw_with

# Where a session keeps for a moment which teller is meant: a code belongs in no address.
ABOUT_TO_GO = "about_to_go"


@form_page
@seated(rules.council_alone)
def withdraw(request, seat):
    """The council does it for the teller: the code, then what goes, then it is gone."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    teller = form.teller(seat) if request.method == "POST" and form.is_valid() else None
    if teller and request.POST.get("sure"):
        teller.withdraw(seat)
        # A draft on paper may hold a quote of this teller.
        Printing.objects.visible_to(seat).let_go()
        paper.forget()
        said = "Het verhaal, de kaartjes en de contactgegevens zijn weg. Zeg dat ook tegen de verteller."
        return back(request, seat.url("experiences:list"), said=said)
    if teller:
        # A page of its own, so that going back in the browser afterwards asks for no sending again.
        request.session[ABOUT_TO_GO] = str(teller.pk)
        return redirect(seat.url("withdraw"))
    if known := _about_to_go(request, seat):
        return page(request, "experiences/withdraw.html", {"teller": known, "goes": _what_goes(seat, known)})
    return page(request, "experiences/withdraw.html", {"form": form}, status=422 if form.is_bound else 200)


def _about_to_go(request, seat):
    """The teller whose code was just given, for one look; None otherwise."""
    if request.method != "GET" or not (key := request.session.pop(ABOUT_TO_GO, None)):
        return None
    return Teller.objects.visible_to(seat).filter(pk=key, withdrawn_at=None).first()


def _what_goes(seat, teller):
    """What withdrawing takes away from each app, for whoever does it."""
    mine = FragmentDraft.objects.visible_to(seat).filter(teller=teller)
    cards = list(Fragment.objects.visible_to(seat).filter(pk__in=mine.values("fragment")))
    project = teller.project
    report = Report.objects.visible_to(seat).of(project)
    session = BundlingSession.objects.visible_to(seat).filter(project=project).first()
    return {
        "story": Story.objects.visible_to(seat).filter(teller=teller).exists(),
        "drafts": mine.filter(fragment=None).count(),
        "cards": cards,
        "contact": ContactDetail.objects.visible_to(seat).filter(teller=teller).exists(),
        "themes": losing(seat, cards),
        "live": bool(cards) and session is not None and not session.is_done,
        "draft_report": bool(cards) and report is not None and not report.is_frozen,
        "signed": Quote.touched(seat, cards),
        "copied": _copied(seat, cards, mine, teller),
    }


def _copied(seat, cards, drafts, teller):
    """In which texts that the council reads a sentence of this teller stands: the field and the thing."""
    of = {draft.fragment_id: draft for draft in drafts.select_related("story")}
    crossed = [(card.text, of[card.pk].story.begun_at, of[card.pk].approved_at) for card in cards]
    places = Copied(seat.partnership_id, crossed + teller.told()).places(seat)
    written = ((thing, texts) for thing, texts in places if isinstance(thing, Written))
    return [(thing._meta.get_field(name).verbose_name, thing) for thing, texts in written for name in texts]


@form_page
@login_not_required
def withdraw_alone(request, council):
    """A teller does it alone, with the code on the card: the same page for every code, whether it is somebody's or not.

    Typing a code looks nothing up. Only saying 'ja, haal het weg' does, and that is counted.
    """
    table = get_object_or_404(Partnership, slug=council)
    told = {"table": table, "form": CodeForm(request.POST if request.method == "POST" else None)}
    if request.method == "GET":
        return page(request, "experiences/withdraw_alone.html", told | {"step": _first_step(table)})
    if not told["form"].is_valid():
        return page(request, "experiences/withdraw_alone.html", told | {"step": "code"}, status=422)
    code = told["form"].cleaned_data["code"]
    if not request.POST.get("sure"):
        return page(request, "experiences/withdraw_alone.html", told | {"step": "sure", "code": code})
    try:
        if withdraw_with(table, code):
            Printing.objects.filter(partnership=table).let_go()
            paper.forget()
    except TooMany:
        return page(request, "experiences/withdraw_alone.html", told | {"step": "closed"}, status=429)
    return page(request, "experiences/withdraw_alone.html", told | {"step": "done"})


def _first_step(table):
    return "closed" if WrongCode.is_closed(table) else "code"
