"""What waits for whom about values."""

from dialoog.partnerships.models import Party
from dialoog.partnerships.templatetags.dialoog import in_words
from dialoog.partnerships.waiting import Waiting
from values.models import ReviewPoint, Value, ValueAccount, ValueEnvelope, ValuePractice, ValueView


def waiting(seat):
    """Envelopes that are not ready, values that wait for a yes, shared values without an example."""
    envelopes = list(ValueEnvelope.of(seat))
    coming = next((envelope for envelope in envelopes if not envelope.is_open), None)
    if not any(envelope.is_open for envelope in envelopes):
        return list(_first_envelopes(seat, coming))
    values = list(Value.objects.visible_to(seat).listed())
    return [*_later_envelope(seat, coming), *_answers(seat, values), *_accounts(seat, values), *_drafts(seat)]


def _first_envelopes(seat, coming):
    for party in Party.sides():
        if coming is not None and coming.is_ready(party):
            continue
        if party != seat.party:
            # Only what both may know: that they are not ready, never whether they began.
            note = "De enveloppen gaan tegelijk open."
            yield Waiting(party, "Waarden in de envelop leggen", note, kind="envelope", holds_up=True)
            continue
        began = coming is not None and ValueView.objects.visible_to(seat).filter(envelope=coming, party=party).exists()
        title = (
            "Zeg dat uw envelop met waarden open mag" if began else "Schrijf op welke waarden voor u belangrijk zijn"
        )
        note = "Alleen uw eigen kant ziet dit, tot beide enveloppen opengaan."
        yield Waiting(
            party, title, note, seat.url("values:list" if began else "values:own"), "Bekijk" if began else "Begin",
            kind="envelope", holds_up=True,
        )  # fmt: skip


def _later_envelope(seat, coming):
    for party in Party.sides():
        other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
        if coming is not None and coming.is_ready(other) and not coming.is_ready(party):
            who = _who(seat, party).capitalize()
            note = f"De {seat.partnership.side_name(other)} is klaar. {who} kan iets toevoegen of hem zo openen."
            url = seat.url("values:list")
            title = "Een nieuwe envelop met waarden"
            yield Waiting(party, title, note, url, "Bekijk", kind="envelope", holds_up=True)


def _answers(seat, values):
    lived = set(ValuePractice.objects.visible_to(seat).values_list("value_id", flat=True))
    shared = [value for value in values if value.is_shared and not value.nudge_reason]
    bare = [value for value in shared if value.pk not in lived]
    for party in Party.sides():
        other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
        asked = [value for value in values if value.has_agreed(other) and not value.has_agreed(party)]
        if asked:
            who = _who(seat, party)
            title = f"Zegt {who} ook ja tegen {_named(asked)}?"
            note = f"De {seat.partnership.side_name(other)} zei al ja. Zegt {who} niets, dan blijft de waarde staan."
            url = asked[0].address(seat) if len(asked) == 1 else f"{seat.url('values:list')}#{asked[0].topic}"
            yield Waiting(party, title, note, url, "Bekijk")
        if bare:
            note = "Schrijf op wat u dan ziet gebeuren." if party == seat.party else "Er is nog geen voorbeeld."
            see = "ziet" if len(bare) == 1 else "zien"
            # The button leads to the first of them; once it has its words, to the next.
            yield Waiting(party, f"Hoe {see} {_named(bare)} eruit?", note, bare[0].address(seat), "Schrijf op")


def _accounts(seat, values):
    """Shared values of which the municipality did not tell yet how it lives up to them, and words without an answer."""
    shared = [value for value in values if value.is_shared]
    accounts = [one for one in ValueAccount.objects.visible_to(seat).with_people() if one.value in shared]
    told = {one.value_id for one in accounts if one.has_spoken(Party.MUNICIPALITY)}
    if bare := [value for value in shared if value.pk not in told]:
        come = f"Hoe {'komt' if len(bare) == 1 else 'komen'} {_named(bare)} terug in"
        if seat.party == Party.MUNICIPALITY:
            note = f"De {seat.partnership.council_word} leest graag hoe u dat doet, en ook wat nog niet lukt."
            title = f"{come} uw werk?"
        else:
            note, title = "Dat schreef zij nog niet op.", f"{come} het werk van de gemeente?"
        yield Waiting(Party.MUNICIPALITY, title, note, f"{bare[0].address(seat)}#uitleg", "Schrijf op")
    open_ = [one.value for one in accounts if one.has_spoken(Party.MUNICIPALITY) and not one.is_answered(Party.COUNCIL)]
    if asked := list(dict.fromkeys(open_)):
        title = f"Wat merkt {_who(seat, Party.COUNCIL)} van de uitleg bij {_named(asked)}?"
        note = "De gemeente schreef hoe zij dat doet. Antwoorden mag, het hoeft niet."
        yield Waiting(Party.COUNCIL, title, note, f"{asked[0].address(seat)}#uitleg", "Lees")


def _drafts(seat):
    """Drafts on the table beside which a side said nothing at all yet."""
    points = list(ReviewPoint.objects.visible_to(seat).in_order())
    for party in Party.sides():
        spoken = {point.review_id for point in points if point.has_spoken(party)}
        for review in dict.fromkeys(point.review for point in points if point.review_id not in spoken):
            note = "Langs elke waarde schrijft elke kant wat zij ervan vindt."
            yield Waiting(party, f"Meelezen: {review.title}", note, review.address(seat), "Lees", kind="text")


def _who(seat, party):
    """How the one who looks hears of a side: their own side, or the other by its name."""
    return "uw kant" if party == seat.party else f"de {seat.partnership.side_name(party)}"


def _named(values):
    """'Respect', up to three by their names, or 'vier waarden' when there are more."""
    *most, last = [f"‘{value.name}’" for value in values]
    if len(most) > 2:
        return f"{in_words(len(values))} waarden"
    return f"{', '.join(most)} en {last}" if most else last
