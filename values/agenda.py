"""Values that wait for the yes of one side, and shared ones of which one side still has something to tell."""

from dialoog.partnerships.agenda import OpenItem
from dialoog.partnerships.models import Party
from values.models import Value, ValueAccount


def open_items(partnership):
    """Each such value once, with whose turn it is: what waits for either side comes up in the same way."""
    values = Value.objects.filter(partnership=partnership).listed()
    return [*_yes(partnership, values), *_told(partnership, [value for value in values if value.is_shared])]


def _yes(partnership, values):
    for value in values:
        silent = [party for party in Party.sides() if not value.has_agreed(party)]
        if len(silent) == 1:
            said = next(party for party in Party.sides() if party not in silent)
            words = {party: partnership.side_name(party) for party in Party.sides()}
            note = f"De {words[said]} zei ja. De {words[silent[0]]} zei nog geen ja of nee."
            yield _item("value", value, note, silent[0])


def _told(partnership, values):
    """Either the municipality did not tell yet how it lives in the daily work, or the council what it notices of it."""
    accounts = list(ValueAccount.objects.filter(partnership=partnership, municipality_said_at__isnull=False))
    told = {one.value_id for one in accounts}
    unanswered = {one.value_id for one in accounts if not one.is_answered(Party.COUNCIL)}
    for value in values:
        if value.pk not in told:
            yield _item("account", value, "Hier staat nog niet hoe de gemeente dit doet.", Party.MUNICIPALITY)
        elif value.pk in unanswered:
            note = f"Hier staat nog niet wat de {partnership.council_word} merkt van hoe de gemeente dit doet."
            yield _item("account", value, note, Party.COUNCIL)


def _item(kind, value, note, party):
    return OpenItem(kind, value.name, value.pk, "values:detail", {"value": value.pk}, note, str(party))
