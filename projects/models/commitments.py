from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, Party, together
from dialoog.partnerships.seen import SaidYesTo
from dialoog.partnerships.writing import Written
from projects.models.following import Followed
from projects.models.postponing import Postponed
from projects.models.preparing import Locked
from projects.models.standing import NEEDS_REASON, UNFINISHED, CommitmentQuerySet, Status


class Commitment(Followed, Postponed, SaidYesTo, Written, Locked):
    """What one side promised: who, when, why, and what a client will notice."""

    texts = ("what", "because", "client_notices")
    while_typing = texts

    Status, UNFINISHED, NEEDS_REASON = Status, UNFINISHED, NEEDS_REASON

    # What comes from a round, and what was decided at a meeting outside one.
    project = models.ForeignKey(
        "projects.Project", on_delete=models.PROTECT, related_name="+", verbose_name="ronde", null=True
    )
    meeting = models.ForeignKey(
        "projects.ConsultationMeeting", on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    what = models.CharField("wat spreekt u af?", max_length=200)
    because = models.CharField("waardoor komt het?", max_length=200, blank=True)
    value = models.ForeignKey(
        "values.Value",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="of: welke waarde?",
    )
    owner_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="wie doet het?"
    )
    owner_name = models.CharField("of: functie of team", max_length=100, blank=True)
    owner_party = models.CharField("van welke kant?", max_length=12, choices=Party.choices[:2])
    # One owner answers for it; somebody of the other side may do it with them.
    helper = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="samen met wie?"
    )
    due = models.DateField("uiterlijk wanneer?")
    client_notices = models.CharField("waaraan merkt een cliënt het?", max_length=300)
    status = models.CharField("stand", max_length=8, choices=Status.choices, default=Status.OPEN)
    status_reason = models.CharField("waarom", max_length=300, blank=True)
    clients_said = models.CharField("wat zeiden cliënten", max_length=300, blank=True)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    solved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    solved_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    agreed_at = models.DateTimeField(default=timezone.now, editable=False)
    # The owner's own yes; until then the owner was only asked.
    owner_yes_at = models.DateTimeField(null=True, editable=False)
    # Who was asked and said no stays named as such until the two sides choose somebody else.
    owner_no_at = models.DateTimeField(null=True, editable=False)
    council_closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    council_closed_at = models.DateTimeField(null=True, editable=False)
    municipality_closed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    municipality_closed_at = models.DateTimeField(null=True, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(client_notices=""), name="commitment_says_what_and_what_is_noticed"
            ),
            models.CheckConstraint(condition=~Q(because="") | Q(value__isnull=False), name="commitment_has_a_because"),
            models.CheckConstraint(
                condition=Q(owner_member__isnull=False, owner_name="") | (Q(owner_member=None) & ~Q(owner_name="")),
                name="commitment_has_one_owner",
            ),
            models.CheckConstraint(condition=Q(owner_party__in=Party.sides()), name="commitment_owner_is_of_a_side"),
            models.CheckConstraint(
                condition=~Q(status__in=["failed", "dropped"]) | ~Q(status_reason=""),
                name="commitment_stops_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(solved_at=None) | (Q(status="done") & ~Q(clients_said="")),
                name="commitment_solved_after_asking",
            ),
            together("asked_by", "asked_at", name="commitment_asked_together"),
            together("solved_by", "solved_at", name="commitment_solved_together"),
            models.CheckConstraint(
                condition=Q(project__isnull=False) | Q(meeting__isnull=False), name="commitment_comes_from_somewhere"
            ),
            together("council_closed_by", "council_closed_at", name="commitment_council_closed"),
            together("municipality_closed_by", "municipality_closed_at", name="commitment_municipality_closed"),
        ]

    def __str__(self):
        return self.what

    def address(self, seat):
        return seat.url("projects:commitment", commitment=self.pk)

    def shown(self):
        """What was agreed, by whom and when, with another day that is asked for; and why it stopped, once it did."""
        of = [self.owner_member_id, self.owner_name, self.owner_party, self.helper_id, self.value_id]
        day = [self.due, self.asked_due, self.asked_due_reason]
        over = [self.status, self.status_reason, self.clients_said] if self.is_over else []
        return [self.what, self.because, self.client_notices, *of, *day, *over]

    def may_be_written_by(self, seat):
        return seat.is_side and not self.is_solved

    def refuse_words(self):
        if self.is_solved:
            council = self.partnership.council_word
            raise ValidationError(f"De {council} noemde deze afspraak opgelost. De tekst verandert niet meer.")

    def type_in(self, seat, version, field, text):
        """A commitment keeps its reason, also while somebody looks for better words."""
        if field == "because" and not text.strip() and self.value_id is None:
            raise ValidationError("Schrijf op door welk thema of welke waarde dit komt.")
        return super().type_in(seat, version, field, text)

    def tell_writing(self, seat):
        Event.record(seat, f"veranderde de afspraak ‘{self.what}’", thing=self)

    @property
    def is_solved(self):
        return self.solved_at is not None

    @property
    def is_late(self):
        """Past its date and not yet done: computed, nobody has to say so."""
        return self.status in self.UNFINISHED and self.due < timezone.localdate()

    @property
    def state(self):
        """The state as the standing list shows it."""
        if self.is_solved:
            return "solved"
        return "late" if self.is_late else self.status

    @property
    def state_label(self):
        return {"solved": "Opgelost", "late": "Te laat"}.get(self.state) or self.get_status_display()

    @property
    def owner(self):
        """Who answers for it: a person at the table, or the name of a function."""
        return self.owner_member.name if self.owner_member_id else self.owner_name

    @property
    def owner_with_side(self):
        """The owner in the history: the side stands there too, because a function can be said to be of either."""
        return f"{self.owner} ({self.partnership.side_name(self.owner_party)})"

    @property
    def who(self):
        """The owner, and who does it with them."""
        return f"{self.owner} en {self.helper}" if self.helper_id else self.owner

    @property
    def came_from(self):
        """The round or the meeting in which it was agreed, in words."""
        return f"ronde {self.project.number}" if self.project_id else "het overleg"

    @property
    def is_asked(self):
        """Whether the owner, who sits at the table, did not say yes to it yet."""
        return bool(self.owner_member_id) and self.owner_yes_at is None and not self.is_over

    @property
    def is_refused(self):
        """Whether the owner said no, and nobody else was chosen yet."""
        return self.is_asked and self.owner_no_at is not None

    @property
    def owner_word(self):
        """What stands beside an owner who never said yes; empty for every other one."""
        return ("zei nee" if self.is_refused else "gevraagd") if self.is_asked else ""

    @property
    def is_over(self):
        """Whether nobody works on it any more: solved, or stopped."""
        return self.is_solved or self.status in NEEDS_REASON

    @property
    def is_closed(self):
        """Both sides said that it may leave the standing list."""
        return self.council_closed_at is not None and self.municipality_closed_at is not None

    @property
    def left_to_close(self):
        """Why it is still on the standing list although nobody works on it any more; empty for every other one."""
        if not self.is_over or self.is_closed:
            return ""
        waits = [party for party in Party.sides() if not self.has_closed(party)]
        who = "Beide kanten moeten" if len(waits) > 1 else f"De {self.partnership.side_name(waits[0])} moet"
        return f"{who} deze afspraak nog sluiten."

    def has_closed(self, party):
        return getattr(self, f"{party}_closed_at", None) is not None

    @property
    def is_of_both(self):
        return bool(self.helper_id) and self.helper.party != self.owner_party

    @classmethod
    def agree(cls, seat, project, *, key=None, **fields):
        """Both sides agreed on this in a dialogue: keep it, if nothing is missing and the listening came first."""
        with transaction.atomic():
            project.lock()
            if refusal := cls.too_early(project):
                raise ValidationError(refusal)
            return cls._keep_new(seat, key, project=project, **fields)

    @classmethod
    def decide(cls, seat, meeting, *, key=None, **fields):
        """Both sides decided on this at a meeting; it stands on the same list, of the running round or outside one."""
        with transaction.atomic():
            meeting.refuse_signed()
            return cls._keep_new(seat, key, meeting=meeting, **fields)

    @classmethod
    def _keep_new(cls, seat, key, **fields):
        commitment = cls(partnership=seat.partnership, agreed_by=seat, **fields)
        if key:
            commitment.pk = key
        commitment.require_all()
        if commitment.owner_member_id == seat.pk:
            commitment.owner_yes_at = timezone.now()
        commitment = commitment.wrote(seat).keep_once()
        if commitment.is_new:
            Event.record(seat, f"legde een afspraak vast: {commitment.what}", thing=commitment)
        return commitment

    @staticmethod
    def too_early(project):
        """Why no commitment can be made in this round now, or an empty sentence."""
        if project.is_closed:
            return "Deze ronde is afgesloten. Maak een afspraak in een nieuwe ronde."
        if not project.may_commit:
            return (
                "Eerst luisteren, dan afspreken. Beide kanten noteren eerst dat er geluisterd is, "
                "of kiezen samen om toch verder te gaan."
            )
        return ""

    def lacks(self):
        """What is still missing, per field, each in a sentence that says what to do."""
        lacking = {}
        if not self.what.strip():
            lacking["what"] = "Schrijf op wat u afspreekt."
        if not self.because.strip() and self.value_id is None:
            lacking["because"] = "Schrijf op door welk thema of welke waarde dit komt."
        if self.owner_member_id and self.owner_name.strip():
            lacking["owner_name"] = "Kies één eigenaar: een persoon óf een functie."
        elif not self.owner_member_id and not self.owner_name.strip():
            lacking["owner_member"] = "Kies wie dit doet. Heeft die geen account, schrijf dan de functie op."
        elif self.owner_member_id and not self.owner_member.is_side:
            lacking["owner_member"] = "De eigenaar hoort bij een van de twee kanten."
        elif not self.owner_member_id and not self.owner_party:
            lacking["owner_party"] = "Kies van welke kant deze functie is."
        if self.due is None:
            lacking["due"] = "Kies wanneer dit uiterlijk klaar is."
        if not self.client_notices.strip():
            lacking["client_notices"] = f"Schrijf op waaraan een {self.partnership.client_word} het merkt."
        return lacking

    def require_all(self):
        """A commitment without owner, date or what a client notices is none."""
        if self.owner_member_id:
            # A person's side is a fact; asking for it again could only go wrong.
            self.owner_party = self.owner_member.party
        if lacking := self.lacks():
            raise ValidationError(list(lacking.values()))

    def change(self, seat, version, due_reason="", **fields):
        """The words, the owner or the date change; nothing required may fall away."""
        with transaction.atomic():
            self.lock()
            self.refuse_words()
            if self.is_signed and fields.get("due", self.due) != self.due:
                self.ask_due(seat, fields.pop("due"), due_reason)
            moved = "due" in fields and fields["due"] != self.due
            was, was_of = self.owner_with_side, (self.owner_member_id, self.owner_name, self.owner_party)
            for name, value in fields.items():
                setattr(self, name, value)
            self.require_all()
            other_owner = (self.owner_member_id, self.owner_name, self.owner_party) != was_of
            if other_owner:
                # Another owner has not said anything yet, and the letter to the one before is not theirs.
                self.owner_yes_at = timezone.now() if self.owner_member_id == seat.pk else None
                self.owner_no_at = None
                apps.get_model("projects", "OwnerLink").end_of(self)
            elif moved:
                self._ask_again(seat)
            self.save()
            typed = {name: fields[name] for name in self.texts if name in fields}
            copies = self.write(seat, version, **typed)
            if other_owner and self.owner_yes_at and any(getattr(self, name) != text for name, text in typed.items()):
                # Somebody else's words came in between: who takes it on has not read them yet.
                self.owner_yes_at = None
                self.save()
            said = (
                f"koos een andere datum voor ‘{self.what}’: uiterlijk {self.due:%d-%m-%Y}"
                if moved
                else f"veranderde de afspraak ‘{self.what}’"
            )
            Event.record(seat, said, thing=self)
            if other_owner:
                Event.record(seat, f"koos wie dit doet: eerst {was}, nu {self.owner_with_side}", thing=self)
            return copies

    def write(self, seat, version, **texts):
        """Change the words. Whoever said yes said so to the old ones, and is asked again when others change them."""
        with transaction.atomic():
            self.lock()
            said = (self.what, self.client_notices)
            copies = super().write(seat, version, **texts)
            if (self.what, self.client_notices) != said and self._ask_again(seat):
                self.save()
        return copies

    def _ask_again(self, seat, told_by=None):
        """Whether the owner's yes falls away, because somebody else changed what it was a yes to."""
        if self.owner_yes_at is None or seat.pk == self.owner_member_id:
            return False
        self.owner_yes_at = None
        Event.record(
            told_by or seat, f"veranderde wat er is afgesproken; {self.owner} zegt opnieuw ja of nee", thing=self
        )
        return True

    def say_yes(self, seat, seen=None):
        """The owner says: yes, I will do this. Nobody can say so for somebody else."""
        with transaction.atomic():
            self.lock()
            if seat.pk != self.owner_member_id:
                raise ValidationError(f"Alleen {self.owner} zelf kan hier ja op zeggen.")
            if self.owner_yes_at is None:
                self.refuse_unseen(seen)
                self.owner_yes_at, self.owner_no_at = timezone.now(), None
                self.save()
                Event.record(seat, f"zei zelf ja op de afspraak ‘{self.what}’", thing=self)

    def say_no(self, seat):
        """The one who was asked does not take it on: it goes back to who asked, and both sides see so."""
        with transaction.atomic():
            self.lock()
            if seat.pk != self.owner_member_id:
                raise ValidationError(f"Alleen {self.owner} zelf kan hier nee op zeggen.")
            if not self.is_asked:
                raise ValidationError("U zei hier al ja op. Kan het toch niet, verander dan de afspraak.")
            if self.owner_no_at is None:
                self.owner_no_at = timezone.now()
                self.save()
                Event.record(seat, f"zei nee op de afspraak ‘{self.what}’", thing=self)
