"""Tables, the people who sit at them, and the ground that every thing on a table stands on."""

import hashlib
import logging
import secrets
import smtplib
import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from dialoog.accounts.models import User
from dialoog.live import bells

logger = logging.getLogger(__name__)


class Party(models.TextChoices):
    """The two sides of a table, and the neutral helpers who belong to neither."""

    COUNCIL = "council", "cliëntenraad"
    MUNICIPALITY = "municipality", "gemeente"
    NEUTRAL = "neutral", "neutraal"

    @classmethod
    def sides(cls):
        """The two sides, in their one fixed order: council left, municipality right."""
        return (cls.COUNCIL, cls.MUNICIPALITY)


def together(*fields, name):
    """A constraint that these fields are filled in together or not at all: who and when come in pairs."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__isnull": True for field in fields})
        | models.Q(**{f"{field}__isnull": False for field in fields}),
        name=name,
    )


class Partnership(models.Model):
    """A table: one municipality and one client council who keep up a dialogue."""

    class CouncilWord(models.TextChoices):
        CLIENT_COUNCIL = "cliëntenraad", "cliëntenraad"
        ADVISORY_COUNCIL = "adviesraad", "adviesraad"
        PARTICIPATION_COUNCIL = "participatieraad", "participatieraad"

    class ClientWord(models.TextChoices):
        CLIENT = "cliënt", "cliënt"
        RESIDENT = "inwoner", "inwoner"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField("adres van de tafel", unique=True)
    council_name = models.CharField("naam van de raad", max_length=120)
    municipality_name = models.CharField("naam van de gemeente", max_length=120)
    council_word = models.CharField(
        "zo noemen wij de raad", max_length=20, choices=CouncilWord.choices, default=CouncilWord.CLIENT_COUNCIL
    )
    client_word = models.CharField(
        "zo noemen wij de mensen om wie het gaat", max_length=20, choices=ClientWord.choices, default=ClientWord.CLIENT
    )
    legal_basis = models.CharField("wet of verordening", max_length=200, blank=True)
    reply_weeks = models.PositiveSmallIntegerField("weken om te antwoorden", default=6)
    contact_retention_months = models.PositiveSmallIntegerField("maanden dat contactgegevens blijven", default=6)
    # Printed in the consent text: without it nobody can say yes to anything.
    data_controller = models.CharField("verwerkingsverantwoordelijke", max_length=200)
    theme = models.TextField("stijlblad van de gemeente", blank=True)
    theme_class = models.SlugField("klasse van het thema", blank=True)
    is_demo = models.BooleanField("verzonnen", default=False)

    def __str__(self):
        return f"{self.council_name} en {self.municipality_name}"

    @staticmethod
    def kind():
        """The word for a table in bells and in the history."""
        return "partnership"

    def change(self, seat, what="de instellingen van de tafel"):
        """Keep new settings, with a line in the history that both sides read."""
        with transaction.atomic():
            self.save()
            Event.record(seat, f"wijzigde {what}", thing=self)
            bells.ring(self.channel(), self.kind())

    @property
    def clients_word(self):
        """The word for the people it is about, when there are more of them."""
        return {"cliënt": "cliënten", "inwoner": "inwoners"}[self.client_word]

    def name_of(self, party):
        """The full name of a side, as on the cover of a report."""
        return {Party.COUNCIL: self.council_name, Party.MUNICIPALITY: self.municipality_name}.get(party, "neutraal")

    def side_name(self, party):
        """The short word for a side: 'cliëntenraad', 'gemeente', or 'neutraal'."""
        return {Party.COUNCIL: self.council_word, Party.MUNICIPALITY: "gemeente"}.get(party, "neutraal")

    def channel(self, party=None):
        """The name of the channel that everyone at this table hears, or only one party."""
        return f"table:{self.pk}:{party}" if party else f"table:{self.pk}"


class PartnershipQuerySet(models.QuerySet):
    """Things on a table; `visible_to(seat)` is the only way in from a request."""

    def visible_to(self, seat):
        """What this seat may know of. Narrowed per model; never widened."""
        return self.filter(partnership=seat.partnership)

    def once(self, key, **fields):
        """Make the thing with this primary key, or give back the one that an earlier try made.

        The key is made when the form is rendered, so a double click, a retry or a lost answer ends in one row.
        `thing.is_new` says whether this call made it.
        """
        thing = self.model(pk=key or uuid.uuid4(), **fields)
        return thing.keep_once()


class PartnershipModel(models.Model):
    """A thing on a table: a random key, its table, and a bell that rings when it changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+", editable=False)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        abstract = True

    def audience(self):
        """Who may know that this thing exists: None for the whole table, or one party."""
        return None

    @classmethod
    def kind(cls):
        """The word for this kind of thing in bells and in the history."""
        return cls._meta.model_name

    @property
    def topic(self):
        """The name its bell rings with, and the id of its part on a page."""
        return f"{self.kind()}-{self.pk}"

    def save(self, *args, **kwargs):
        self._refuse_strangers()
        # One transaction, so that there is no moment at which the change is kept and its bell is not.
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            self.ring()

    def delete(self, *args, **kwargs):
        # The key is gone after deleting, and the bell needs it.
        channel, topics = self.partnership.channel(self.audience()), (self.kind(), self.topic)
        with transaction.atomic(savepoint=False):
            answer = super().delete(*args, **kwargs)
            bells.ring(channel, *topics)
        return answer

    def ring(self):
        """Tell the open pages of those who may know that this thing changed."""
        bells.ring(self.partnership.channel(self.audience()), self.kind(), self.topic)

    def keep_once(self):
        """Insert this new thing, or give back the row that an earlier try with the same key made."""
        known = self._earlier_try()
        if known is None:
            try:
                with transaction.atomic():
                    self.save(force_insert=True)
            except IntegrityError:
                known = self._earlier_try()
                if known is None:
                    if not type(self)._base_manager.filter(pk=self.pk).exists():
                        raise
                    # Somebody else's key: say nothing about it, this is simply another thing.
                    self.pk = uuid.uuid4()
                    self.save(force_insert=True)
        thing = known or self
        thing.is_new = known is None
        return thing

    def _earlier_try(self):
        """The row with this key, if it is this very thing: at this table, of this side, under the same things.

        A key that was read elsewhere (another round, somebody else's pile) is not a way to that thing.
        """
        same = {"pk": self.pk, "partnership_id": self.partnership_id}
        for field in self._meta.concrete_fields:
            under = field.is_relation and not field.null and issubclass(field.related_model, PartnershipModel)
            if (under and not issubclass(field.related_model, Member)) or field.name == "party":
                same[field.attname] = getattr(self, field.attname)
        return type(self).objects.filter(**same).first()

    def _refuse_strangers(self):
        """A thing may only point at things on its own table."""
        for field in self._meta.concrete_fields:
            if not field.is_relation or not issubclass(field.related_model, PartnershipModel):
                continue
            pointed_at = getattr(self, field.attname)
            if pointed_at is None:
                continue
            if field.is_cached(self):
                theirs = field.get_cached_value(self).partnership_id
            else:
                theirs = field.related_model._base_manager.values_list("partnership_id", flat=True).get(pk=pointed_at)
            if theirs != self.partnership_id:
                raise ValidationError("Dit hoort bij een andere tafel. Kies iets van deze tafel.", code="other_table")


