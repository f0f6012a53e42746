"""Words on values: which one is at stake in a card or in some sentences of it, who says so, where the sides differ."""

import uuid
from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from analysis.models.sentences import sentences, spans, stretch
from dialoog.partnerships.models import Member, PartnershipQuerySet, Party
from dialoog.standing import Standing
from experiences.models import Fragment
from projects.models import Phase, Project
from projects.models.preparing import Locked

# So many words on values stand on a page.
PAGE = 50


# In a room twenty people say a word at once: what each of them asks is worked out once.
_closed_round = Standing(lambda project: Project.objects.filter(pk=project, phase=Phase.CLOSED).values_list("pk"), UUID)
_said_before = Standing(
    lambda key, seat, fragment: Tag.objects.select_for_update().filter(pk=key, by=seat, fragment=fragment).order_by(),
    UUID,
    UUID,
    UUID,
)


@dataclass(frozen=True)
class AtStake:
    """All words on one value at one card."""

    value: object
    tags: list

    @property
    def is_disputed(self):
        """Whether somebody of the one side sees it otherwise than somebody of the other."""
        council, municipality = ({tag.stake for tag in self.tags if tag.by.party == party} for party in Party.sides())
        return bool(council and municipality and (len(council | municipality) > 1))

    @property
    def said(self):
        """Per word that was said: the word, and who of which side said it, council first."""
        told = []
        for stake in Tag.Stake:
            if mine := sorted((tag for tag in self.tags if tag.stake == stake), key=lambda tag: (tag.by.party, tag.at)):
                # Who agrees, agrees about the same sentences as the first who said it.
                places = range(mine[0].first, mine[0].last + 1) if mine[0].is_passage else ()
                told.append({"stake": stake, "label": stake.label, "tags": mine, "places": places})
        return told

    @property
    def places(self):
        """The sentences that this is about, when everybody so far meant the same ones; else the whole card."""
        meant = {(tag.first, tag.last) for tag in self.tags if tag.is_passage}
        first, last = meant.pop() if len(meant) == 1 and all(tag.is_passage for tag in self.tags) else (1, 0)
        return range(first, last + 1)

    @property
    def unsaid(self):
        """The words that nobody said about this value here, for whoever sees it otherwise."""
        said = {tag.stake for tag in self.tags}
        return [(stake.value, stake.label) for stake in Tag.Stake if stake not in said]


class TagQuerySet(PartnershipQuerySet):
    def at(self, cards):
        """The words on these cards, with the name of their value and who of which side said it."""
        # A board shows a hundred of them: all that belongs to a value and a person would be thrice as much.
        shown = ("fragment", "stake", "first", "last", "at", "value__name", "by__party", "by__user__name")
        return self.filter(fragment__in=cards).select_related("value", "by__user").only(*shown).order_by("at", "pk")

    def at_stake(self, cards):
        """Per card the values at stake, by name: {card: [AtStake]}; in one query for however many cards."""
        text_of = {card.pk: card.text for card in cards}
        found = {}
        for tag in self.at(text_of):
            tag.words = tag.words_in(text_of[tag.fragment_id])
            found.setdefault(tag.fragment_id, {}).setdefault(tag.value_id, AtStake(tag.value, [])).tags.append(tag)
        return {
            card: sorted(values.values(), key=lambda stake: (stake.value.name, str(stake.value.pk)))
            for card, values in found.items()
        }

    def page_from(self, project, number):
        """The cards on which somebody said a word, from this number on, as many as hold fifty; and where to go on.

        It walks along the numbers of the cards and counts nothing, so the last page costs what the first one does.
        """
        said = self.filter(fragment=models.OuterRef("pk"))
        cards = Fragment.objects.filter(models.Exists(said), project=project, number__gte=number).order_by("number")
        cards = list(cards[: PAGE + 1])
        # First only how much was said on each: most of these cards do not fit on the page.
        words = self.filter(fragment__in=[card.pk for card in cards]).order_by()
        sizes = Counter(card for card, *_ in words.values_list("fragment_id", "value_id", "stake").distinct())
        shown, told = [], 0
        for card in cards:
            if shown and told + sizes[card.pk] > PAGE:
                break
            shown.append(card)
            told += sizes[card.pk]
        found = self.at_stake(shown)
        for card in shown:
            card.at_stake = found.get(card.pk, [])
        return shown, cards[len(shown)].number if len(shown) < len(cards) else None

    def disputed(self, cards):
        """The cards about which the sides see a value differently: [(card, AtStake)], by number of the card."""
        found = self.at_stake(cards)
        return [
            (card, stake)
            for card in sorted(cards, key=lambda card: card.number)
            for stake in found.get(card.pk, ())
            if stake.is_disputed
        ]


