from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from dialoog import letters
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together
from dialoog.partnerships.writing import Written
from projects.models.preparing import Locked

SIGNED = "Beide kanten hebben dit verslag getekend. Er kan niets meer aan veranderen."
NOT_ON = "Dit overleg gaat niet door. Kies eerst een nieuwe dag."


def dialogue_of(project):
    """How the evening is called that is kept free for the dialogue of a round."""
    return f"De dialoog van ronde {project.number}"


class MeetingQuerySet(PartnershipQuerySet):
    def next(self):
        """The first meeting still to come, or None."""
        return self.coming().first()

    def going_on(self):
        """Without those that were cancelled."""
        return self.filter(cancelled_at=None)

    def coming(self):
        """Meetings still to come, the first one first."""
        return self._to_come().going_on()

    def cancelled(self):
        """Meetings of which the day is still to come, and that do not go on."""
        return self._to_come().exclude(cancelled_at=None).select_related("cancelled_by__user")

    def _to_come(self):
        return self.filter(starts_at__gte=timezone.now()).select_related("partnership").order_by("starts_at")

    def planned_for(self, project):
        """The evening that was kept free for the dialogue when this round began, or None."""
        return self.going_on().filter(about=dialogue_of(project)).order_by("-starts_at").first()

    def past(self):
        """Meetings of which the day was, the last one first."""
        return self.filter(starts_at__lt=timezone.now()).select_related("partnership").order_by("-starts_at")

    def before(self, moment):
        """The last meeting before a moment, or None."""
        return self.going_on().filter(starts_at__lt=moment).order_by("-starts_at").first()


