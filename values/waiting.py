"""What waits for whom about values."""

from dialoog.partnerships.models import Party
from dialoog.partnerships.waiting import Waiting
from values.models import Value, ValueEnvelope, ValuePractice, ValueView


def waiting(seat):
    """Envelopes that are not ready, values that wait for a yes, shared values without an example."""
    envelopes = list(ValueEnvelope.of(seat))
    coming = next((envelope for envelope in envelopes if not envelope.is_open), None)
    if not any(envelope.is_open for envelope in envelopes):
        return list(_first_envelopes(seat, coming))
    return [*_later_envelope(seat, coming), *_answers(seat)]


def _first_envelopes(seat, coming):
    for party in Party.sides():
        if coming is not None and coming.is_ready(party):
            continue
        if party != seat.party:
            # Only what both may know: that they are not ready, never whether they began.
            yield Waiting(party, "Waarden in de envelop leggen", "De enveloppen gaan tegelijk open.", kind="envelope")
            continue
        began = coming is not None and ValueView.objects.visible_to(seat).filter(envelope=coming, party=party).exists()
        title = (
            "Zeg dat uw envelop met waarden open mag" if began else "Schrijf op welke waarden voor u belangrijk zijn"
        )
        note = "Alleen uw eigen kant ziet dit, tot beide enveloppen opengaan."
        yield Waiting(
            party, title, note, seat.url("values:list" if began else "values:own"), "Bekijk" if began else "Begin",
            kind="envelope",
        )  # fmt: skip


def _later_envelope(seat, coming):
    for party in Party.sides():
        other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
        if coming is not None and coming.is_ready(other) and not coming.is_ready(party):
            note = f"De {seat.partnership.side_name(other)} is klaar. Uw kant kan iets toevoegen of hem zo openen."
            url = seat.url("values:list")
            yield Waiting(party, "Een nieuwe envelop met waarden", note, url, "Bekijk", kind="envelope")


def _answers(seat):
    values = list(Value.objects.visible_to(seat).listed())
    lived = set(ValuePractice.objects.visible_to(seat).values_list("value_id", flat=True))
    shared = [value for value in values if value.is_shared and not value.nudge_reason]
    bare = [value for value in shared if value.pk not in lived]
    for party in Party.sides():
        other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
        asked = [value for value in values if value.has_agreed(other) and not value.has_agreed(party)]
        if asked:
            title = f"Zegt uw kant ook ja tegen {_named(asked)}?"
            note = f"De {seat.partnership.side_name(other)} zei al ja. Zegt u niets, dan blijft de waarde staan."
            url = asked[0].address(seat) if len(asked) == 1 else f"{seat.url('values:list')}#{asked[0].topic}"
            yield Waiting(party, title, note, url, "Bekijk")
        if bare:
            note = "Schrijf op wat u dan ziet gebeuren."
            yield Waiting(party, f"Hoe ziet {_named(bare)} eruit?", note, bare[0].address(seat), "Schrijf op")


def _named(values):
    """'Respect', or '3 waarden' when there are more."""
    return f"‘{values[0].name}’" if len(values) == 1 else f"{len(values)} waarden"
