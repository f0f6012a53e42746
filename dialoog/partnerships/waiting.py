"""What waits for whom: one line on the start page."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import timezone

from dialoog.partnerships.models import Party

# What has a day within this time is near.
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a party, or for one member of it.

    `title` says what, `note` who or until when, `url` and `verb` lead there ("Kijk na"). What waits for the other side
    must be something that both may know. It says "u" and "uw" only to that side itself; the other reads a name, or
    words that fit both ("Het verslag lezen en tekenen").
    """

    party: str
    title: str
    note: str = ""
    url: str = ""
    verb: str = "Bekijk"
    due: date | None = None
    member: Any = None
    kind: str = ""
    # People sit together at this moment: it stands before everything else.
    is_now: bool = False
    # The round, or the other side, can go no further without it: it stands before what only has a date.
    holds_up: bool = False

    # What sort of work it is, in the words of the start page: one, and more of them.
    KINDS: ClassVar = {
        "task": ("taak", "taken"),
        "commitment": ("afspraak", "afspraken"),
        "text": ("tekst om te lezen", "teksten om te lezen"),
        "envelope": ("envelop", "enveloppen"),
        "signature": ("handtekening", "handtekeningen"),
    }

    @property
    def is_later(self):
        """Planned work of which the day is not near: it waits, but not yet."""
        far = self.due is not None and self.due > timezone.localdate() + SOON
        return far and self.kind == "task" and not self.holds_up

    def is_for(self, seat):
        """Whether this waits for the one who looks."""
        return self.member == seat if self.member else self.party == seat.party


def refused(refusal, what, url):
    """One side does not sign yet and said why: the other is the one who can do something with that."""
    other = next(party for party in Party.sides() if party != refusal.party)
    who = refusal.partnership.side_name(refusal.party)
    title = f"De {who} tekent {what} nog niet"
    return Waiting(other, title, f"Omdat: {refusal.reason}", url, "Bekijk", kind="text", holds_up=True)


def in_rounds(rounds, ask):
    """What `ask(round)` finds in each running round; where two run at once each line says of which one it is."""
    found = [(one, line) for one in rounds for line in ask(one)]
    if len(rounds) < 2:
        return [line for _, line in found]
    return [replace(line, note=_with_round(line.note, one.number)) for one, line in found]


def _with_round(note, number):
    if not note:
        return f"ronde {number}"
    return f"{note} Ronde {number}" if note[-1] in ".?!" else f"{note}, ronde {number}"
