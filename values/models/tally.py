"""What the room said, counted: together and per group, and what goes from there to both sides' envelopes."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, transaction

from dialoog.partnerships.models import PartnershipQuerySet
from dialoog.small_numbers import FEWEST, shown
from values.models.ballot import Ballot, Choice, WorkshopWord
from values.models.workshop import OfTheRoom, Workshop, WorkshopGroup

TOP = 5
# So many rows fit on the big screen.
FITS = 6
MOST_CANDIDATES = 10


@dataclass(frozen=True)
class Named:
    """One word as it stands on the screen, with those that were laid with it."""

    word: WorkshopWord
    people: int
    parts: tuple
    notices: tuple

    @property
    def name(self):
        return self.word.name

    @property
    def is_hidden(self):
        return self.word.hidden_at is not None


@dataclass(frozen=True)
class GroupTop:
    """What one group named most, in order. Numbers beside the total would tell of the other groups."""

    group: WorkshopGroup
    people: int
    names: list


class Tally:
    """One count of the room, always in the same number of queries."""

    def __init__(self, workshop):
        self.workshop = workshop
        self.group_of = dict(Ballot.objects.filter(workshop=workshop).values_list("pk", "group_id"))
        self.words = {word.pk: word for word in WorkshopWord.objects.filter(workshop=workshop)}
        self.choices = list(Choice.objects.filter(workshop=workshop).values_list("ballot_id", "word_id", "notice"))

    @property
    def people(self):
        """How many phones joined."""
        return len(self.group_of)

    @cached_property
    def told(self):
        """How many people wrote an example."""
        return Ballot.objects.filter(workshop=self.workshop).exclude(example="").count()

    @cached_property
    def voters(self):
        """Who chose at least one word."""
        return {ballot for ballot, _, _ in self.choices}

    @property
    def voted(self):
        return len(self.voters)

    @property
    def is_enough(self):
        """Whether there are enough ballots to show what is on them."""
        return self.voted >= FEWEST

    def home(self, word):
        """The word under which this one lies."""
        while word.joined_into_id:
            word = self.words[word.joined_into_id]
        return word

    @cached_property
    def named(self):
        """Every word that stands on its own, in the order in which they came. Each person counts once."""
        people, notices, parts = defaultdict(set), defaultdict(list), defaultdict(list)
        homes = {pk: self.home(word) for pk, word in self.words.items()}
        for ballot, word, notice in self.choices:
            people[homes[word].pk].add(ballot)
            if notice:
                notices[homes[word].pk].append(notice)
        for pk, home in homes.items():
            if home.pk != pk:
                parts[home.pk].append(self.words[pk])
        return [
            Named(word, len(people[pk]), tuple(parts[pk]), tuple(sorted(notices[pk])))
            for pk, word in self.words.items()
            if people[pk]
        ]

    @cached_property
    def on_screen(self):
        """The words that the room may see now: from three ballots on, without those that were taken away."""
        return [one for one in self.named if not one.is_hidden] if self.is_enough else []

    @cached_property
    def by_people(self):
        """The same, most named first; a tie keeps the order in which they came, so rows do not dance."""
        return sorted(self.on_screen, key=lambda one: (-one.people, one.word.number))

    @cached_property
    def top(self):
        """The first five. Words named as often as the fifth stand there together, or together below it."""
        ranked = self.by_people
        if len(ranked) <= TOP:
            return ranked
        fifth = ranked[TOP - 1].people
        level = [one for one in ranked if one.people >= fifth]
        return level if len(level) <= FITS else [one for one in ranked if one.people > fifth] or ranked[:TOP]

    @property
    def also(self):
        """What came after those."""
        return self.by_people[len(self.top) :]

    @cached_property
    def sizes(self):
        """How many of each group chose, as far as that may be told."""
        groups = list(WorkshopGroup.objects.filter(workshop=self.workshop))
        counted = Counter(self.group_of[ballot] for ballot in self.voters)
        numbers = {group: counted[group.pk] for group in groups if counted[group.pk]}
        return shown(numbers, total=self.voted)

    @cached_property
    def groups(self):
        """The groups that may stand apart, each with what at least three of its people named."""
        return [GroupTop(group, people, self._top_of(group, people)) for group, people in self.sizes.items() if people]

    @property
    def has_hidden_groups(self):
        return None in self.sizes.values()

    def _top_of(self, group, people):
        homes = {pk: self.home(word).pk for pk, word in self.words.items()}
        named = {(ballot, homes[word]) for ballot, word, _ in self.choices if self.group_of[ballot] == group.pk}
        counts = shown(Counter(word for _, word in named))
        if people < 2 * FEWEST:
            # What all of a few named is what each of them named.
            counts = {word: number for word, number in counts.items() if number != people}
        ranked = [one for one in self.by_people if counts.get(one.word.pk)]
        return [one.name for one in sorted(ranked, key=lambda one: -counts[one.word.pk])[:TOP]]


class CandidateQuerySet(PartnershipQuerySet):
    def newest_first(self):
        return self.select_related("workshop").order_by("-workshop__closed_at", "place")


class Candidate(OfTheRoom):
    """A value that the room named: a start for both sides' own envelopes, with where it came from."""

    name = models.CharField(max_length=80)
    people = models.PositiveSmallIntegerField()
    voted = models.PositiveSmallIntegerField()
    place = models.PositiveSmallIntegerField()
    # How people in the room would notice it, in their own words.
    notices = models.JSONField(default=list)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["place"]

    def __str__(self):
        return self.name


def close_room(workshop, seat, expected):
    """Close the room: what it named most becomes candidates; what nobody needs any more is thrown away."""
    with transaction.atomic():
        workshop.move(seat, expected)
        if not workshop.is_closed:
            raise ValidationError("Sluiten kan na ‘Samen zien’. Breng de zaal eerst daarheen.")
        tally = Tally(workshop)
        for place, one in enumerate(tally.by_people[:MOST_CANDIDATES]):
            if one.people >= FEWEST:
                Candidate.objects.create(
                    partnership=workshop.partnership, workshop=workshop, name=one.name, people=one.people,
                    voted=tally.voted, place=place, notices=list(dict.fromkeys(one.notices))[:3],
                )  # fmt: skip
        _forget(workshop)


def _forget(workshop: Workshop):
    # From now on no phone leads to its ballot, and what somebody wrote only for themselves is gone.
    ballots = Ballot.objects.filter(workshop=workshop)
    ballots.update(ticket=None)
    ballots.filter(models.Q(may_show=False) | models.Q(hidden_at__isnull=False)).update(example="", may_show=False)
