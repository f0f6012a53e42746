"""The people who sit at a table."""

import unicodedata
from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from dialoog.partnerships.ledger import Ledger
from dialoog.partnerships.models.events import Event
from dialoog.partnerships.models.tables import Party
from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet
from dialoog.standing import Standing


def _bare(name):
    """A name without what the eye passes over: capitals, blanks, accents and signs."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name).casefold() if sign.isalnum())


class MemberQuerySet(PartnershipQuerySet):
    def active(self):
        """Members who sit at their table now."""
        now = timezone.now()
        return self.filter(active_from__lte=now).filter(models.Q(active_to=None) | models.Q(active_to__gt=now))

    def present(self):
        """Who sits at a table now with an account that the operator did not close: only they act, also by a letter."""
        return self.active().filter(user__is_active=True)

    def seat_of(self, user, slug):
        """The seat of this account at the table with this address, or None."""
        if not user.is_authenticated or not user.is_active:
            return None
        # Every request passes here: the account is known already, and one person has few seats at one table.
        seat = next((seat for seat in _seats(user.pk, slug) if seat.is_active), None)
        if seat is not None:
            seat.user = user
        return seat

    def invented(self):
        """The people at invented tables, in the order in which they came; in a try-out anyone may take their place.

        Not of somebody who also sits, or sat, at a real table: their account opens that one too.
        """
        there = self.active().filter(partnership__is_demo=True, user__is_active=True)
        there = there.exclude(user__in=Member.objects.filter(partnership__is_demo=False).values("user"))
        return there.select_related("partnership", "user").order_by("user__joined_at")

    def only_for(self, user, party):
        """Whether this account sits somewhere, and for this party at every table where it sits."""
        return {party} == set(self.active().filter(user=user).values_list("party", flat=True))

    def of(self, party):
        """Members of one party."""
        return self.filter(party=party)


class Member(PartnershipModel):
    """A person's seat at one table: the only key with which anything can be looked up."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    party = models.CharField("kant", max_length=12, choices=Party.choices)
    function = models.CharField("functie", max_length=100, blank=True)
    can_decide = models.BooleanField("mag besluiten nemen", default=False)
    # A coordinator manages the people of their own side, never those of the other.
    is_coordinator = models.BooleanField("coördinator van de eigen kant", default=False)
    active_from = models.DateTimeField("lid sinds", default=timezone.now)
    active_to = models.DateTimeField("lid tot", null=True, blank=True)
    last_visit_at = models.DateTimeField(null=True, editable=False)
    previous_visit_at = models.DateTimeField(null=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["party", "user__name"]
        constraints = [
            models.UniqueConstraint(
                "partnership", "user", condition=models.Q(active_to=None), name="one_side_per_account_at_a_table"
            ),
        ]

    def __str__(self):
        return self.user.name

    @property
    def name(self):
        return self.user.name

    @property
    def is_council(self):
        return self.party == Party.COUNCIL

    @property
    def is_municipality(self):
        return self.party == Party.MUNICIPALITY

    @property
    def is_neutral(self):
        return self.party == Party.NEUTRAL

    @property
    def is_side(self):
        """Whether this seat belongs to one of the two sides."""
        return self.party in Party.sides()

    @property
    def is_active(self):
        now = timezone.now()
        return self.active_from <= now and (self.active_to is None or self.active_to > now)

    @property
    def is_present(self):
        return self.is_active and self.user.is_active

    @property
    def other_side(self):
        """The party across the table; a neutral helper has none."""
        return {Party.COUNCIL: Party.MUNICIPALITY, Party.MUNICIPALITY: Party.COUNCIL}.get(self.party)

    @property
    def side_name(self):
        """The word for this person's side at this table."""
        return self.partnership.side_name(self.party)

    def visit(self):
        """Note that this person looks now; give back when they looked before this visit, or None the first time.

        Half an hour without looking ends a visit. No bell: that somebody looks is nobody's business.
        """
        now, before = timezone.now(), self.last_visit_at
        if before is not None and now - before < timedelta(minutes=1):
            return self.previous_visit_at
        if before is None or now - before > timedelta(minutes=30):
            self.previous_visit_at = before
        self.last_visit_at = now
        Member.objects.filter(pk=self.pk).update(
            last_visit_at=self.last_visit_at, previous_visit_at=self.previous_visit_at
        )
        return self.previous_visit_at

    def manage(self, seat, *, function, can_decide, is_coordinator):
        """The coordinator of this side writes down what somebody does and may do."""
        with transaction.atomic():
            if not is_coordinator:
                self._refuse_nobody_left()
            self.function, self.can_decide, self.is_coordinator = function, can_decide, is_coordinator and self.is_side
            self.save()
            Event.record(seat, f"wijzigde wat {self.name} doet", thing=self)

    def introduce(self, *, name, function):
        """A person says how they are called and what they do; every table where they sit or sat reads the new name."""
        with transaction.atomic():
            self.refuse_new_name(name)
            was = self.user.name
            self.user.name, self.function = name, function
            self.user.save(update_fields=["name"])
            self.save()
            if name != was:
                seats = Member.objects.filter(user=self.user).order_by("active_from")
                for seat in {seat.partnership_id: seat for seat in seats}.values():
                    Event.record(seat, f"heet nu {name} (eerst {was})", thing=seat)

    def refuse_new_name(self, name):
        """Somebody else at one of this person's tables is called so; who is called so already keeps the name."""
        if name != self.user.name:
            mine = Member.objects.filter(user=self.user).values("partnership")
            self.refuse_name(name, mine, self.user)

    @classmethod
    def refuse_name(cls, name, tables, user=None):
        """Nobody takes the name of somebody else at a table, also of who left: lists tell by name who did what."""
        others = cls.objects.filter(partnership__in=tables).exclude(user=user).values_list("user__name", flat=True)
        if _bare(name) in {_bare(other) for other in others}:
            raise ValidationError(
                "Zo heet al iemand aan tafel, of iemand die er zat. Zet er iets bij, bijvoorbeeld uw functie of een "
                "tweede voornaam. Dan weet iedereen wie wat deed."
            )

    @classmethod
    def tell_second_step(cls, user, authenticator, **told):
        """The council reads who of it set up a second step: if that was somebody else, it is known in time."""
        if authenticator.type == authenticator.Type.RECOVERY_CODES:
            return
        with transaction.atomic():
            for seat in cls.objects.active().filter(user=user).of(Party.COUNCIL):
                Event.record(seat, "zette een tweede stap of toegangssleutel aan", thing=seat, audience=Party.COUNCIL)

    def leave(self, seat):
        """Give up this seat from now on. What this person did stays, with the name."""
        with transaction.atomic():
            self._refuse_nobody_left()
            self.active_to = timezone.now()
            self.save()
            Event.record(seat, f"nam afscheid van {self.name}" if seat != self else "nam afscheid", thing=self)
            # Also after a backup of before is put back.
            transaction.on_commit(lambda: Ledger().note(self.partnership_id, self.pk, Ledger.LEFT))

    @classmethod
    def leave_again(cls):
        """Who left since the backup that was put back does not sit at a table again. Gives how many."""
        again = 0
        for line in Ledger().lines():
            if line.what == Ledger.LEFT and (member := cls.objects.active().filter(pk=line.who).first()):
                member.active_to = line.at
                member.save()
                again += 1
        return again

    def _refuse_nobody_left(self):
        """Each side keeps somebody who can invite, also when two take each other's place away at once."""
        type(self.partnership).objects.select_for_update(no_key=True).get(pk=self.partnership_id)
        others = Member.objects.active().filter(partnership=self.partnership, party=self.party, is_coordinator=True)
        if self.is_side and self.is_coordinator and not others.exclude(pk=self.pk).exists():
            raise ValidationError(
                "Zonder coördinator kan uw kant niemand meer uitnodigen. Maak eerst iemand anders coördinator."
            )

    def people(self):
        """Those who sit at this seat's table now, with their names, in the order of a list of people."""
        # All who ever sat there are few, and what time it is would make it another question each time.
        return [one for one in _people(self.partnership_id) if one.is_active]

    def people_events(self):
        """The latest history of who came to this table, left it, or got another place."""
        return _people_events(self.partnership_id, self.party)

    def channels(self):
        """The channels this seat hears: the table's, and its own side's."""
        own = [self.partnership.channel(self.party)] if self.is_side else []
        return [self.partnership.channel(), *own]

    def url(self, route, **kwargs):
        """The address of a page at this seat's table."""
        return reverse(route, kwargs={"table": self.partnership.slug, **kwargs})


_seats = Standing(
    lambda user, slug: (
        Member.objects.select_related("partnership").filter(user=user, partnership__slug=slug).order_by()
    ),
    UUID,
    str,
)
_people = Standing(
    lambda table: (
        Member.objects.filter(partnership=table).select_related("user").order_by("-is_coordinator", "user__name")
    ),
    UUID,
)
_people_events = Standing(
    lambda table, party: Event.objects.visible_to(SimpleNamespace(partnership=table, party=party)).filter(
        thing_kind__in=("member", "invitation")
    )[:12],
    UUID,
    str,
)
authenticator_added.connect(Member.tell_second_step)
