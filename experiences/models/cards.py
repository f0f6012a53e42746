"""What people told, and what of it crosses to the shared side."""

from django.core.validators import MinLengthValidator
from django.db import models

from dialoog.partnerships.models import PartnershipModel, PartnershipQuerySet


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

    def withdraw(self, seat):
        """The teller took back what was said: the card goes from every open page at once."""
        project = self.project
        self.delete()
        if project.cards_released_at and not Fragment.objects.filter(project=project).exists():
            project.drop_fact("cards_released", seat)
