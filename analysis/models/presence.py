"""Who is at a meeting now, how far they say they are, and where they were reading."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from analysis.models.stages import Stage
from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet

# An open page gives a sign of life every few minutes. Long, because phones sleep while people talk in a room.
SIGN_OF_LIFE = timedelta(minutes=30)
# Whoever has no screen was counted by the one who leads, and gives no signs.
BY_WORD = timedelta(hours=3)
NOTICE_EVERY = timedelta(minutes=2)


class PresenceQuerySet(PartnershipQuerySet):
    def here(self, session):
        """Who is at this meeting now: they said so, gave a sign of life since, and still sit at the table."""
        now = timezone.now()
        seen = Q(seen_at__gte=now - SIGN_OF_LIFE)
        counted = Q(seen_at__gte=now - BY_WORD) & ~Q(noted_by=models.F("member"))
        seated = Q(member__active_to=None) | Q(member__active_to__gt=now)
        return self.of(session).filter(seen | counted, seated)

    def of(self, session):
        """Who came to this meeting, council first."""
        people = ("member__user", "member__partnership")
        return self.filter(session=session).select_related(*people).order_by("member__party", "noted_at")


class Presence(PartnershipModel):
    """Somebody is at the meeting."""

    session = models.ForeignKey("analysis.BundlingSession", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    # For which stage this person said 'klaar': in the next stage it says nothing any more.
    ready_for = models.PositiveSmallIntegerField(choices=Stage.choices, null=True)
    # The number of the card that this person read last. Nobody else is ever told.
    reading = models.PositiveIntegerField(default=0)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="presence_once")]

    def __str__(self):
        return f"{self.member} is erbij"

    def notice(self, reading=0):
        """A sign of life, and which card is on the screen. No bell: how somebody reads is their own business."""
        now = timezone.now()
        fields = {}
        if now - self.seen_at > NOTICE_EVERY:
            fields["seen_at"] = now
        if reading and reading != self.reading:
            fields["reading"] = reading
        if fields:
            Presence.objects.filter(pk=self.pk).update(**fields)
            for name, value in fields.items():
                setattr(self, name, value)
