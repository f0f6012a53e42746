"""What the two sides find important: first each for itself and sealed, then side by side."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from dialoog.partnerships.models import (
    Envelope,
    Event,
    Member,
    Partnership,
    PartnershipQuerySet,
    Party,
    SealedModel,
    SealedQuerySet,
    together,
)
from dialoog.partnerships.seen import SaidYesTo
from dialoog.partnerships.writing import Written
from values.models.practices import ValuePractice
from values.models.side_by_side import Row, Voice, plain


class ValueEnvelope(Envelope):
    """The two envelopes with own values. After the first, a side may begin a new one at any time."""

    PURPOSE = "values"

    class Meta:
        proxy = True

    @classmethod
    def of(cls, seat):
        """All envelopes with values at this table, oldest first."""
        return cls.objects.visible_to(seat).filter(purpose=cls.PURPOSE).order_by("opened_at")

    @classmethod
    def coming(cls, seat):
        """The envelope that is not open yet, or None when nobody began one."""
        return cls.of(seat).filter(opened_at=None).first()

    @classmethod
    def begin(cls, seat):
        """The envelope to lay something in. Two who begin at once begin the same one."""
        with transaction.atomic():
            Partnership.objects.select_for_update(no_key=True).get(pk=seat.partnership.pk)
            number = cls.of(seat).exclude(opened_at=None).count()
            envelope = cls(
                pk=uuid.uuid5(seat.partnership.pk, f"values-{number}"),
                partnership=seat.partnership,
                purpose=cls.PURPOSE,
            )
            # That one side began to write is a secret of that side: this bell stays silent.
            envelope.is_silent = True
            envelope = envelope.keep_once()
            envelope.is_silent = False
            return envelope

    def ring(self):
        if not getattr(self, "is_silent", False):
            super().ring()

    def release(self, seat):
        """This side is ready. When both are, the envelopes open and the values lie side by side."""
        with transaction.atomic():
            self._lock()
            # A later envelope may stay empty: "wij hebben niets nieuws" is an answer. The first may not: nobody
            # reads what the other wrote without having written first.
            is_first = not type(self).of(seat).exclude(opened_at=None).exists()
            if is_first and not ValueView.objects.filter(envelope=self, party=seat.party).exists():
                raise ValidationError("Uw envelop is nog leeg. Leg er eerst een waarde in.")
            super().release(seat)
            Event.record(seat, "zei: onze envelop met waarden mag open")
            if self.is_open:
                Value.lay_out(self)

    def take_back(self, seat):
        """This side wants to write on; possible until the envelopes open."""
        with transaction.atomic():
            super().take_back(seat)
            Event.record(seat, "wil eerst verder schrijven aan onze waarden")


class ValueQuerySet(PartnershipQuerySet):
    def listed(self):
        """Every value that stands on its own; one that was joined to another stands under that one."""
        return self.filter(joined_into=None)

    def shared(self):
        """Values that both sides said yes to."""
        return self.listed().filter(council_agreed_at__isnull=False, municipality_agreed_at__isnull=False)

    def side_by_side(self, seat):
        """These values with both voices, in the order of the page; always the same number of queries."""
        values = list(self.select_related("proposed_by", "partnership"))
        parts = Value.objects.filter(joined_into__in=values).select_related("proposed_by")
        joined = {part.joined_into_id: part for part in parts}
        words = {(view.value_id, view.party): view for view in ValueView.objects.filter(value__in=values)}
        lived = set(ValuePractice.objects.filter(value__in=values).values_list("value_id", flat=True))
        lived |= set(
            ValuePractice.objects.filter(value__joined_into__in=values).values_list("value__joined_into", flat=True)
        )
        rows = []
        for value in values:
            council, municipality = (value.voice(party, words, joined.get(value.pk)) for party in Party.sides())
            rows.append(Row(value, seat, council, municipality, joined.get(value.pk), value.pk in lived))
        return sorted(rows, key=lambda row: (*row.weight, row.value.pk))

    def joinable_with(self, value):
        """Values that only the other side named, and that stand alone."""
        named = value.named_by()
        if len(named) != 1 or value.joined_into_id:
            return self.none()
        (own,) = named
        other = Party.MUNICIPALITY if own == Party.COUNCIL else Party.COUNCIL
        says = {party: Exists(ValueView.objects.filter(value=OuterRef("pk"), party=party)) for party in Party.sides()}
        proposed = Q(proposed_by__party=other) & ~says[own] & ~says[other]
        pairs = Value.objects.filter(joined_into__isnull=False).values("joined_into")
        return self.listed().exclude(pk__in=pairs).filter(proposed | (says[other] & ~says[own]))


class Value(SaidYesTo, Written):
    """Something that matters at this table; shared once both sides say yes, usable before that too."""

    texts = ("name", "meaning")
    # A name is chosen, not tried out letter by letter: both sides said yes to it.
    while_typing = ("meaning",)

    name = models.CharField("waarde", max_length=80)
    meaning = models.TextField("wat wij er samen onder verstaan", blank=True, max_length=2000)
    # Empty for what came out of an envelope: then both sides' own words stand in a ValueView.
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    proposed_at = models.DateTimeField(null=True, editable=False)
    council_agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    council_agreed_at = models.DateTimeField(null=True, editable=False)
    municipality_agreed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    municipality_agreed_at = models.DateTimeField(null=True, editable=False)
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    joined_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    joined_at = models.DateTimeField(null=True, editable=False)
    # Why both go on without an example of what this value looks like.
    nudge_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = ValueQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            together("proposed_by", "proposed_at", name="value_proposed"),
            together("council_agreed_by", "council_agreed_at", name="value_council_agreed"),
            together("municipality_agreed_by", "municipality_agreed_at", name="value_municipality_agreed"),
            together("joined_into", "joined_by", "joined_at", name="value_joined"),
            models.CheckConstraint(condition=~Q(name=""), name="value_has_a_name"),
        ]

    def __str__(self):
        return self.name

    def address(self, seat):
        return seat.url("values:detail", value=self.pk)

    @classmethod
    def names_for(cls, partnership, suggestions):
        """The list of words for a room: what both sides of the table share, then what others named most."""
        shared = cls.objects.filter(partnership=partnership).shared().values_list("name", flat=True)
        return list({plain(name): name for name in [*(name for name, _ in suggestions), *shared]}.values())

    @property
    def is_shared(self):
        return self.council_agreed_at is not None and self.municipality_agreed_at is not None

    def has_agreed(self, party):
        """Whether this side said yes."""
        return getattr(self, f"{party}_agreed_at") is not None

    def verdict(self, seat, wrote=()):
        """Who said yes, in words for the one who looks: one bold line and one plain line; `wrote` are the sides that
        named it themselves."""
        if self.is_shared:
            return "Van ons samen" if seat.is_side else "Van beide kanten samen", ""
        said = [party for party in Party.sides() if self.has_agreed(party)]
        names = {party: "Wij" if party == seat.party else f"De {seat.partnership.side_name(party)}" for party in Party}
        if not said:
            by = "Beide kanten" if len(wrote) > 1 else "".join(names[party] for party in wrote)
            many = by in ("Beide kanten", "Wij")
            told = f"{by} {'schreven' if many else 'schreef'} dit op. " if by else ""
            return "Nog niet samen", f"{told}Nog geen kant zei ja"
        silent = next(party for party in Party.sides() if party not in said)
        return f"{names[said[0]]} {'zeiden' if said[0] == seat.party else 'zei'} ja", f"{names[silent]} nog niet"

    def voice(self, party, words, joined=None):
        """What this side says: its words from the envelope, or what it proposed openly."""
        if view := words.get((self.pk, party)):
            own_word = "" if plain(view.name) == plain(self.name) else view.name
            label = view.get_priority_display()
            return Voice(view.name, view.meaning, view.why, view.priority, label, own_word)
        for value in (self, joined):
            if value is not None and value.proposed_by_id and value.proposed_by.party == party:
                return Voice(value.name, value.meaning)
        return None

    @classmethod
    def lay_out(cls, envelope):
        """Lay what came out of the envelopes side by side: one name is one value, whoever wrote it."""
        known = {}
        for value in cls.objects.filter(partnership=envelope.partnership).listed().order_by("-pk"):
            known[plain(value.name)] = value
        taken = set(ValueView.objects.filter(value__in=known.values()).values_list("value_id", "party"))
        views = ValueView.objects.filter(envelope=envelope).select_related("author").order_by("priority", "name", "pk")
        for view in views:
            value = known.get(plain(view.name))
            if value is None or (value.pk, view.party) in taken:
                value = cls(partnership=envelope.partnership, name=view.name).wrote(view.author)
                value.save()
                known[plain(view.name)] = value
            taken.add((value.pk, view.party))
            # `save` would refuse: what lies open does not change. Where it lies is not part of what was written.
            ValueView.objects.filter(pk=view.pk).update(value=value)

    @classmethod
    def propose(cls, seat, key, name, meaning):
        """One side lays a value openly on the table and says yes to it; the other side answers."""
        if not seat.is_side:
            raise ValidationError("Alleen een kant zelf kan een waarde voorstellen.")
        if not ValueEnvelope.of(seat).exclude(opened_at=None).exists():
            raise ValidationError("Schrijf eerst uw eigen waarden op. Voorstellen kan als de enveloppen open zijn.")
        now = timezone.now()
        value = cls(pk=key, partnership=seat.partnership, name=name, meaning=meaning, proposed_by=seat, proposed_at=now)
        value._answer(seat, seat)
        with transaction.atomic():
            value = value.wrote(seat).keep_once()
            if value.is_new:
                Event.record(seat, f"stelde de waarde ‘{name}’ voor", value)
        return value

    def shown(self):
        """Its name, and what it means for both."""
        return [self.name, self.meaning]

    def agree(self, seat, seen=None):
        """This side says yes to the value as it reads now."""
        with transaction.atomic():
            self._lock(seat)
            if self.joined_into_id:
                raise ValidationError("Deze waarde hoort nu bij een andere. Zeg daar ja of nee.")
            if not self.has_agreed(seat.party):
                self.refuse_unseen(seen)
                self._answer(seat, seat)
                self.save()
                Event.record(seat, f"zei ja tegen ‘{self.name}’", self)

    def retract(self, seat):
        """This side takes its yes back; the value stays on the table."""
        with transaction.atomic():
            self._lock(seat)
            if self.has_agreed(seat.party):
                self._answer(seat, None)
                self.save()
                Event.record(seat, f"nam het ja tegen ‘{self.name}’ terug", self)

    def write(self, seat, version, **texts):
        """Change the joint words. The other side said yes to the old ones, so it is asked again."""
        with transaction.atomic():
            copies = super().write(seat, version, **texts)
            if self.changed_words:
                other = seat.other_side
                asked_again = self.has_agreed(other)
                if asked_again:
                    self._clear(other)
                    self.save()
                if self.told_already and not asked_again:
                    return copies
                again = f"; de {seat.partnership.side_name(other)} zegt opnieuw ja of nee" if asked_again else ""
                Event.record(seat, f"veranderde de woorden bij ‘{self.name}’{again}", self)
        return copies

    def join(self, seat, other):
        """Lay a value that only one side named beside one that only the other side named: they mean the same."""
        with transaction.atomic():
            other._lock(seat)
            self._lock(seat)
            mine, theirs = self.named_by(), other.named_by()
            joined = Value.objects.filter(
                Q(joined_into__in=[self, other]) | Q(pk__in=[self.pk, other.pk], joined_at__isnull=False)
            )
            if joined.exists() or len(mine) != 1 or len(theirs) != 1 or mine == theirs:
                raise ValidationError(
                    "Samenleggen kan met één waarde van elke kant. Kies een waarde die alleen de andere kant noemde."
                )
            first, second = (self, other) if mine == {Party.COUNCIL} else (other, self)
            name = f"{first.name} en {second.name[:1].lower()}{second.name[1:]}"[:80]
            first._join(seat, second, name)
        return first

    def _join(self, seat, other, name):
        ValueView.objects.filter(value=other).update(value=self)
        other.joined_into, other.joined_by, other.joined_at = self, seat, timezone.now()
        other._clear(*Party.sides())
        other.save()
        # A yes to one of the two is no yes to the pair: only the one who lays them together has said something.
        self._clear(*Party.sides())
        self._answer(seat, seat)
        self.save()
        Written.write(self, seat, self.version, name=name)
        Event.record(seat, f"legde ‘{name}’ bij elkaar", self)

    def split(self, seat):
        """Undo the joining: both values stand on their own again, and neither has a yes."""
        with transaction.atomic():
            self._lock(seat)
            other = Value.objects.filter(joined_into=self).first()
            if other is None:
                raise ValidationError("Deze waarden liggen al los van elkaar.")
            other._lock(seat)
            other.joined_into = other.joined_by = other.joined_at = None
            other.save()
            ValueView.objects.filter(value=self, party=Party.MUNICIPALITY).update(value=other)
            self._clear(*Party.sides())
            self.save()
            own = ValueView.objects.filter(value=self).values_list("name", flat=True).first()
            own = own or self.name.removesuffix(f" en {other.name[:1].lower()}{other.name[1:]}")
            Written.write(self, seat, self.version, name=own)
            Event.record(seat, f"haalde ‘{self.name}’ en ‘{other.name}’ weer uit elkaar", self)
        return other

    def waive_practice(self, seat, reason):
        """Both go on without an example for now, and this is why."""
        reason = reason.replace("\0", "")
        if not reason.strip():
            raise ValidationError("Schrijf op waarom het zonder voorbeeld kan.")
        with transaction.atomic():
            self._lock(seat)
            self.nudge_reason = reason.strip()[:300]
            self.save()
            Event.record(seat, f"ging door zonder voorbeeld bij ‘{self.name}’: {self.nudge_reason}", self)

    def named_by(self):
        """The sides whose own words stand under this value."""
        parties = set(ValueView.objects.filter(value=self).values_list("party", flat=True))
        return parties or ({self.proposed_by.party} if self.proposed_by else set())

    def _answer(self, seat, by):
        setattr(self, f"{seat.party}_agreed_by", by)
        setattr(self, f"{seat.party}_agreed_at", timezone.now() if by else None)

    def _clear(self, *parties):
        for party in parties:
            setattr(self, f"{party}_agreed_by", None)
            setattr(self, f"{party}_agreed_at", None)

    def _lock(self, seat):
        if not seat.is_side:
            raise ValidationError("Alleen een kant zelf kan hier ja of nee op zeggen.")
        self.refresh_from_db(from_queryset=Value.objects.select_for_update())


class ValueView(SealedModel, Written):
    """What one side finds important, in its own words, sealed until both envelopes open."""

    class Priority(models.IntegerChoices):
        FIRST = 1, "Dit komt voor ons op de eerste plaats"
        HIGH = 2, "Heel belangrijk"
        ALSO = 3, "Ook belangrijk"

    texts = ("name", "meaning", "why", "priority")

    value = models.ForeignKey(Value, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    name = models.CharField("waarde", max_length=80)
    meaning = models.TextField("wat verstaat u eronder?", max_length=2000)
    why = models.TextField("waarom is dit belangrijk?", max_length=2000, blank=True)
    priority = models.PositiveSmallIntegerField("hoe belangrijk?", choices=Priority.choices, default=Priority.HIGH)

    objects = SealedQuerySet.as_manager()

    class Meta:
        ordering = ["priority", "name", "pk"]
        constraints = [
            models.UniqueConstraint("value", "party", name="one_view_per_side", condition=Q(value__isnull=False)),
        ]

    def __str__(self):
        return self.name

    def address(self, seat):
        return seat.url("values:own")

    def may_be_written_by(self, seat):
        return seat.party == self.party

    def refuse_words(self):
        self._refuse_released()
        self._refuse_open()

    def save(self, *args, **kwargs):
        with transaction.atomic():
            self._refuse_released()
            super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            self._refuse_released()
            return super().delete(*args, **kwargs)

    def _refuse_released(self):
        # Held until the commit: the envelopes cannot be released or opened while something is being laid in.
        envelope = Envelope.objects.select_for_update().get(pk=self.envelope_id)
        if envelope.is_ready(self.party) and not envelope.is_open:
            raise ValidationError(
                "Uw kant zei dat de envelop open mag. Neem dat eerst terug, dan kunt u verder schrijven."
            )

    @classmethod
    def lay_in(cls, seat, view):
        """Lay a new view in the own envelope."""
        with transaction.atomic():
            envelope = ValueEnvelope.begin(seat)
            view.partnership, view.envelope = seat.partnership, envelope
            view.party, view.author = seat.party, seat
            view = view.wrote(seat).keep_once()
            if view.is_new:
                Event.record(seat, f"legde ‘{view.name}’ in onze envelop", view, audience=seat.party)
        return view

    def take_out(self, seat):
        """Take a value out of the own envelope before it opens."""
        with transaction.atomic():
            self.delete()
            Event.record(seat, f"haalde ‘{self.name}’ uit onze envelop", audience=seat.party)
