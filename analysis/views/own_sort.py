"""Sorting alone: one's own piles, which nobody else sees."""

import uuid

from django.views.decorators.http import require_POST

from analysis import rules
from analysis.models import (
    BundlingSession,
    OwnPile,
    OwnSort,
)
from dialoog.pages import answer, back, when_drawn
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, sent_key, sent_number
from experiences.models import Fragment


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def lay(request, seat, session):
    """Lay a card with one of one's own piles, with a new one, or back in the hand."""
    sort = OwnSort.of(seat, session)
    fragment = chosen(Fragment.objects.visible_to(seat).of(session.project), request.POST, "card")
    where = request.POST.get("pile", "")
    if fragment is None:
        said = "Dit kaartje is er niet meer. De verteller trok het terug."
    elif where == "new":
        sort.lay(fragment, sort.add_pile(request.POST.get("label", ""), sent_key(request.POST, "key")))
        said = f"Kaartje {fragment.number} ligt op een nieuwe stapel."
    elif pile := chosen(OwnPile.objects.visible_to(seat).filter(sort=sort.pk), request.POST, "pile"):
        sort.lay(fragment, pile)
        said = f"Kaartje {fragment.number} ligt bij ‘{pile.label}’."
    else:
        sort.lay(fragment)
        said = f"Kaartje {fragment.number} ligt weer in uw hand."
    return _own_answer(request, seat, session, said)


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def undo_own(request, seat, session):
    """One step back in one's own sort."""
    OwnSort.of(seat, session).undo()
    return _own_answer(request, seat, session, "Uw laatste stap is teruggedraaid.")


@require_POST
@seated(rules.may_sort_pile, pile=OwnPile)
def name_own(request, seat, pile):
    """Another name for one's own pile."""
    OwnSort.of(seat, pile.sort.session).rename(pile, request.POST.get("label", ""))
    return back(
        request, seat.url("analysis:session", project=pile.sort.session.project_id), f"stapel-{pile.pk}",
        "De stapel heeft een andere naam.",
    )  # fmt: skip


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def release_own(request, seat, session):
    """This side is done sorting alone."""
    session.side_is_ready(seat)
    said = "De ordeningen liggen open." if session.envelope.is_open else "Uw kant is klaar. Wij wachten op de ander."
    return back(request, seat.url("analysis:session", project=session.project_id), "fasen", said)


@require_POST
@seated(rules.may_sort, session=BundlingSession)
def take_back_own(request, seat, session):
    """This side sorts on."""
    session.side_sorts_on(seat)
    home = seat.url("analysis:session", project=session.project_id)
    return back(request, home, "fasen", "U kunt weer verder ordenen.")


def draw_own_sort(request, seat, session):
    names = ("piles", "cards", "hand", "card", "is_laid", "may_skip", "may_undo", "key")
    told = when_drawn(lambda: _own(request, seat, session), *names) if seat.is_side else {}
    told["other_ready"] = seat.is_side and session.envelope.is_ready(seat.other_side)
    return "analysis/own_sort.html", told


def _own(request, seat, session):
    """One's own piles, the card in the hand, and how many are left."""
    sort = OwnSort.of(seat, session)
    piles = sort.piles() if not sort._state.adding else []
    laid = {card.pk for pile in piles for card in pile.cards}
    cards = list(Fragment.objects.visible_to(seat).of(session.project))
    hand = [card for card in cards if card.pk not in laid]
    asked = sent_key(request.GET, "kaart")
    after = sent_number(request.GET, "na")
    current = next((card for card in cards if card.pk == asked), None)
    current = current or next((card for card in hand if card.number > after), hand[0] if hand else None)
    return {
        "session": session,
        "piles": piles,
        "cards": len(cards),
        "hand": len(hand),
        "card": current,
        "is_laid": bool(current) and current.pk in laid,
        "may_skip": len(hand) > 1 and bool(current) and current.pk not in laid,
        "may_undo": sort.last_fragment_id is not None,
        "key": uuid.uuid4(),
    }


def _next_card(told):
    """What the card in the hand is now, in a sentence."""
    if told["card"] is None:
        return f"U hebt alle {told['cards']} kaartjes neergelegd." if told["cards"] else ""
    return f"Nu kaartje {told['card'].number}: {told['card'].heading}." if not told["is_laid"] else ""


def _own_answer(request, seat, session, said):
    url = seat.url("analysis:session", project=session.project_id)
    context = _own(request, seat, session) if request.htmx else {}
    if context:
        # Who hears the page stays on the button they pressed: the next card is read out to them there.
        context["said"] = f"{said} {_next_card(context)}".strip()
    return answer(request, "analysis/_own_sort.html", context, url=url, anchor="nu")
