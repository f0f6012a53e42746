"""What was said and decided at a meeting: written together, signed by both sides, and then kept as it is."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from dialoog.live import bells
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together
from dialoog.partnerships.writing import Written
from projects.models.meetings import AgendaItem, ConsultationMeeting
from projects.models.preparing import Locked

LAST = "Uw handtekening is de tweede: daarna ligt het verslag vast en verandert er niets meer aan."


class Minute(Written, Locked):
    """The minutes of one meeting."""

    texts = ("present",)

    meeting = models.OneToOneField(ConsultationMeeting, on_delete=models.CASCADE, related_name="+", editable=False)
    present = models.CharField("wie waren er", max_length=600, blank=True)
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    # The page as both sides signed it, and its hash.
    text = models.TextField(blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text="", fingerprint="") | (~models.Q(text="") & ~models.Q(fingerprint="")),
                name="minute_kept_with_its_hash",
            )
        ]

    def __str__(self):
        return f"Verslag van {str(self.meeting).lower()}"

    def address(self, seat):
        return seat.url("projects:minutes", meeting=self.meeting_id)

    def may_be_written_by(self, seat):
        return self.meeting.is_open

    def refuse_words(self):
        self.meeting.refuse_closed()

    @property
    def is_frozen(self):
        return self.meeting.minutes_signed_at is not None

    @property
    def is_final(self):
        return self.is_frozen

    def tell_withdrawn(self):
        self.meeting.tell_withdrawn()

    @classmethod
    def begin(cls, seat, meeting, open_items, left_out=()):
        """Begin the minutes: what is open stands on the agenda from now on, after the commitments.

        What is left out keeps standing under it, with who did so: it may be what the other side waits for.
        """
        with transaction.atomic():
            meeting.lock()
            if known := cls.objects.filter(meeting=meeting).first():
                return known
            meeting.refuse_closed()
            if not meeting.has_come:
                raise ValidationError("Het verslag begint op de dag van het overleg zelf.")
            came = [one.member.name for one in meeting.attendances() if one.coming]
            present = ", ".join(came)[:600]
            minute = cls(partnership=seat.partnership, meeting=meeting, present=present, begun_by=seat)
            minute.wrote(seat).save()
            first = AgendaItem(
                meeting=meeting, position=AgendaItem.Position.STANDING, title="Wat wij hebben afgesproken"
            )
            raised = [
                AgendaItem(
                    meeting=meeting, title=item.title[:150], note=item.note[:500],
                    thing=item.thing, link=item.url(seat.partnership)[:300], **place,
                )
                for items, place in (
                    (open_items, {"position": AgendaItem.Position.OPEN}),
                    (left_out, {"position": AgendaItem.Position.LEFT_OUT, "added_by": seat}),
                )
                for item in items
            ]  # fmt: skip
            for item in [first, *raised]:
                item.partnership = seat.partnership
                item.wrote(seat).save()
            Event.record(seat, "begon met het verslag van het overleg", thing=meeting)
            for item in left_out:
                Event.record(seat, f"liet van de agenda: {item.title}", thing=meeting)
            return minute

    # What stands in it.

    def body(self):
        """The minutes as they read now, the same for both sides."""
        if self.is_frozen:
            return self.text
        items = self.meeting_items()
        told = {"minute": self, "meeting": self.meeting, "partnership": self.partnership, "items": items}
        told |= {"dissents": self.dissents(), "left_out": AgendaItem.objects.left_out_of(self.meeting)}
        return render_to_string("projects/minute_text.html", told)

    def meeting_items(self):
        """The points with what was said and decided about each."""
        items = list(AgendaItem.objects.of(self.meeting))
        decisions = list(Decision.objects.filter(item__in=items).with_outcome())
        for item in items:
            item.decisions = [one for one in decisions if one.item_id == item.pk]
        return items

    @staticmethod
    def hash_of(body):
        """The hash of exactly these words, however the lines break."""
        return hashlib.sha256(" ".join(body.split()).encode()).hexdigest()

    @classmethod
    def is_signed(cls, mark):
        """Whether this is the mark of minutes that both sides signed, at whatever table."""
        return bool(mark) and cls.objects.filter(fingerprint=mark).exists()

    @property
    def is_intact(self):
        """Whether what is kept is still what was signed."""
        return self.is_frozen and self.hash_of(self.text) == self.fingerprint

    def signatures(self):
        """The signatures by side."""
        given = MinuteSignature.objects.filter(minute=self).select_related("signed_by__user")
        return {signature.party: signature for signature in given}

    def refusals(self):
        """Why a side does not sign yet, by side."""
        return {one.party: one for one in MinuteRefusal.objects.filter(minute=self).select_related("said_by__user")}

    def dissents(self):
        """Where each side sees it differently, by side."""
        return {one.party: one for one in MinuteDissent.objects.filter(minute=self).order_by("party")}

    def why_not_sign(self):
        """What has to happen before anybody can sign; empty when nothing has."""
        if not self.meeting.is_past:
            return "Het overleg is nog niet geweest. Teken daarna."
        if not any(item.minutes.strip() or item.decisions for item in self.meeting_items()):
            return "Er staat nog niets in het verslag. Schrijf eerst op wat u besprak."
        return ""

    def not_named(self):
        """Who said to come, or wrote along on the day itself, and does not stand among who were there."""
        said = [one.member for one in self.meeting.attendances() if one.coming]
        # The first version of a point is of whoever put it on the agenda.
        day = self.meeting.day
        written = AgendaItem.history.filter(meeting=self.meeting, version__gt=1, history_date__date=day)
        decided = Decision.objects.filter(item__meeting=self.meeting, decided_at__date=day)
        wrote = Member.objects.filter(
            models.Q(pk__in=written.values("history_user")) | models.Q(pk__in=decided.values("decided_by"))
        ).select_related("user")
        people = {member.pk: member.name for member in [*said, *wrote]}
        return sorted(name for name in people.values() if name not in self.present)

    # Acts.

    def sign(self, seat, fingerprint, sure=True):
        """A side puts its name under exactly what it read; with the second name the minutes are kept as they are.

        Who is not `sure` puts a first name only: a second one is refused with what it would do (code `last`).
        """
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten tekenen het verslag.")
        with transaction.atomic():
            self.lock()
            self.refuse_words()
            if reason := self.why_not_sign():
                raise ValidationError(reason)
            body = self.body()
            if self.hash_of(body) != fingerprint:
                raise ValidationError("De tekst is veranderd terwijl u las. Lees het verslag opnieuw en teken dan.")
            MinuteSignature.put(seat, self, fingerprint)
            MinuteRefusal.objects.filter(minute=self, party=seat.party).delete()
            Event.record(seat, "tekende het verslag van het overleg", thing=self.meeting)
            under = [one.party for one in self.signatures().values() if one.fingerprint == fingerprint]
            if set(under) == set(Party.sides()):
                if not sure:
                    raise ValidationError(LAST, code="last")
                self.text, self.fingerprint = body, fingerprint
                self.save()
                self.meeting.minutes_signed_at = timezone.now()
                self.meeting.save()
                Event.record(seat, "legde het verslag van het overleg vast", thing=self.meeting)

    def take_back(self, seat):
        """Take the own side's name back, until the other side signed too."""
        with transaction.atomic():
            self.lock()
            self.refuse_words()
            signature = MinuteSignature.objects.filter(minute=self, party=seat.party).first()
            if signature is None:
                raise ValidationError("Uw kant heeft nog niet getekend.")
            signature.delete()
            Event.record(seat, "nam de handtekening onder het verslag van het overleg terug", thing=self.meeting)

    def refuse(self, seat, reason):
        """A side does not sign yet, and says why; its signature goes with that. Empty: nothing holds it back."""
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten tekenen het verslag.")
        with transaction.atomic():
            self.lock()
            self.refuse_words()
            known = MinuteRefusal.objects.filter(minute=self, party=seat.party).first()
            if not reason.strip():
                if known:
                    known.delete()
                    Event.record(seat, "nam de reden om nog niet te tekenen terug", thing=self.meeting)
                return
            if seat.party in self.signatures():
                self.take_back(seat)
            known = known or MinuteRefusal(partnership=seat.partnership, minute=self, party=seat.party)
            known.reason, known.said_by, known.said_at = reason.strip(), seat, timezone.now()
            known.save()
            Event.record(seat, f"tekent nog niet, omdat: {known.reason}", thing=self.meeting)

    def differ(self, seat, text):
        """A side writes where it sees it differently; it stands in the minutes as large as the other's. Empty: gone."""
        if not seat.is_side:
            raise ValidationError("Alleen een kant zelf kan een eigen mening toevoegen.")
        with transaction.atomic():
            self.lock()
            self.refuse_words()
            side = self.partnership.side_name(seat.party)
            known = MinuteDissent.objects.filter(minute=self, party=seat.party).first()
            if not text.strip():
                if known:
                    known.delete()
                    Event.record(seat, f"haalde weg wat de {side} anders ziet dan het verslag", thing=self.meeting)
                return
            known = known or MinuteDissent(partnership=seat.partnership, minute=self, party=seat.party)
            known.text, known.written_by, known.written_at = text.strip(), seat, timezone.now()
            known.save()
            Event.record(seat, f"schreef op wat de {side} anders ziet dan het verslag", thing=self.meeting)