class MemberQuerySet(PartnershipQuerySet):
    def active(self):
        """Members who sit at their table now."""
        now = timezone.now()
        return self.filter(active_from__lte=now).filter(models.Q(active_to=None) | models.Q(active_to__gt=now))

    def seat_of(self, user, slug):
        """The seat of this account at the table with this address, or None."""
        if not user.is_authenticated or not user.is_active:
            return None
        return self.active().select_related("partnership", "user").filter(user=user, partnership__slug=slug).first()

    def at_table(self):
        """Those who sit at the table now, with their names, in the order of a list of people."""
        return self.active().select_related("user").order_by("-is_coordinator", "user__name")

    def invented(self):
        """The people at invented tables, in the order in which they came; in a try-out anyone may take their place."""
        there = self.active().filter(partnership__is_demo=True, user__is_active=True)
        return there.select_related("partnership", "user").order_by("user__joined_at")

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
        """A person says how they are called and what they do."""
        with transaction.atomic():
            self.user.name, self.function = name, function
            self.user.save()
            self.save()

    def leave(self, seat):
        """Give up this seat from now on. What this person did stays, with the name."""
        with transaction.atomic():
            self._refuse_nobody_left()
            self.active_to = timezone.now()
            self.save()
            Event.record(seat, f"nam afscheid van {self.name}" if seat != self else "nam afscheid", thing=self)

    def _refuse_nobody_left(self):
        """Each side keeps somebody who can invite."""
        others = Member.objects.active().filter(partnership=self.partnership, party=self.party, is_coordinator=True)
        if self.is_side and self.is_coordinator and not others.exclude(pk=self.pk).exists():
            raise ValidationError(
                "Zonder coördinator kan uw kant niemand meer uitnodigen. Maak eerst iemand anders coördinator."
            )

    def channels(self):
        """The channels this seat hears: the table's, and its own side's."""
        own = [self.partnership.channel(self.party)] if self.is_side else []
        return [self.partnership.channel(), *own]

    def url(self, route, **kwargs):
        """The address of a page at this seat's table."""
        return reverse(route, kwargs={"table": self.partnership.slug, **kwargs})


