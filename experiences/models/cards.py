"""What people told, and what of it crosses to the shared side."""

from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import (
    Copied,
    Event,
    Member,
    PartnershipModel,
    PartnershipQuerySet,
    WithdrawnSentence,
)
from experiences.scan import scan


class FragmentQuerySet(PartnershipQuerySet):
    def of(self, project):
        """The cards of one round, in the order of their numbers."""
        return self.filter(project=project).order_by("number")


class Fragment(PartnershipModel):
    """A card (kaartje): checked text that both sides see. A new row: it knows nothing of the story it came from."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField("nummer")
    heading = models.CharField("kop", max_length=45, validators=[MinLengthValidator(3)])
    text = models.TextField("tekst", max_length=1500)
    # What the teller allowed, copied when the card was released.
    may_quote = models.BooleanField("mag letterlijk worden aangehaald", default=False)
    may_publish = models.BooleanField("mag openbaar worden", default=False)

    objects = FragmentQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="fragment_number_once_per_round")]

    def __str__(self):
        return f"{self.number} {self.heading}"

    @property
    def is_final(self):
        # What another teller said is that teller's to take back.
        return True

    def _leave_out(self, names):
        """What another teller said in the same words stays, for the same reason."""

    def withdraw(self, seat, approved_at=None, known_at=None):
        """The teller took back what was said: the card goes from every page, its sentences from what others wrote.

        What somebody wrote before they could know these words was not copied from them: the council knew them from
        `known_at`, when their story was begun, and everyone from `approved_at`, when the second reader approved them.
        """
        told = [(self.text, known_at or approved_at, approved_at)]
        project, copies = self.project, Copied(self.partnership_id, told)
        self.delete()
        WithdrawnSentence.keep(self.partnership_id, self.text)
        copies.take_out()
        if project.cards_released_at and not Fragment.objects.filter(project=project).exists():
            project.drop_fact("cards_released", seat)


class Listening(PartnershipModel):
    """What the council says in the report about how it listened, and whom it missed; both sides read it."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    missed = models.TextField("wie of wat misten wij", max_length=1000)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project"], name="listening_once_per_round")]

    def __str__(self):
        return self.missed

    @classmethod
    def note(cls, seat, project, missed):
        """The council writes whom it did not reach; in words by which nobody is recognised."""
        if grave := [hit for hit in scan(missed) if hit.must_clear]:
            raise ValidationError(f"Dit leest ook de gemeente. Haal dit weg: {', '.join(hit.text for hit in grave)}.")
        with transaction.atomic():
            project.lock()
            if project.report_signed_at:
                raise ValidationError("Het verslag is getekend. Wat u hier schrijft, komt er niet meer in.")
            known = cls.objects.filter(project=project).first() or cls(partnership=seat.partnership, project=project)
            known.missed, known.written_by, known.written_at = missed.strip(), seat, timezone.now()
            known.save()
            Event.record(seat, "schreef op wie wij misten", thing=project)
            return known
