import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from analysis.models.moves import Move, at_
from analysis.models.stages import Stage
from analysis.sorting import LETTERS
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together
from dialoog.partnerships.writing import Written
from experiences.models import Fragment, only_own, rests_on


def own_words(seat, texts):
    """These texts without the ones that only the other side may write."""
    theirs = tuple(f"{party}_" for party in Party.sides() if party != seat.party)
    return {name: text for name, text in texts.items() if not name.startswith(theirs)}


def is_own_word(seat, field):
    """Whether this text is of both sides, or of the side of this seat."""
    return field in own_words(seat, {field: ""})


@dataclass(frozen=True)
class Moved:
    """What became of a move: whether it counted, and the sentence for the one who moved."""

    counted: bool
    said: str


class ThemeQuerySet(PartnershipQuerySet):
    def of(self, project):
        """The themes of one round, in the order of the board; not those that went up in another."""
        return self.filter(project=project, merged_into=None).order_by("position", "pk")


class Theme(Written):
    """A pile on the shared board, and what the two sides together call it."""

    texts = (
        "sentence",
        "explanation",
        "going_well",
        "counter_voice",
        "council_reading",
        "municipality_reading",
    )
    while_typing = texts

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    sentence = models.CharField("naam van het thema", max_length=120, blank=True)
    explanation = models.TextField("uitleg", blank=True, max_length=2000)
    going_well = models.TextField("wat gaat hier goed?", blank=True, max_length=1000)
    counter_voice = models.TextField("tegenstem", blank=True, max_length=1000)
    council_reading = models.TextField("zo leest de raad dit", blank=True, max_length=1000)
    municipality_reading = models.TextField("zo leest de gemeente dit", blank=True, max_length=1000)
    # The card in which somebody says the opposite: so that it can stand in the report in their own words.
    counter_card = models.ForeignKey(
        Fragment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="welk kaartje is de tegenstem?",
    )
    single_story = models.BooleanField("dit thema rust op één ingrijpend verhaal", default=False)
    nudge_reason = models.CharField(max_length=300, blank=True, editable=False)
    commitments = models.ManyToManyField("projects.Commitment", related_name="+", editable=False)
    # In which pile this one went up. It keeps its words, so that undoing brings everything back.
    merged_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.label

    @property
    def letter(self):
        first, last = divmod(self.position, len(LETTERS))
        return (LETTERS[first - 1] if first else "") + LETTERS[last]

    @property
    def label(self):
        """The name, or the letter of the pile as long as it has none."""
        return self.sentence or f"Stapel {self.letter}"

    def address(self, seat):
        return seat.url("analysis:theme", theme=self.pk)

    def living(self):
        """This pile, or the one in which it went up in the end."""
        theme, seen = self, {self.pk}
        while theme.merged_into_id and theme.merged_into_id not in seen:
            theme = theme.merged_into
            seen.add(theme.pk)
        return theme

    def gone_up_here(self):
        """The piles that went up in this one, with their words."""
        return list(Theme.objects.filter(merged_into=self).order_by("position", "pk"))

    def cards_now(self):
        """The cards that lie here, by number."""
        return list(Fragment.objects.filter(pk__in=Placing.objects.filter(theme=self).values("fragment")))

    def support(self):
        """On how many stories this theme rests, without saying which."""
        return rests_on(self.cards_now())

    @classmethod
    def resting_on_own(cls, themes):
        """Those of these themes (with their cards) that rest only on what council members went through themselves."""
        found = only_own({theme.pk: [placing.fragment_id for placing in theme.cards] for theme in themes})
        return [theme for theme in themes if theme.pk in found]

    @classmethod
    def refuse_only_own(cls, themes):
        """What council members went through themselves counts, but never as the only support of a theme.

        For an act of the council: whoever else could ask this would lay cards apart, ask again, and know who told what.
        """
        for theme in cls.resting_on_own(themes):
            raise ValidationError(
                f"‘{theme.label}’ rust alleen op wat leden van de raad zelf meemaakten. "
                "Leg er een kaartje van een ander bij, of leg deze kaartjes bij een ander thema."
            )

    def advice(self, tells_source=True):
        """What would make this theme stronger; nobody is held up by it.

        Whether cards come from one story is for the council alone: with two cards in a pile it links them.
        """
        said = []
        if tells_source and not self.single_story and not self.support().stories_enough:
            said.append("De kaartjes komen uit één verhaal. Zoek er een tweede bij, of kies ‘één ingrijpend verhaal’.")
        if not self.counter_voice.strip() and self.counter_card_id is None:
            said.append("Er staat nog geen tegenstem bij. Zei iemand het omgekeerde?")
        if not self.going_well.strip():
            said.append("Er staat nog niet bij wat hier goed gaat.")
        return said

    def may_be_written_by(self, seat):
        """Whoever leads the talk may hold the pen for both sides."""
        return True

    def may_be_settled_by(self, seat, field):
        """A clash in how a side reads it is that side's to decide."""
        return is_own_word(seat, field)

    def write(self, seat, version, **texts):
        """Keep these texts; how a side reads it is written by that side alone."""
        return super().write(seat, version, **own_words(seat, texts))

    def bind(self, commitment):
        """This commitment is made because of this theme."""
        self.commitments.add(commitment)
        self.save()
        self.tell_round()

    def let_go_of(self, commitment):
        """This commitment is not made because of this theme after all."""
        self.commitments.remove(commitment)
        self.save()
        self.tell_round()

    def tell_round(self):
        """The round hears whether this theme is still open, for who begins the next one."""
        self.project.note_theme(self.pk, self.sentence, not self.commitments.exists())

    @classmethod
    def of(cls, project):
        """All themes with their cards, in a fixed number of queries."""
        themes = list(cls.objects.of(project))
        by_key = {theme.pk: theme for theme in themes}
        for theme in themes:
            theme.cards = []
        placings = Placing.objects.filter(project=project, theme__isnull=False).with_cards()
        for placing in placings:
            theme = by_key[placing.theme_id]
            placing.theme = theme
            theme.cards.append(placing)
        return themes


