"""How a person is reached outside Dialoog: a daily letter at most, and a calendar of their own."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from dialoog.accounts.models import User
from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet

# A dot, because the colon that is used otherwise gets lost in some mail programs.
STOPPING, CALENDAR = Signer(sep=".", salt="dialoog.stop-reminders"), Signer(sep=".", salt="dialoog.calendar")


def _unsigned(signer, token):
    try:
        return signer.unsign(token)
    except BadSignature:
        return ""


class Reminders(models.Model):
    """Whether one person wants to be reminded by e-mail, at whatever table, and when that happened last."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    off_at = models.DateTimeField(null=True, editable=False)
    sent_on = models.DateField(null=True, editable=False)

    def __str__(self):
        return f"{self.user}: {'uit' if self.off_at else 'aan'}"

    @classmethod
    def of(cls, user):
        """The wish of this person; as long as nobody said otherwise, reminders come."""
        return cls.objects.get_or_create(user=user)[0]

    @classmethod
    def wanted_by(cls, user):
        """Whether this person has reminders, without writing anything down."""
        return not cls.objects.filter(user=user, off_at__isnull=False).exists()

    @classmethod
    def by_token(cls, token):
        """The wish that the link in a letter belongs to, or None. The link is no way to anything else."""
        pk = _unsigned(STOPPING, token)
        return cls.objects.select_related("user").filter(pk=pk).first() if pk.isdigit() else None

    @property
    def stop_url(self):
        """The address, in a letter, at which reminders stop with one click."""
        return settings.SITE_URL + reverse("stop_reminders", kwargs={"token": STOPPING.sign(str(self.pk))})

    def turn_off(self):
        if self.off_at is None:
            self.off_at = timezone.now()
            self.save()

    def turn_on(self):
        self.off_at = None
        self.save()

    def take_today(self, today):
        """Claim today's one letter; of two that try at once only one gets it."""
        free = Reminders.objects.filter(pk=self.pk, off_at=None).exclude(sent_on__gte=today)
        return free.update(sent_on=today) == 1

    def give_back(self, day):
        """The letter did not go: tomorrow, or a second try today, finds it as it was."""
        Reminders.objects.filter(pk=self.pk).update(sent_on=day)


class CalendarAddressQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Only one's own."""
        return super().visible_to(seat).filter(member=seat)


class CalendarAddress(PartnershipModel):
    """The secret address at which a calendar program reads one person's dates; a new one ends the old one."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+")
    # What stands in the address is this number, signed: who reads the database alone cannot make the address.
    number = models.UUIDField(default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CalendarAddressQuerySet.as_manager()

    def __str__(self):
        return f"agenda van {self.member}"

    def ring(self):
        """No bell: how somebody keeps their calendar is nobody's business."""

    def delete(self, *args, **kwargs):
        return models.Model.delete(self, *args, **kwargs)

    @classmethod
    def make(cls, seat):
        """A new address for this person; the one before stops working."""
        with transaction.atomic():
            Member.objects.select_for_update().get(pk=seat.pk)
            cls.stop(seat)
            return cls.objects.create(partnership=seat.partnership, member=seat)

    @classmethod
    def stop(cls, seat):
        """No calendar program reads along any more."""
        for address in cls.objects.visible_to(seat):
            address.delete()

    @classmethod
    def by_token(cls, token):
        """The address that a calendar program asks for, as long as its person sits at the table; else None."""
        try:
            number = uuid.UUID(_unsigned(CALENDAR, token))
        except ValueError:
            return None
        here = cls.objects.select_related("member__user", "partnership").filter(number=number)
        return here.filter(member__in=Member.objects.present()).first()

    @property
    def url(self):
        return settings.SITE_URL + reverse("calendar", kwargs={"token": CALENDAR.sign(self.number.hex)})
