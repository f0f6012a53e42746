from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party
from projects.models.preparing import Locked


class MeetingQuerySet(PartnershipQuerySet):
    def next(self):
        """The first meeting still to come, or None."""
        return self.coming().first()

    def coming(self):
        """Meetings still to come, the first one first."""
        return self.filter(starts_at__gte=timezone.now()).select_related("partnership").order_by("starts_at")

    def past(self):
        """Meetings that were, the last one first."""
        return self.filter(starts_at__lt=timezone.now()).select_related("partnership").order_by("-starts_at")

    def before(self, moment):
        """The last meeting before a moment, or None."""
        return self.filter(starts_at__lt=moment).order_by("-starts_at").first()


class ConsultationMeeting(Locked):
    """The two sides meet: when, where, and which side is the host."""

    starts_at = models.DateTimeField("wanneer")
    place = models.CharField("waar", max_length=200)
    host_party = models.CharField("wie is gastheer", max_length=12, choices=Party.choices[:2])
    about = models.CharField("waar gaat het over", max_length=300, blank=True)
    nudge_reason = models.TextField("waarom toch", blank=True, max_length=300, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(host_party__in=Party.sides()), name="meeting_host_is_a_side"),
            models.CheckConstraint(condition=~models.Q(place=""), name="meeting_has_place"),
        ]

    def __str__(self):
        return f"Overleg op {timezone.localtime(self.starts_at):%d-%m-%Y}"

    @property
    def is_past(self):
        return self.starts_at < timezone.now()

    @property
    def host(self):
        """The word for the side that receives."""
        return self.partnership.side_name(self.host_party)

    def answer(self, seat, coming):
        """This person comes, or does not; only for oneself."""
        with transaction.atomic():
            self.lock()
            if self.is_past:
                raise ValidationError("Dit overleg is al geweest.")
            attendance = Attendance.objects.filter(meeting=self, member=seat).first()
            attendance = attendance or Attendance(partnership=seat.partnership, meeting=self, member=seat)
            attendance.coming, attendance.answered_at = coming, timezone.now()
            attendance.save()

    def attendances(self):
        """Who said what, council first."""
        answers = Attendance.objects.filter(meeting=self).select_related("member__user")
        return list(answers.order_by("member__party", "answered_at"))


class Attendance(PartnershipModel):
    """A person's own word on coming to a meeting."""

    meeting = models.ForeignKey(ConsultationMeeting, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    coming = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_per_person")]


class AgendaItemQuerySet(PartnershipQuerySet):
    def of(self, meeting):
        return self.filter(meeting=meeting).select_related("added_by__user").order_by("added_at", "pk")


class AgendaItem(Locked):
    """Something one side wants to speak about at a meeting."""

    meeting = models.ForeignKey(ConsultationMeeting, on_delete=models.CASCADE, related_name="+")
    title = models.CharField("agendapunt", max_length=150)
    note = models.CharField("wat wilt u erover zeggen of vragen", max_length=500, blank=True)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(title=""), name="agenda_item_has_title")]

    def __str__(self):
        return self.title

    def drop(self, seat):
        """Take an item off the agenda; each side only its own."""
        with transaction.atomic():
            self.lock()
            if self.added_by.party != seat.party:
                raise ValidationError("Dit punt is van de andere kant. Alleen die kant kan het weghalen.")
            Event.record(seat, f"haalde een agendapunt weg: {self.title}", thing=self.meeting)
            self.delete()
