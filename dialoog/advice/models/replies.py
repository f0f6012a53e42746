"""The municipality's reply to an advice: to each point its own answer."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.advice import paper
from dialoog.advice.models.advice import Advice, AdvicePoint
from dialoog.advice.models.letters import Letter, LetterQuerySet, WholeLetter, by_nobody_yet, by_whom
from dialoog.partnerships.models import Event, Party, together


class AdviceReply(WholeLetter):
    """The municipality's reply to an advice, point by point; the council reads it when it is sent."""

    WRITER = Party.MUNICIPALITY
    called = "het verstuurde antwoord"

    texts = ("opening", "closing")

    advice = models.OneToOneField(Advice, on_delete=models.CASCADE, editable=False, related_name="+")
    opening = models.TextField("waarmee begint u?", max_length=4000, blank=True)
    closing = models.TextField("waarmee sluit u af?", max_length=2000, blank=True)
    begun_by = by_whom()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = by_nobody_yet()
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

    def as_it_reads(self):
        return paper.reply_text(self)

    @property
    def read_with(self):
        return self.advice

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

    def shown(self):
        """Its beginning and end, and the answer to each point."""
        answers = [[answer.point.position, answer.verdict, answer.reasons] for answer in self.answers()]
        return [self.opening, self.closing, *answers]

    def send(self, seat, seen=None):
        """The reply goes out when each point has its answer."""
        if not seat.is_municipality:
            raise ValidationError("Het antwoord verstuurt de gemeente.")
        with transaction.atomic():
            self.refresh_from_db(from_queryset=AdviceReply.objects.select_for_update())
            if self.is_sent:
                raise ValidationError("Dit antwoord is al verstuurd. Wat erin staat, blijft staan.")
            self.refuse_unseen(seen)
            for answer in self.answers():
                if not answer.verdict:
                    raise ValidationError(f"Punt {answer.point.position} heeft nog geen antwoord.")
            self.sent_by, self.sent_at = seat, timezone.now()
            advice = Advice.objects.select_for_update().get(pk=self.advice_id)
            advice.answered_at = self.sent_at
            advice.save()
            self.advice = advice
            self.keep_as_sent()
            Event.record(seat, f"beantwoordde het advies: {advice.title}", advice)
            self.tell_other_side(seat)


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
