"""The room as the table sees it: the facilitator's desk, the big screen, the result."""

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dialoog.pages import back, form_page, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, sent_number
from dialoog.partnerships.models import Event
from dialoog.partnerships.views import asked, posted
from values import entrance, rules
from values.forms import WorkshopForm
from values.models import Ballot, Stage, Tally, Workshop, WorkshopWord, close_room
from values.result import lines, sheet, told

# Quotes that fit on a wall and can be read from the back.
AT_ONCE = 3
# What the big screen can show once the room looks together.
VIEWS = {"samen": "Samen", "groepen": "Per groep", "voorbeelden": "Voorbeelden"}
DRAWN = {
    Stage.JOIN: "values/screen_join.html",
    Stage.EXAMPLE: "values/screen_examples.html",
    Stage.VALUES: "values/screen_words.html",
}


@require_GET
@seated(rules.any_member)
def workshops(request, seat):
    """The rooms of this table: what is open, and what came out of earlier ones."""
    rooms = list(Workshop.objects.visible_to(seat).latest_first())
    return page(request, "values/workshops.html", {"rooms": rooms, "may_open": rules.may_lead_room(seat)})


@form_page
@seated(rules.may_lead_room)
def open_workshop(request, seat):
    """Open a room around a question."""
    form = WorkshopForm(posted(request), seat=seat)
    said = "De zaal is open. Zet nu het grote scherm aan."
    return asked(request, seat, form, "values/workshop_form.html", lambda workshop: workshop.address(seat), said)


@form_page
@seated(rules.may_lead_room, workshop=Workshop)
def change(request, seat, workshop):
    """Change the question, the place or the groups."""
    form = WorkshopForm(posted(request), seat=seat, instance=workshop)
    return asked(request, seat, form, "values/workshop_form.html", workshop.address(seat), workshop=workshop)


@require_GET
@seated(rules.any_member, workshop=Workshop)
def desk(request, seat, workshop):
    """Where the facilitator leads the room, and everyone at the table looks along."""
    context = _room(seat, workshop)
    if workshop.is_closed:
        return page(request, "values/workshop_result.html", context | told(workshop))
    tally = context["tally"]
    examples = Ballot.objects.visible_to(seat).filter(workshop=workshop)
    joined = WorkshopWord.objects.visible_to(seat).filter(workshop=workshop, joined_into__isnull=False)
    told_here = {
        "words": tally.named if tally.is_enough else [],
        "examples": list(examples),
        "last_joined": joined.select_related("joined_into", "joined_by__user").order_by("-joined_at").first(),
    }
    return page(request, "values/workshop.html", context | told_here)


@require_GET
@seated(rules.any_member, workshop=Workshop)
def screen(request, seat, workshop):
    """What hangs on the wall. It reads itself again when the room does something."""
    tally, view = Tally(workshop), request.GET.get("beeld")
    view = view if view in VIEWS else "samen"
    shows_examples = workshop.stage == Stage.EXAMPLE or view == "voorbeelden"
    examples = Ballot.objects.visible_to(seat).filter(workshop=workshop, hidden_at=None) if shows_examples else []
    start = min(sent_number(request.GET, "vanaf"), 10_000) // AT_ONCE * AT_ONCE
    context = _room(seat, workshop, tally) | {
        "examples": list(examples[start : start + AT_ONCE]),
        "more": start + AT_ONCE if shows_examples and len(examples) > start + AT_ONCE else None,
        "start": start, "fewer": start - AT_ONCE, "view": view, "views": VIEWS.items(), "lines": lines(tally),
        "crowd": _crowd(len(tally.on_screen)),
    }  # fmt: skip
    return page(request, DRAWN.get(workshop.stage, f"values/screen_{view}.html"), context)


@require_POST
@seated(rules.may_lead_room, workshop=Workshop)
def move(request, seat, workshop):
    """One stage further or back, for everyone; after 'samen zien' the room closes."""
    expected, forward = sent_number(request.POST, "expected"), request.POST.get("to") != "terug"
    if forward and workshop.stage == expected == Stage.TOGETHER:
        close_room(workshop, seat, expected)
        # Made now, so that nobody in the room waits for it; after the commit, so that no vote waits either.
        transaction.on_commit(lambda: sheet(workshop), robust=True)
        return back(request, workshop.address(seat), said="De zaal is gesloten. De uitslag staat klaar.")
    workshop.move(seat, expected, forward)
    home = "values:workshop_screen" if request.POST.get("from") == "scherm" else "values:workshop"
    return back(request, seat.url(home, workshop=workshop.pk))


