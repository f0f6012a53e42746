"""What one phone in the room sends: a group, an example, at most five words. No name, no device, no hour."""

import unicodedata
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipQuerySet, together
from values.models.side_by_side import plain
from values.models.workshop import MOST_PEOPLE, OfTheRoom, WorkshopGroup

MOST_WORDS = 5
LONGEST_WORD = 40
LONGEST_NOTICE = 160
LONGEST_EXAMPLE = 400


def tidy(text):
    """A text as people see it: one space between words, no signs without a shape."""
    text = unicodedata.normalize("NFC", text)
    # Joiners stay: without them a family of emoji falls apart.
    shapeless = ("Cc", "Cf", "Cs")
    return " ".join(
        "".join(sign for sign in word if sign == "\u200d" or unicodedata.category(sign) not in shapeless)
        for word in text.split()
    ).strip()


class BallotQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Only what its writer lets the room read: nobody at the table leafs through ballots."""
        return super().visible_to(seat).on_screen()

    def on_screen(self):
        """Examples that may be read aloud, the newest first; the ones that were hidden among them."""
        return self.filter(may_show=True).exclude(example="").order_by("-turn")


class Ballot(OfTheRoom):
    """The one ballot of one phone, changeable until the room closes."""

    # A digest of a random number in a cookie; thrown away when the room closes.
    ticket = models.CharField(max_length=64, null=True, editable=False)
    group = models.ForeignKey(WorkshopGroup, on_delete=models.PROTECT, related_name="+", editable=False)
    example = models.CharField("voorbeeld", max_length=LONGEST_EXAMPLE, blank=True)
    has_no_example = models.BooleanField(default=False)
    may_show = models.BooleanField(default=False)
    # The order in which examples came, without the hour.
    turn = models.PositiveIntegerField(null=True, editable=False)
    hidden_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    hidden_at = models.DateTimeField(null=True, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "ticket"], name="one_ballot_per_phone"),
            together("hidden_by", "hidden_at", name="ballot_hidden"),
        ]

    def __str__(self):
        return "stembriefje"

    @property
    def has_told(self):
        """Whether this person is past the example."""
        return bool(self.example) or self.has_no_example

    @classmethod
    def of(cls, workshop, token):
        """The ballot of this phone, or None; after closing nobody's ballot can be found."""
        if not token:
            return None
        ballot = cls.objects.select_related("group").filter(workshop=workshop, ticket=workshop.ticket(token)).first()
        if ballot is not None:
            ballot.workshop = workshop
        return ballot

    @classmethod
    def take_part(cls, workshop, token, group):
        """This phone joins the room in this group, or moves to another group."""
        with transaction.atomic():
            workshop.hold()
            ballot = cls.of(workshop, token)
            if ballot is None:
                if cls.objects.filter(workshop=workshop).count() >= MOST_PEOPLE:
                    raise ValidationError("De zaal is vol. Vraag de gespreksleider om hulp.")
                ballot = cls(
                    partnership=workshop.partnership, workshop=workshop, group=group, ticket=workshop.ticket(token)
                )
            ballot.group = group
            ballot.save()
            workshop.ring_once()
        return ballot

    def tell(self, example, may_show):
        """Write one example from the own life; an empty one says: I have none now."""
        with transaction.atomic():
            self.workshop.hold()
            self.example, self.has_no_example = tidy(example), not tidy(example)
            self.may_show = bool(may_show and self.example)
            if self.may_show and self.turn is None:
                last = Ballot.objects.filter(workshop=self.workshop).aggregate(last=Max("turn"))["last"]
                self.turn = (last or 0) + 1
            self.save()
            self.workshop.ring_once()

    def choices(self):
        """The words on this ballot, in their order."""
        return list(Choice.objects.filter(ballot=self).select_related("word"))

    def choose(self, named):
        """Lay these words on the ballot in place of what was there: pairs of a word and how one notices it."""
        with transaction.atomic():
            self.workshop.hold()
            if not self.has_told:
                raise ValidationError("Schrijf eerst uw voorbeeld op. Dat helpt bij het kiezen.")
            wanted = {}
            for word, notice in named:
                if name := tidy(word):
                    wanted.setdefault(plain(name), (name, tidy(notice)))
            if len(wanted) > MOST_WORDS:
                raise ValidationError(f"Kies er hoogstens vijf. U hebt er nu {len(wanted)}. Haal er een paar weg.")
            words = WorkshopWord.named(self.workshop, {key: name for key, (name, _) in wanted.items()})
            Choice.objects.filter(ballot=self).delete()
            Choice.objects.bulk_create(
                Choice(partnership=self.partnership, workshop=self.workshop, ballot=self, word=words[key],
                       notice=notice, place=place)
                for place, (key, (_, notice)) in enumerate(wanted.items())
            )  # fmt: skip
            WorkshopWord.forget_unused(self.workshop)
            self.workshop.ring_once()

    def hide(self, seat, hidden=True):
        """The facilitator takes an example off the screen, or puts it back."""
        with transaction.atomic():
            self.hidden_by, self.hidden_at = (seat, timezone.now()) if hidden else (None, None)
            self.save()
            self.workshop.ring_once()
            said = "haalde een voorbeeld van het grote scherm" if hidden else "zette een voorbeeld terug op het scherm"
            Event.record(seat, said, self.workshop)


