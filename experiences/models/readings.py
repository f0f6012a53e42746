"""Who opened what a teller said in trust: written down before it is opened."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet, Party

# Who goes on with the same thing within this time is still busy with the same reading.
SITTING = timedelta(minutes=10)
# While somebody types, the log is touched no more often than this.
STEP = timedelta(minutes=1)


class ReadingQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The coordinator of the council looks after who reads what; for the others the log does not exist."""
        there = super().visible_to(seat)
        return there if seat.is_council and seat.is_coordinator else there.none()

    def about(self, teller):
        """What was read of this one teller, and the searches through all the stories of that round."""
        everything = models.Q(teller_id=None, project=teller.project_id)
        return self.filter(models.Q(teller_id=teller.pk) | everything)

    def by_member(self, member):
        """What this person read."""
        return self.filter(by=member)

    def with_people(self):
        """With the names, latest first."""
        return self.select_related("by__user", "project").order_by("-at", "-pk")


class Reading(PartnershipModel):
    """Somebody opened a raw story or the contact details of a teller. Never a word of what stood there."""

    class What(models.TextChoices):
        STORY = "story", "het verhaal"
        CONTACT = "contact", "de contactgegevens"
        ROUND = "round", "alle verhalen van de ronde"

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    # Plain words and a plain key: the log outlives the teller who withdrew.
    teller_id = models.UUIDField(null=True, editable=False)
    label = models.CharField(max_length=40, blank=True, editable=False)
    what = models.CharField(max_length=10, choices=What.choices, editable=False)
    why = models.CharField(max_length=60, editable=False)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    until = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["partnership", "-at"], name="reading_by_table"),
            models.Index(fields=["teller_id", "-at"], name="reading_by_teller"),
        ]

    def __str__(self):
        return f"{self.by} las {self.get_what_display()} {self.label}: {self.why}".replace("  ", " ")

    def audience(self):
        return Party.COUNCIL

    def ring(self):
        """No bell: pages that read themselves again would ring it for ever."""

    @property
    def lasted(self):
        """Whether this went on for a while, so that the end is worth telling."""
        return self.until - self.at >= STEP

    @classmethod
    def note(cls, seat, interview, what, why):
        """Write down that this person opens the words of this conversation. Call it before opening, and outside the
        transaction of the act, so that it stands whatever becomes of the act.

        Who goes on with the same thing is one reading, from … until …
        """
        return cls._note(seat, interview.project_id, interview.teller_id, str(interview), what, why)

    @classmethod
    def note_round(cls, seat, project, why):
        """Write down that this person looks through all the stories of a round, as a search does."""
        return cls._note(seat, project.pk, None, f"van ronde {project.number}", cls.What.ROUND, why)

    @classmethod
    def _note(cls, seat, project, teller, label, what, why):
        now = timezone.now()
        same = {"partnership": seat.partnership, "project_id": project, "teller_id": teller, "what": what, "by": seat}
        known = cls.objects.filter(**same, why=why, until__gte=now - SITTING).order_by("-until").first()
        if known is None:
            return cls.objects.create(**same, label=label, why=why, at=now, until=now)
        if now - known.until >= STEP:
            cls.objects.filter(pk=known.pk).update(until=now)
        return known
