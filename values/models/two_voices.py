"""A unit in which each side has words of its own: the other side reads them and never changes them."""

from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Member, Party
from dialoog.partnerships.writing import Written


def said_by():
    return models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")


class TwoVoices(Written):
    """Words of the council beside words of the municipality, each dated. A text begins with the name of its side."""

    council_said_by = said_by()
    council_said_at = models.DateTimeField(null=True, editable=False)
    municipality_said_by = said_by()
    municipality_said_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def own_texts(self, party):
        """The names of the texts that are of this side."""
        return [name for name in self.texts if name.startswith(f"{party}_")]

    def has_spoken(self, party):
        """Whether this side said something here."""
        return getattr(self, f"{party}_said_at") is not None

    def is_answered(self, party):
        """Whether this side spoke after the other side last changed its words."""
        other = Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL
        own, theirs = getattr(self, f"{party}_said_at"), getattr(self, f"{other}_said_at")
        return theirs is None or (own is not None and own >= theirs)

    def may_be_settled_by(self, seat, field):
        """A clash in the words of a side is that side's to decide."""
        return field in self.own_texts(seat.party)

    def write(self, seat, version, **texts):
        """Keep the words of the own side, with who and when; words of the other side are left alone."""
        own = self.own_texts(seat.party)
        with transaction.atomic():
            now = type(self).objects.select_for_update().filter(pk=self.pk).first()
            before = [getattr(now, name) for name in own] if now else []
            copies = super().write(seat, version, **{name: texts[name] for name in own if name in texts})
            after = [getattr(self, name) for name in own]
            if after != before:
                spoke = any(after)
                setattr(self, f"{seat.party}_said_by", seat if spoke else None)
                setattr(self, f"{seat.party}_said_at", timezone.now() if spoke else None)
                self.save()
                self.spoken(seat, spoke)
        return copies

    def spoken(self, seat, spoke):
        """What the history tells when a side changed its words; a model says it in its own sentence."""
