from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format

from dialoog.partnerships.models import Event, Member


class Postponed(models.Model):
    """The day of a commitment: once both sides signed it, another day takes a reason and the yes of both."""

    # The day that was signed, once it moved, and why it did.
    first_due = models.DateField(null=True, editable=False)
    due_reason = models.CharField(max_length=300, blank=True, editable=False)
    # The day that one side asks for; until the other says yes the old one stands.
    asked_due = models.DateField(null=True, editable=False)
    asked_due_reason = models.CharField(max_length=300, blank=True, editable=False)
    asked_due_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def signed_at(self):
        """When both sides put their name under it: in the report of its round, or in the minutes of its meeting."""
        moments = [self.project.report_signed_at if self.project_id else None]
        moments.append(self.meeting.minutes_signed_at if self.meeting_id else None)
        return min(filter(None, moments), default=None)

    @property
    def is_signed(self):
        return self.signed_at is not None

    def signed_words(self):
        """What both sides signed, where it reads otherwise now: new words never pass for the signed ones."""
        then = self.is_signed and self.history.filter(history_date__lte=self.signed_at).order_by("-version").first()
        names = ("what", "client_notices") if then else ()
        return [getattr(then, name) for name in names if getattr(then, name) != getattr(self, name)]

    @property
    def due_story(self):
        """What became of the day, in sentences for both sides; none as long as it stands as it was agreed."""
        told = []
        if self.first_due and self.first_due != self.due:
            told.append(f"Eerst was het {_day(self.first_due)}. Verschoven, omdat: {self.due_reason}")
        if self.asked_due:
            asks = self.asked_due_by
            side, other = (self.partnership.side_name(party) for party in (asks.party, asks.other_side))
            told.append(f"De {side} vraagt {_day(self.asked_due)}, omdat: {self.asked_due_reason}")
            told.append(f"De {other} zei daar nog geen ja op.")
        return told

    def ask_due(self, seat, due, reason):
        """This side asks for another day; what the two signed stands until the other side says yes."""
        if not reason.strip():
            raise ValidationError("Schrijf op waarom de dag verandert. Beide kanten tekenden deze afspraak.")
        with transaction.atomic():
            self.lock()
            self.refuse_words()
            self.asked_due, self.asked_due_reason, self.asked_due_by = due, reason.strip()[:300], seat
            self.save()
            said = f"vraagt een andere dag voor ‘{self.what}’: {_day(due)} in plaats van {_day(self.due)}"
            Event.record(seat, said, thing=self)

    def answer_due(self, seat, answer, seen=None):
        """The other side says yes to the day as it was read, or no; the side that asked can let go of it."""
        with transaction.atomic():
            self.lock()
            if self.asked_due is None:
                raise ValidationError("Niemand vraagt meer een andere dag. Kijk eerst wat er nu staat.")
            asks, was = self.asked_due_by, self.due
            if answer and seat.party == asks.party:
                raise ValidationError("Op een andere dag zegt de andere kant ja of nee.")
            self.refuse_unseen(seen)
            if answer:
                self.first_due = self.first_due or was
                self.due, self.due_reason = self.asked_due, self.asked_due_reason
                said = f"zei ja op een andere dag voor ‘{self.what}’: {_day(self.due)} in plaats van {_day(was)}"
            elif seat.party == asks.party:
                said = f"vraagt geen andere dag meer voor ‘{self.what}’"
            else:
                said = f"zei nee op een andere dag voor ‘{self.what}’: het blijft {_day(was)}"
            self.asked_due, self.asked_due_reason, self.asked_due_by = None, "", None
            if answer:
                # The owner's own yes was to the day before, unless the owner asked for another.
                self._ask_again(asks, told_by=seat)
            self.save()
            Event.record(seat, said, thing=self)


def _day(day):
    return date_format(day, "j F Y")
