"""The words of tellers in the report: either side proposes, both see it, and with two times yes it stands."""

from django.core.exceptions import ValidationError
from django.views.decorators.http import require_GET, require_POST

from analysis import rules
from analysis.models import Quote, Theme, sentences
from dialoog.pages import back, page
from dialoog.partnerships.door import seated
from dialoog.partnerships.forms import chosen, seen_in
from experiences.models import Fragment


@require_GET
@seated(rules.may_read, theme=Theme)
def quotes(request, seat, theme):
    """The quotes of a theme, and the cards to choose from."""
    return _quotes(request, seat, theme)


@require_POST
@seated(rules.may_choose, theme=Theme)
def propose(request, seat, theme):
    """Propose some sentences of a card."""
    fragment = chosen(Fragment.objects.visible_to(seat).of(theme.project), request.POST, "card")
    picked = [int(one) for one in request.POST.getlist("sentence") if one.isascii() and one.isdigit() and len(one) < 4]
    if fragment is None:
        raise ValidationError("Dit kaartje is er niet meer. De verteller trok het terug.")
    try:
        quote = Quote.propose(seat, theme, fragment, picked)
    except ValidationError as refusal:
        return _quotes(request, seat, theme, {"card": fragment, "picked": picked, "sentences": refusal.messages})
    said = "Dit citaat komt in het verslag." if quote.is_chosen else "Voorgesteld. De andere kant ziet het nu."
    return _home(request, seat, theme, said)


@require_POST
@seated(rules.may_choose_quote, quote=Quote)
def agree_quote(request, seat, quote):
    """This side says yes."""
    quote.agree(seat, seen=seen_in(request))
    return _home(request, seat, quote.theme, "Uw kant zei ja.")


@require_POST
@seated(rules.may_choose_quote, quote=Quote)
def take_back_quote(request, seat, quote):
    """This side would rather not."""
    theme = quote.theme
    quote.take_back(seat)
    return _home(request, seat, theme, "Uw ja is terug.")


@require_POST
@seated(rules.may_choose_quote, quote=Quote)
def counter(request, seat, quote):
    """These words say the opposite."""
    quote.turn_counter(seat)
    return _home(request, seat, quote.theme, "Genoteerd.")


def _home(request, seat, theme, said):
    return back(request, seat.url("analysis:quotes", theme=theme.pk), "citaten", said)


def _quotes(request, seat, theme, refusal=None):
    there = list(Quote.objects.visible_to(seat).of(theme))
    known = {quote.fragment_id: quote for quote in there}
    cards = theme.cards_now()
    offered = [card for card in cards if card.may_quote]
    for card in offered:
        card.quote = known.get(card.pk)
        refused = refusal if refusal and refusal["card"].pk == card.pk else {}
        card.refusals = refused.get("sentences", [])
        picked = refused.get("picked")
        if picked is None:
            picked = range(card.quote.first, card.quote.last + 1) if card.quote else ()
        card.parts = [(place, words, place in picked) for place, words in enumerate(sentences(card.text))]
    for quote in there:
        elsewhere = quote.fragment_id and quote.fragment_id not in {card.pk for card in cards}
        quote.gone = quote.fallen or ("Dit kaartje ligt nu bij een ander thema. Kies een ander." if elsewhere else "")
        quote.mine = seat.is_side and quote.has_yes_of(seat.party)
        quote.theirs = seat.is_side and quote.has_yes_of(seat.other_side)
    told = {
        "theme": theme,
        "project": theme.project,
        "quotes": there,
        "offered": offered,
        "silent": len(cards) - len(offered),
        "advice": Quote.advice(there),
        "may_choose": seat.is_side and not theme.project.report_signed_at and not theme.project.is_closed,
    }
    return page(request, "analysis/quotes.html", told, status=422 if refusal else 200)
