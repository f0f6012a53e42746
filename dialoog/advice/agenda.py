"""Advice that waits for its reply."""

from dialoog.advice.models import Advice
from dialoog.partnerships.agenda import OpenItem


def open_items(partnership):
    """Each advice that was sent and not answered, with the day by which the table agreed to have a reply."""
    return [
        OpenItem(
            "advice", one.title, one.pk, "advice:detail", {"advice": one.pk}, one.clock, "municipality", one.reply_due
        )
        for one in Advice.objects.filter(partnership=partnership).waiting()
    ]
