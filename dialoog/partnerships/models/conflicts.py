"""Texts that came second and did not merge."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.merge import merge, own_words, same_spot, says_as_much
from dialoog.partnerships.models.members import Member
from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet, together


class ConflictCopyQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Copies of texts that the whole table reads, and of texts of the own side."""
        return super().visible_to(seat).filter(party__in=["", seat.party])

    def about(self, thing):
        """What did not merge in this one thing, oldest first."""
        return self.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk)

    def left_out_of(self, thing):
        """What somebody decided to leave out of this one thing, latest first: it is not lost either."""
        known = self.about(thing).exclude(settled_at=None).select_related("by__user").order_by("-settled_at")[:20]
        return [copy for copy in known if own_words(str(getattr(thing, copy.field) or ""), copy.yours)[0]]

    def unsettled(self):
        """The copies about which nobody has decided yet."""
        return self.filter(settled_at=None)


class ConflictCopy(PartnershipModel):
    """A text that came second and did not merge: kept beside the one that came first until somebody settles it."""

    # A plain key: the thing may live in any app above. It is only ever looked up through a seat, see `thing`.
    thing_model = models.CharField(max_length=60, editable=False)
    thing_id = models.UUIDField(editable=False)
    field = models.CharField(max_length=40, editable=False)
    base = models.TextField(editable=False)
    theirs = models.TextField(editable=False)
    # The whole text as it would read with the later words in place of the earlier ones.
    yours = models.TextField(editable=False)
    version = models.PositiveIntegerField(editable=False)
    party = models.CharField(max_length=12, blank=True, editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    # Who came first with other words.
    after = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    written_once = True

    objects = ConflictCopyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [together("settled_by", "settled_at", name="conflict_settled")]
        indexes = [models.Index(fields=["thing_id", "settled_at"], name="conflict_by_thing")]

    def __str__(self):
        return f"{self.by}: {self.label}"

    def audience(self):
        return self.party or None

    @classmethod
    def keep(cls, seat, thing, field, *, base, theirs, yours, after):
        """Keep this later text. A retry finds the copy it made; who types on or corrects it has one copy: the last."""
        mine = list(cls.objects.about(thing).unsettled().filter(field=field, by=seat))
        if known := next((copy for copy in mine if copy.yours == yours), None):
            return known
        words, spot = own_words(theirs, yours)
        for copy in mine:
            earlier, place = own_words(copy.theirs, copy.yours)
            if not same_spot(copy.theirs, place, theirs, spot):
                continue
            shorter = bool(words) and says_as_much(words, earlier)
            if shorter or (earlier and says_as_much(earlier, words, typing=thing._typing)):
                copy.close(seat)
        return cls.objects.create(
            partnership_id=thing.partnership_id,
            thing_model=thing._meta.label_lower,
            thing_id=thing.pk,
            field=field,
            base=base,
            theirs=theirs,
            yours=yours,
            version=thing.version,
            party=thing.audience() or "",
            by=seat,
            after_id=after,
        )

    @classmethod
    def close_said(cls, seat, thing, texts):
        """Nothing is in conflict any more about words that stand in these texts now."""
        for copy in cls.objects.about(thing).unsettled().filter(field__in=texts):
            now, (added, _) = texts[copy.field], own_words(copy.theirs, copy.yours)
            # Of what somebody only took out nothing can be found back; then the whole text has to be the same.
            if now == copy.yours or (added and not own_words(now, copy.yours)[0]):
                copy.close(seat)

    @classmethod
    def forget_orphans(cls, kinds):
        """Take away the copies of things of these kinds that are no longer there."""
        for kind in set(cls.objects.filter(thing_model__in=kinds).values_list("thing_model", flat=True)):
            there = apps.get_model(kind)._base_manager.values("pk")
            cls.objects.filter(thing_model=kind).exclude(thing_id__in=there).delete()

    @property
    def model(self):
        """The kind of thing this text belongs to."""
        return apps.get_model(self.thing_model)

    @property
    def label(self):
        """The word for the field, as it stands above it in the form."""
        return self.model._meta.get_field(self.field).verbose_name

    def thing(self, seat):
        """The thing this text belongs to, or None when this seat may not see it."""
        return self.model.objects.visible_to(seat).filter(pk=self.thing_id).first()

    def settle(self, seat, text=None, version=None):
        """Decide: leave what stands (`text` None), or write this text, which may clash anew but never overwrites.

        `version` is what the page showed. Whoever takes the other text takes it over that.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=ConflictCopy.objects.select_for_update())
            if self.settled_at:
                raise ValidationError(
                    "Iemand heeft hier al over besloten. Wat er niet in kwam, staat bij ‘Eerdere teksten’."
                )
            thing = self.thing(seat)
            if thing is None:
                raise ValidationError("Wat hier stond, is intussen weggehaald.")
            chosen = version and text == self.yours
            if chosen:
                # Chosen over what the page showed: these words instead of those, and whatever came since stays.
                text = merge(self.theirs, text, thing.text_at(version, self.field)).losing
            copies = () if text is None else thing.write(seat, version or self.version, **{self.field: text})
            self.refresh_from_db()
            # Somebody changed those words once more before the choice came in: it stays open, as whose words it is.
            if copies and chosen and not self.settled_at:
                for copy in copies:
                    if copy != self:
                        copy.close(seat)
                return (self,)
            if not self.settled_at:
                self.close(seat)
        return copies

    def close(self, seat):
        """Nobody needs to decide about this any more."""
        self.settled_by, self.settled_at = seat, timezone.now()
        self.save()
