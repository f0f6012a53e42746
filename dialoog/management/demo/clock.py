"""A round takes months; the demo plays it in seconds. Here the clock is set to when each thing happened.

Days count back from Monday of this week, so that every evening stays on its Thursday whenever the demo is filled.
"""

from datetime import datetime, time, timedelta

import time_machine
from django.utils import timezone


class Clock:
    """Tells days and moments, counted back from Monday of the week in which the demo is filled."""

    def __init__(self):
        today = timezone.localdate()
        self.monday = today - timedelta(days=today.weekday())

    def day(self, days_ago):
        """The date so many days before Monday; below zero it comes after it."""
        return self.monday - timedelta(days=days_ago)

    def moment(self, days_ago, hour="20:00"):
        """A moment on that day."""
        at = datetime.combine(self.day(days_ago), time.fromisoformat(hour))
        return timezone.make_aware(at)

    def at(self, days_ago, hour="20:00"):
        """A context in which it is that moment, and goes on from there."""
        return time_machine.travel(self.moment(days_ago, hour), tick=True)
