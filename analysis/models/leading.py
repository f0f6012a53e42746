"""Leading the talk: whose turn it is, and a place for solutions that come too early."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from analysis.models.board import Theme
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together


@dataclass(frozen=True)
class Spoken:
    """How long each side has spoken, in whole seconds, and who speaks now."""

    council: int
    municipality: int
    now: str = ""

    def of(self, party):
        return getattr(self, party)


class Turn(PartnershipModel):
    """One side speaks and the other listens, from one moment to another. Nobody is timed by name."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["began_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(party__in=Party.sides()), name="turn_of_a_side"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")), name="turn_ends_after_it_began"
            ),
        ]

    # Who forgets to stop the clock gives nobody an hour.
    LONGEST = 30 * 60

    @classmethod
    def give(cls, seat, theme, party):
        """This side speaks now; with an empty party it is quiet for a moment."""
        if party and party not in Party.sides():
            raise ValidationError("Kies wie er aan het woord is.")
        with transaction.atomic():
            theme.project.lock()
            running = cls.objects.filter(theme__project=theme.project, ended_at=None)
            for turn in running:
                if turn.party == party and turn.theme_id == theme.pk:
                    return turn
                turn.ended_at = timezone.now()
                turn.save()
            if party:
                return cls.objects.create(partnership=seat.partnership, theme=theme, party=party)
        return None

    @classmethod
    def spoken(cls, theme):
        """How long each side has spoken about this theme."""
        total, now = dict.fromkeys(Party.sides(), 0), ""
        for turn in cls.objects.filter(theme=theme):
            length = ((turn.ended_at or timezone.now()) - turn.began_at).total_seconds()
            total[turn.party] += min(int(length), cls.LONGEST)
            now = now if turn.ended_at else turn.party
        return Spoken(total[Party.COUNCIL], total[Party.MUNICIPALITY], now)


class ParkedQuerySet(PartnershipQuerySet):
    def of(self, *themes):
        """What was parked at these themes, in the order in which it came."""
        people = ("by__user", "settled_by__user", "commitment", "theme")
        return self.filter(theme__in=themes).select_related(*people).order_by("at", "pk")

    def waiting(self):
        """What nobody came back to yet."""
        return self.filter(settled_at=None)


class Parked(PartnershipModel):
    """A solution that came while people were still listening: kept, and back on the table at the commitments."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+", editable=False)
    text = models.CharField("welke oplossing?", max_length=200)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    # What it became; empty when both sides let it go.
    commitment = models.ForeignKey(
        "projects.Commitment", on_delete=models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = ParkedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="parked_says_what"),
            together("settled_by", "settled_at", name="parked_settled_together"),
        ]

    def __str__(self):
        return self.text

    @classmethod
    def park(cls, seat, theme, text, key=None):
        """Keep this for later."""
        text = " ".join(text.split())
        if not text:
            raise ValidationError("Schrijf kort op welke oplossing u wilt bewaren.")
        if len(text) > 200:
            raise ValidationError("Schrijf het in hooguit 200 tekens op. Later is er ruimte genoeg.")
        with transaction.atomic():
            parked = cls(pk=key or uuid.uuid4(), partnership=seat.partnership, theme=theme, text=text, by=seat)
            parked = parked.keep_once()
            if parked.text != text:
                # The page of before was sent once more, with another solution.
                return cls.park(seat, theme, text)
            if parked.is_new:
                Event.record(seat, f"zette een oplossing apart: {text}", thing=theme)
        return parked

    def settle(self, seat, commitment=None):
        """It became a commitment, or the two sides let it go. Before the commitments are open nothing is let go."""
        with transaction.atomic():
            self.theme.project.lock()
            self.refresh_from_db()
            if self.settled_at:
                return
            if not self.theme.project.may_commit:
                raise ValidationError("Eerst luisteren. Deze oplossing blijft staan tot u afspraken maakt.")
            self.settled_by, self.settled_at, self.commitment = seat, timezone.now(), commitment
            self.save()
            said = "maakte een afspraak van" if commitment else "liet los"
            Event.record(seat, f"{said}: {self.text}", thing=self.theme)
