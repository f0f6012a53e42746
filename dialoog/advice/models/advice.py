"""The council's advice in points; from the day it is sent a reply clock runs."""

from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.advice import paper
from dialoog.advice.models.enquiries import Enquiry
from dialoog.advice.models.letters import Letter, LetterQuerySet, WholeLetter, answered, by_nobody_yet, by_whom
from dialoog.partnerships.models import Event, Party, together
from dialoog.partnerships.templatetags.dialoog import dutch_date


class AdviceQuerySet(LetterQuerySet):
    def with_people(self):
        return self.select_related("begun_by__user", "sent_by__user", "project", "partnership", "enquiry__partnership")

    def newest_first(self):
        """Drafts first, then what was sent last."""
        return self.with_people().order_by(models.F("sent_at").desc(nulls_first=True), "-begun_at", "pk")

    def waiting(self):
        """Sent and not answered, what is due first comes first."""
        return self.with_people().filter(sent_at__isnull=False, answered_at=None).order_by("reply_due", "pk")


class Advice(WholeLetter):
    """An advice of the council, asked for or not, in points; from the day it is sent a reply clock runs."""

    WRITER = Party.COUNCIL
    called = "het verstuurde advies"

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
    # The question it answers, when that was asked here; one may also have come by letter.
    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    title = models.CharField("waarover gaat het advies?", max_length=150)
    opening = models.TextField("waarom schrijft u dit nu?", max_length=4000)
    closing = models.TextField("waarmee sluit u af?", max_length=2000, blank=True)
    begun_by = by_whom()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = by_nobody_yet()
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

    def as_it_reads(self):
        return paper.advice_text(self)

    def keep_as_sent(self):
        """Its reply too, which is printed with the points that it answers."""
        super().keep_as_sent()
        for reply in apps.get_model("advice", "AdviceReply").objects.filter(advice=self, sent_at__isnull=False):
            reply.keep_as_sent()

    @property
    def is_sent(self):
        return self.sent_at is not None

    @property
    def is_answered(self):
        return self.answered_at is not None

    @property
    def sort_told(self):
        """Asked for or not; a question that was recalled before the advice was sent does not ask for it any more."""
        recalled = self.enquiry_id and self.enquiry.is_recalled
        return str(self.Sort.OWN.label) if recalled else self.get_sort_display()

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
            told = f"{answered(self.sent_at, self.answered_at)}."
            late = timezone.localdate(self.answered_at) > self.reply_due
            return f"{told} Het werd uiterlijk {dutch_date(self.reply_due)} verwacht." if late else told
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
        points = list(AdvicePoint.objects.filter(advice=self).in_order())
        for point in points:
            point.advice = self
        return points

    @classmethod
    def begin(cls, seat, advice):
        """The council begins to write; nobody else can know."""
        if not seat.is_council:
            raise ValidationError("Een advies schrijft de raad.")
        with transaction.atomic():
            advice.partnership, advice.begun_by = seat.partnership, seat
            if advice.enquiry_id:
                advice.enquiry.hold_open()
                advice.sort = cls.Sort.ASKED
                if cls.objects.filter(enquiry=advice.enquiry).exclude(pk=advice.pk).exists():
                    raise ValidationError("Iemand van uw kant begon hier al aan. Schrijf daar samen verder.")
            advice = advice.wrote(seat).keep_once()
            if advice.is_new:
                Event.record(seat, f"begon aan een advies: {advice.title}", advice, audience=Party.COUNCIL)
        return advice

    def shown(self):
        """The whole letter: its sort and round, its beginning and end, and each point with its ties."""
        points = [[point.position, point.text, point.why, self.names_of(point)] for point in self.points()]
        return [self.title, self.sort_told, self.project_id, self.opening, self.closing, *points]

    def send(self, seat, seen=None):
        """The advice goes out as it reads now; the reply is due after the weeks of this table."""
        with transaction.atomic():
            self._hold(seat, "Een advies verstuurt de raad.")
            self.refuse_unseen(seen)
            if not AdvicePoint.objects.filter(advice=self).exists():
                raise ValidationError("Zet er eerst ten minste één punt in. Op elk punt komt straks een antwoord.")
            self.sent_by, self.sent_at = seat, timezone.now()
            self.reply_due = timezone.localdate() + timedelta(weeks=seat.partnership.reply_weeks)
            if self.enquiry_id:
                self._answer_enquiry()
            self.keep_as_sent()
            Event.record(seat, f"stuurde een advies: {self.title}", self)
            self.tell_other_side(seat)

    def _answer_enquiry(self):
        self.enquiry.lock()
        if self.enquiry.is_recalled:
            # Asked for no longer, and still worth saying: the council says it by itself.
            self.sort = self.Sort.OWN
        else:
            self.enquiry.answer_with(self)

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
