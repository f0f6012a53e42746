"""A draft ordinance or policy paper, discussed value by value."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipQuerySet, Party, together
from dialoog.partnerships.seen import SaidYesTo
from dialoog.partnerships.writing import Written
from values.models.things import Value
from values.models.two_voices import TwoVoices, said_by


class PolicyReviewQuerySet(PartnershipQuerySet):
    def newest_first(self):
        return self.select_related("brought_by__user", "partnership").order_by("-brought_at", "pk")

    def for_report(self, project):
        """Those that both sides want in the report of this round: the second yes fell while it ran."""
        wanted = self.filter(council_wants_at__isnull=False, municipality_wants_at__isnull=False)
        until = project.report_signed_at or timezone.now()
        said = [(max(one.council_wants_at, one.municipality_wants_at), one) for one in wanted.newest_first()]
        return [one for at, one in said if timezone.localdate(at) >= project.started_on and at <= until]


class PolicyReview(SaidYesTo, Written):
    """A draft ordinance (verordening in de maak): what it is about, its words, and what this talk brought."""

    class Sort(models.TextChoices):
        ORDINANCE = "ordinance", "Verordening"
        RULES = "rules", "Beleidsregels"
        PAPER = "paper", "Nota of plan"
        WORK = "work", "Werkwijze of brief"

    texts = ("title", "about", "passages", "link", "result")

    sort = models.CharField("wat is het?", max_length=9, choices=Sort.choices, default=Sort.ORDINANCE)
    title = models.CharField("hoe heet het stuk?", max_length=150)
    about = models.TextField("waar gaat het over, in gewone woorden?", max_length=2000)
    passages = models.TextField("om welke zinnen gaat het?", max_length=12000, blank=True)
    link = models.CharField(
        "waar staat het hele stuk?",
        max_length=300,
        blank=True,
        validators=[URLValidator(["https", "http"], message="Neem het hele adres over. Het begint met https://")],
    )
    result = models.TextField("wat nemen wij hieruit mee?", max_length=3000, blank=True)
    brought_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now, editable=False)
    council_wants_by = said_by()
    council_wants_at = models.DateTimeField(null=True, editable=False)
    municipality_wants_by = said_by()
    municipality_wants_at = models.DateTimeField(null=True, editable=False)

    objects = PolicyReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-brought_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(about=""), name="review_says_what_it_is_about"),
            together("council_wants_by", "council_wants_at", name="review_council_wants"),
            together("municipality_wants_by", "municipality_wants_at", name="review_municipality_wants"),
        ]

    def __str__(self):
        return self.title

    def address(self, seat):
        return seat.url("values:review", review=self.pk)

    @property
    def is_for_report(self):
        return self.council_wants_at is not None and self.municipality_wants_at is not None

    def is_wanted_by(self, party):
        """Whether this side wants it in the report."""
        return getattr(self, f"{party}_wants_at") is not None

    def points(self):
        """The values it is held against, with what each side says."""
        return list(ReviewPoint.objects.filter(review=self).in_order())

    @classmethod
    def bring(cls, seat, review, values):
        """Lay a draft on the table, to be held against these values."""
        if not values:
            raise ValidationError("Kies ten minste één waarde. Langs die waarde leest u samen het stuk.")
        with transaction.atomic():
            review.partnership, review.brought_by = seat.partnership, seat
            review = review.wrote(seat).keep_once()
            if review.is_new:
                review.hold_against(seat, values)
                Event.record(seat, f"legde een stuk op tafel: {review.title}", review)
        return review

    def hold_against(self, seat, values):
        """Also hold it against these values. One that was there stays, with all that was said."""
        known = set(ReviewPoint.objects.filter(review=self).values_list("value_id", flat=True))
        for value in values:
            if value.pk not in known:
                key = uuid.uuid5(self.pk, f"point-{value.pk}")
                point = ReviewPoint(pk=key, partnership=self.partnership, review=self, value=value)
                point.wrote(seat).keep_once()

    def write(self, seat, version, **texts):
        """Change the words; those who were away read that it happened."""
        with transaction.atomic():
            copies = super().write(seat, version, **texts)
            if self.changed_words:
                Event.record(seat, f"veranderde de tekst bij ‘{self.title}’", self)
        return copies

    def shown(self):
        """The draft, what both sides say of it value by value, and what this talk brought."""
        said = [
            [point.value.name, point.municipality_serves, point.council_verdict, point.council_why]
            for point in self.points()
        ]
        return [self.sort, *(getattr(self, name) for name in self.texts), *said]

    def speak(self, seat, wants, seen=None):
        """This side says whether the review comes in the report; it does when both want that."""
        if not seat.is_side:
            raise ValidationError("Alleen een kant zelf kan zeggen of dit in het verslag komt.")
        with transaction.atomic():
            self.refresh_from_db(from_queryset=PolicyReview.objects.select_for_update())
            if self.is_wanted_by(seat.party) == wants:
                return
            if wants:
                self.refuse_unseen(seen)
            setattr(self, f"{seat.party}_wants_by", seat if wants else None)
            setattr(self, f"{seat.party}_wants_at", timezone.now() if wants else None)
            self.save()
            said = "wil dit in het verslag" if wants else "wil dit niet (meer) in het verslag"
            Event.record(seat, f"zei: onze kant {said}", self)


class ReviewPointQuerySet(PartnershipQuerySet):
    def in_order(self):
        """Value by value; the values' own names give the order."""
        people = ("value", "review", "council_said_by__user", "municipality_said_by__user")
        return self.select_related(*people).order_by("value__name", "pk")

    def unspoken(self, party):
        """Where this side said nothing yet."""
        return self.filter(**{f"{party}_said_at": None})