@require_POST
@seated(rules.may_lead_room, workshop=Workshop)
def lay_words(request, seat, workshop):
    """Two words that mean the same lie together from now on."""
    words = WorkshopWord.objects.visible_to(seat).filter(workshop=workshop)
    word, other = (chosen(words, request.POST, name) for name in ("word", "other"))
    if word is None or other is None:
        return back(request, workshop.address(seat), "woorden", "Kies eerst bij welk woord het hoort.")
    stays = word.lay_with(seat, other)
    laid = other if stays == word else word
    return back(request, workshop.address(seat), f"woord-{stays.pk}", f"‘{laid}’ ligt nu bij ‘{stays}’.")


@require_POST
@seated(rules.may_lead_room, workshop=Workshop)
def part_words(request, seat, workshop):
    """Take a word apart again: the undo of laying together."""
    word = chosen(WorkshopWord.objects.visible_to(seat).filter(workshop=workshop), request.POST, "word")
    if word is None:
        return back(request, workshop.address(seat), "woorden", "Dit woord is er niet meer.")
    word.take_apart(seat)
    return back(request, workshop.address(seat), f"woord-{word.pk}", f"‘{word}’ ligt weer los.")


@require_POST
@seated(rules.may_lead_room, workshop=Workshop)
def hide_word(request, seat, workshop):
    """Take a word off the screen, or put it back."""
    word = chosen(WorkshopWord.objects.visible_to(seat).filter(workshop=workshop), request.POST, "word")
    if word is None:
        return back(request, workshop.address(seat), "woorden", "Dit woord is er niet meer.")
    hidden = request.POST.get("to") != "terug"
    word.hide(seat, hidden=hidden)
    return back(request, workshop.address(seat), f"woord-{word.pk}", f"‘{word}’ {_screened(hidden)}")


@require_POST
@seated(rules.may_lead_room, workshop=Workshop)
def hide_example(request, seat, workshop):
    """Take an example off the screen, or put it back."""
    ballot = chosen(Ballot.objects.visible_to(seat).filter(workshop=workshop), request.POST, "example")
    if ballot is None:
        return back(request, workshop.address(seat), "voorbeelden", "Dit voorbeeld is er niet meer.")
    hidden = request.POST.get("to") != "terug"
    ballot.hide(seat, hidden=hidden)
    return back(request, workshop.address(seat), f"voorbeeld-{ballot.pk}", f"Het voorbeeld {_screened(hidden)}")


def _screened(hidden):
    """What became of a word or an example on the wall."""
    return "staat niet meer op het scherm." if hidden else "staat weer op het scherm."


@require_GET
@seated(rules.any_member, workshop=Workshop)
def result(request, seat, workshop):
    """The result on one sheet; before closing there is none."""
    if not workshop.is_closed:
        return back(request, workshop.address(seat), said="De uitslag komt als de zaal gesloten is.")
    return as_file(workshop)


def as_file(workshop):
    """The sheet as a download."""
    name = f"uitslag-werkbijeenkomst-{timezone.localdate(workshop.closed_at):%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(sheet(workshop), content_type="application/pdf", headers=headers)


def _crowd(words):
    """How large words can be on the wall when there are this many."""
    return next((name for most, name in ((9, "few"), (20, "some"), (36, "many")) if words <= most), "crowd")


def _room(seat, workshop, tally=None):
    """What the desk and the screen both show: where we are, how one gets in, how many there are."""
    return {
        "workshop": workshop,
        "tally": tally or Tally(workshop),
        "stages": [(stage, stage.label) for stage in Stage],
        "next_stage": Stage(workshop.stage + 1).label if not workshop.is_closed else "",
        "may_lead": rules.may_lead_room(seat),
        "qr": entrance.drawing(entrance.scanned(workshop)),
        "spoken": entrance.spoken(),
        "events": Event.objects.visible_to(seat).about(workshop)[:20],
    }