class MinuteSignature(PartnershipModel):
    """One side's name under the minutes of a meeting, as they read then."""

    minute = models.ForeignKey(Minute, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    signed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("minute", "party", name="minute_signed_once_per_side")]

    @classmethod
    def put(cls, seat, minute, fingerprint):
        """A side signs; its older name stood under another text and gives way."""
        known = cls.objects.filter(minute=minute, party=seat.party).first()
        known = known or cls(partnership=minute.partnership, minute=minute, party=seat.party)
        known.signed_by, known.signed_at, known.fingerprint = seat, timezone.now(), fingerprint
        known.save()


class MinuteRefusal(PartnershipModel):
    """Why a side does not sign the minutes yet: both read it beside the names, and not in the minutes."""

    minute = models.ForeignKey(Minute, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    reason = models.CharField("wij tekenen nog niet, omdat …", max_length=240)
    said_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    said_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["minute", "party"], name="minute_one_refusal_per_side"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="minute_refusal_has_a_reason"),
        ]


class MinuteDissent(PartnershipModel):
    """Where one side sees it differently than the minutes say."""

    minute = models.ForeignKey(Minute, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    text = models.TextField("wat wij anders zien", max_length=2000)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("minute", "party", name="minute_one_dissent_per_side")]

    @property
    def is_final(self):
        return self.minute.is_frozen

    def tell_withdrawn(self):
        self.minute.tell_withdrawn()


