"""The standing list: which commitments there are, in the order in which they want attention."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import PartnershipQuerySet, Party
from dialoog.partnerships.templatetags.dialoog import at_first


class Status(models.TextChoices):
    """How far a commitment is."""

    OPEN = "open", "Open"
    BUSY = "busy", "Bezig"
    DONE = "done", "Klaar"
    FAILED = "failed", "Niet gelukt"
    DROPPED = "dropped", "Vervallen"


UNFINISHED = (Status.OPEN, Status.BUSY)
NEEDS_REASON = (Status.FAILED, Status.DROPPED)


class CommitmentQuerySet(PartnershipQuerySet):
    def summary(self):
        """The list in a sentence: 'Vijf afspraken. Eén is te laat.'"""
        total, late = self.count(), self.late().count()
        if not total:
            return ""
        said = f"{at_first(total)} {'afspraak' if total == 1 else 'afspraken'}."
        return f"{said} {at_first(late)} {'is' if late == 1 else 'zijn'} te laat." if late else said

    def found(self):
        """The same when somebody searched: 'Twee afspraken passen hierbij.'"""
        total = self.count()
        return f"{at_first(total)} {'afspraak past' if total == 1 else 'afspraken passen'} hierbij." if total else ""

    def with_people(self):
        people = ("owner_member__user", "helper__user", "asked_by__user", "agreed_by", "asked_due_by")
        return self.select_related(*people, "value", "project", "meeting", "partnership")

    def unfinished(self):
        """Still to be done: open or busy, late ones among them."""
        return self.filter(status__in=UNFINISHED, solved_at__isnull=True)

    def open_ends(self):
        """What a meeting begins with: everything that the two sides did not both close."""
        return self.filter(Q(council_closed_at=None) | Q(municipality_closed_at=None)).standing()

    def open_at(self, day):
        """The same as it was at the end of a day that is over."""
        still = [Q(**{f"{side}_closed_at": None}) | Q(**{f"{side}_closed_at__date__gt": day}) for side in Party.sides()]
        return self.filter(still[0] | still[1]).standing()

    def late(self):
        """Unfinished and past its date."""
        return self.unfinished().filter(due__lt=timezone.localdate())

    def asked_for(self, text="", state="", side="", order=""):
        """The part of the list that somebody wants to see, in the order they want."""
        chosen = {
            "todo": self.unfinished(),
            "late": self.late(),
            "done": self.filter(status=Status.DONE, solved_at=None),
            "solved": self.filter(solved_at__isnull=False),
            "stopped": self.filter(status__in=NEEDS_REASON),
            "closed": self.exclude(Q(council_closed_at=None) | Q(municipality_closed_at=None)),
        }.get(state, self)
        if side:
            chosen = chosen.filter(owner_party=side)
        for word in text.split():
            chosen = chosen.filter(
                Q(what__icontains=word)
                | Q(because__icontains=word)
                | Q(client_notices__icontains=word)
                | Q(owner_name__icontains=word)
                | Q(owner_member__user__name__icontains=word)
                | Q(value__name__icontains=word)
            )
        orders = {"due": ["due", "pk"], "owner": ["owner_party", "owner_name", "due"], "newest": ["-agreed_at", "pk"]}
        return chosen.order_by(*orders[order]) if order in orders else chosen.standing()

    def standing(self):
        """The standing list: what needs attention first, by date; what is behind us last."""
        behind = models.Case(
            models.When(solved_at__isnull=False, then=2),
            models.When(status__in=NEEDS_REASON, then=3),
            models.When(status=Status.DONE, then=1),
            default=0,
        )
        return self.annotate(behind=behind).order_by("behind", "due", "pk")
