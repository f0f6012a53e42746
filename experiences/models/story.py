from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.merge import merge
from dialoog.partnerships.models import Event, Member, Party, together
from experiences.models.consent import Consent
from experiences.models.tellers import Interview, Secret, Teller
from experiences.scan import officials, replaced, scan
from experiences.vault import Vault

LONGEST = 60_000


def officials_of(partnership):
    """The rules by which an official of this table, also one who left, becomes their function in a story."""
    people = Member.objects.filter(partnership=partnership, party=Party.MUNICIPALITY).select_related("user")
    return officials((person.name, person.function) for person in people.order_by("pk"))


class Story(Secret):
    """What somebody told, in five passages; with what the teller thinks of it."""

    class Meaning(models.TextChoices):
        GOOD = "good", "Goed"
        BAD = "bad", "Niet goed"
        MIXED = "mixed", "Allebei"

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="+", editable=False)
    meaning = models.CharField("hoe noemt de verteller dit zelf", max_length=6, choices=Meaning.choices, blank=True)
    read_back = models.BooleanField("teruggelezen met de verteller", default=False)
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    typed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview"], name="story_once_per_interview")]

    def __str__(self):
        return f"Verhaal van {self.interview}"

    @classmethod
    def of(cls, interview):
        """The story of this conversation, or None while nothing was typed."""
        return cls.objects.filter(interview=interview).first()

    @classmethod
    def begin(cls, seat, interview):
        """The story of this conversation; made when the first word arrives, and never without consent."""
        teller = Teller.objects.select_for_update().get(pk=interview.teller_id)
        teller.refuse_withdrawn()
        if interview.declined:
            raise ValidationError("De verteller wilde niet meedoen. Er wordt dan niets opgeschreven.")
        if interview.project.is_closed:
            raise ValidationError("Deze ronde is afgesloten. Er kan niets meer bij geschreven worden.")
        Consent.require(teller)
        made, is_new = cls.objects.get_or_create(
            interview=interview, defaults={"partnership": seat.partnership, "teller": teller, "begun_by": seat}
        )
        if is_new:
            Event.record(seat, "begon het verhaal uit te typen", thing=interview, audience=Party.COUNCIL)
        return made

    @classmethod
    def keep(cls, seat, interview, passages, meaning="", read_back=False):
        """Save the whole page at once: each passage with the version it was typed on. Gives what became of each."""
        with transaction.atomic():
            story = cls.begin(seat, interview)
            story.meaning, story.read_back = meaning, read_back
            story.typed_at = timezone.now()
            story.save()
            return {
                field: Passage.of(story, field).write(seat, version, text)
                for field, (version, text) in passages.items()
            }

    @classmethod
    def keep_passage(cls, seat, interview, field, version, text):
        """Save one passage, as the page does while somebody types."""
        with transaction.atomic():
            story = cls.begin(seat, interview)
            story.typed_at = timezone.now()
            story.save(update_fields=["typed_at"])
            return Passage.of(story, field).write(seat, version, text)

    @classmethod
    def keep_meaning(cls, seat, interview, meaning, read_back):
        """Save what the teller thinks of it, and whether it was read back."""
        with transaction.atomic():
            story = cls.begin(seat, interview)
            story.meaning, story.read_back = meaning, read_back
            story.save(update_fields=["meaning", "read_back"])
            return story

    def expire(self):
        # The cards that crossed still have to know that they come from one story.
        self.meaning = ""
        self.save(update_fields=["meaning"])

    def passages(self, vault=None):
        """The five passages in their order, with their texts; those never typed in are there too, empty."""
        kept = {passage.field: passage for passage in Passage.objects.filter(story=self)}
        return [kept.get(field) or Passage.blank(self, field) for field in Passage.Field.values]

    def refuse_bsn(self):
        """Typing never stops for it, but nobody is done with a story in which a citizen service number stands."""
        if any(hit.kind == "bsn" for passage in self.passages() for hit in passage.hits(())):
            raise ValidationError(
                "Alles is opgeslagen, maar in het verhaal staat nog een burgerservicenummer. Dat mag nergens blijven "
                "staan. Ga terug en kies ‘Vervang’ in de lijst eronder."
            )

    def whole(self):
        """All that was told, one passage under the other."""
        return "\n\n".join(passage.text for passage in self.passages() if passage.text.strip())