class DecisionQuerySet(PartnershipQuerySet):
    def with_outcome(self):
        """With what came of them, in the order in which they were taken."""
        people = ("commitment__owner_member__user", "commitment__helper__user", "task__member__user")
        return self.select_related(*people).order_by("decided_at", "pk")


class Decision(PartnershipModel):
    """What the two sides decided at a meeting, and the commitment or the task that it became."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="+", editable=False)
    text = models.CharField("wat besloten wij?", max_length=300)
    commitment = models.ForeignKey(
        "projects.Commitment", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    task = models.ForeignKey("projects.Task", on_delete=models.SET_NULL, related_name="+", null=True, editable=False)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    written_once = True

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            together("decided_by", "decided_at", name="decision_taken_together"),
            models.CheckConstraint(condition=~models.Q(text=""), name="decision_has_text"),
        ]

    def __str__(self):
        return self.text

    @property
    def is_final(self):
        return self.item.is_final

    def tell_withdrawn(self):
        self.item.tell_withdrawn()

    def ring(self):
        """Beside its own name it rings for its point: a page with thirty points reads only that one again."""
        bells.ring(self.partnership.channel(), self.kind(), self.topic, self.item.decided_topic)

    @classmethod
    def take(cls, seat, item, text, *, key=None, commitment=None, task=None):
        """Write down what was decided about a point."""
        with transaction.atomic():
            item.refuse_words()
            fields = {"partnership": seat.partnership, "item": item, "text": text, "decided_by": seat}
            decision = cls.objects.once(key, commitment=commitment, task=task, **fields)
            if decision.is_new:
                Event.record(seat, f"schreef een besluit op: {text}", thing=item.meeting)
            return decision

    def drop(self, seat):
        """It was not decided like this. What it became stays: it has its own page."""
        with transaction.atomic():
            self.item.refuse_words()
            Event.record(seat, f"haalde een besluit weg: {self.text}", thing=self.item.meeting)
            self.ring()
            self.delete()