class ReviewPoint(TwoVoices):
    """One value beside one draft: how the municipality says it serves it, and what the council says of that."""

    class Verdict(models.TextChoices):
        SERVES = "serves", "Draagt bij"
        NEUTRAL = "neutral", "Neutraal"
        CHAFES = "chafes", "Schuurt"

    texts = ("municipality_serves", "council_verdict", "council_why")

    review = models.ForeignKey(PolicyReview, on_delete=models.CASCADE, editable=False, related_name="+")
    value = models.ForeignKey(Value, on_delete=models.PROTECT, editable=False, related_name="+")
    municipality_serves = models.TextField("hoe dient dit stuk de waarde?", max_length=3000, blank=True)
    council_verdict = models.CharField("wat doet dit stuk met de waarde?", max_length=7, choices=Verdict, blank=True)
    council_why = models.TextField("waarom?", max_length=3000, blank=True)

    objects = ReviewPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "value"], name="point_once_per_review_and_value"),
            models.CheckConstraint(condition=Q(council_verdict="") | ~Q(council_why=""), name="point_says_why"),
            together("council_said_by", "council_said_at", name="point_council_said"),
            together("municipality_said_by", "municipality_said_at", name="point_municipality_said"),
        ]

    def __str__(self):
        return f"{self.review}: {self.value}"

    def address(self, seat):
        return f"{self.review.address(seat)}#{self.topic}"

    def write(self, seat, version, **texts):
        """Keep the words of the own side; the council says what it finds and why, never one without the other."""
        if seat.is_council:
            known = ReviewPoint.objects.filter(pk=self.pk).values(*self.own_texts(Party.COUNCIL)).first() or {}
            told = known | texts
            if told.get("council_verdict") and not (told.get("council_why") or "").strip():
                raise ValidationError("Schrijf op waarom u dat vindt. Eén zin is genoeg.")
            if (told.get("council_why") or "").strip() and not told.get("council_verdict"):
                raise ValidationError("Kies ook wat het stuk met de waarde doet: draagt bij, neutraal of schuurt.")
        return super().write(seat, version, **texts)

    def spoken(self, seat, spoke):
        did = "schreef bij" if spoke else "haalde eigen woorden weg bij"
        Event.record(seat, f"{did} ‘{self.value}’ in {self.review}", self.review)
