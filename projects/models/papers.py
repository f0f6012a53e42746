"""Papers for a meeting: announced, in time or a little later, and read."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet
from dialoog.partnerships.writing import Written
from projects.models.meetings import ConsultationMeeting
from projects.models.preparing import Locked

TOO_LATE = "Dit overleg is al geweest. Een stuk blijft zoals het daar lag."


class PaperQuerySet(PartnershipQuerySet):
    def of(self, meeting):
        """The papers of a meeting, in the order in which they were announced."""
        return self.of_all([meeting])

    def of_all(self, meetings):
        """The same of several meetings at once."""
        papers = self.filter(meeting__in=meetings).select_related("member__user", "meeting__partnership")
        return papers.order_by("announced_at", "pk")

    def handed_in(self):
        return self.filter(handed_in_at__isnull=False)


class Paper(Written, Locked):
    """Something to read before a meeting, from one person; both sides know that it comes before it is there."""

    texts = ("text",)

    meeting = models.ForeignKey(ConsultationMeeting, on_delete=models.CASCADE, related_name="+", editable=False)
    title = models.CharField("hoe heet het stuk?", max_length=120)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="van wie komt het?")
    text = models.TextField("de tekst", max_length=20_000, blank=True)
    announced_at = models.DateTimeField(default=timezone.now, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="paper_has_title"),
        ]

    def __str__(self):
        return self.title

    def address(self, seat):
        return seat.url("projects:paper", paper=self.pk)

    def may_be_written_by(self, seat):
        """The side that brings it writes it, until the meeting was."""
        return seat.party == self.member.party and not self.meeting.is_past

    def refuse_words(self):
        if self.meeting.is_past:
            raise ValidationError(TOO_LATE)

    @property
    def is_there(self):
        return self.handed_in_at is not None

    @property
    def is_awaited(self):
        """Not there, and the day on which papers are in has passed."""
        return not self.is_there and timezone.localdate() > self.meeting.papers_due

    @property
    def days_after(self):
        """How many days after the agreed day it came; none when it came in time or is not there."""
        return max(0, (timezone.localdate(self.handed_in_at) - self.meeting.papers_due).days) if self.is_there else 0

    def write(self, seat, version, **texts):
        """The first words hand it in; what lies there is not emptied, only taken away as a whole."""
        with transaction.atomic():
            self.lock()
            if self.is_there and not texts.get("text", self.text).strip():
                raise ValidationError("Het stuk is er al. Laat de tekst staan, of haal het hele stuk weg.")
            copies = super().write(seat, version, **texts)
            if self.text.strip() and not self.is_there:
                self.handed_in_at = timezone.now()
                self.save()
                Event.record(seat, f"leverde een stuk in: {self.title}", thing=self.meeting)
            return copies

    def drop(self, seat):
        """It does not come after all; each side only its own."""
        with transaction.atomic():
            self.lock()
            if self.member.party != seat.party:
                raise ValidationError("Dit stuk is van de andere kant. Alleen die kant kan het weghalen.")
            if self.meeting.is_past:
                raise ValidationError("Dit overleg is al geweest. Het stuk blijft bewaard.")
            Event.record(seat, f"haalde een stuk weg: {self.title}", thing=self.meeting)
            self.delete()


class PapersReadQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Whether somebody read is their own business."""
        return super().visible_to(seat).filter(member=seat)


class PapersRead(PartnershipModel):
    """When this person last said to have read the papers of a meeting; nobody else sees it."""

    meeting = models.ForeignKey(ConsultationMeeting, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    objects = PapersReadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="papers_read_once_per_person")]

    def ring(self):
        """No bell: what somebody read is nobody's business."""

    @classmethod
    def note(cls, seat, meeting):
        """This person read what lies there now."""
        with transaction.atomic():
            meeting.lock()
            known = cls.objects.visible_to(seat).filter(meeting=meeting).first()
            known = known or cls(partnership=seat.partnership, meeting=meeting, member=seat)
            known.read_at = timezone.now()
            known.save()
