"""Values that a law gives. Nobody chose them, so nobody says yes to them."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event, Member
from dialoog.partnerships.writing import Written


class StatutoryValue(Written):
    """A grondwaarde: given by a law and always in force. It is no shared value: those are chosen by both sides."""

    texts = ("name", "law", "meaning")

    name = models.CharField("grondwaarde", max_length=80)
    law = models.CharField("uit welke wet?", max_length=200)
    meaning = models.TextField("wat betekent dat hier?", blank=True, max_length=2000)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(law=""), name="statutory_value_names_its_law"),
        ]

    def __str__(self):
        return self.name

    def address(self, seat):
        return f"{seat.url('values:list')}#{self.topic}"

    @classmethod
    def note(cls, seat, statutory):
        """Write down what a law gives."""
        with transaction.atomic():
            statutory.partnership, statutory.added_by = seat.partnership, seat
            statutory = statutory.wrote(seat).keep_once()
            if statutory.is_new:
                Event.record(seat, f"schreef de grondwaarde ‘{statutory.name}’ op", statutory)
        return statutory

    def drop(self, seat):
        """Take it off the page; the law stays as it is."""
        with transaction.atomic():
            Event.record(seat, f"haalde de grondwaarde ‘{self.name}’ weg")
            self.delete()
