"""What is open between the two sides: it comes on the agenda of their next meeting by itself."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.urls import reverse


@dataclass(frozen=True)
class OpenItem:
    """Something that waits for the two sides together.

    Both sides read the same agenda, and it is printed: nothing that only one of them knows may stand in it. An app
    delivers these from its drawer `agenda.py`, as `open_items(partnership) -> list[OpenItem]`, in a number of queries
    that does not grow with the number of things.

    `thing` is the key of what it is about, so that it comes up once; `route` and `kwargs` lead to it; `party` is whose
    turn it is, when it is one side's.
    """

    kind: str
    title: str
    thing: UUID
    route: str = ""
    kwargs: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    party: str = ""
    due: date | None = None

    # The sorts of things that come up by themselves, in the order of the agenda.
    KINDS: ClassVar = {
        "minute": "Verslag van een eerder overleg",
        "point": "Agendapunt",
        "enquiry": "Vraag om advies",
        "advice": "Advies",
        "value": "Ja op een waarde",
        "account": "Uitleg bij een waarde",
        "clients": "Merken mensen het?",
        "theme": "Thema",
        "report": "Verslag van een ronde",
    }

    def url(self, partnership):
        """The address at which both sides read about it."""
        return reverse(self.route, kwargs={"table": partnership.slug, **self.kwargs}) if self.route else ""
