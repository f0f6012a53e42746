"""What a side writes apart, until both sides release it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models.members import Member
from dialoog.partnerships.models.tables import Party
from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet, together

ALREADY_OPEN = "De enveloppen zijn al open. U kunt hier niets meer aan veranderen."


class Envelope(PartnershipModel):
    """What a side writes is invisible to the other until both release it; then both open at the same moment."""

    purpose = models.CharField(max_length=30)
    council_ready_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    council_ready_at = models.DateTimeField(null=True, editable=False)
    municipality_ready_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    municipality_ready_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            together("council_ready_by", "council_ready_at", name="envelope_council_ready"),
            together("municipality_ready_by", "municipality_ready_at", name="envelope_municipality_ready"),
            models.CheckConstraint(
                condition=models.Q(opened_at=None)
                | models.Q(council_ready_at__isnull=False, municipality_ready_at__isnull=False),
                name="envelope_opens_by_two_keys",
            ),
        ]

    @property
    def is_open(self):
        return self.opened_at is not None

    def is_ready(self, party):
        """Whether this side has said that the envelopes may open."""
        return getattr(self, f"{party}_ready_at") is not None

    def release(self, seat):
        """This seat's side says: we are ready. When both have said so, both envelopes open."""
        with transaction.atomic():
            self._lock()
            if not seat.is_side:
                raise ValidationError("Alleen een kant zelf kan haar envelop vrijgeven.")
            if self.is_open:
                raise ValidationError("De enveloppen zijn al open.")
            setattr(self, f"{seat.party}_ready_by", seat)
            setattr(self, f"{seat.party}_ready_at", timezone.now())
            if all(self.is_ready(party) for party in Party.sides()):
                self.opened_at = timezone.now()
            self.save()

    def take_back(self, seat):
        """This seat's side is not ready after all; possible until the envelopes open."""
        with transaction.atomic():
            self._lock()
            if not seat.is_side:
                raise ValidationError("Alleen een kant zelf kan haar envelop terugnemen.")
            if self.is_open:
                raise ValidationError("De enveloppen zijn al open. Daarna kan niets terug in de envelop.")
            setattr(self, f"{seat.party}_ready_by", None)
            setattr(self, f"{seat.party}_ready_at", None)
            self.save()

    def _lock(self):
        self.refresh_from_db(from_queryset=Envelope.objects.select_for_update())


class SealedQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The own side's entries, and everything in an open envelope."""
        mine = models.Q(party=seat.party) if seat.is_side else models.Q(pk__in=[])
        return super().visible_to(seat).filter(mine | models.Q(envelope__opened_at__isnull=False))


class SealedModel(PartnershipModel):
    """Something a side writes in its own envelope."""

    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    def audience(self):
        """Even that something was written is a secret of the own side until the envelope opens."""
        return None if self.envelope.is_open else self.party

    def save(self, *args, **kwargs):
        self._refuse_open()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_open()
        return super().delete(*args, **kwargs)

    def _refuse_open(self):
        # Read afresh: the other side may have opened the envelopes since this page was made.
        if Envelope.objects.filter(pk=self.envelope_id, opened_at__isnull=False).exists():
            raise ValidationError(ALREADY_OPEN, code="open")
