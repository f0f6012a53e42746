import json
import re
import secrets

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from dialoog.partnerships.models import (
    Copied,
    Event,
    Member,
    PartnershipModel,
    PartnershipQuerySet,
    Party,
    WithdrawnSentence,
    together,
)
from experiences.vault import Ledger, Vault, VaultClosed
from projects.models import Phase

# Nothing that is mistaken for another sign when it is read aloud or written by hand.
LETTERS, FIGURES = "BCDFGHJKLMNPRSTVWXZ", "23456789"


def new_code():
    """A code for a teller's card, easy to say: 'K4M 72'."""
    signs = "".join(secrets.choice(kind) for kind in (LETTERS, FIGURES, LETTERS, FIGURES, FIGURES))
    return f"{signs[:3]} {signs[3:]}"


def tidy_code(typed):
    """A code as it is kept, however somebody typed it."""
    signs = re.sub(r"[^A-Z0-9]", "", str(typed).upper())
    if not re.fullmatch(r"[A-Z]\d[A-Z]\d\d", signs):
        raise ValidationError("Een code is letter, cijfer, letter en twee cijfers, bijvoorbeeld K4M 72.")
    return f"{signs[:3]} {signs[3:]}"


def _digest(code):
    return salted_hmac("teller", code, algorithm="sha256").hexdigest()


def quarter(day):
    """The first day of the quarter in which this day lies."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


class Helper(PartnershipModel):
    """A neutral helper whom the council names for one round: only then does this person see conversations."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="wie")
    named_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "member"], name="helper_once_per_round")]

    def __str__(self):
        return f"{self.member} helpt bij de gesprekken"

    def audience(self):
        return Party.COUNCIL

    @classmethod
    def name(cls, seat, project, member):
        """The council lets this neutral person see the conversations of this round."""
        if not seat.is_council:
            raise ValidationError("Alleen de cliëntenraad kan iemand bij de gesprekken laten.")
        if not member.is_neutral or not member.is_active or member.partnership_id != project.partnership_id:
            raise ValidationError("Kies iemand die neutraal is en aan deze tafel zit.")
        with transaction.atomic():
            project.lock()
            known = cls.objects.filter(project=project, member=member).first()
            if known:
                return known
            made = cls.objects.create(partnership=seat.partnership, project=project, member=member, named_by=seat)
            Event.record(seat, f"laat {member} helpen bij de gesprekken", thing=project, audience=Party.COUNCIL)
            return made

    @classmethod
    def lets(cls, seat, project):
        """Whether this seat works on the conversations of this round: of the council, or named by it."""
        return seat.is_council or (seat.is_neutral and cls.objects.filter(project=project, member=seat).exists())

    def dismiss(self, seat):
        """This person no longer sees the conversations."""
        if not seat.is_council:
            raise ValidationError("Alleen de cliëntenraad beslist wie bij de gesprekken mag.")
        with transaction.atomic():
            Event.record(
                seat, f"laat {self.member} niet meer bij de gesprekken", thing=self.project, audience=Party.COUNCIL
            )
            self.delete()


class SecretQuerySet(PartnershipQuerySet):
    """What only the council sees, and the neutral helper whom it named for that round."""

    # How to get from a row to its round.
    to_project = "teller__project"

    def visible_to(self, seat):
        """Everything for the council, the named rounds for a helper; for the others it does not exist."""
        there = super().visible_to(seat)
        if seat.is_council:
            return there
        if seat.is_neutral:
            named = Helper.objects.filter(member=seat, partnership=seat.partnership)
            return there.filter(**{f"{self.to_project}__in": named.values("project")})
        return there.none()


class TellerQuerySet(SecretQuerySet):
    to_project = "project"

    def with_code(self, code):
        """The teller with this code at one table, also when it was withdrawn since; or None."""
        return self.filter(models.Q(code=code) | models.Q(code_digest=_digest(code))).first()


