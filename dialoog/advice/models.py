"""The council's advice in points, and the municipality's reply to each point. Each side drafts alone until it sends."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipQuerySet, Party, together
from dialoog.partnerships.templatetags.dialoog import dutch_date, in_words
from dialoog.partnerships.writing import Written


def by_whom():
    return models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")


def sent_by():
    return models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")


class Letter(Written):
    """Something that one side writes alone: until it is sent the other side cannot know that it exists."""

    # Whose letter it is, and what leads from this thing to the letter with the sending date.
    WRITER = ""
    LETTER = ""

    class Meta:
        abstract = True

    @property
    def letter(self):
        """The letter this stands in, or this letter itself."""
        return getattr(self, self.LETTER) if self.LETTER else self

    def audience(self):
        """Also the bell of a draft is heard by its own side alone."""
        return None if self.letter.sent_at else self.WRITER

    def may_be_written_by(self, seat):
        return seat.party == self.WRITER and self.letter.sent_at is None

    @property
    def is_final(self):
        return self.letter.sent_at is not None

    @property
    def writer(self):
        """Whose name stands under it: who sent it, or until then who began it."""
        return self.letter.sent_by or self.letter.begun_by

    @property
    def written_at(self):
        """The day it bears."""
        return self.letter.sent_at or self.letter.begun_at

    def refuse_words(self):
        # Read afresh, and held: a colleague may have sent it since this page was made.
        letter = self.letter
        sent = type(letter).objects.select_for_update().filter(pk=letter.pk, sent_at__isnull=False).exists()
        if sent:
            raise ValidationError("Deze brief is verstuurd. Wat erin staat, blijft staan.", code="sent")


class LetterQuerySet(PartnershipQuerySet):
    """Letters, and what stands in them."""

    def visible_to(self, seat):
        """What was sent is for the table; what is still being written only for its own side."""
        seen = super().visible_to(seat)
        if seat.party == self.model.WRITER:
            return seen
        sent = f"{self.model.LETTER}__sent_at" if self.model.LETTER else "sent_at"
        return seen.filter(**{f"{sent}__isnull": False})


class AdviceQuerySet(LetterQuerySet):
    def with_people(self):
        return self.select_related("begun_by__user", "sent_by__user", "project", "partnership")

    def newest_first(self):
        """Drafts first, then what was sent last."""
        return self.with_people().order_by(models.F("sent_at").desc(nulls_first=True), "-begun_at", "pk")

    def waiting(self):
        """Sent and not answered, what is due first comes first."""
        return self.with_people().filter(sent_at__isnull=False, answered_at=None).order_by("reply_due", "pk")


class Advice(Letter):
    """An advice of the council, asked for or not, in points; from the day it is sent a reply clock runs."""

    WRITER = Party.COUNCIL

    class Sort(models.TextChoices):
        ASKED = "asked", "Gevraagd advies"
        OWN = "own", "Ongevraagd advies"

    texts = ("title", "opening", "closing")

    sort = models.CharField("vroeg de gemeente erom?", max_length=5, choices=Sort.choices, default=Sort.OWN)
    project = models.ForeignKey(
        "projects.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bij welke ronde hoort het?",
    )
    title = models.CharField("waarover gaat het advies?", max_length=150)
    opening = models.TextField("waarom schrijft u dit nu?", max_length=4000)
    closing = models.TextField("waarmee sluit u af?", max_length=2000, blank=True)
    begun_by = by_whom()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = sent_by()
    sent_at = models.DateTimeField(null=True, editable=False)
    reply_due = models.DateField(null=True, editable=False)
    # Told by the reply when it is sent, so that a list need not look at letters that may be secret.
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-begun_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(opening=""), name="advice_says_what_and_why"),
            together("sent_by", "sent_at", "reply_due", name="advice_sent"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(sent_at__isnull=False), name="advice_is_sent_before_it_is_answered"
            ),
        ]

    def __str__(self):
        return self.title

    def address(self, seat):
        return seat.url("advice:detail", advice=self.pk)

    @property
    def is_sent(self):
        return self.sent_at is not None

    @property
    def is_answered(self):
        return self.answered_at is not None

    @property
    def is_late(self):
        """Whether the day passed on which the table agreed to have a reply."""
        return self.is_sent and not self.is_answered and self.reply_due < timezone.localdate()

    @property
    def clock(self):
        """Where the reply stands, in one plain sentence; silence is told as silence."""
        if not self.is_sent:
            return "Dit advies is nog niet verstuurd."
        if self.is_answered:
            days = (timezone.localdate(self.answered_at) - timezone.localdate(self.sent_at)).days
            return f"Beantwoord op {dutch_date(self.answered_at)}, {_after(days)}."
        if self.is_late:
            return f"Er is nog geen antwoord. Het werd uiterlijk {dutch_date(self.reply_due)} verwacht."
        return f"Er is nog geen antwoord. Het wordt uiterlijk {dutch_date(self.reply_due)} verwacht."

    @property
    def silence(self):
        """What stands where an answer would stand."""
        if not self.is_sent:
            return "Hier komt het antwoord."
        return "Hier schreef de gemeente niets bij." if self.is_answered else "Nog geen antwoord."

    def points(self):
        """The points in their order, each with its ties."""
        return list(AdvicePoint.objects.filter(advice=self).in_order())

    @classmethod
    def begin(cls, seat, advice):
        """The council begins to write; nobody else can know."""
        if not seat.is_council:
            raise ValidationError("Een advies schrijft de raad.")
        with transaction.atomic():
            advice.partnership, advice.begun_by = seat.partnership, seat
            advice = advice.wrote(seat).keep_once()
            if advice.is_new:
                Event.record(seat, f"begon aan een advies: {advice.title}", advice, audience=Party.COUNCIL)
        return advice

    def send(self, seat):
        """The advice goes out as it reads now; the reply is due after the weeks of this table."""
        with transaction.atomic():
            self._hold(seat, "Een advies verstuurt de raad.")
            if not AdvicePoint.objects.filter(advice=self).exists():
                raise ValidationError("Zet er eerst ten minste één punt in. Op elk punt komt straks een antwoord.")
            self.sent_by, self.sent_at = seat, timezone.now()
            self.reply_due = timezone.localdate() + timedelta(weeks=seat.partnership.reply_weeks)
            self.save()
            Event.record(seat, f"stuurde een advies: {self.title}", self)

    def discard(self, seat):
        """The council throws a draft away; what was sent stays."""
        with transaction.atomic():
            self._hold(seat, "Een advies schrijft de raad.")
            Event.record(seat, f"gooide een begonnen advies weg: {self.title}", audience=Party.COUNCIL)
            self.delete()

    def _hold(self, seat, refusal):
        if not seat.is_council:
            raise ValidationError(refusal)
        self.refresh_from_db(from_queryset=Advice.objects.select_for_update())
        if self.is_sent:
            raise ValidationError("Dit advies is al verstuurd. Wat erin staat, blijft staan.")


class AdvicePointQuerySet(LetterQuerySet):
    def in_order(self):
        return self.select_related("advice").prefetch_related("themes__project", "values").order_by("position", "pk")


class AdvicePoint(Letter):
    """One point of an advice: what the council advises and why, tied to themes and values."""

    WRITER = Party.COUNCIL
    LETTER = "advice"

    texts = ("text", "why")

    advice = models.ForeignKey(Advice, on_delete=models.CASCADE, editable=False, related_name="+")
    position = models.PositiveSmallIntegerField(editable=False)
    text = models.CharField("wat raadt u aan?", max_length=500)
    why = models.TextField("waarom?", max_length=3000, blank=True)
    themes = models.ManyToManyField("analysis.Theme", related_name="+", blank=True, verbose_name="uit welke thema’s?")
    values = models.ManyToManyField("values.Value", related_name="+", blank=True, verbose_name="om welke waarden?")
    nudge_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = AdvicePointQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="advice_point_says_something")]

    def __str__(self):
        return self.text[:80]

    def address(self, seat):
        return f"{self.advice.address(seat)}#{self.topic}"

    @classmethod
    def add(cls, seat, advice, point):
        """Add a point at the end of a draft."""
        with transaction.atomic():
            advice._hold(seat, "Een advies schrijft de raad.")
            last = cls.objects.filter(advice=advice).aggregate(last=models.Max("position"))["last"]
            point.partnership, point.advice, point.position = seat.partnership, advice, (last or 0) + 1
            point = point.wrote(seat).keep_once()
            if point.is_new:
                told = f"schreef punt {point.position} van ‘{advice.title}’"
                Event.record(seat, told, advice, audience=Party.COUNCIL)
        return point

    def drop(self, seat):
        """Take a point out of a draft; those after it move up."""
        with transaction.atomic():
            self.advice._hold(seat, "Een advies schrijft de raad.")
            told = f"haalde een punt uit ‘{self.advice.title}’: {self.text}"
            Event.record(seat, told, self.advice, audience=Party.COUNCIL)
            advice = self.advice
            self.delete()
            for place, point in enumerate(AdvicePoint.objects.filter(advice=advice).order_by("position"), 1):
                if point.position != place:
                    point.position = place
                    point.save()


class AdviceReply(Letter):
    """The municipality's reply to an advice, point by point; the council reads it when it is sent."""

    WRITER = Party.MUNICIPALITY

    texts = ("opening", "closing")

    advice = models.OneToOneField(Advice, on_delete=models.CASCADE, editable=False, related_name="+")
    opening = models.TextField("waarmee begint u?", max_length=4000, blank=True)
    closing = models.TextField("waarmee sluit u af?", max_length=2000, blank=True)
    begun_by = by_whom()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = sent_by()
    sent_at = models.DateTimeField(null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [together("sent_by", "sent_at", name="reply_sent")]

    def __str__(self):
        return f"Antwoord op: {self.advice}"

    def address(self, seat):
        return self.advice.address(seat)

    @property
    def is_sent(self):
        return self.sent_at is not None

    def answers(self):
        """The answers in the order of the points."""
        return list(PointReply.objects.filter(reply=self).select_related("point", "reply").order_by("point__position"))

    @classmethod
    def of(cls, seat, advice):
        """The reply as far as this seat may know of it, or None."""
        people = ("sent_by__user", "begun_by__user", "advice")
        return cls.objects.visible_to(seat).filter(advice=advice).select_related(*people).first()

    @classmethod
    def begin(cls, seat, advice):
        """The municipality begins its reply, with a place for each point; nobody else can know."""
        if not seat.is_municipality:
            raise ValidationError("Het antwoord schrijft de gemeente.")
        with transaction.atomic():
            advice.refresh_from_db(from_queryset=Advice.objects.select_for_update())
            if not advice.is_sent:
                raise ValidationError("Dit advies is nog niet verstuurd.")
            known = cls.objects.filter(advice=advice).first()
            if known:
                return known
            reply = cls(pk=uuid.uuid5(advice.pk, "reply"), partnership=seat.partnership, advice=advice, begun_by=seat)
            reply = reply.wrote(seat).keep_once()
            for point in AdvicePoint.objects.filter(advice=advice):
                answer = PointReply(pk=uuid.uuid5(reply.pk, str(point.pk)), partnership=seat.partnership)
                answer.reply, answer.point = reply, point
                answer.wrote(seat).keep_once()
            Event.record(seat, f"begon aan het antwoord op ‘{advice.title}’", advice, audience=Party.MUNICIPALITY)
        return reply

    def send(self, seat):
        """The reply goes out when each point has its answer."""
        if not seat.is_municipality:
            raise ValidationError("Het antwoord verstuurt de gemeente.")
        with transaction.atomic():
            self.refresh_from_db(from_queryset=AdviceReply.objects.select_for_update())
            if self.is_sent:
                raise ValidationError("Dit antwoord is al verstuurd. Wat erin staat, blijft staan.")
            for answer in self.answers():
                if not answer.verdict:
                    raise ValidationError(f"Punt {answer.point.position} heeft nog geen antwoord.")
            self.sent_by, self.sent_at = seat, timezone.now()
            self.save()
            advice = Advice.objects.select_for_update().get(pk=self.advice_id)
            advice.answered_at = self.sent_at
            advice.save()
            self.advice = advice
            Event.record(seat, f"beantwoordde het advies: {advice.title}", advice)


class PointReply(Letter):
    """The municipality's answer to one point: adopted, partly or not; the last two with reasons."""

    WRITER = Party.MUNICIPALITY
    LETTER = "reply"

    class Verdict(models.TextChoices):
        ADOPTED = "adopted", "Dit nemen wij over"
        PARTLY = "partly", "Dit nemen wij deels over"
        NOT = "not", "Dit nemen wij niet over"

    NEEDS_REASONS = (Verdict.PARTLY, Verdict.NOT)

    texts = ("verdict", "reasons")

    reply = models.ForeignKey(AdviceReply, on_delete=models.CASCADE, editable=False, related_name="+")
    point = models.OneToOneField(AdvicePoint, on_delete=models.CASCADE, editable=False, related_name="+")
    verdict = models.CharField("neemt u dit punt over?", max_length=7, choices=Verdict.choices, blank=True)
    reasons = models.TextField("waarom, en wat gebeurt er nu?", max_length=3000, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(verdict__in=["partly", "not"]) | ~Q(reasons=""), name="reply_says_why")
        ]

    def __str__(self):
        return f"{self.point.position}. {self.get_verdict_display()}"

    def address(self, seat):
        return seat.url("advice:detail", advice=self.point.advice_id) + f"#{self.topic}"

    def write(self, seat, version, **texts):
        """Keep the answer; who does not adopt a point, or only partly, says why."""
        known = PointReply.objects.filter(pk=self.pk).values(*self.texts).first() or {}
        told = known | texts
        if told.get("verdict") in self.NEEDS_REASONS and not (told.get("reasons") or "").strip():
            raise ValidationError("Schrijf op waarom u dit punt niet of niet helemaal overneemt.")
        return super().write(seat, version, **texts)


def _after(days):
    """'na vijf weken'; under four weeks in days, so that no reply looks slower than it was."""
    if days < 28:
        return "op dezelfde dag" if not days else "na één dag" if days == 1 else f"na {in_words(days)} dagen"
    return f"na {in_words(days // 7)} weken"
