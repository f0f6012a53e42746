from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipQuerySet, together
from projects.models.phases import Phase
from projects.models.preparing import Locked


class TaskQuerySet(PartnershipQuerySet):
    def of(self, project):
        people = self.filter(project=project).select_related("member__user", "done_by__user", "project")
        return people.order_by("done_at", "due", "pk")

    def with_people(self):
        return self.select_related("member__user", "done_by__user", "project__partnership", "project__lead")

    def open(self):
        return self.filter(done_at__isnull=True)

    def running(self):
        """Of rounds that are not closed: what was left of a closed round asks nobody anything."""
        return self.exclude(project__phase=Phase.CLOSED)

    def of_member(self, member):
        return self.filter(member=member)

    def past_day(self):
        """Open, and past the day that was chosen for it."""
        return self.open().filter(due__lt=timezone.localdate())

    def by_day(self):
        """What is open by its day, then what was done last."""
        return self.order_by(models.F("done_at").desc(nulls_first=True), "due", "pk")


class Task(Locked):
    """What somebody does in this round, and when it is done."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    what = models.CharField("wat moet er gebeuren?", max_length=200)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="wie doet het?")
    due = models.DateField("wanneer is het klaar?")
    done_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("toelichting", max_length=300, blank=True)
    # A calendar knows by the number that another day takes the place of the one before.
    moves = models.PositiveSmallIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            together("done_by", "done_at", name="task_done_together"),
            models.CheckConstraint(condition=~models.Q(what=""), name="task_has_what"),
        ]

    def __str__(self):
        return self.what

    @property
    def is_done(self):
        return self.done_at is not None

    @property
    def is_late(self):
        return not self.is_done and self.due < timezone.localdate()

    @property
    def column(self):
        """Where the task lies on the board: its day passed, within a week, later, or done."""
        if self.is_done:
            return "done"
        if self.is_late:
            return "passed"
        return "soon" if self.due <= timezone.localdate() + timedelta(days=7) else "later"

    def finish(self, seat, note=""):
        """The task is done, with a word about it if there is one."""
        with transaction.atomic():
            self.lock()
            was_done = self.is_done
            self.note = note or self.note
            if not was_done:
                self.done_by, self.done_at = seat, timezone.now()
            self.save()
            if was_done:
                return
            Event.record(seat, f"rondde een taak af: {self.what}", thing=self.project)

    def move(self, seat, due):
        """Another day, without having to say why."""
        with transaction.atomic():
            self.lock()
            if self.is_done:
                raise ValidationError("Deze taak is al klaar. Pak hem eerst weer op.")
            if due < timezone.localdate():
                raise ValidationError("Deze dag is al geweest. Kies een dag die nog komt.")
            if due == self.due:
                return
            self.due, self.moves, self.moved_at = due, self.moves + 1, timezone.now()
            self.save()
            Event.record(seat, f"koos een andere dag voor een taak: {self.what}", thing=self.project)

    def take_up_again(self, seat):
        """The task was not done after all."""
        with transaction.atomic():
            self.lock()
            if not self.is_done:
                return
            self.done_by = self.done_at = None
            self.save()
            Event.record(seat, f"pakte een taak weer op: {self.what}", thing=self.project)

    def drop(self, seat):
        """The task is no longer needed; a finished one stays in the record."""
        with transaction.atomic():
            self.lock()
            if self.is_done:
                raise ValidationError("Deze taak is al klaar. Wat klaar is, blijft staan.")
            Event.record(seat, f"haalde een taak weg: {self.what}", thing=self.project)
            self.delete()