class Tag(Locked):
    """One person's word on one card: this value is at stake here, upheld or harmed; or it is not about that at all."""

    class Stake(models.TextChoices):
        UPHELD = "upheld", "waargemaakt"
        HARMED = "harmed", "geschonden"
        NOT = "not", "speelt hier niet"

    fragment = models.ForeignKey(Fragment, on_delete=models.CASCADE, related_name="+")
    value = models.ForeignKey("values.Value", on_delete=models.PROTECT, related_name="+")
    stake = models.CharField(max_length=6, choices=Stake.choices)
    # Which sentences it is about; neither means the whole card. Places and no words: with the card go the words.
    first = models.PositiveSmallIntegerField(null=True)
    last = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fragment", "value", "by"], name="tag_once_per_card_value_and_person"),
            models.CheckConstraint(condition=Q(stake__in=["upheld", "harmed", "not"]), name="tag_is_a_known_word"),
            models.CheckConstraint(
                condition=Q(first=None, last=None) | Q(first__isnull=False, last__gte=models.F("first")),
                name="tag_has_a_passage_or_none",
            ),
        ]
        # SQLite otherwise looks through all words of a table for those on the fifty cards of a page.
        indexes = [models.Index(fields=["partnership", "fragment"], name="tag_by_card")]

    def __str__(self):
        return f"{self.value} {self.get_stake_display()}"

    @property
    def is_passage(self):
        """Whether it is about some sentences and not about the whole card."""
        return self.first is not None

    def words_in(self, text):
        """The sentences it is about; empty when it is about the whole card."""
        return " ".join(sentences(text)[self.first : self.last + 1]) if self.is_passage else ""

    def span(self):
        """From which to which character of the card it is about."""
        text = self.fragment.text
        if not self.is_passage:
            return 0, len(text)
        there = spans(text)
        return there[self.first][0], there[self.last][1]

    @classmethod
    def put(cls, seat, fragment, value, stake, chosen=()):
        """Say that this value is upheld or harmed in this card, or in some sentences; again changes one's own word."""
        if stake not in cls.Stake.values:
            raise ValidationError("Kies of de waarde is waargemaakt of geschonden, of dat hij hier niet speelt.")
        if _closed_round.one(fragment.project_id):
            raise ValidationError("Deze ronde is afgesloten. Bij de kaartjes komt niets meer bij.")
        first = last = None
        if chosen and set(chosen) != set(range(len(sentences(fragment.text)))):
            first, last = stretch(fragment.text, chosen, "Die zin staat niet op dit kaartje. Kies opnieuw.")
        under = {"partnership": seat.partnership, "fragment": fragment, "value": value, "by": seat}
        said = {"stake": stake, "first": first, "last": last}
        with transaction.atomic(savepoint=False):
            key = uuid.uuid5(fragment.pk, f"tag-{value.pk}-{seat.pk}")
            tag = _said_before.one(key, seat.pk, fragment.pk)
            if tag is None:
                tag = cls(pk=key, **under, **said).keep_once(looked=True)
            if any(getattr(tag, name) != word for name, word in said.items()):
                # What it hangs on is known here; a row that was just read would look each of them up again.
                for name, thing in (under | said | {"at": timezone.now()}).items():
                    setattr(tag, name, thing)
                tag.save()
            return tag

    @classmethod
    def counted(cls, fragments):
        """Per value: in how many of these cards it is upheld and in how many harmed, by name."""
        found = {}
        rows = cls.objects.filter(fragment__in=fragments).exclude(stake=cls.Stake.NOT)
        for name, stake, fragment_id in rows.values_list("value__name", "stake", "fragment_id").distinct():
            found.setdefault(name, {"upheld": set(), "harmed": set()})[stake].add(fragment_id)
        return [
            {"value": name, "upheld": len(cards["upheld"]), "harmed": len(cards["harmed"])}
            for name, cards in sorted(found.items())
        ]
