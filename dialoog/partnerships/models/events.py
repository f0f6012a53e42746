"""The history of a table: who did what, when."""

from functools import reduce
from operator import or_

from django.db import models
from django.utils import timezone

from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet


class EventQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """What the whole table may know, and what the own side may know."""
        return super().visible_to(seat).filter(party__in=["", seat.party]).select_related("by__user")

    def about(self, thing, *more):
        """The history of one thing and of what hangs on it, latest first."""
        return self.filter(reduce(or_, (models.Q(thing_kind=one.kind(), thing_id=one.pk) for one in (thing, *more))))


class Event(PartnershipModel):
    """One line of history: who did what, when. It never holds a word of what is secret."""

    by = models.ForeignKey("partnerships.Member", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sentence = models.CharField(max_length=300)
    thing_kind = models.CharField(max_length=40, blank=True)
    # A plain key, not a foreign key: the line stays when the thing is gone.
    thing_id = models.UUIDField(null=True)
    party = models.CharField(max_length=12, blank=True)

    written_once = True

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["partnership", "-at"], name="event_by_table"),
            models.Index(fields=["thing_id", "-at"], name="event_by_thing"),
        ]

    def __str__(self):
        return f"{self.by or ''} {self.sentence}".strip()

    def audience(self):
        return self.party or None

    def _leave_out(self, names):
        super()._leave_out(names)
        # Only then: half a sentence nobody knows again.
        self.sentence = self.sentence[:300]

    @classmethod
    def record(cls, seat, sentence, thing=None, audience=None):
        """Write one line of history: `sentence` is what follows the person's name."""
        cls.objects.create(
            partnership=seat.partnership,
            by=seat,
            sentence=sentence,
            thing_kind=thing.kind() if thing else "",
            thing_id=thing.pk if thing else None,
            party=audience or "",
        )

    @classmethod
    def of_table(cls, partnership, sentence, thing):
        """A line about what somebody did who has no seat at the table; the sentence names them."""
        kind = {"thing_kind": thing.kind(), "thing_id": thing.pk}
        cls.objects.create(partnership=partnership, sentence=sentence, **kind)
