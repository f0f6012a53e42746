"""The own sorts beside each other."""

from analysis import wings
from dialoog.pages import when_drawn
from dialoog.partnerships.models import Party
from experiences.models import Fragment


def draw_picture(request, seat, session):
    if not session.envelope.is_open:
        return "analysis/own_sort.html", {}
    names = ("picture", "cards", "sorters", "plain", "wings", "five")
    return "analysis/side_by_side.html", when_drawn(lambda: _picture(seat, session), *names)


def _picture(seat, session):
    """The picture with its cards, or the sorts beside each other when there are too few to count."""
    cards = {card.number: card for card in Fragment.objects.visible_to(seat).of(session.project)}
    picture = session.picture()
    told = {"picture": picture, "cards": len(cards), "sorters": sum(picture.sorters.values())}
    if picture.is_plain:
        told["plain"] = _plainly(picture, cards)
    else:
        told |= {"wings": wings.draw(picture, cards), "five": wings.tell_five(picture, cards)}
    return told


def _plainly(picture, cards):
    """Per side each sort with its piles, when there are too few sorters to count."""
    told = {party: [] for party in Party.sides()}
    for sorter in picture.sorts:
        piles = [{"label": pile.label, "cards": [cards[n] for n in sorted(pile.cards)]} for pile in sorter.piles]
        told[sorter.side].append(piles)
    return told
