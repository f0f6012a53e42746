"""Piles that go up in another, and cards that go apart: each one step, and each can be taken back by who did it."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from analysis.models.board import Moved, Placing, Theme
from analysis.models.moves import Move
from analysis.models.quotes import Quote
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, together


class RegroupingQuerySet(PartnershipQuerySet):
    def of(self, project):
        """What was merged and split in one round, latest first."""
        things = ("by__user", "theme", "other")
        piles = [f"{pile}__{what}" for pile in ("theme", "other") for what in ("sentence", "position")]
        shown = ("partnership", "project", "way", "at", "undone_at", *piles)
        steps = self.filter(project=project).select_related(*things)
        return steps.only(*shown, "by__party", "by__user__name").order_by("-at", "-pk")

    def last_of(self, seat, project):
        """What this person merged or split and did not take back, latest first."""
        return (
            self.filter(project=project, by=seat, undone_at=None)
            .select_related("theme", "other", "project")
            .order_by("-at")
        )


class Regrouping(PartnershipModel):
    """One pile went up in another, or some cards of a pile went apart; the cards' moves point here."""

    class Way(models.TextChoices):
        MERGE = "merge", "samengevoegd"
        SPLIT = "split", "gesplitst"

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=5, choices=Way.choices)
    # The pile that stays, and the one that went up in it or came out of it.
    theme = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, related_name="+")
    other = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = RegroupingQuerySet.as_manager()

    class Meta:
        constraints = [together("undone_by", "undone_at", name="regrouping_undone_together")]
        indexes = [models.Index(fields=["project", "-at"], name="regrouping_by_round")]

    def __str__(self):
        return f"{self.by} {self.told}"

    @property
    def told(self):
        """What follows the person's name."""
        theme, other = (f"‘{pile.label}’" if pile else "een stapel die weg is" for pile in (self.theme, self.other))
        said = f"voegde {other} samen met {theme}"
        if self.way == self.Way.SPLIT:
            said = f"splitste {theme}" if self.undone_at else f"splitste {theme}: een deel ligt nu bij {other}"
        return f"{said}, en draaide dat terug" if self.undone_at else said

    @property
    def can_be_undone(self):
        """Whether both piles are still there."""
        return bool(not self.undone_at and self.theme_id and self.other_id)

    @classmethod
    def merge(cls, board, seat, theme, other):
        """Lay all cards of the one pile with the other. Of a named and a nameless pile the named one stays."""
        with transaction.atomic():
            board.hold(seat)
            theme, other = board.pile(theme.pk), board.pile(other.pk)
            if theme == other:
                return Moved(True, f"Deze stapels zijn al samen: ‘{theme.label}’.")
            if other.sentence.strip() and not theme.sentence.strip():
                theme, other = other, theme
            refuse_deliberated(board.project)
            step = cls._begin(board, seat, cls.Way.MERGE, theme, other)
            for placing in lying(other):
                step.carry(board, seat, placing, theme)
            other.merged_into = theme
            other.save(update_fields=["merged_into"])
            Event.record(seat, f"voegde ‘{other.label}’ samen met ‘{theme.label}’", thing=theme)
            return Moved(True, f"‘{other.label}’ is nu samen met ‘{theme.label}’.")

    @classmethod
    def split(cls, board, seat, theme, fragments, sentence="", key=None):
        """Lay some cards of a pile apart, in a new pile; what somebody took away meanwhile stays where it is."""
        with transaction.atomic():
            board.hold(seat)
            if (made := Theme.objects.filter(pk=key).first()) and made.project_id == board.project.pk:
                return Moved(True, f"De stapel ‘{made.label}’ ligt er al.")
            theme, wanted = board.pile(theme.pk), {card.pk for card in fragments}
            there = list(lying(theme))
            apart = [placing for placing in there if placing.fragment_id in wanted]
            if not apart:
                raise ValidationError("Kruis aan welke kaartjes apart gaan.")
            if len(apart) == len(there):
                raise ValidationError("Laat minstens één kaartje liggen. Anders is het geen splitsen.")
            other = board.add_theme(seat, sentence, key)
            step = cls._begin(board, seat, cls.Way.SPLIT, theme, other)
            for placing in apart:
                step.carry(board, seat, placing, other)
            return Moved(True, f"Er {_lie(len(apart))} nu apart bij ‘{other.label}’.")

    @classmethod
    def _begin(cls, board, seat, way, theme, other):
        return cls.objects.create(
            partnership=seat.partnership, project=board.project, way=way, theme=theme, other=other, by=seat
        )

    def undo(self, board, seat):
        """Bring the piles back as they were. A card that somebody moved since stays where they laid it."""
        with transaction.atomic():
            board.hold(seat)
            self.refresh_from_db()
            if self.by_id != seat.pk:
                raise ValidationError("U kunt alleen uw eigen zet terugdraaien.")
            if self.undone_at:
                raise ValidationError("Dit is al teruggedraaid.")
            if self.theme is None or self.other is None:
                raise ValidationError("Een van de twee stapels is weggehaald. Terugdraaien kan dan niet meer.")
            stayed = self._carry_back(board, seat)
            if self.way == self.Way.MERGE:
                self.other.merged_into = None
                self.other.save(update_fields=["merged_into"])
            self.undone_by, self.undone_at = seat, timezone.now()
            self.save()
            Event.record(seat, f"draaide terug: {self._what()}", thing=self.theme)
            self._clear_away()
            said = f"Teruggedraaid: {self._what()}."
            if stayed:
                number = "1 kaartje bleef" if stayed == 1 else f"{stayed} kaartjes bleven"
                said += f" {number} liggen: iemand verplaatste dat intussen."
            if self.way == self.Way.SPLIT and board.project.bundled_at:
                said += f" De stapel ‘{self.other.label}’ blijft leeg liggen."
            return Moved(True, said)

    def carry(self, board, seat, placing, theme, **because):
        """Lay one of its cards elsewhere; the quotes that were chosen from it go along."""
        was = placing.theme
        board.carry(seat, placing, theme, regrouping=self, **because)
        if was and theme and not Quote.objects.filter(theme=theme, fragment=placing.fragment).exists():
            for quote in Quote.objects.filter(theme=was, fragment=placing.fragment):
                quote.theme = theme
                quote.save()

    def _carry_back(self, board, seat):
        """Each card goes back, unless somebody else laid it elsewhere since; gives how many stayed."""
        stayed = 0
        mine = list(Move.objects.filter(regrouping=self, undoes=None).select_related("from_theme", "fragment"))
        lies = {placing.fragment_id: placing for placing in lying(self.theme, self.other)}
        theirs = Move.objects.by_others(seat, mine)
        for move in mine:
            placing = lies.get(move.fragment_id)
            touched = theirs.get(move.fragment_id, 0) > move.version
            if placing is None or touched or placing.theme_id != move.to_theme_id:
                stayed += 1
            else:
                self.carry(board, seat, placing, move.from_theme, undoes=move)
        return stayed

    def _clear_away(self):
        """The pile that was made by splitting goes, when nothing lies there and nobody gave it more words.

        Once the themes went to the intern beraad it stays, empty: a side may have written about it.
        """
        if (
            self.way == self.Way.SPLIT
            and self.other.version == 1
            and not self.project.bundled_at
            and not Placing.objects.filter(theme=self.other).exists()
        ):
            self.other.delete()

    def _what(self):
        return "het samenvoegen" if self.way == self.Way.MERGE else "het splitsen"


def undo_last(board, seat):
    """Take back one's own last step: one card, or what was merged or split.

    When that cannot go back any more, its own sentence says why: never another step in its place.
    """
    with transaction.atomic():
        board.hold(seat)
        steps = [kind.objects.last_of(seat, board.project).first() for kind in (Regrouping, Move)]
        last = max(filter(None, steps), key=lambda step: step.at, default=None)
        if last is None:
            raise ValidationError("Er is niets van u dat terug kan.")
        return last.undo(board, seat) if isinstance(last, Regrouping) else board.undo(seat, last)


def lying(*themes):
    """The cards in these piles, with what is needed to lay them elsewhere."""
    return (
        Placing.objects.filter(theme__in=themes)
        .select_related("theme", "fragment", "moved_by")
        .order_by("fragment__number")
    )


def refuse_deliberated(project):
    """What went to the intern beraad keeps its piles: that something was written about one is a secret of the sides."""
    if project.bundled_at:
        raise ValidationError("Deze thema’s gingen al naar het intern beraad. Stapels samenvoegen kan niet meer.")


def _lie(number):
    return "ligt 1 kaartje" if number == 1 else f"liggen {number} kaartjes"
