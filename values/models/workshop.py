"""A werkbijeenkomst: a room of people says on its own phones, without an account, what it finds important."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.live import bells
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together

# How long after closing the people who were there can read the result with the code of the room.
RESULT_DAYS = 30
# More than this in one room is no room, but somebody who makes ballots by machine.
MOST_PEOPLE = 1000
MOST_GROUPS = 6
# Digits, because they can be typed from the back of the room on any phone; eight, so that guessing leads nowhere.
CODE_DIGITS = 8


class Stage(models.IntegerChoices):
    """Where the room is. The facilitator moves it, and everybody's phone follows."""

    JOIN = 0, "Aansluiten"
    EXAMPLE = 1, "Voorbeeld"
    VALUES = 2, "Waarden"
    TOGETHER = 3, "Samen zien"
    CLOSED = 4, "Gesloten"


class WorkshopQuerySet(PartnershipQuerySet):
    def latest_first(self):
        """All workshops of a table, with who opened them."""
        return self.select_related("opened_by__user", "partnership").order_by("-opened_at")


class Workshop(PartnershipModel):
    """One gathering around one question."""

    question = models.CharField("vraag", max_length=120, default="Wat vindt u het belangrijkst?")
    place = models.CharField("plaats", max_length=80)
    stage = models.PositiveSmallIntegerField(choices=Stage.choices, default=Stage.JOIN, editable=False)
    # What people type, and what the QR code carries: the second cannot be guessed, so it is never throttled.
    code = models.CharField(max_length=CODE_DIGITS, unique=True, editable=False)
    door_key = models.CharField(max_length=24, unique=True, editable=False)
    opened_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            together("closed_by", "closed_at", name="workshop_closed"),
            models.CheckConstraint(
                condition=Q(stage=Stage.CLOSED, closed_at__isnull=False)
                | Q(stage__lt=Stage.CLOSED, closed_at__isnull=True),
                name="workshop_closed_is_the_last_stage",
            ),
        ]

    def __str__(self):
        return self.question

    def address(self, seat):
        return seat.url("values:workshop", workshop=self.pk)

    @property
    def is_closed(self):
        return self.stage == Stage.CLOSED

    @property
    def is_over(self):
        """Whether the code leads nowhere any more."""
        return self.is_closed and timezone.now() > self.reachable_until

    @property
    def reachable_until(self):
        """Until when the people who were there can read the result; None while the room is open."""
        return self.closed_at + timedelta(days=RESULT_DAYS) if self.closed_at else None

    @property
    def spaced_code(self):
        """The code as it is read aloud: in two halves."""
        return f"{self.code[: CODE_DIGITS // 2]} {self.code[CODE_DIGITS // 2 :]}"

    def groups(self):
        """The groups in their order."""
        return WorkshopGroup.objects.filter(workshop=self)

    @classmethod
    def behind(cls, sent):
        """The room of this code or key, or None; what stands between the digits of a code means nothing."""
        digits = "".join(filter(str.isdecimal, sent))
        # A key may hold dashes and letters of its own, a code holds digits only.
        code = digits if len(digits) == CODE_DIGITS and not any(map(str.isalpha, sent)) else sent.strip()
        room = cls.objects.select_related("partnership").filter(Q(code=code) | Q(door_key=code)).first()
        return None if room is None or room.is_over else room

    @classmethod
    def open_room(cls, seat, workshop, groups):
        """Open a room around a question. A retry with the same key finds the room that is already there."""
        with transaction.atomic():
            workshop.partnership, workshop.opened_by = seat.partnership, seat
            workshop.code, workshop.door_key = cls._free_code(), secrets.token_urlsafe(12)
            kept = workshop.keep_once()
            if kept.is_new:
                kept._keep_groups(groups)
                Event.record(seat, f"opende een werkbijeenkomst: {kept.question}", kept)
        return kept

    @classmethod
    def _free_code(cls):
        while True:
            # Never a zero in front: it would get lost in a spreadsheet and in a memory.
            code = str(secrets.randbelow(9 * 10 ** (CODE_DIGITS - 1)) + 10 ** (CODE_DIGITS - 1))
            if not cls.objects.filter(code=code).exists():
                return code

    def change(self, seat, question, place, groups):
        """Other words for the question, another place, other groups; as long as the room is open."""
        with transaction.atomic():
            self.hold()
            self.question, self.place = question, place
            self._keep_groups(groups)
            self.save()
            Event.record(seat, "veranderde de vraag, de plaats of de groepen", self)

    def _keep_groups(self, names):
        """Lay these names over the groups, place by place; a group in which somebody sits cannot go."""
        known = {group.position: group for group in WorkshopGroup.objects.filter(workshop=self)}
        for position, name in names.items():
            group = known.pop(position, None) or WorkshopGroup(
                partnership=self.partnership, workshop=self, position=position
            )
            if group.name != name:
                group.name = name
                group.save()
        for group in known.values():
            group.drop()

    def hold(self):
        """Lock the room until the commit, and refuse when it is closed: one lock for phones and facilitator alike."""
        self.refresh_from_db(from_queryset=Workshop.objects.select_for_update())
        self.refuse_closed()

    def refuse_closed(self):
        """After closing nothing comes in and nothing changes."""
        if self.is_closed:
            raise ValidationError("Deze bijeenkomst is gesloten. Er kan niets meer bij en er verandert niets meer.")

    def move(self, seat, expected, forward=True):
        """One stage further or back, for everyone. `expected` is the stage on the screen of who pressed."""
        with transaction.atomic():
            self.hold()
            if expected != self.stage:
                raise ValidationError("Iemand anders bracht de zaal al verder. Kijk waar de zaal nu is.")
            if not forward and self.stage == Stage.JOIN:
                raise ValidationError("Dit is de eerste fase. Terug kan niet.")
            self.stage += 1 if forward else -1
            if self.is_closed:
                self.closed_by, self.closed_at = seat, timezone.now()
            self.save()
            if self.is_closed:
                Event.record(seat, f"sloot de werkbijeenkomst ‘{self.question}’", self)

    def ring_once(self):
        """One bell for one act of one phone, however many rows it touched."""
        bells.ring(self.partnership.channel(), self.topic)

    def ticket(self, token):
        """What is kept of a phone: a digest that only means something in this room, for as long as it is open."""
        return hashlib.sha256(f"{self.pk}:{token}".encode()).hexdigest()


class OfTheRoom(PartnershipModel):
    """Something in a room. It rings no bell of its own: the act that made it rings once."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="+", editable=False)

    class Meta:
        abstract = True

    def ring(self):
        """The room rings, see `Workshop.ring_once`."""


class WorkshopGroup(OfTheRoom):
    """Those in the room who belong together: clients, the council, the municipality, others."""

    # The sides of the table stand at a fixed place, so that they keep their mark whatever they are called.
    PARTIES = {2: Party.COUNCIL, 3: Party.MUNICIPALITY}

    position = models.PositiveSmallIntegerField()
    name = models.CharField("groep", max_length=40)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["workshop", "position"], name="one_group_per_place")]

    def __str__(self):
        return self.name

    @property
    def party(self):
        """The side whose mark stands beside this group, if any."""
        return self.PARTIES.get(self.position, "")

    def drop(self):
        """Take the group away, unless somebody in the room chose it."""
        try:
            with transaction.atomic():
                self.delete()
        except models.ProtectedError as refusal:
            raise ValidationError(f"In de groep ‘{self.name}’ zit al iemand. Die kan niet meer weg.") from refusal
