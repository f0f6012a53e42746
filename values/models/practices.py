"""What a value looks like in practice."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipQuerySet
from dialoog.partnerships.writing import Written


class ValuePracticeQuerySet(PartnershipQuerySet):
    def under(self, value):
        """The examples of a value, also of one that was joined to it."""
        return self.filter(Q(value=value) | Q(value__joined_into=value)).select_related("added_by__user", "value")


class ValuePractice(Written):
    """What a value looks like on an ordinary day: what one can see, where, and how it is safeguarded."""

    texts = ("behaviour", "place", "safeguard")
    while_typing = texts

    value = models.ForeignKey("values.Value", on_delete=models.CASCADE, editable=False, related_name="+")
    behaviour = models.TextField("wat ziet u dan gebeuren?", max_length=2000)
    place = models.CharField("waar in het werk?", max_length=200, blank=True)
    safeguard = models.TextField("hoe zorgen wij dat het zo blijft?", max_length=2000, blank=True)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ValuePracticeQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self):
        return self.behaviour[:80]

    def address(self, seat):
        return seat.url("values:detail", value=self.value_id) + f"#{self.topic}"

    def write(self, seat, version, **texts):
        """Change the words of an example; those who were away read that it happened."""
        with transaction.atomic():
            copies = super().write(seat, version, **texts)
            if self.changed_words and not self.told_already:
                Event.record(seat, f"veranderde een voorbeeld bij ‘{self.value.name}’", self.value)
        return copies

    @classmethod
    def describe(cls, seat, value, practice):
        """Add what one can see when this value is lived by."""
        with transaction.atomic():
            practice.partnership, practice.value, practice.added_by = seat.partnership, value, seat
            practice = practice.wrote(seat).keep_once()
            if practice.is_new:
                Event.record(seat, f"schreef bij ‘{value.name}’ op hoe dat eruitziet", value)
        return practice

    def drop(self, seat):
        """Take an example away, each side only its own; that it was there stays in the history of the value."""
        if self.added_by.party != seat.party:
            raise ValidationError("Dit voorbeeld is van de andere kant. U kunt de woorden wel samen veranderen.")
        with transaction.atomic():
            Event.record(seat, f"haalde een voorbeeld weg bij ‘{self.value.name}’: {self.behaviour}", self.value)
            self.delete()
