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
    """What the municipality did not tell yet of how it lives, and the council of what it notices: part by part."""
    accounts = {
        (one.value_id, one.part): one
        for one in ValueAccount.objects.filter(partnership=partnership, municipality_said_at__isnull=False)
    }
    council = partnership.council_word
    for value in values:
        told = {part: accounts.get((value.pk, part)) for part in ValueAccount.Part.values}
        untold = [part for part, account in told.items() if account is None]
        unanswered = [part for part, account in told.items() if account and not account.has_spoken(Party.COUNCIL)]
        notes = {
            Party.MUNICIPALITY: untold and f"Hier staat nog niet hoe de gemeente dit doet{_where(untold)}.",
            Party.COUNCIL: unanswered and f"Hier staat nog niet wat de {council} daarvan merkt{_where(unanswered)}.",
        }
        if open_for := [party for party, note in notes.items() if note]:
            note = " ".join(notes[party] for party in open_for)
            yield _item("account", value, note, open_for[0] if len(open_for) == 1 else "")


def _where(parts):
    """Which part of the account it is about, when it is not about all of them."""
    return "" if len(parts) == len(ValueAccount.Part) else f" {ValueAccount.Part(parts[0]).label.lower()}"


def _item(kind, value, note, party):
    return OpenItem(kind, value.name, value.pk, "values:detail", {"value": value.pk}, note, str(party))