class Teller(PartnershipModel):
    """Somebody who told the council something: known by the code on a card, and by nothing else."""

    class Whose(models.TextChoices):
        CLIENT = "client", "van de cliënt zelf"
        RELATIVE = "relative", "van een naaste, over iemand anders"
        # Labelled, because it never carries a theme alone.
        OWN = "own", "van een lid van de raad zelf"

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+", verbose_name="ronde")
    code = models.CharField("code op de kaart", max_length=8)
    whose = models.CharField("van wie is het verhaal", max_length=10, choices=Whose.choices, default=Whose.CLIENT)
    # Nobody's name: the teller withdrew without us, with the code.
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    # That the teller did so without us, the council should hear from somebody.
    seen_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    seen_at = models.DateTimeField(null=True, editable=False)
    # The words went with their time; what both sides already read stays.
    expired_at = models.DateTimeField(null=True, editable=False)
    # Of a withdrawn teller: to say that a code was used before, without keeping it.
    code_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = TellerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "code"], name="teller_code_once_at_a_table"),
            together("seen_by", "seen_at", name="teller_withdrawal_seen"),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=False) | models.Q(withdrawn_by=None),
                name="teller_withdrawn_when",
            ),
        ]

    def __str__(self):
        return "ingetrokken" if self.is_withdrawn else self.code

    def audience(self):
        return Party.COUNCIL

    def save(self, *args, **kwargs):
        if self._state.adding:
            first = not Teller.objects.filter(partnership_id=self.partnership_id).exists()
            Vault(self.partnership_id).make_key(self.pk, first=first)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            self._forget_history()
            answer = super().delete(*args, **kwargs)
            self._forget_key(Ledger.EXPIRED)
        return answer

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None

    @property
    def is_unseen(self):
        """Whether the teller withdrew without us, and nobody of the council has said to know it."""
        return self.is_withdrawn and self.withdrawn_by_id is None and self.seen_at is None

    def refuse_withdrawn(self):
        if self.is_withdrawn:
            raise ValidationError("De verteller trok dit gesprek in. Er kan niets meer bij geschreven worden.")
        if self.expired_at:
            raise ValidationError(
                "De bewaartijd van dit gesprek is voorbij: de woorden zijn weg. Er kan niets meer bij."
            )

    def withdraw(self, seat=None):
        """The teller no longer takes part: story, consent details, contact and cards go, from all that is not final.

        That there was a conversation stays on the council's list, without a word of what was told, without the day and
        without who was there. `seat` is empty when the teller did it alone, or when a restored backup is put right.
        """
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Teller.objects.select_for_update())
            if self.is_withdrawn:
                return
            self.withdrawn_by, self.withdrawn_at = seat, timezone.now()
            self.code_digest, self.code = _digest(self.code), secrets.token_hex(4)
            self.save()
            self._forget_history()
            self._take_out()
            # What stands on something goes before it: a card before the story it came from.
            for kind in reversed(Secret.__subclasses__()):
                for row in kind.objects.filter(teller=self):
                    row.forget(seat)
            self._forget_key(Ledger.WITHDRAWN)
            said = "trok een gesprek in voor de verteller" if seat else "Een verteller trok zijn verhaal in"
            Event.objects.create(
                partnership_id=self.partnership_id, by=seat, sentence=said, party=Party.COUNCIL,
                thing_kind=self.kind(), thing_id=self.pk,
            )  # fmt: skip

    def expire(self):
        """The time to keep the words is over: they become unreadable. Cards that crossed stay, as the teller agreed."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Teller.objects.select_for_update())
            if self.is_withdrawn or self.expired_at:
                return
            self.expired_at = timezone.now()
            self.save()
            for kind in reversed(Secret.__subclasses__()):
                for row in kind.objects.filter(teller=self):
                    row.expire()
            self._forget_key(Ledger.EXPIRED)

    def see(self, seat):
        """Somebody of the council knows that this teller withdrew."""
        if self.is_unseen:
            self.seen_by, self.seen_at = seat, timezone.now()
            self.save(update_fields=["seen_by", "seen_at"])

    def told(self):
        """What this teller said and did not cross, as `Copied` asks; nothing of it when the vault does not open."""
        try:
            return [one for kind in Secret.__subclasses__() for one in kind.told_by(self)]
        except VaultClosed:
            # A restored backup holds words of which the key is gone; that teller is forgotten all the same.
            return []

    def _take_out(self):
        """Who worked on the story may have written its sentences elsewhere, long before there was a card."""
        if told := self.told():
            for text, *_ in told:
                WithdrawnSentence.keep(self.partnership_id, text)
            Copied(self.partnership_id, told).take_out()

    def _forget_history(self):
        """The lines of history around this teller: who was there, and on which day."""
        things = [self.pk]
        for kind in Secret.__subclasses__():
            things += kind.objects.filter(teller=self).values_list("pk", flat=True)
        Event.objects.filter(thing_id__in=things).delete()

    def _forget_key(self, what):
        # Only when the act holds: a key cannot be brought back.
        table, teller = self.partnership_id, self.pk
        transaction.on_commit(lambda: Vault(table).destroy_key(teller, what))


class Secret(PartnershipModel):
    """A row of which the words lie in the vault, under the key of one teller."""

    teller = models.ForeignKey(Teller, on_delete=models.CASCADE, related_name="+", editable=False)
    sealed = models.BinaryField(null=True, editable=False)

    objects = SecretQuerySet.as_manager()

    class Meta:
        abstract = True

    def audience(self):
        return Party.COUNCIL

    def words(self, vault=None):
        """The words of this row, by name; `vault` when many rows are read at once."""
        if self.sealed is None:
            return {}
        return self.unsealed(vault or Vault(self.partnership_id), self.pk, self.teller_id, self.sealed)

    @classmethod
    def unsealed(cls, vault, key, teller, sealed):
        """The words of the row of this kind with this key, for whoever reads many rows at once."""
        return json.loads(vault.open(teller, f"{cls.kind()}:{key}:{vault.table}", sealed))

    @classmethod
    def told_by(cls, teller):
        """The sentences of this teller in rows of this kind; a kind with none has nothing to say."""
        return []

    def forget(self, seat):
        """The teller withdrew: this row goes, unless it says something about the council's own work."""
        self.delete()

    def expire(self):
        """The time of the words is over: they go, and the row with them unless somebody still needs it."""
        self.delete()

    def seal(self, **words):
        """Put these words in the vault; the row is saved by whoever calls."""
        sealed = json.dumps(words, ensure_ascii=False)
        self.sealed = Vault(self.partnership_id).seal(self.teller_id, self._row, sealed)

    @property
    def _row(self):
        return f"{self.kind()}:{self.pk}:{self.partnership_id}"


