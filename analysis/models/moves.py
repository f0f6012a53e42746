"""Who laid which card where. Nothing of it is ever taken away, also not what was a moment too late."""

from django.db import models
from django.utils import timezone

from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet
from experiences.models import Fragment


def at_(theme):
    """Where a card lies, in words."""
    return f"bij ‘{theme.label}’" if theme else "op tafel"


class MoveQuerySet(PartnershipQuerySet):
    def of(self, project):
        """Every move of one card in one round, latest first; what was merged or split is told as a whole elsewhere."""
        things = ("by__user", "fragment", "from_theme", "to_theme")
        piles = [f"{pile}__{what}" for pile in ("from_theme", "to_theme") for what in ("sentence", "position")]
        shown = ("partnership", "project", "at", "is_late", "version", "undoes", "regrouping", *piles)
        moves = self.filter(project=project, regrouping=None).select_related(*things)
        return moves.only(*shown, "fragment__number", "by__party", "by__user__name").order_by("-at", "-pk")

    def standing(self):
        """The moves that count as a step: not too late, not taken back, and no taking back."""
        undone = Move.objects.filter(undoes=models.OuterRef("pk"))
        return self.filter(~models.Exists(undone), is_late=False, undoes=None)

    def since(self, move):
        """The steps with the same card after this one."""
        return self.standing().filter(fragment=move.fragment_id, version__gt=move.version).order_by("version")

    def last_of(self, seat, project):
        """This person's own moves that still stand as a step, latest first."""
        return self.of(project).defer(None).filter(by=seat).standing()

    def by_others(self, seat, moves):
        """Per card of these moves the latest step that somebody else made: {card: version}."""
        cards = [move.fragment_id for move in moves]
        rows = self.standing().filter(fragment__in=cards).exclude(by=seat).values_list("fragment")
        return dict(rows.annotate(models.Max("version")))


class Move(PartnershipModel):
    """Somebody's move on the shared board. It is kept, also when somebody else was first."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    # With the card goes its trace: what was withdrawn is nowhere.
    fragment = models.ForeignKey(Fragment, on_delete=models.CASCADE, related_name="+")
    from_theme = models.ForeignKey("analysis.Theme", on_delete=models.SET_NULL, null=True, related_name="+")
    to_theme = models.ForeignKey("analysis.Theme", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_late = models.BooleanField(default=False)
    version = models.PositiveIntegerField()
    undoes = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    # The merging or splitting of which this was a part.
    regrouping = models.ForeignKey("analysis.Regrouping", on_delete=models.CASCADE, null=True, related_name="+")

    objects = MoveQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "-at"], name="move_by_round"),
            models.Index(fields=["fragment", "version"], name="move_by_card"),
        ]

    def __str__(self):
        return f"{self.by} {self.told}"

    @classmethod
    def note(cls, seat, placing, theme, is_late=False, **because):
        """Write down who laid this card where; the count under the card is the one it has after the move."""
        move = cls(
            partnership=placing.partnership,
            project=placing.project,
            fragment=placing.fragment,
            from_theme=placing.theme,
            to_theme=theme,
            by=seat,
            is_late=is_late,
            version=placing.version,
            **because,
        )
        move.save()
        return move

    @property
    def told(self):
        """What follows the person's name."""
        if self.is_late:
            return f"wilde {self.fragment.number} {at_(self.to_theme)} leggen, maar een ander was net eerder"
        word = "legde {} terug {}" if self.undoes_id else "legde {} {}"
        return word.format(self.fragment.number, at_(self.to_theme))

    def still_lies(self, placing):
        """Whether the card still lies where this move laid it, and nobody else had it in hand since."""
        if self.is_late or self.regrouping_id or placing.theme_id != self.to_theme_id:
            return False
        return not Move.objects.since(self).exclude(by=self.by_id).exists()