@dataclass(frozen=True)
class Saved:
    """What became of a save: the text that stands there now, its version, and the copy of what did not fit."""

    text: str
    version: int
    copy: Any = None


class Passage(Secret):
    """One of the five parts of a story: the unit that is saved while somebody types."""

    class Field(models.TextChoices):
        HAPPENED = "happened", "Wat gebeurde er?"
        EFFECT = "effect", "Wat deed dat met de verteller?"
        WELL = "well", "Wat ging er goed?"
        BADLY = "badly", "Wat ging er niet goed?"
        DIFFERENT = "different", "Wat zou er anders moeten?"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", editable=False)
    field = models.CharField(max_length=10, choices=Field.choices, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "field"], name="passage_once_per_story")]

    def __str__(self):
        return self.get_field_display()

    @classmethod
    def blank(cls, story, field):
        return cls(partnership_id=story.partnership_id, teller_id=story.teller_id, story=story, field=field)

    @classmethod
    def of(cls, story, field):
        """This passage of the story, locked for writing."""
        if field not in cls.Field.values:
            raise ValidationError("Dit veld is er niet.")
        owner = {"partnership_id": story.partnership_id, "teller_id": story.teller_id}
        made, _ = cls.objects.select_for_update().get_or_create(story=story, field=field, defaults=owner)
        return made

    @classmethod
    def said(cls, seat, project, asked):
        """By which tellers of a round these words were said, each with the words around them.

        Every story is opened to look: no word of it is kept anywhere to be found faster.
        """
        vault, wanted, found = Vault(project.partnership_id), asked.lower(), {}
        told = cls.objects.visible_to(seat).filter(teller__project=project, sealed__isnull=False).order_by("field")
        # Hundreds of rows: their words alone, without making a thing of each.
        for key, teller, sealed in told.values_list("pk", "teller_id", "sealed"):
            text = cls.unsealed(vault, key, teller, sealed).get("text", "")
            place = text.lower().find(wanted)
            if place >= 0:
                found.setdefault(teller, _around(text, place, len(asked)))
        return found

    @classmethod
    def told_by(cls, teller):
        told = cls.objects.filter(teller=teller, sealed__isnull=False).select_related("story")
        return [(passage.text, passage.story.begun_at, None) for passage in told]

    @property
    def text(self):
        return self.words().get("text", "")

    @property
    def kept(self):
        """The hits that somebody decided to leave as they are."""
        return self.words().get("kept", [])

    def hits(self, more=None):
        """What may betray the teller here, without what somebody chose to leave.

        `more` are the rules for the officials of this table, for a page that asks it of five passages.
        """
        kept = self.kept
        found = scan(self.text, officials_of(self.partnership_id) if more is None else more)
        return [hit for hit in found if hit.key not in kept]

    def write(self, seat, version, text):
        """Keep this text, typed on top of `version`. When somebody was first both are merged word by word.

        What does not merge stays beside it as a copy: no text that was acknowledged ever goes.
        """
        typed = text.replace("\r\n", "\n").replace("\0", "")
        if len(typed) > LONGEST:
            raise ValidationError(
                f"Dit is langer dan {LONGEST // 1000} duizend tekens. Er is niets bewaard. Kort het in, of verdeel het."
            )
        now, copy = self.text, None
        if typed == now:
            return Saved(now, self.version)
        result = typed
        if version != self.version:
            base = self._at(version)
            outcome = merge(base, typed, now)
            result = outcome.text
            if len(result) > LONGEST:
                result, copy = now, self._copy(seat, base, typed, now)
            elif outcome.conflicts:
                copy = self._copy(seat, base, outcome.losing, result)
        if result != now:
            self._keep(seat, result, self.kept)
        return Saved(result, self.version, copy)

    def swap(self, seat, number, words, proposal=None):
        """Replace what may betray the teller by its proposal."""
        hit = self._find(number, words)
        self._keep(seat, replaced(self.text, hit, proposal), self.kept)

    def leave(self, seat, number, words):
        """A person decided that these words may stay. The number that follows somebody through life may not."""
        hit = self._find(number, words)
        if hit.kind == "bsn":
            raise ValidationError("Een burgerservicenummer mag nergens blijven staan. Kies ‘Vervang’.")
        self._keep(seat, self.text, [*self.kept, hit.key])

    def _find(self, number, words):
        hits = self.hits()
        same = [hit for place, hit in enumerate(hits, 1) if hit.text == words]
        exact = [hit for place, hit in enumerate(hits, 1) if hit.text == words and place == number]
        if not same:
            raise ValidationError("Deze woorden staan er niet meer. Kijk in de lijst wat er nu staat.")
        return (exact or same)[0]

    def _keep(self, seat, text, kept):
        self.version += 1
        self.seal(text=text, kept=kept)
        self.save()
        row = PassageVersion(partnership_id=self.partnership_id, teller_id=self.teller_id, passage=self)
        row.number, row.by = self.version, seat
        row.seal(text=text)
        row.save()

    def _at(self, version):
        """The text as it was at this version. One that never existed has no words: everything then clashes."""
        row = PassageVersion.objects.filter(passage=self, number=version, is_copy=False).first()
        return row.words()["text"] if row else ""

    def _copy(self, seat, base, losing, standing):
        """Keep what did not fit; a retry of the same save finds the copy it already made."""
        for known in self.copies():
            if known.by_id == seat.pk and known.words()["text"] == losing:
                return known
        copy = PassageVersion(partnership_id=self.partnership_id, teller_id=self.teller_id, passage=self)
        copy.number, copy.by, copy.is_copy = self.version, seat, True
        copy.seal(text=losing, base=base, standing=standing)
        copy.save()
        return copy

    def copies(self):
        """Texts that came second and wait for somebody to decide."""
        waiting = PassageVersion.objects.filter(passage=self, is_copy=True, settled_at=None)
        return list(waiting.select_related("by__user").order_by("at", "pk"))