class Envelope(PartnershipModel):
    """What a side writes is invisible to the other until both release it; then both open at the same moment."""

    purpose = models.CharField(max_length=30)
    council_ready_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    council_ready_at = models.DateTimeField(null=True, editable=False)
    municipality_ready_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    municipality_ready_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            together("council_ready_by", "council_ready_at", name="envelope_council_ready"),
            together("municipality_ready_by", "municipality_ready_at", name="envelope_municipality_ready"),
            models.CheckConstraint(
                condition=models.Q(opened_at=None)
                | models.Q(council_ready_at__isnull=False, municipality_ready_at__isnull=False),
                name="envelope_opens_by_two_keys",
            ),
        ]

    @property
    def is_open(self):
        return self.opened_at is not None

    def is_ready(self, party):
        """Whether this side has said that the envelopes may open."""
        return getattr(self, f"{party}_ready_at") is not None

    def release(self, seat):
        """This seat's side says: we are ready. When both have said so, both envelopes open."""
        with transaction.atomic():
            self._lock()
            if not seat.is_side:
                raise ValidationError("Alleen een kant zelf kan haar envelop vrijgeven.")
            if self.is_open:
                raise ValidationError("De enveloppen zijn al open.")
            setattr(self, f"{seat.party}_ready_by", seat)
            setattr(self, f"{seat.party}_ready_at", timezone.now())
            if all(self.is_ready(party) for party in Party.sides()):
                self.opened_at = timezone.now()
            self.save()

    def take_back(self, seat):
        """This seat's side is not ready after all; possible until the envelopes open."""
        with transaction.atomic():
            self._lock()
            if not seat.is_side:
                raise ValidationError("Alleen een kant zelf kan haar envelop terugnemen.")
            if self.is_open:
                raise ValidationError("De enveloppen zijn al open. Daarna kan niets terug in de envelop.")
            setattr(self, f"{seat.party}_ready_by", None)
            setattr(self, f"{seat.party}_ready_at", None)
            self.save()

    def _lock(self):
        self.refresh_from_db(from_queryset=Envelope.objects.select_for_update())


class SealedQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The own side's entries, and everything in an open envelope."""
        mine = models.Q(party=seat.party) if seat.is_side else models.Q(pk__in=[])
        return super().visible_to(seat).filter(mine | models.Q(envelope__opened_at__isnull=False))


