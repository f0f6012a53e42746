"""What each side puts under the report or beside it."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.live import bells
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together
from dialoog.partnerships.writing import Written

TOO_LATE = "Beide kanten hebben getekend. Een eigen mening kan er niet meer bij of af."
SIDE_CHOICES = Party.choices[:2]


class Signature(PartnershipModel):
    """One side's name under one exact text."""

    report = models.ForeignKey("report.Report", on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=SIDE_CHOICES, editable=False)
    signed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("report", "party", name="one_signature_per_side")]

    def __str__(self):
        return f"Handtekening van de {self.partnership.side_name(self.party)}"

    @classmethod
    def put(cls, seat, report, fingerprint):
        """A side signs; an older signature of that side was under another text and gives way."""
        signature = cls.objects.filter(report=report, party=seat.party).first()
        if signature and signature.fingerprint == fingerprint:
            return
        if signature is None:
            signature = cls(partnership=report.partnership, report=report, party=seat.party)
        signature.signed_by, signature.signed_at, signature.fingerprint = seat, timezone.now(), fingerprint
        signature.save()


class Refusal(PartnershipModel):
    """Why a side does not sign yet. Both sides read it beside the signatures; the report itself does not hold it."""

    report = models.ForeignKey("report.Report", on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=SIDE_CHOICES, editable=False)
    reason = models.CharField("wij tekenen nog niet, omdat …", max_length=240)
    said_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("report", "party", name="one_refusal_per_side"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="refusal_has_a_reason"),
        ]

    def __str__(self):
        return f"Nog geen handtekening van de {self.partnership.side_name(self.party)}"

    @classmethod
    def say(cls, seat, report, reason):
        """A side does not sign yet, and says why; a signature that it gave before is gone with that."""
        with transaction.atomic():
            report._lock()
            cls._refuse(seat, report)
            given = Signature.objects.filter(report=report, party=seat.party).first()
            if given:
                given.delete()
                Event.record(seat, "nam de handtekening onder het verslag terug", thing=report)
            known = cls.objects.filter(report=report, party=seat.party).first()
            refusal = known or cls(partnership=report.partnership, report=report, party=seat.party)
            refusal.reason, refusal.said_by, refusal.said_at = reason, seat, timezone.now()
            refusal.save()
            Event.record(seat, f"tekent nog niet, omdat: {reason}", thing=report)
        return refusal

    @classmethod
    def take_back(cls, seat, report):
        """What held the side back is over, or was said too soon. Signing is another act."""
        with transaction.atomic():
            report._lock()
            cls._refuse(seat, report)
            refusal = cls.objects.filter(report=report, party=seat.party).first()
            if refusal is None:
                raise ValidationError("Uw kant gaf geen reden om nog niet te tekenen.")
            refusal.delete()
            Event.record(seat, "nam de reden om nog niet te tekenen terug", thing=report)

    @staticmethod
    def _refuse(seat, report):
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten tekenen het verslag.")
        if report.is_frozen:
            raise ValidationError("Beide kanten hebben getekend. Het verslag ligt vast.")


class DissentQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The own side's words, and what the other side attached."""
        return super().visible_to(seat).filter(models.Q(party=seat.party) | models.Q(attached_at__isnull=False))


class Dissent(Written):
    """Where a side sees it differently: its own page in the report, as large as the text it answers."""

    texts = ("text",)

    report = models.ForeignKey("report.Report", on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=SIDE_CHOICES, editable=False)
    text = models.TextField("wat wij anders zien", max_length=4000)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    attached_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False, null=True)
    attached_at = models.DateTimeField(null=True, editable=False)

    objects = DissentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("report", "party", name="one_dissent_per_side"),
            together("attached_by", "attached_at", name="dissent_attached"),
        ]

    def __str__(self):
        return f"Eigen mening van de {self.partnership.side_name(self.party)}"

    @property
    def is_final(self):
        return self.report.is_frozen

    def audience(self):
        return None if self.attached_at else self.party

    def address(self, seat):
        return f"{self.report.address(seat)}#anders"

    def may_be_written_by(self, seat):
        return seat.party == self.party and not self.report.is_frozen

    def refuse_words(self):
        self.report._lock()
        if self.report.is_frozen:
            raise ValidationError(TOO_LATE)

    @classmethod
    def begin(cls, seat, report, text, key=None):
        """Write down, for the own side only, where it sees things differently; whoever comes second writes on in it."""
        with transaction.atomic():
            report._lock()
            cls._refuse(seat, report)
            known = cls.objects.filter(report=report, party=seat.party).first()
            if known and known.pk != key:
                # Who began did not see it: what does not fit beside it stays as a copy.
                known.write(seat, 0, text=text)
                return known
            fields = {"partnership": report.partnership, "report": report, "party": seat.party}
            return known or cls(pk=key or uuid.uuid4(), text=text, written_by=seat, **fields).wrote(seat).keep_once()

    def write(self, seat, version, **texts):
        with transaction.atomic():
            copies = super().write(seat, version, **texts)
            if self.changed_words:
                self.written_by, self.written_at = seat, timezone.now()
                self.save()
                if self.attached_at:
                    Event.record(seat, "veranderde de eigen mening", thing=self.report)
            return copies

    def attach(self, seat):
        """Add it to the report, where both sides read it before they sign."""
        with transaction.atomic():
            self.report._lock()
            self._refuse(seat, self.report)
            if self.attached_at:
                return
            self.attached_by, self.attached_at = seat, timezone.now()
            self.save()
            Event.record(seat, "voegde een eigen mening toe aan het verslag", thing=self.report)

    def detach(self, seat):
        """Take it out of the report; the own side keeps the words, and can add them again."""
        with transaction.atomic():
            self.report._lock()
            self._refuse(seat, self.report)
            if not self.attached_at:
                return
            self.attached_by = self.attached_at = None
            # Both sides hear that it went; from here on it is the own side's again.
            bells.ring(self.partnership.channel(), self.kind(), self.topic)
            self.save()
            Event.record(seat, "haalde de eigen mening uit het verslag", thing=self.report)

    @staticmethod
    def _refuse(seat, report):
        if not seat.is_side:
            raise ValidationError("Alleen een kant zelf kan een eigen mening toevoegen.")
        if report.is_frozen:
            raise ValidationError(TOO_LATE)