def _around(text, place, length):
    """Some words of a text around this place."""
    start, end = max(0, place - 60), place + length + 60
    cut = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) else ''}"


class PassageVersion(Secret):
    """A passage as it was once, or a copy of a text that came second; in the vault like the passage itself."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="+", editable=False)
    number = models.PositiveIntegerField(editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    is_copy = models.BooleanField(default=False, editable=False)
    settled_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "number"], condition=models.Q(is_copy=False), name="passage_version_once"
            ),
            together("settled_by", "settled_at", name="passage_copy_settled"),
        ]

    def __str__(self):
        return f"{self.passage}, versie {self.number}"

    @property
    def text(self):
        return self.words().get("text", "")

    def settle(self, seat, take):
        """Decide about a text that came second: take it, or leave what stands. Both stay in the history."""
        with transaction.atomic():
            Teller.objects.select_for_update().get(pk=self.teller_id).refuse_withdrawn()
            passage = Passage.objects.select_for_update().get(pk=self.passage_id)
            self.refresh_from_db()
            if self.settled_at:
                raise ValidationError("Iemand heeft hier al over besloten.")
            if take:
                words = self.words()
                outcome = merge(words["standing"], words["text"], passage.text)
                # Asked for by a person who saw both: where it clashes again, the chosen text wins.
                passage._keep(seat, outcome.losing if outcome.conflicts else outcome.text, passage.kept)
            self.settled_by, self.settled_at = seat, timezone.now()
            self.save()
