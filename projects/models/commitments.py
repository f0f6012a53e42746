from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipQuerySet, Party, together
from projects.models.preparing import Locked


class CommitmentQuerySet(PartnershipQuerySet):
    def with_people(self):
        return self.select_related("owner_member__user", "helper__user", "value", "project", "partnership")

    def unfinished(self):
        """Still to be done: open or busy, late ones among them."""
        return self.filter(status__in=Commitment.UNFINISHED, solved_at__isnull=True)

    def late(self):
        """Unfinished and past its date."""
        return self.unfinished().filter(due__lt=timezone.localdate())

    def standing(self):
        """The standing list: what needs attention first, by date; what is behind us last."""
        behind = models.Case(
            models.When(solved_at__isnull=False, then=2),
            models.When(status__in=[Commitment.Status.FAILED, Commitment.Status.DROPPED], then=3),
            models.When(status=Commitment.Status.DONE, then=1),
            default=0,
        )
        return self.annotate(behind=behind).order_by("behind", "due", "pk")


class Commitment(Locked):
    """What one side promised: who, when, why, and what a client will notice."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        BUSY = "busy", "Bezig"
        DONE = "done", "Klaar"
        FAILED = "failed", "Niet gelukt"
        DROPPED = "dropped", "Vervallen"

    UNFINISHED = (Status.OPEN, Status.BUSY)
    NEEDS_REASON = (Status.FAILED, Status.DROPPED)

    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+", verbose_name="ronde")
    what = models.CharField("wat spreekt u af", max_length=200)
    because = models.CharField("waardoor komt het", max_length=200, blank=True)
    value = models.ForeignKey(
        "values.Value", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="waarde"
    )
    owner_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="wie"
    )
    owner_name = models.CharField("functie of team", max_length=100, blank=True)
    owner_party = models.CharField("van welke kant", max_length=12, choices=Party.choices[:2])
    # One owner answers for it; somebody of the other side may do it with them.
    helper = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="samen met"
    )
    due = models.DateField("vóór welke datum")
    client_notices = models.CharField("waaraan merkt een cliënt het", max_length=300)
    status = models.CharField("stand", max_length=8, choices=Status.choices, default=Status.OPEN)
    status_reason = models.CharField("waarom", max_length=300, blank=True)
    clients_said = models.CharField("wat zeiden cliënten", max_length=300, blank=True)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    solved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    solved_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    agreed_at = models.DateTimeField(default=timezone.now, editable=False)

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
        ]

    def __str__(self):
        return self.what

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
    def who(self):
        """The owner, and who does it with them."""
        return f"{self.owner} en {self.helper}" if self.helper_id else self.owner

    @property
    def is_of_both(self):
        return bool(self.helper_id) and self.helper.party != self.owner_party

    @classmethod
    def agree(cls, seat, project, *, key=None, **fields):
        """Both sides agreed on this in a dialogue: keep it, if nothing is missing and the listening came first."""
        with transaction.atomic():
            project.lock()
            cls.refuse_too_early(project)
            commitment = cls(partnership=seat.partnership, project=project, agreed_by=seat, **fields)
            if key:
                commitment.pk = key
            commitment.require_all()
            commitment = commitment.keep_once()
            if commitment.is_new:
                Event.record(seat, f"legde een afspraak vast: {commitment.what}", thing=commitment)
            return commitment

    @staticmethod
    def refuse_too_early(project):
        if project.is_closed:
            raise ValidationError("Deze ronde is afgesloten. Maak een afspraak in een nieuwe ronde.")
        if not project.may_commit:
            raise ValidationError(
                "Eerst luisteren, dan afspreken. Beide kanten noteren eerst dat er geluisterd is, "
                "of kiezen samen om toch verder te gaan."
            )

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
        elif not self.owner_party:
            lacking["owner_party"] = "Kies van welke kant deze functie is."
        if self.due is None:
            lacking["due"] = "Kies vóór welke datum dit klaar is."
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

    def set_status(self, seat, status, reason="", expected=None):
        """How far it is, said by one of the two sides; stopping needs a reason."""
        with transaction.atomic():
            self.lock()
            council = self.partnership.council_word
            if expected and expected != self.status:
                raise ValidationError(
                    f"De stand is net veranderd in ‘{self.get_status_display()}’. Kijk of uw wijziging nog klopt."
                )
            if status not in self.Status.values:
                raise ValidationError("Kies een stand uit de lijst.")
            if self.is_solved and status != self.Status.DONE:
                raise ValidationError(
                    f"De {council} noemde deze afspraak opgelost. Alleen de {council} kan dat terugnemen."
                )
            if status in self.NEEDS_REASON and not reason.strip():
                raise ValidationError("Schrijf op waarom de afspraak niet lukt of vervalt.")
            self.status, self.status_reason = status, reason.strip()
            self.save()
            Event.record(seat, f"zette de afspraak op ‘{self.get_status_display()}’", thing=self)

    def note_clients(self, seat, said):
        """The council writes down what clients say they notice."""
        with transaction.atomic():
            self.lock()
            self._note_clients(seat, said)
            self.save()
            Event.record(seat, f"vroeg het aan {self.partnership.clients_word}", thing=self)

    def solve(self, seat, said):
        """Clients notice it: only the council says so, after asking them."""
        with transaction.atomic():
            self.lock()
            if self.is_solved:
                return
            if self.status in self.NEEDS_REASON:
                raise ValidationError(
                    f"Deze afspraak staat op ‘{self.get_status_display()}’. Zet de stand eerst op ‘Klaar’."
                )
            self._note_clients(seat, said)
            self.status = self.Status.DONE
            self.solved_by, self.solved_at = seat, timezone.now()
            self.save()
            Event.record(seat, "noemde de afspraak opgelost", thing=self)

    def reopen(self, seat, reason):
        """It was not solved after all: only the council says so."""
        with transaction.atomic():
            self.lock()
            self._refuse_municipality(seat)
            if not reason.strip():
                raise ValidationError("Schrijf op waarom de afspraak niet meer opgelost is.")
            if not self.is_solved:
                return
            self.solved_by = self.solved_at = None
            self.status, self.status_reason = self.Status.BUSY, reason.strip()
            self.save()
            Event.record(seat, f"noemde de afspraak niet meer opgelost: {reason.strip()}", thing=self)

    def _note_clients(self, seat, said):
        self._refuse_municipality(seat)
        if not said.strip():
            raise ValidationError(f"Vraag het eerst aan {self.partnership.clients_word}, en schrijf op wat zij zeiden.")
        self.clients_said = said.strip()
        self.asked_by, self.asked_at = seat, timezone.now()

    def _refuse_municipality(self, seat):
        if not seat.is_council:
            council = self.partnership.council_word
            raise ValidationError(f"‘Opgelost’ zegt alleen de {council}, nadat zij het aan mensen zelf heeft gevraagd.")