def losing(seat, cards):
    """The themes in which these cards lie: [(theme, how many of them, how many cards stay)]."""
    gone = {card.pk for card in cards}
    lies = Placing.objects.visible_to(seat).filter(theme__in=Placing.objects.filter(fragment__in=gone).values("theme"))
    found = {}
    for placing in lies.select_related("theme").order_by("theme__position"):
        found.setdefault(placing.theme, []).append(placing.fragment_id in gone)
    return [(theme, sum(told), len(told) - sum(told)) for theme, told in found.items()]


class PlacingQuerySet(PartnershipQuerySet):
    def with_cards(self):
        """With the card and the name and side of who moved it; what was moved last lies below."""
        people = ("moved_by", "moved_before_by")
        shown = ["partnership", "project", "theme", "version", "moved_at"]
        shown += [f"fragment__{field.name}" for field in Fragment._meta.concrete_fields]
        shown += [f"{person}__{what}" for person in people for what in ("party", "user__name")]
        nulls_first = models.F("moved_at").asc(nulls_first=True)
        found = self.select_related("fragment", *(f"{person}__user" for person in people)).only(*shown)
        return found.order_by(nulls_first, "fragment__number")


class Placing(PartnershipModel):
    """Where one card lies on the shared board now. Every change counts one up, so that late hands are noticed."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    fragment = models.OneToOneField(Fragment, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    moved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(null=True)
    # Whose hand was on it before; so two sides' marks can stand under one card.
    moved_before_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PlacingQuerySet.as_manager()

    class Meta:
        constraints = [together("moved_by", "moved_at", name="placing_moved_together")]

    def __str__(self):
        return f"{self.fragment} bij {self.theme}"

    @property
    def hands(self):
        """Who moved it, first hand first."""
        return [member for member in (self.moved_before_by, self.moved_by) if member]


class Board:
    """The shared board of one meeting: every act takes the meeting's row first, so two hands come one after another."""

    def __init__(self, session):
        self.session = session
        self.project = session.project

    def move(self, seat, fragment, theme, seen):
        """Lay a card with a pile (None: back on the table). `seen` is the count under the card when it was taken."""
        with transaction.atomic():
            self.hold(seat)
            if theme is not None:
                theme = self.pile(theme.pk)
            placing = self.placing_of(fragment)
            if placing.theme_id == (theme and theme.pk) and placing.version:
                return Moved(True, f"Kaartje {fragment.number} ligt al {at_(theme)}.")
            if seen is not None and seen != placing.version:
                Move.note(seat, placing, theme, is_late=True)
                who = placing.moved_by or "Iemand"
                return Moved(
                    False,
                    f"{who} legde kaartje {fragment.number} net {at_(placing.theme)}. "
                    "Het ligt nu daar. Kijk of u het dan nog wilt verplaatsen.",
                )
            self.carry(seat, placing, theme)
            return Moved(True, f"Kaartje {fragment.number} ligt nu {at_(theme)}.")

    def carry(self, seat, placing, theme, **because):
        """Lay a card down and write that it was done; whoever calls this holds the board."""
        placing.version += 1
        move = Move.note(seat, placing, theme, **because)
        if placing.moved_by_id != seat.pk:
            placing.moved_before_by = placing.moved_by
        placing.theme, placing.moved_by, placing.moved_at = theme, seat, timezone.now()
        placing.save()
        return move

    def undo(self, seat, move):
        """Take one's own move back, as long as nobody else laid the card elsewhere since."""
        with transaction.atomic():
            self.hold(seat)
            if move.by_id != seat.pk:
                raise ValidationError("U kunt alleen uw eigen zet terugdraaien.")
            placing = self.placing_of(move.fragment)
            if not move.still_lies(placing):
                others = Move.objects.since(move).exclude(by=seat).select_related("by__user").last()
                who = others.by if others else "Iemand"
                raise ValidationError(
                    f"{who} verplaatste kaartje {move.fragment.number} na u. Terugdraaien kan dan niet meer."
                )
            back = move.from_theme and move.from_theme.living()
            self.carry(seat, placing, back, undoes=move)
            return Moved(True, f"Kaartje {move.fragment.number} ligt weer {at_(back)}.")

    def pile(self, key):
        """A pile of this board by its key; for one that went up in another, that other."""
        theme = Theme.objects.filter(pk=key, project=self.project).first()
        if theme is None:
            raise ValidationError("Deze stapel hoort bij een andere ronde.")
        return theme.living()

    def placing_of(self, fragment):
        """Where a card lies now, also when nobody laid it anywhere yet."""
        known = Placing.objects.filter(fragment=fragment).select_related("moved_by__user", "theme", "fragment").first()
        return known or Placing(
            partnership=self.session.partnership, project=self.project, fragment=fragment, version=0
        )

    def add_theme(self, seat, sentence="", key=None):
        """A new, empty pile."""
        with transaction.atomic():
            self.hold(seat)
            last = Theme.objects.filter(project=self.project).aggregate(last=models.Max("position"))["last"]
            theme = Theme(
                pk=key or uuid.uuid4(),
                partnership=self.session.partnership,
                project=self.project,
                sentence=" ".join(sentence.split())[:120],
                position=0 if last is None else last + 1,
            )
            theme = theme.wrote(seat).keep_once()
            if theme.is_new:
                Event.record(seat, f"legde een nieuwe stapel neer: {theme.label}", thing=theme)
            return theme

    def drop_theme(self, seat, theme):
        """Take an empty pile away."""
        with transaction.atomic():
            self.hold(seat)
            if self.project.bundled_at:
                # Also when nothing hangs on it: that something does is a secret of the sides.
                raise ValidationError("Dit thema ging al naar het intern beraad. Leeg mag, weghalen kan niet meer.")
            if theme.merged_into_id:
                raise ValidationError("Deze stapel is samengevoegd en bewaart haar woorden. Draai dat eerst terug.")
            if Placing.objects.filter(theme=theme).exists():
                raise ValidationError("In deze stapel liggen nog kaartjes. Leg die eerst ergens anders.")
            Event.record(seat, f"haalde een lege stapel weg: {theme.label}", thing=self.session)
            theme.delete()

    def on_the_table(self):
        """The cards that lie in no pile, each with its placing when it was moved before."""
        moved = Placing.objects.filter(project=self.project, theme=None).with_cards()
        placings = {placing.fragment_id: placing for placing in moved}
        placed = Placing.objects.filter(project=self.project, theme__isnull=False).values("fragment")
        loose = []
        for fragment in Fragment.objects.filter(project=self.project).exclude(pk__in=placed).order_by("number"):
            placing = placings.get(fragment.pk) or Placing(fragment=fragment, version=0)
            placing.fragment = fragment
            loose.append(placing)
        return loose

    def hold(self, seat):
        """Lock the board until the commit, and refuse when it lies still; whoever lays something is there."""
        self.session.lock()
        if self.session.stage != Stage.TOGETHER:
            raise ValidationError(f"U bent nu bij ‘{self.session.stage_label}’. Het bord ligt nu stil.")
        self.session.take_part(seat)