class SealedModel(PartnershipModel):
    """Something a side writes in its own envelope."""

    envelope = models.ForeignKey(Envelope, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True

    def audience(self):
        """Even that something was written is a secret of the own side until the envelope opens."""
        return None if self.envelope.is_open else self.party

    def save(self, *args, **kwargs):
        self._refuse_open()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_open()
        return super().delete(*args, **kwargs)

    def _refuse_open(self):
        # Read afresh: the other side may have opened the envelopes since this page was made.
        if Envelope.objects.filter(pk=self.envelope_id, opened_at__isnull=False).exists():
            raise ValidationError("De enveloppen zijn al open. U kunt hier niets meer aan veranderen.", code="open")


class EventQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """What the whole table may know, and what the own side may know."""
        return super().visible_to(seat).filter(party__in=["", seat.party]).select_related("by__user")

    def about(self, thing):
        """The history of one thing, latest first."""
        return self.filter(thing_kind=thing.kind(), thing_id=thing.pk)


class Event(PartnershipModel):
    """One line of history: who did what, when. It never holds a word of what is secret."""

    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sentence = models.CharField(max_length=300)
    thing_kind = models.CharField(max_length=40, blank=True)
    # A plain key, not a foreign key: the line stays when the thing is gone.
    thing_id = models.UUIDField(null=True)
    party = models.CharField(max_length=12, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["partnership", "-at"], name="event_by_table"),
            models.Index(fields=["thing_id", "-at"], name="event_by_thing"),
        ]

    def __str__(self):
        return f"{self.by or ''} {self.sentence}".strip()

    def audience(self):
        return self.party or None

    @classmethod
    def record(cls, seat, sentence, thing=None, audience=None):
        """Write one line of history: `sentence` is what follows the person's name."""
        cls.objects.create(
            partnership=seat.partnership,
            by=seat,
            sentence=sentence[:300],
            thing_kind=thing.kind() if thing else "",
            thing_id=thing.pk if thing else None,
            party=audience or "",
        )


class ConflictCopyQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Copies of texts that the whole table reads, and of texts of the own side."""
        return super().visible_to(seat).filter(party__in=["", seat.party])

    def about(self, thing):
        """What did not merge in this one thing, oldest first."""
        return self.filter(thing_model=thing._meta.label_lower, thing_id=thing.pk)

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
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = ConflictCopyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [together("settled_by", "settled_at", name="conflict_settled")]
        indexes = [models.Index(fields=["thing_id", "settled_at"], name="conflict_by_thing")]

    def __str__(self):
        return f"{self.by}: {self.label}"

    def audience(self):
        return self.party or None

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
        """Decide: leave what stands (`text` None), or write this text, which may clash anew but never overwrites."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=ConflictCopy.objects.select_for_update())
            if self.settled_at:
                raise ValidationError("Iemand heeft hier al over besloten. De tekst van toen staat in de geschiedenis.")
            thing = self.thing(seat)
            if thing is None:
                raise ValidationError("Wat hier stond, is intussen weggehaald.")
            copies = () if text is None else thing.write(seat, version or self.version, **{self.field: text})
            self.settled_by, self.settled_at = seat, timezone.now()
            self.save()
        return copies


class InvitationQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The invitations of the own side, and those for neutral helpers."""
        return super().visible_to(seat).filter(party__in={seat.party, Party.NEUTRAL}).select_related("invited_by__user")

    def open(self):
        """Invitations that nobody has used or withdrawn; the expired ones too, because they can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(PartnershipModel):
    """A letter that offers one person one seat: it works once, for one address, for 72 hours."""

    LASTS = timedelta(hours=72)

    party = models.CharField("kant", max_length=12, choices=Party.choices)
    email = models.EmailField("e-mailadres")
    function = models.CharField("functie", max_length=100, blank=True)
    can_decide = models.BooleanField("mag besluiten nemen", default=False)
    is_coordinator = models.BooleanField("coördinator van de eigen kant", default=False)
    # Only a digest is kept: who reads the database cannot take the seat.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Empty for the first coordinators of a table, whom the operator invites.
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            together("accepted_by", "accepted_at", name="invitation_accepted"),
            together("withdrawn_by", "withdrawn_at", name="invitation_withdrawn"),
        ]

    def __str__(self):
        return self.email

    def audience(self):
        return None if self.party == Party.NEUTRAL else self.party

    def clean(self):
        self._refuse_seated()

    @property
    def ends_at(self):
        return self.invited_at + self.LASTS

    @property
    def is_usable(self):
        return self.accepted_at is None and self.withdrawn_at is None and timezone.now() < self.ends_at

    @property
    def account(self):
        """The account that already has this address, if any."""
        return User.objects.filter(email__iexact=self.email).first()

    @classmethod
    def by_token(cls, token):
        """The invitation that this letter belongs to, or None."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        return cls.objects.select_related("partnership", "invited_by__user").filter(digest=digest).first()

    def invite(self, seat=None):
        """Offer this seat: keep the invitation and send the letter. `seat` is empty when the operator opens a table."""
        self.email = self.email.lower()
        if seat is not None and self.party not in (seat.party, Party.NEUTRAL):
            raise ValidationError("U kunt alleen mensen van uw eigen kant uitnodigen.")
        self._refuse_seated()
        with transaction.atomic():
            self.invited_by, self.is_coordinator = seat, self.is_coordinator and self.party != Party.NEUTRAL
            token = self._new_token()
            kept = self.keep_once()
            if kept.is_new:
                self._send_on_commit(token)
                if seat is not None:
                    Event.record(seat, "nodigde iemand uit", thing=self, audience=self.audience())
        return kept

    def again(self, seat):
        """Send a new letter, which works for 72 hours; the old one stops working."""
        with transaction.atomic():
            self._lock()
            if self.accepted_at or self.withdrawn_at:
                raise ValidationError("Deze uitnodiging is al gebruikt of ingetrokken. Nodig de persoon opnieuw uit.")
            self._refuse_seated()
            self.invited_at, self.sent_at = timezone.now(), None
            token = self._new_token()
            self.save()
            self._send_on_commit(token)

    def withdraw(self, seat):
        """Take the offer back; the letter stops working."""
        with transaction.atomic():
            self._lock()
            if self.accepted_at:
                raise ValidationError("Deze uitnodiging is al aangenomen. U kunt deze persoon wel van de tafel halen.")
            if self.withdrawn_at:
                raise ValidationError("Deze uitnodiging is al ingetrokken.")
            self.withdrawn_by, self.withdrawn_at = seat, timezone.now()
            self.save()
            Event.record(seat, "trok een uitnodiging in", thing=self, audience=self.audience())

    def accept(self, *, user=None, name="", password=None):
        """Take the seat, with the account of this address or a new one: the letter has shown whose it is."""
        with transaction.atomic():
            self._lock()
            if not self.is_usable:
                raise ValidationError("Deze uitnodiging werkt niet meer. Vraag om een nieuwe.")
            if user is None and self.account is not None:
                raise ValidationError("Dit e-mailadres heeft al een account. Log eerst in.")
            if user is not None and user.email != self.email:
                raise ValidationError("Deze uitnodiging is voor een ander e-mailadres.")
            user = user or User.objects.create_user(self.email, name, password)
            EmailAddress.objects.get_or_create(
                user=user, email=self.email, defaults={"verified": True, "primary": True}
            )
            self._refuse_seated()
            member = Member.objects.create(
                partnership=self.partnership, user=user, party=self.party, function=self.function,
                can_decide=self.can_decide, is_coordinator=self.is_coordinator,
            )  # fmt: skip
            self.accepted_by, self.accepted_at = member, timezone.now()
            self.save()
            Event.record(member, "kwam aan tafel", thing=member)
        return member

    def _refuse_seated(self):
        there = Member.objects.active().filter(partnership=self.partnership, user__email__iexact=self.email)
        if there.exists():
            raise ValidationError({"email": "Dit adres zit al aan deze tafel. Eén account heeft één kant."})

    def _new_token(self):
        token = secrets.token_urlsafe(32)
        self.digest = hashlib.sha256(token.encode()).hexdigest()
        return token

    def _send_on_commit(self, token):
        transaction.on_commit(lambda: self._send(settings.SITE_URL + reverse("invitation", kwargs={"token": token})))

    def _send(self, url):
        words = {"url": url, "host": self.invited_by, "ends_at": self.ends_at}
        letter = EmailMultiAlternatives(
            subject="Een uitnodiging voor Dialoog",
            body=render_to_string("partnerships/mail_invitation.txt", words),
            to=[self.email],
        )
        letter.attach_alternative(render_to_string("partnerships/mail_invitation.html", words), "text/html")
        try:
            letter.send()
        except (OSError, smtplib.SMTPException):
            # The invitation stays and says that its letter was not sent; it can be sent again.
            logger.exception("An invitation could not be sent.")
            return
        self.sent_at = timezone.now()
        self.save()

    def _lock(self):
        self.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