class WorkshopWord(OfTheRoom):
    """A word that somebody in the room named; who wrote it first gave it its spelling."""

    # What people type stays shorter; a value of the table, picked from the list, may be longer.
    name = models.CharField("woord", max_length=80)
    # Letters of some scripts become three when they are compared.
    plain = models.CharField(max_length=240)
    # The order in which words came: on the screen none of them changes places.
    number = models.PositiveIntegerField()
    joined_into = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    joined_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    joined_at = models.DateTimeField(null=True, editable=False)
    hidden_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    hidden_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workshop", "plain"], name="one_word_per_spelling"),
            together("joined_into", "joined_by", "joined_at", name="word_joined"),
            together("hidden_by", "hidden_at", name="word_hidden"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def named(cls, workshop, names):
        """The words with these names, `{compared: spelled}`; the new ones are made. The room is held."""
        known = {word.plain: word for word in cls.objects.filter(workshop=workshop, plain__in=names)}
        missing = [key for key in names if key not in known]
        last = cls.objects.filter(workshop=workshop).aggregate(last=Max("number"))["last"] if missing else 0
        for number, key in enumerate(missing, (last or 0) + 1):
            known[key] = cls(
                partnership=workshop.partnership, workshop=workshop, name=names[key], plain=key, number=number
            )
            known[key].save()
        return known

    @classmethod
    def forget_unused(cls, workshop):
        """A word that its only writer took back leaves no trace, unless others lie with it."""
        used = Choice.objects.filter(workshop=workshop).values("word")
        homes = cls.objects.filter(workshop=workshop, joined_into__isnull=False).values("joined_into")
        lonely = cls.objects.filter(workshop=workshop).exclude(pk__in=used).exclude(pk__in=homes)
        lonely.delete()

    def lay_with(self, seat, other):
        """These two mean the same and lie together from now on. Gives the word whose name stays.

        That is the one that more people wrote, whichever was laid on which: the room chose it.
        """
        with transaction.atomic():
            self.workshop.hold()
            for word in (self, other):
                word.refresh_from_db()
            if self.workshop_id != other.workshop_id or self == other or self.joined_into_id or other.joined_into_id:
                raise ValidationError("Deze woorden liggen al bij elkaar of bij een ander. Kies twee losse woorden.")
            times = Counter(Choice.objects.filter(word__in=(self, other)).values_list("word", flat=True))
            under, stays = (other, self) if times[self.pk] > times[other.pk] else (self, other)
            under.joined_into, under.joined_by, under.joined_at = stays, seat, timezone.now()
            under.save()
            self.workshop.ring_once()
        return stays

    def take_apart(self, seat):
        """Undo the joining: this word stands on its own again, with what lay under it before."""
        with transaction.atomic():
            self.workshop.hold()
            self.refresh_from_db()
            if self.joined_into_id is None:
                raise ValidationError("Dit woord ligt al los.")
            self.joined_into = self.joined_by = self.joined_at = None
            self.save()
            self.workshop.ring_once()

    def hide(self, seat, hidden=True):
        """The facilitator takes a word off the screen, or puts it back. Both leave a line in the history."""
        with transaction.atomic():
            self.workshop.hold()
            self.refresh_from_db()
            self.hidden_by, self.hidden_at = (seat, timezone.now()) if hidden else (None, None)
            self.save()
            self.workshop.ring_once()
            did, where = ("haalde", "van het grote scherm") if hidden else ("zette", "terug op het scherm")
            Event.record(seat, f"{did} ‘{self.name}’ {where}", self.workshop)


class Choice(OfTheRoom):
    """One word on one ballot, and how its writer would notice it."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="+", editable=False)
    word = models.ForeignKey(WorkshopWord, on_delete=models.PROTECT, related_name="+", editable=False)
    notice = models.CharField("waaraan merkt u dat?", max_length=LONGEST_NOTICE, blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["ballot", "word"], name="a_word_counts_once_per_ballot")]

    def __str__(self):
        return str(self.word)
