"""The municipality asks the council for advice; the council answers with an advice, or says that it gives none."""

from datetime import timedelta

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.advice import paper
from dialoog.advice.models.letters import LetterQuerySet, WholeLetter, answered, by_nobody_yet, by_whom, reply_time
from dialoog.partnerships.models import Event, Party, together
from dialoog.partnerships.templatetags.dialoog import dutch_date


class EnquiryQuerySet(LetterQuerySet):
    def with_people(self):
        people = ("begun_by", "sent_by", "declined_by", "recalled_by")
        return self.select_related("partnership", *(f"{one}__user" for one in people))

    def newest_first(self):
        """Drafts first, then what was sent last."""
        return self.with_people().order_by(models.F("sent_at").desc(nulls_first=True), "-begun_at", "pk")

    def waiting(self):
        """Sent, and nothing was said about it yet; what is due first comes first."""
        still = self.with_people().filter(sent_at__isnull=False, answered_at=None, recalled_at=None)
        return still.order_by("due", "pk")


class Enquiry(WholeLetter):
    """A question for advice: the municipality's alone until it is sent, then both wait for what the council says."""

    WRITER = Party.MUNICIPALITY
    called = "de verstuurde vraag om advies"

    texts = ("title", "question")

    title = models.CharField("waarover vraagt u advies?", max_length=150)
    question = models.TextField("wat wilt u weten?", max_length=4000)
    due = models.DateField("wanneer hoopt u op het advies?")
    # Why the council gets less time than the municipality has for its own reply.
    nudge_reason = models.CharField(max_length=300, blank=True, editable=False)
    themes = models.ManyToManyField("analysis.Theme", related_name="+", blank=True, verbose_name="over welke thema’s?")
    values = models.ManyToManyField("values.Value", related_name="+", blank=True, verbose_name="om welke waarden?")
    begun_by = by_whom()
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = by_nobody_yet()
    sent_at = models.DateTimeField(null=True, editable=False)
    # Told by the advice when it is sent, so that nobody need look at letters that may be secret.
    answered_at = models.DateTimeField(null=True, editable=False)
    # The council gives no advice on this, and says why.
    no_advice = models.CharField("waarom geeft u geen advies?", max_length=500, blank=True, editable=False)
    declined_by = by_nobody_yet()
    recalled_why = models.CharField("waarom trekt u de vraag in?", max_length=500, blank=True, editable=False)
    recalled_by = by_nobody_yet()
    recalled_at = models.DateTimeField(null=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-begun_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(question=""), name="enquiry_says_what"),
            together("sent_by", "sent_at", name="enquiry_sent"),
            together("recalled_by", "recalled_at", name="enquiry_recalled"),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(sent_at__isnull=False, recalled_at=None),
                name="enquiry_open_if_answered",
            ),
            models.CheckConstraint(
                condition=Q(declined_by=None, no_advice="")
                | (Q(declined_by__isnull=False, answered_at__isnull=False) & ~Q(no_advice="")),
                name="enquiry_declined_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(recalled_at=None, recalled_why="")
                | (Q(recalled_at__isnull=False, sent_at__isnull=False) & ~Q(recalled_why="")),
                name="enquiry_recalled_with_a_reason",
            ),
        ]

    def __str__(self):
        return self.title

    def address(self, seat):
        return seat.url("advice:enquiry", enquiry=self.pk)

    def as_it_reads(self):
        return paper.enquiry_text(self)

    @property
    def is_sent(self):
        return self.sent_at is not None

    @property
    def is_answered(self):
        return self.answered_at is not None

    @property
    def is_declined(self):
        return bool(self.no_advice)

    @property
    def is_recalled(self):
        return self.recalled_at is not None

    @property
    def is_open(self):
        """Whether it waits for the council."""
        return self.is_sent and not self.is_answered and not self.is_recalled

    @property
    def why_closed(self):
        """Why nothing can be said about it, of a question that does not wait for the council."""
        if self.is_recalled:
            return "De gemeente trok deze vraag in."
        return "Deze vraag is al beantwoord." if self.is_answered else "Deze vraag is nog niet verstuurd."

    @property
    def is_late(self):
        """Whether the day passed on which the municipality hoped to have the advice."""
        return self.is_open and self.due < timezone.localdate()

    @property
    def is_short(self):
        """Whether the council gets less time than the municipality has itself; a draft counts from today."""
        asked_on = timezone.localdate(self.sent_at) if self.is_sent else timezone.localdate()
        return self.due < asked_on + timedelta(weeks=self.partnership.reply_weeks)

    @staticmethod
    def too_short(table):
        """That the two are not equal in this, in a sentence for who asks."""
        return f"De {table.council_word} krijgt zo minder tijd dan u zelf hebt voor een antwoord: {reply_time(table)}."

    @property
    def why_short(self):
        """What both sides read of that; empty when there is time enough."""
        if not self.is_short or not self.nudge_reason:
            return ""
        own = reply_time(self.partnership)
        return f"De gemeente heeft zelf {own} voor een antwoord. Dit is eerder, omdat: {self.nudge_reason}"

    @property
    def clock(self):
        """Where the advice stands, in one plain sentence; the council's silence is told as the municipality's is."""
        if not self.is_sent:
            return "Deze vraag is nog niet verstuurd."
        if self.is_recalled:
            return f"De gemeente trok de vraag in op {dutch_date(self.recalled_at)}."
        if self.is_answered:
            told = answered(self.sent_at, self.answered_at)
            told += f": de {self.partnership.council_word} geeft geen advies." if self.is_declined else "."
            late = timezone.localdate(self.answered_at) > self.due
            return f"{told} De gemeente hoopte het uiterlijk {dutch_date(self.due)} te hebben." if late else told
        if self.is_late:
            return f"Er is nog geen advies. De gemeente hoopte het uiterlijk {dutch_date(self.due)} te hebben."
        return f"Er is nog geen advies. De gemeente hoopt het uiterlijk {dutch_date(self.due)} te hebben."

    @property
    def silence(self):
        """What stands where an advice would stand."""
        if not self.is_sent:
            return "Hier komt het advies."
        return "Deze vraag is ingetrokken." if self.is_recalled else "Nog geen advies."

    @classmethod
    def begin(cls, seat, enquiry):
        """The municipality begins to write; nobody else can know."""
        if not seat.is_municipality:
            raise ValidationError("Een vraag om advies schrijft de gemeente.")
        with transaction.atomic():
            enquiry.partnership, enquiry.begun_by = seat.partnership, seat
            enquiry = enquiry.wrote(seat).keep_once()
            if enquiry.is_new:
                told = f"begon aan een vraag om advies: {enquiry.title}"
                Event.record(seat, told, enquiry, audience=Party.MUNICIPALITY)
        return enquiry

    def shown(self):
        """The question, by when, and what it is about."""
        return [self.title, self.question, self.due, self.why_short, self.names_of(self)]

    def send(self, seat, seen=None):
        """The question goes to the council as it reads now."""
        with transaction.atomic():
            self._hold_draft(seat)
            self.refuse_unseen(seen)
            if self.due < timezone.localdate():
                raise ValidationError("De dag waarop u op het advies hoopt, is voorbij. Kies een dag die nog komt.")
            if self.is_short and not self.nudge_reason:
                mend = "Kies bij ‘Verander de vraag’ een latere dag, of schrijf daar op waarom het eerder moet."
                raise ValidationError(f"{self.too_short(self.partnership)} {mend}")
            self.sent_by, self.sent_at = seat, timezone.now()
            self.keep_as_sent()
            Event.record(seat, f"vroeg advies: {self.title}", self)
            self.tell_other_side(seat)

    def discard(self, seat):
        """The municipality throws a draft away; what was sent stays."""
        with transaction.atomic():
            self._hold_draft(seat)
            told = f"gooide een begonnen vraag om advies weg: {self.title}"
            Event.record(seat, told, audience=Party.MUNICIPALITY)
            self.delete()

    def recall(self, seat, why):
        """The municipality asks this no longer, and says why; possible until the advice is sent."""
        if not seat.is_municipality:
            raise ValidationError("Deze vraag is van de gemeente. Alleen de gemeente trekt haar in.")
        if not why.strip():
            raise ValidationError("Schrijf op waarom u de vraag intrekt. Eén zin is genoeg.")
        with transaction.atomic():
            self.hold_open()
            self.recalled_why, self.recalled_by, self.recalled_at = why.strip(), seat, timezone.now()
            self.save()
            Event.record(seat, f"trok de vraag om advies ‘{self.title}’ in: {self.recalled_why}", self)
            self.tell_other_side(seat)

    def decline(self, seat, why):
        """The council gives no advice on this, and says so in a sentence."""
        if not seat.is_council:
            raise ValidationError("Of er een advies komt, zegt de raad.")
        if not why.strip():
            raise ValidationError("Schrijf op waarom u geen advies geeft. Eén zin is genoeg.")
        with transaction.atomic():
            self.hold_open()
            if apps.get_model("advice", "Advice").objects.filter(enquiry=self).exists():
                raise ValidationError("Uw kant begon al aan dit advies. Verstuur het, of gooi het eerst weg.")
            self.no_advice, self.declined_by, self.answered_at = why.strip(), seat, timezone.now()
            self.save()
            Event.record(seat, f"geeft geen advies over ‘{self.title}’: {self.no_advice}", self)
            self.tell_other_side(seat)

    def answer_with(self, advice):
        """The advice that was written for this is sent; from now on everybody may know of it."""
        self.answered_at = advice.sent_at
        self.save()

    def lock(self):
        """Read it afresh, and hold it until this act is done."""
        self.refresh_from_db(from_queryset=Enquiry.objects.select_for_update())

    def hold_open(self):
        """Read it afresh, and refuse when it waits for nothing any more."""
        self.lock()
        if not self.is_open:
            raise ValidationError(self.why_closed)

    def _hold_draft(self, seat):
        if not seat.is_municipality:
            raise ValidationError("Een vraag om advies schrijft de gemeente.")
        self.lock()
        if self.is_sent:
            raise ValidationError("Deze vraag is al verstuurd. Wat erin staat, blijft staan.")
