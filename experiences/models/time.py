"""Where the council's time goes: to clients, to the municipality, or to papers."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet, Party
from experiences.models.tellers import Interview

LONGEST = 12 * 60
TIMES = {2: "twee", 3: "drie", 4: "vier", 5: "vijf"}
MONTHS = ("jan–mrt", "apr–jun", "jul–sep", "okt–dec")
QUARTERS = (
    "januari tot en met maart",
    "april tot en met juni",
    "juli tot en met september",
    "oktober tot en met december",
)


class TimeEntryQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The council alone."""
        there = super().visible_to(seat)
        return there if seat.is_council else there.none()

    def latest_of(self, seat):
        """The last few of one's own, to take a mistake back; nobody reads those of somebody else."""
        return self.filter(noted_by=seat).order_by("-noted_at")[:3]


class TimeEntry(PartnershipModel):
    """Some time that somebody of the council spent. It is added up, and never told per person: so no event either."""

    class WentTo(models.TextChoices):
        CLIENTS = "clients", "met cliënten"
        MUNICIPALITY = "municipality", "met de gemeente"
        PAPERS = "papers", "aan stukken"

    went_to = models.CharField("waaraan", max_length=12, choices=WentTo.choices)
    minutes = models.PositiveSmallIntegerField(
        "minuten",
        validators=[
            MinValueValidator(1, "Vul ten minste één minuut in."),
            MaxValueValidator(LONGEST, "Een dag heeft niet meer dan twaalf uur voor de raad. Kijk naar de minuten."),
        ],
    )
    spent_on = models.DateField("wanneer", default=timezone.localdate)
    noted_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TimeEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-spent_on", "-noted_at"]
        indexes = [models.Index(fields=["partnership", "spent_on"], name="time_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=LONGEST), name="time_is_of_one_day"),
        ]

    def __str__(self):
        return f"{hours(self.minutes)} {self.get_went_to_display()}"

    def audience(self):
        return Party.COUNCIL

    @classmethod
    def words(cls, partnership):
        """The three parts in their fixed order, in the words of this table."""
        return dict(cls.WentTo.choices) | {cls.WentTo.CLIENTS.value: f"met {partnership.clients_word}"}

    @classmethod
    def note(cls, seat, went_to, minutes, spent_on=None, key=None):
        """Write some time down; a double click writes it once."""
        day = spent_on or timezone.localdate()
        if not seat.is_council:
            raise ValidationError("Alleen de raad houdt bij waar de eigen tijd heen gaat.")
        if went_to not in cls.WentTo.values:
            raise ValidationError("Kies waar de tijd aan opging.")
        if not 1 <= minutes <= LONGEST:
            raise ValidationError("Vul in hoe lang het duurde, van één minuut tot twaalf uur.")
        if day > timezone.localdate():
            raise ValidationError("Deze dag moet nog komen. Schrijf alleen op wat geweest is.")
        with transaction.atomic():
            fields = {"partnership": seat.partnership, "noted_by": seat}
            return cls.objects.once(key, went_to=went_to, minutes=minutes, spent_on=day, **fields)

    def drop(self, seat):
        """A mistake: only who wrote it takes it back."""
        if self.noted_by_id != seat.pk:
            raise ValidationError("Alleen wie dit opschreef, kan het weghalen.")
        self.delete()


@dataclass(frozen=True)
class Quarter:
    """Where the time of one quarter went, in minutes."""

    first: date
    words: dict
    clients: int = 0
    municipality: int = 0
    papers: int = 0

    @property
    def name(self):
        return f"{QUARTERS[self.first.month // 3]} {self.first.year}"

    @property
    def short(self):
        """The name where there is little room."""
        return f"{MONTHS[self.first.month // 3]} {self.first.year}"

    @property
    def parts(self):
        """The three parts in their fixed order, each with its words and its minutes."""
        return [(kind, label, getattr(self, kind)) for kind, label in self.words.items()]

    @property
    def answer(self):
        """As much time with clients as with the municipality? In words, and without a mark for it."""
        mine, theirs = self.clients, self.municipality
        with_clients, with_them = self.words[TimeEntry.WentTo.CLIENTS], self.words[TimeEntry.WentTo.MUNICIPALITY]
        if not mine and not theirs:
            return f"Nog geen tijd {with_clients} of {with_them} opgeschreven."
        if abs(mine - theirs) * 7 <= max(mine, theirs):
            return f"Ongeveer net zo veel tijd {with_clients} als {with_them}."
        most, least = max(mine, theirs), min(mine, theirs)
        more, less = (with_clients, with_them) if mine > theirs else (with_them, with_clients)
        if not least:
            return f"Alleen tijd {more}, nog geen {less}."
        times = round(most / least)
        if times in TIMES:
            return f"Ongeveer {TIMES[times]} keer zo veel tijd {more} als {less}."
        return f"{'Veel meer' if times > 1 else 'Meer'} tijd {more} dan {less}."


def quarters(partnership, most=4):
    """The latest quarters in which time was written down, newest first; conversations come in by themselves.

    A conversation counts for each council member who was there: that is what it took.
    """
    since = _back(_first_of(timezone.localdate()), most - 1)
    found = {}
    noted = TimeEntry.objects.filter(partnership=partnership, spent_on__gte=since)
    for went_to, day, minutes in noted.order_by().values_list("went_to", "spent_on").annotate(Sum("minutes")):
        _add(found, day, went_to, minutes)
    held = Interview.objects.filter(partnership=partnership, held_on__gte=since, minutes__isnull=False)
    there = Count("interviewers", filter=Q(interviewers__party=Party.COUNCIL))
    rows = held.order_by().annotate(people=there).values_list("held_on", F("minutes"), "people")
    for day, minutes, people in rows:
        _add(found, day, TimeEntry.WentTo.CLIENTS, minutes * people)
    words = TimeEntry.words(partnership)
    return [Quarter(first, words, **found[first]) for first in sorted(found, reverse=True)]


def hours(minutes):
    """An amount of time as people say it: '20 minuten', '1 uur', '2,5 uur'."""
    if not minutes:
        return "0 uur"
    if minutes < 60:
        return f"{minutes} minuten" if minutes != 30 else "een half uur"
    halves = round(minutes / 30)
    return f"{halves // 2},5 uur" if halves % 2 else f"{halves // 2} uur"


def _add(found, day, went_to, minutes):
    quarter = found.setdefault(_first_of(day), dict.fromkeys(TimeEntry.WentTo.values, 0))
    quarter[went_to] += minutes


def _first_of(day):
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _back(first, number):
    for _ in range(number):
        first = _first_of(first - timedelta(days=1))
    return first
