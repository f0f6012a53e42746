"""Looking back at the end of a round: each side fills in the same form, and both are read beside one another."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from dialoog.partnerships.models import PartnershipQuerySet, Party
from dialoog.partnerships.writing import Written
from projects.models.phases import Phase
from projects.models.preparing import Locked


class CloseOutQuerySet(PartnershipQuerySet):
    def of(self, project):
        """What each side wrote about this round, by party."""
        return {one.party: one for one in self.filter(project=project).select_related("project__partnership")}

    def lessons(self):
        """What was learnt, the latest round first and the council first."""
        return self.select_related("project__partnership").order_by("-project__number", "party")


@dataclass(frozen=True)
class Asked:
    """One question of the form, with what the council and the municipality answered."""

    label: str
    name: str
    answers: list[tuple[str, str | None]]

    @property
    def is_central(self):
        return self.name == "learnt"


class CloseOut(Written, Locked):
    """How one side looks back on a round."""

    texts = (
        "asked", "collected", "shared_values", "council_role", "municipality_role", "worked", "disappointed",
        "surprised", "result", "learnt", "onward",
    )  # fmt: skip
    # What the next round wants to know of this one.
    LESSONS = ("learnt", "disappointed", "onward")

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    asked = models.TextField("Welke vraag stelden wij?", blank=True, max_length=1000)
    collected = models.TextField("Hoe haalden wij de ervaringen op?", blank=True, max_length=2000)
    shared_values = models.TextField("Welke gedeelde waarden hielpen ons?", blank=True, max_length=1000)
    council_role = models.TextField("Wat was de rol van de raad?", blank=True, max_length=2000)
    municipality_role = models.TextField("Wat was de rol van de gemeente?", blank=True, max_length=2000)
    worked = models.TextField("Wat werkte?", blank=True, max_length=2000)
    disappointed = models.TextField("Wat viel tegen?", blank=True, max_length=2000)
    surprised = models.TextField("Wat verraste ons?", blank=True, max_length=2000)
    result = models.TextField("Wat is het resultaat?", blank=True, max_length=2000)
    learnt = models.TextField("Waarvan leerden wij het meest?", blank=True, max_length=2000)
    onward = models.TextField("Hoe gaan wij verder?", blank=True, max_length=2000)

    objects = CloseOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "party"], name="close_out_once_per_side"),
            models.CheckConstraint(condition=models.Q(party__in=Party.sides()), name="close_out_of_a_side"),
        ]

    def __str__(self):
        return f"terugblik van de {self.partnership.side_name(self.party)}"

    def address(self, seat):
        return seat.url("projects:close_out", project=self.project_id)

    def may_be_written_by(self, seat):
        """Each side looks back for itself."""
        return seat.party == self.party

    @staticmethod
    def is_time(project):
        """Whether there is enough behind us to look back on; also when the round is closed."""
        return project.has_reached(Phase.COMMIT)

    @classmethod
    def beside(cls, of: dict[str, Any], names=None):
        """Question by question what both sides wrote; a side that did not begin yet keeps its place, with None."""
        labels = {field.name: str(field.verbose_name) for field in cls._meta.fields}
        for one in of.values():
            labels["council_role"] = f"Wat was de rol van de {one.project.partnership.council_word}?"
        return [
            Asked(
                labels[name],
                name,
                [(party, getattr(of[party], name) if party in of else None) for party in Party.sides()],
            )
            for name in names or cls.texts
        ]