class InterviewQuerySet(SecretQuerySet):
    def with_people(self):
        return self.select_related("teller", "project").prefetch_related("interviewers__user")

    def of(self, project):
        """The conversations of one round, latest first."""
        return self.filter(project=project).order_by("-number")


class Interview(Secret):
    """One conversation: when, with whom, where and how. What was told stands in the story."""

    class Form(models.TextChoices):
        TOGETHER = "together", "samen aan tafel"
        GROUP = "group", "in een groepje"
        PHONE = "phone", "aan de telefoon of met beeld"
        WALK = "walk", "onderweg, tijdens een wandeling"

    class Place(models.TextChoices):
        FOOD_BANK = "food_bank", "Voedselbank"
        NEIGHBOURHOOD = "neighbourhood", "Buurthuis of wijkcentrum"
        HOME = "home", "Bij iemand thuis"
        LIBRARY = "library", "Bibliotheek of school"
        CARE = "care", "Zorg, opvang of dagbesteding"
        FAITH = "faith", "Kerk, moskee of vereniging"
        COUNTER = "counter", "Bij een loket"
        REMOTE = "remote", "Op afstand"
        OTHER = "other", "Ergens anders"

    class Approach(models.TextChoices):
        PERSON = "person", "Persoonlijk aangesproken"
        SOMEBODY = "somebody", "Via iemand die de verteller kent"
        CAME = "came", "De verteller kwam zelf"
        MAIL = "mail", "Alleen per post, mail of nieuwsbrief"

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField("gesprek", editable=False)
    held_on = models.DateField("wanneer was het gesprek?", default=timezone.localdate)
    interviewers = models.ManyToManyField(Member, related_name="+", verbose_name="wie voerden het gesprek?")
    form = models.CharField("hoe sprak u de verteller?", max_length=10, choices=Form.choices, default=Form.TOGETHER)
    place = models.CharField("wat voor plek was het?", max_length=15, choices=Place.choices)
    approach = models.CharField("hoe kwam u bij deze verteller?", max_length=10, choices=Approach.choices)
    began_at = models.TimeField("hoe laat begon het?", null=True, blank=True)
    ended_at = models.TimeField("hoe laat was het klaar?", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("of: hoeveel minuten ongeveer?", null=True, blank=True)
    declined = models.BooleanField("de verteller wilde niet meedoen", default=False)
    nudge_reason = models.CharField("waarom toch", max_length=300, blank=True, editable=False)
    # What whoever was there thought; as long as nothing is bundled, it is all there is to tell when it is enough.
    brought_new = models.BooleanField("hoorde u iets nieuws", null=True, editable=False)
    finished_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["teller"], name="interview_once_per_teller"),
            models.UniqueConstraint(fields=["project", "number"], name="interview_number_once_per_round"),
            together("finished_by", "finished_at", name="interview_finished"),
        ]

    def __str__(self):
        return f"Gesprek {self.number}"

    @classmethod
    def why_not(cls, project):
        """What stands in the way of writing down a new conversation now, as sentences."""
        if project is None:
            return ["Er loopt nu geen ronde. Begin samen met de gemeente een ronde."]
        if not project.has_reached(Phase.COLLECT):
            now = f"De ronde is nu bij ‘{project.get_phase_display()}’."
            return [f"Ophalen kan pas in de stap ‘Ervaringen ophalen’. {now} Bij de ronde staat wat er eerst moet."]
        if project.has_reached(Phase.DELIBERATE):
            return ["Het ophalen is voorbij: de verhalen zijn al gebundeld."]
        return project.why_not_collecting()

    @classmethod
    def begin(cls, seat, interview, project, code, whose, note=""):
        """Write down that a conversation was held; a retry with the same key gives the first one."""
        with transaction.atomic():
            project.lock()
            known = cls.objects.visible_to(seat).filter(pk=interview.pk, project=project).first()
            if known:
                known.is_new = False
                return known
            if not Helper.lets(seat, project):
                raise ValidationError("Alleen de raad, en wie zij laat meehelpen, schrijft gesprekken op.")
            if sentences := cls.why_not(project):
                raise ValidationError(sentences)
            code = tidy_code(code)
            if Teller.objects.filter(partnership=seat.partnership).with_code(code):
                raise ValidationError(f"De code {code} is al gebruikt. Kijk op de kaart, of neem een nieuwe code.")
            interview.partnership, interview.project = seat.partnership, project
            interview.teller = Teller.objects.create(
                partnership=seat.partnership, project=project, code=code, whose=whose
            )
            last = cls.objects.filter(project=project).aggregate(last=models.Max("number"))["last"]
            interview.number = (last or 0) + 1
            key = interview.pk
            interview.seal(note=note)
            interview.time()
            made = interview.keep_once()
            if made.pk != key:
                # The key was somebody else's: another row, so sealed anew for its own place.
                made.seal(note=note)
                made.save()
            Event.record(seat, "schreef een gesprek op", thing=made, audience=Party.COUNCIL)
            return made

    def change(self, seat, code, whose, note=""):
        """Mend what was noted about the conversation."""
        with transaction.atomic():
            teller = Teller.objects.select_for_update().get(pk=self.teller_id)
            teller.refuse_withdrawn()
            code = tidy_code(code)
            if (known := Teller.objects.filter(partnership=seat.partnership).with_code(code)) and known != teller:
                raise ValidationError(f"De code {code} is al gebruikt. Kijk op de kaart.")
            teller.code, teller.whose = code, whose
            teller.save()
            self.seal(note=note)
            self.time()
            self.save()
            Event.record(seat, "verbeterde wat er over het gesprek stond", thing=self, audience=Party.COUNCIL)

    def forget(self, seat):
        """What stays: that there was a conversation, and at what kind of place. No day in the quarter, no people."""
        self.held_on = quarter(self.held_on)
        self.finished_by = self.finished_at = None
        self.interviewers.clear()
        self.expire()

    def expire(self):
        self.sealed, self.nudge_reason, self.brought_new = None, "", None
        self.save()

    def note_new(self, seat, brought_new):
        """Whether whoever was there heard something they had not heard before; the same word again takes it back."""
        with transaction.atomic():
            Teller.objects.select_for_update().get(pk=self.teller_id).refuse_withdrawn()
            self.brought_new = None if self.brought_new == brought_new else brought_new
            self.save(update_fields=["brought_new"])

    @property
    def is_today(self):
        return self.held_on == timezone.localdate()

    @property
    def clock_runs(self):
        """Whether the clock of this conversation was started today and not stopped."""
        return self.began_at is not None and self.minutes is None and self.is_today

    def time(self):
        """How long it took, when both moments are known; past midnight it goes on."""
        if self.began_at and self.ended_at:
            begun, ended = (moment.hour * 60 + moment.minute for moment in (self.began_at, self.ended_at))
            self.minutes = (ended - begun) % (24 * 60)

    def start_clock(self, seat):
        """The conversation begins now."""
        with transaction.atomic():
            self._take()
            if not self.is_today:
                raise ValidationError("Dit gesprek was op een andere dag. Vul zelf in hoe lang het duurde.")
            if self.began_at is None:
                self.began_at, self.ended_at, self.minutes = _now(), None, None
                self.save(update_fields=["began_at", "ended_at", "minutes"])

    def stop_clock(self, seat):
        """The conversation is over now; how long it took follows from it."""
        with transaction.atomic():
            self._take()
            if self.began_at is None:
                raise ValidationError("De klok liep niet. Vul zelf in hoe lang het gesprek duurde.")
            if self.ended_at is None:
                self.ended_at = _now()
                self.time()
                self.save(update_fields=["ended_at", "minutes"])

    def _take(self):
        self.refresh_from_db(from_queryset=Interview.objects.select_for_update())
        self.teller.refuse_withdrawn()

    def finish(self, seat):
        """Done typing: from now on nobody is asked to go on with it."""
        self.teller.refuse_withdrawn()
        if self.finished_at is None:
            self.finished_by, self.finished_at = seat, timezone.now()
            self.save(update_fields=["finished_by", "finished_at"])
            Event.record(seat, "is klaar met typen", thing=self, audience=Party.COUNCIL)

    @classmethod
    def all_collected(cls, project, members):
        """Whether each of these people also held conversations in this round: then nobody reads with fresh eyes."""
        collected = set(cls.objects.filter(project=project).values_list("interviewers", flat=True))
        return bool(members) and all(member.pk in collected for member in members)

    @property
    def note(self):
        """What the next interviewer should know to be safe; gone when the teller withdrew."""
        try:
            return self.words().get("note", "")
        except VaultClosed:
            return ""


def _now():
    return timezone.localtime().time().replace(second=0, microsecond=0)
