"""Letters that offer somebody a seat."""

import hashlib
import logging
import secrets
import smtplib
import uuid
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from dialoog.accounts.models import User
from dialoog.letters import LettersToday
from dialoog.partnerships.models.events import Event
from dialoog.partnerships.models.members import Member
from dialoog.partnerships.models.tables import Party
from dialoog.partnerships.models.things import PartnershipModel, PartnershipQuerySet, together

logger = logging.getLogger(__name__)


class InvitationQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """The invitations of the own side, and those for neutral helpers."""
        return super().visible_to(seat).filter(party__in={seat.party, Party.NEUTRAL}).select_related("invited_by__user")

    def open(self):
        """Invitations that nobody has used or withdrawn; the expired ones too, because they can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(PartnershipModel):
    """A letter that offers one person one seat: it works once, for one address, for 72 hours."""

    LASTS = timedelta(hours=72)

    party = models.CharField("kant", max_length=12, choices=Party.choices)
    email = models.EmailField("e-mailadres")
    function = models.CharField("functie", max_length=100, blank=True)
    can_decide = models.BooleanField("mag besluiten nemen", default=False)
    is_coordinator = models.BooleanField("coördinator van de eigen kant", default=False)
    # Only a digest is kept: who reads the database cannot take the seat.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Empty for the first coordinators of a table, whom the operator invites.
    invited_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            together("accepted_by", "accepted_at", name="invitation_accepted"),
            together("withdrawn_by", "withdrawn_at", name="invitation_withdrawn"),
        ]

    def __str__(self):
        return self.email

    def audience(self):
        return None if self.party == Party.NEUTRAL else self.party

    def clean(self):
        self._refuse_seated()

    @property
    def ends_at(self):
        return self.invited_at + self.LASTS

    @property
    def is_usable(self):
        open_still = self.accepted_at is None and self.withdrawn_at is None and timezone.now() < self.ends_at
        return open_still and not self.host_left

    @property
    def host_left(self):
        """Whether who invited is gone: nobody lays a way back ready before they are shown out."""
        return self.invited_by is not None and not self.invited_by.is_present

    @property
    def account(self):
        """The account that already has this address, if any."""
        return User.objects.filter(email__iexact=self.email).first()

    @classmethod
    def by_token(cls, token):
        """The invitation that this letter belongs to, or None."""
        digest = hashlib.sha256(token.encode()).hexdigest()
        return cls.objects.select_related("partnership", "invited_by__user").filter(digest=digest).first()

    def invite(self, seat=None):
        """Offer this seat: keep the invitation and send the letter. `seat` is empty when the operator opens a table."""
        self.email = self.email.lower()
        if seat is not None and self.party not in (seat.party, Party.NEUTRAL):
            raise ValidationError("U kunt alleen mensen van uw eigen kant uitnodigen.")
        self._refuse_seated()
        with transaction.atomic():
            self.invited_by, self.is_coordinator = seat, self.is_coordinator and self.party != Party.NEUTRAL
            token = self._new_token()
            kept = self.keep_once()
            if kept.email != self.email:
                # The page of before was sent once more, for somebody else.
                self.pk = uuid.uuid4()
                kept = self.keep_once()
            if kept.is_new:
                if seat is not None:
                    LettersToday(seat, self.email).require()
                self._send_on_commit(token)
                if seat is not None:
                    Event.record(seat, "nodigde iemand uit", thing=self, audience=self.audience())
        return kept

    def again(self, seat):
        """Send a new letter, which works for 72 hours; the old one stops working."""
        with transaction.atomic():
            self._lock()
            if self.accepted_at or self.withdrawn_at:
                raise ValidationError("Deze uitnodiging is al gebruikt of ingetrokken. Nodig de persoon opnieuw uit.")
            self._refuse_seated()
            LettersToday(seat, self.email).require()
            self.invited_by, self.invited_at, self.sent_at = seat, timezone.now(), None
            token = self._new_token()
            self.save()
            self._send_on_commit(token)

    def withdraw(self, seat):
        """Take the offer back; the letter stops working."""
        with transaction.atomic():
            self._lock()
            if self.accepted_at:
                raise ValidationError("Deze uitnodiging is al aangenomen. U kunt deze persoon wel van de tafel halen.")
            if self.withdrawn_at:
                raise ValidationError("Deze uitnodiging is al ingetrokken.")
            self.withdrawn_by, self.withdrawn_at = seat, timezone.now()
            self.save()
            Event.record(seat, "trok een uitnodiging in", thing=self, audience=self.audience())

    def accept(self, *, user=None, name="", password=None):
        """Take the seat, with the account of this address or a new one: the letter has shown whose it is."""
        with transaction.atomic():
            self._lock()
            if not self.is_usable:
                raise ValidationError("Deze uitnodiging werkt niet meer. Vraag om een nieuwe.")
            if user is None and self.account is not None:
                raise ValidationError("Dit e-mailadres heeft al een account. Log eerst in.")
            if user is not None and user.email != self.email:
                raise ValidationError("Deze uitnodiging is voor een ander e-mailadres.")
            if user is None:
                Member.refuse_name(name, [self.partnership_id])
            user = user or User.objects.create_user(self.email, name, password)
            EmailAddress.objects.get_or_create(
                user=user, email=self.email, defaults={"verified": True, "primary": True}
            )
            self._refuse_seated()
            member = Member.objects.create(
                partnership=self.partnership, user=user, party=self.party, function=self.function,
                can_decide=self.can_decide, is_coordinator=self.is_coordinator,
            )  # fmt: skip
            self.accepted_by, self.accepted_at = member, timezone.now()
            self.save()
            Event.record(member, "kwam aan tafel", thing=member)
        return member

    def _refuse_seated(self):
        there = Member.objects.active().filter(partnership=self.partnership, user__email__iexact=self.email)
        if there.exists():
            raise ValidationError({"email": "Dit adres zit al aan deze tafel. Eén account heeft één kant."})

    def _new_token(self):
        token = secrets.token_urlsafe(32)
        self.digest = hashlib.sha256(token.encode()).hexdigest()
        return token

    def _send_on_commit(self, token):
        transaction.on_commit(lambda: self._send(settings.SITE_URL + reverse("invitation", kwargs={"token": token})))

    def _send(self, url):
        words = {"url": url, "host": self.invited_by, "ends_at": self.ends_at}
        letter = EmailMultiAlternatives(
            subject="Een uitnodiging voor Dialoog",
            body=render_to_string("partnerships/mail_invitation.txt", words),
            to=[self.email],
        )
        letter.attach_alternative(render_to_string("partnerships/mail_invitation.html", words), "text/html")
        try:
            letter.send()
        except (OSError, smtplib.SMTPException):
            # The invitation stays and says that its letter was not sent; it can be sent again.
            logger.exception("An invitation could not be sent.")
            if self.invited_by:
                LettersToday(self.invited_by, self.email).give_back()
            return
        self.sent_at = timezone.now()
        self.save()

    def _lock(self):
        self.refresh_from_db(from_queryset=Invitation.objects.select_for_update())
