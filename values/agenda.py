"""Shared values of which nobody of the municipality told yet how they live in the daily work."""

from dialoog.partnerships.agenda import OpenItem
from values.models import Value, ValueAccount


def open_items(partnership):
    """Each shared value without any account; asked kindly, and once."""
    told = ValueAccount.objects.filter(partnership=partnership, municipality_said_at__isnull=False).values("value")
    bare = Value.objects.filter(partnership=partnership).shared().exclude(pk__in=told)
    note = "Hier staat nog niet hoe de gemeente dit doet."
    return [
        OpenItem("account", value.name, value.pk, "values:detail", {"value": value.pk}, note, "municipality")
        for value in bare
    ]
