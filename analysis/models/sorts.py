import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from analysis.models.stages import Stage
from dialoog.partnerships.models import PartnershipModel, PartnershipQuerySet, SealedModel, SealedQuerySet


class Silent(PartnershipModel):
    """A thing that rings no bell: nobody else may even hear that somebody is sorting."""

    class Meta:
        abstract = True

    def ring(self):
        """Nothing: the own page is the answer to the own act."""

    def delete(self, *args, **kwargs):
        return models.Model.delete(self, *args, **kwargs)


class OwnSortQuerySet(SealedQuerySet):
    def visible_to(self, seat):
        """One's own sort only, and everyone's once both sides opened them."""
        return super().visible_to(seat).filter(Q(author=seat) | Q(envelope__opened_at__isnull=False))


class OwnSort(SealedModel, Silent):
    """How one person laid the cards, alone; sealed even from the own side until both sides open."""

    session = models.ForeignKey("analysis.BundlingSession", on_delete=models.CASCADE, related_name="+")
    # One step back: which card was laid last, and where it came from.
    last_fragment = models.ForeignKey("experiences.Fragment", on_delete=models.SET_NULL, null=True, related_name="+")
    last_pile = models.ForeignKey("analysis.OwnPile", on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OwnSortQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "author"], name="own_sort_once")]

    def __str__(self):
        return f"De ordening van {self.author}"

    @classmethod
    def of(cls, seat, session):
        """This person's sort in this meeting, begun by the first look at it."""
        known = cls.objects.visible_to(seat).filter(session=session, author=seat).first()
        return known or cls(
            pk=uuid.uuid5(session.pk, f"own-{seat.pk}"),
            partnership=session.partnership,
            session=session,
            envelope=session.envelope,
            party=seat.party,
            author=seat,
        )

    def piles(self):
        """The own piles in order, each with its cards in the order in which they were laid."""
        piles = list(OwnPile.objects.filter(sort=self).order_by("position", "pk"))
        by_key = {pile.pk: pile for pile in piles}
        for pile in piles:
            pile.cards = []
        placings = OwnPlacing.objects.filter(sort=self).select_related("fragment").order_by("fragment__number")
        for placing in placings:
            by_key[placing.pile_id].cards.append(placing.fragment)
        return piles

    def add_pile(self, label, key=None):
        """A new pile with a name of one's own."""
        label = " ".join(label.split())
        if not label:
            raise ValidationError("Geef de nieuwe stapel een naam. Eén woord is genoeg.")
        with transaction.atomic():
            self._open_for_work()
            last = OwnPile.objects.filter(sort=self).aggregate(last=models.Max("position"))["last"]
            return OwnPile.objects.once(
                key, partnership=self.partnership, sort=self, label=label[:60], position=(last or 0) + 1
            )

    def rename(self, pile, label):
        """Another name for one's own pile."""
        label = " ".join(label.split())
        if not label:
            raise ValidationError("Geef de stapel een naam. Eén woord is genoeg.")
        with transaction.atomic():
            self._open_for_work()
            pile.label = label[:60]
            pile.save()

    def lay(self, fragment, pile=None):
        """Lay a card with a pile; without a pile it goes back to the hand."""
        with transaction.atomic():
            self._open_for_work()
            placing = OwnPlacing.objects.filter(sort=self, fragment=fragment).first()
            was = placing.pile if placing else None
            if was == pile:
                return
            self._put(placing, fragment, pile)
            self.last_fragment, self.last_pile = fragment, was
            self.save()

    def undo(self):
        """Take the last laying back, once."""
        with transaction.atomic():
            self._open_for_work()
            if self.last_fragment is None:
                raise ValidationError("Er is niets om terug te draaien.")
            placing = OwnPlacing.objects.filter(sort=self, fragment=self.last_fragment).first()
            self._put(placing, self.last_fragment, self.last_pile)
            self.last_fragment = self.last_pile = None
            self.save()

    def _put(self, placing, fragment, pile):
        if pile is None:
            if placing:
                placing.delete()
        elif placing:
            placing.pile = pile
            placing.save()
        else:
            OwnPlacing.objects.create(partnership=self.partnership, sort=self, pile=pile, fragment=fragment)

    def _open_for_work(self):
        # The session's row is held until the commit: nobody opens the envelopes while something is being laid.
        self.session.lock()
        envelope = self.session.envelope
        if envelope.is_open:
            raise ValidationError("Beide kanten zijn klaar. De ordeningen liggen open en veranderen niet meer.")
        if self.session.stage != Stage.OWN_SORT:
            raise ValidationError(f"U bent nu bij ‘{self.session.stage_label}’. Uw eigen ordening verandert niet meer.")
        if envelope.is_ready(self.party):
            raise ValidationError("Uw kant zei dat u klaar bent. Neem dat eerst terug, dan kunt u verder ordenen.")
        if self._state.adding:
            self.keep_once()
            self._state.adding = False
        # Who sorts is there, whether or not they said so: else their side could be called done while they lay cards.
        self.session.join(self.author)


class OwnPileQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """One's own piles only, and everyone's once both sides opened them."""
        mine = Q(sort__author=seat) | Q(sort__envelope__opened_at__isnull=False)
        return super().visible_to(seat).filter(mine)


class OwnPile(Silent):
    """One pile in one person's own sort."""

    sort = models.ForeignKey(OwnSort, on_delete=models.CASCADE, related_name="+")
    label = models.CharField("naam", max_length=60)
    position = models.PositiveSmallIntegerField(default=1)

    objects = OwnPileQuerySet.as_manager()

    def __str__(self):
        return self.label


class OwnPlacing(Silent):
    """One card in one pile of one person."""

    sort = models.ForeignKey(OwnSort, on_delete=models.CASCADE, related_name="+")
    pile = models.ForeignKey(OwnPile, on_delete=models.CASCADE, related_name="+")
    fragment = models.ForeignKey("experiences.Fragment", on_delete=models.CASCADE, related_name="+")

    objects = OwnPileQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sort", "fragment"], name="own_placing_once")]

    def __str__(self):
        return f"{self.fragment} bij {self.pile}"