class ConsultationMeeting(Locked):
    """The two sides meet: when, where, and which side is the host."""

    starts_at = models.DateTimeField("wanneer")
    place = models.CharField("waar", max_length=200)
    host_party = models.CharField("wie is gastheer", max_length=12, choices=Party.choices[:2])
    about = models.CharField("waar gaat het over", max_length=300, blank=True)
    nudge_reason = models.TextField("waarom toch", blank=True, max_length=300, editable=False)
    # How often people got the invitation: a second letter says that it is one.
    invitation = models.PositiveSmallIntegerField(default=0, editable=False)
    invited_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    # It does not go on; until somebody sets another day.
    cancelled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_why = models.CharField("waarom gaat het niet door", max_length=300, blank=True, editable=False)
    # Since when both sides stand under the minutes, and nothing in them changes any more.
    minutes_signed_at = models.DateTimeField(null=True, editable=False)
    # When a teller first took back a sentence that stands in the signed minutes.
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    INVITE_AGAIN = timedelta(hours=1)
    # Who got no e-mail just now, in a sentence.
    without_mail = ""

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(host_party__in=Party.sides()), name="meeting_host_is_a_side"),
            models.CheckConstraint(condition=~models.Q(place=""), name="meeting_has_place"),
            together("cancelled_by", "cancelled_at", name="meeting_cancelled"),
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None, cancelled_why="")
                | (models.Q(cancelled_at__isnull=False, minutes_signed_at=None) & ~models.Q(cancelled_why="")),
                name="meeting_cancelled_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"Overleg op {timezone.localtime(self.starts_at):%d-%m-%Y}"

    @property
    def is_past(self):
        return self.starts_at < timezone.now()

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    @property
    def is_open(self):
        """Whether something can still be said at it: it goes on, and not both sides signed what was said."""
        return not self.is_cancelled and self.minutes_signed_at is None

    @property
    def day(self):
        return timezone.localdate(self.starts_at)

    @property
    def has_come(self):
        """Whether it is the day of the meeting, or later: from then on the minutes can be written."""
        return self.day <= timezone.localdate()

    @property
    def is_over(self):
        """Whether the day itself is over: nobody knows how late it becomes, so on the evening it is still going on."""
        return self.day < timezone.localdate()

    @property
    def host_told(self):
        """Who receives, or received, in one sentence."""
        return f"De {self.host} was gastheer." if self.is_over else f"Deze keer is de {self.host} gastheer."

    @property
    def host(self):
        """The word for the side that receives."""
        return self.partnership.side_name(self.host_party)

    @property
    def papers_due(self):
        """When the papers are in, as the table agreed; the day of the meeting when that was over already."""
        return self.papers_day if self.papers_asked_in_time else self.day

    @property
    def papers_day(self):
        return self.day - timedelta(days=self.partnership.papers_days)

    @cached_property
    def papers_asked_in_time(self):
        """Whether the agreed day still lay ahead when the meeting was planned, or changed for the last time."""
        if self.papers_day >= timezone.localdate():
            return True
        planned = Event.objects.filter(partnership=self.partnership_id).about(self).order_by("at").first()
        known = [moment for moment in (planned and planned.at, self.changed_at) if moment]
        return not known or timezone.localdate(max(known)) <= self.papers_day

    @property
    def changed_since_invitation(self):
        """Whether people hold an invitation that says something else."""
        return bool(self.invited_at and self.changed_at and self.changed_at > self.invited_at)

    @property
    def why_closed(self):
        """Why nothing is said any more at a meeting that is not open."""
        return SIGNED if self.minutes_signed_at else NOT_ON

    def refuse_signed(self):
        """Nothing changes any more once both sides signed the minutes."""
        # Held until the commit: nobody puts the last name while something is still being written, nor after it.
        held = ConsultationMeeting.objects.select_for_update().filter(pk=self.pk).values_list("minutes_signed_at")
        if any(signed_at for (signed_at,) in held):
            raise ValidationError(SIGNED)

    def refuse_closed(self):
        """Nothing is said at a meeting that does not go on, nor once both sides signed the minutes."""
        self.refuse_signed()
        if self.is_cancelled:
            raise ValidationError(NOT_ON)

    def previous(self):
        """The last meeting before this one that has been, or None: what happens from a day to come on, nobody knows."""
        met = ConsultationMeeting.objects.filter(partnership=self.partnership_id)
        return met.before(min(self.starts_at, timezone.now()))

    def answer(self, seat, coming):
        """This person comes, or does not; only for oneself."""
        with transaction.atomic():
            self.lock()
            if self.is_past:
                raise ValidationError("Dit overleg is al geweest.")
            self.refuse_closed()
            attendance = Attendance.objects.filter(meeting=self, member=seat).first()
            attendance = attendance or Attendance(partnership=seat.partnership, meeting=self, member=seat)
            attendance.coming, attendance.answered_at = coming, timezone.now()
            attendance.save()

    def attendances(self):
        """Who said what, council first."""
        answers = Attendance.objects.filter(meeting=self).select_related("member__user", "meeting")
        return list(answers.order_by("member__party", "answered_at"))

    def invite(self, seat, file):
        """Send everyone at the table the invitation, with the calendar file that `file(meeting)` draws."""
        with transaction.atomic():
            self.lock()
            if self.is_past:
                raise ValidationError("Dit overleg is al geweest.")
            self.refuse_closed()
            now = timezone.now()
            again = self.invited_at and not self.changed_since_invitation
            if again and now - self.invited_at < self.INVITE_AGAIN:
                raise ValidationError("De uitnodiging is net verstuurd. Stuur hem opnieuw als er iets verandert.")
            self.invitation += 1
            self.invited_at = now
            self.save()
            Event.record(seat, "stuurde iedereen de uitnodiging voor het overleg", thing=self)
            self._tell(seat, file)

    def cancel(self, seat, why, file):
        """It does not go on. Everyone hears so; `file(meeting)` draws what takes it out of a calendar."""
        if not why.strip():
            raise ValidationError("Schrijf op waarom het overleg niet doorgaat. Eén zin is genoeg.")
        with transaction.atomic():
            self.lock()
            self.refuse_closed()
            if self._was_held():
                raise ValidationError("Er staat al iets in het verslag. Dit overleg is doorgegaan.")
            if self.is_past and self.changed_at and self.changed_at > self.starts_at:
                raise ValidationError("Daarna veranderde iemand dit overleg nog. Bespreek samen of het doorging.")
            self.cancelled_by, self.cancelled_at, self.cancelled_why = seat, timezone.now(), why.strip()
            self.save()
            Event.record(seat, f"zei dat het overleg niet doorgaat: {self.cancelled_why}", thing=self)
            if not self.is_over:
                self._tell(seat, file)

    def _was_held(self):
        """Whether anybody wrote in the minutes, signed them or said why not, also when that was wiped out again."""
        there = Q(minute__meeting=self)
        for kind, one in (
            ("Decision", Q(item__meeting=self)), ("MinuteSignature", there), ("MinuteDissent", there),
            ("MinuteRefusal", there), ("Minute", Q(meeting=self, version__gt=1)),
            ("AgendaItem", Q(meeting=self) & (~Q(minutes="") | Q(version__gt=1))),
        ):  # fmt: skip
            if apps.get_model("projects", kind).objects.filter(one).exists():
                return True
        return False

    def go_on_again(self):
        """Another day was chosen, or somebody says that it was held after all; told in the words of the history."""
        self.cancelled_by, self.cancelled_at, self.cancelled_why = None, None, ""
        return "zei dat het overleg wel doorging" if self.is_past else "zette het overleg weer op een dag"

    def _tell(self, seat, file):
        """Count the letters first, so that the answer can say who gets none; what else went there does not count."""
        people = Member.objects.filter(partnership=self.partnership_id, user__is_active=True).active()
        people = people.select_related("user", "partnership")
        told, self.without_mail = letters.LettersToday.share_out(seat, people, "meeting")
        transaction.on_commit(lambda: self._send(told, file(self)))

    def _send(self, people, file):
        method = "CANCEL" if self.is_cancelled else "PUBLISH"
        attached = ("overleg.ics", file, f"text/calendar; charset=utf-8; method={method}")
        again = "Een uitnodiging van Dialoog" if self.invitation == 1 else "Een nieuwe uitnodiging van Dialoog"
        subject = "Een bericht over een overleg in Dialoog" if self.is_cancelled else again
        template = "projects/mail_cancelled" if self.is_cancelled else "projects/mail_meeting"
        for member in people:
            url = settings.SITE_URL + member.url("projects:meeting", meeting=self.pk)
            words = {"meeting": self, "member": member, "moment": timezone.localtime(self.starts_at), "url": url}
            letters.send(member.user.email, subject, template, words, attached=attached)

    def tell_withdrawn(self):
        """Both sides read above the signed minutes that a sentence in them was taken back; the minutes stay."""
        with transaction.atomic():
            self.lock()
            if self.withdrawn_at or not self.minutes_signed_at:
                return
            self.withdrawn_at = timezone.now()
            self.save()
            told = "In het getekende verslag van het overleg staat een zin van iemand die zich terugtrok"
            Event.of_table(self.partnership, told, thing=self)


