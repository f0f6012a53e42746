"""What the two sides find important."""

from django.db import models
from django.db.models import Q

from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet, together


class ValueQuerySet(PartnershipQuerySet):
    def shared(self):
        """Values that both sides said yes to."""
        return self.filter(council_agreed_at__isnull=False, municipality_agreed_at__isnull=False)


class Value(PartnershipModel):
    """Something that matters at this table; shared once both sides say yes."""

    name = models.CharField("waarde", max_length=80)
    council_agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    council_agreed_at = models.DateTimeField(null=True, editable=False)
    municipality_agreed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    municipality_agreed_at = models.DateTimeField(null=True, editable=False)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            together("council_agreed_by", "council_agreed_at", name="value_council_agreed"),
            together("municipality_agreed_by", "municipality_agreed_at", name="value_municipality_agreed"),
            models.CheckConstraint(condition=~Q(name=""), name="value_has_a_name"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_shared(self):
        return self.council_agreed_at is not None and self.municipality_agreed_at is not None