class AttendanceQuerySet(PartnershipQuerySet):
    def that_hold(self):
        """Without what was said before the meeting changed."""
        return self.exclude(answered_at__lt=models.F("meeting__changed_at"))


class Attendance(PartnershipModel):
    """A person's own word on coming to a meeting."""

    meeting = models.ForeignKey(ConsultationMeeting, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    coming = models.BooleanField()
    answered_at = models.DateTimeField(default=timezone.now)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once_per_person")]

    @property
    def holds(self):
        """Whether it was said about the meeting as it stands now."""
        return self.meeting.changed_at is None or self.answered_at >= self.meeting.changed_at


class AgendaItemQuerySet(PartnershipQuerySet):
    def of(self, meeting):
        """The points of a meeting, in the order in which they are spoken about."""
        return self._told(meeting).exclude(position=AgendaItem.Position.LEFT_OUT)

    def left_out_of(self, meeting):
        """What was open and did not come on the agenda, with who left it out."""
        return self._told(meeting).filter(position=AgendaItem.Position.LEFT_OUT)

    def _told(self, meeting):
        points = self.filter(meeting=meeting).select_related("added_by__user", "meeting")
        return points.order_by("position", "added_at", "pk")


class AgendaItem(Written, Locked):
    """Something that is spoken about at a meeting, and what was said about it.

    The two sides add points themselves. The first point, and what is open, come by themselves when the minutes begin.
    """

    texts = while_typing = ("minutes",)

    class Position(models.IntegerChoices):
        STANDING = 0, "De afspraken"
        OPEN = 1, "Wat nog openstaat"
        POINT = 2, "Punt van een kant"
        LEFT_OUT = 3, "Van de agenda gelaten"

    meeting = models.ForeignKey(ConsultationMeeting, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(choices=Position.choices, default=Position.POINT, editable=False)
    title = models.CharField("agendapunt", max_length=150)
    note = models.CharField("wat wilt u erover zeggen of vragen", max_length=500, blank=True)
    minutes = models.TextField("wat wij bespraken", max_length=4000, blank=True)
    # What an open point is about, so that it does not come up twice; and where it is read.
    thing = models.UUIDField(null=True, editable=False)
    link = models.CharField(max_length=300, blank=True, editable=False)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False, null=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="agenda_item_has_title"),
            models.CheckConstraint(
                condition=~models.Q(position=2) | models.Q(added_by__isnull=False), name="agenda_point_is_somebodys"
            ),
        ]

    @property
    def is_final(self):
        return self.meeting.minutes_signed_at is not None

    def tell_withdrawn(self):
        self.meeting.tell_withdrawn()

    def __str__(self):
        return self.title

    def one_of_many(self):
        return self.title

    def address(self, seat):
        return f"{seat.url('projects:minutes', meeting=self.meeting_id)}#{self.topic}"

    @property
    def decided_topic(self):
        """The bell of what was decided about this point."""
        return f"decided-{self.pk}"

    def may_be_written_by(self, seat):
        """Everyone at the meeting writes along, also who leads it."""
        return self.is_on_agenda and self.meeting.is_open

    def refuse_words(self):
        self.meeting.refuse_closed()

    @property
    def is_on_agenda(self):
        return self.position != self.Position.LEFT_OUT

    def put_back(self, seat):
        """What somebody left out is spoken about after all; anybody at the table can say so."""
        with transaction.atomic():
            self.lock()
            self.meeting.refuse_closed()
            if self.is_on_agenda:
                return
            self.position, self.added_by = self.Position.OPEN, None
            self.save()
            Event.record(seat, f"zette weer op de agenda: {self.title}", thing=self.meeting)

    def is_of(self, seat):
        """Whether the side of this seat put it on the agenda itself."""
        return self.position == self.Position.POINT and self.added_by.party == seat.party

    def drop(self, seat):
        """Take an item off the agenda; each side only its own."""
        with transaction.atomic():
            self.lock()
            if not self.is_of(seat):
                raise ValidationError("Dit punt is van de andere kant. Alleen die kant kan het weghalen.")
            self.meeting.refuse_signed()
            if self.minutes.strip():
                raise ValidationError("Over dit punt is al iets opgeschreven. Het blijft in het verslag staan.")
            Event.record(seat, f"haalde een agendapunt weg: {self.title}", thing=self.meeting)
            self.delete()
