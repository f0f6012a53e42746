"""How somebody without an account tells how far their commitment is: a link in a letter that can do only this."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from dialoog import letters
from dialoog.partnerships.models import Event, Member, PartnershipQuerySet
from projects.models.commitments import Commitment
from projects.models.preparing import Locked

TELLING = TimestampSigner(sep=".", salt="dialoog.progress")


class OwnerLinkQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """To whom a letter went is for the side that sent it, also when the commitment goes to the other side."""
        return super().visible_to(seat).of_owner().filter(sent_by__party=seat.party)

    def of_owner(self):
        """Sent by the side whose owner it is now."""
        return self.filter(sent_by__party=models.F("commitment__owner_party"))

    def lapsed(self):
        """Of which whoever sent it is gone, while the commitment goes on."""
        same = self.of_owner().filter(commitment__owner_member=None, commitment__owner_name=models.F("owner_name"))
        open_ones = same.filter(ended_at=None, commitment__in=Commitment.objects.unfinished())
        return open_ones.exclude(sent_by__in=Member.objects.present())

    def to_remind(self, today):
        """Whose commitment comes near or is late, and who neither got a letter nor told anything for a while.

        A letter about one thing is enough for everything that this person took on at this table.
        """
        lately = timezone.now() - self.model.AGAIN_AFTER
        heard = self.model.objects.filter(partnership=models.OuterRef("partnership"), email=models.OuterRef("email"))
        heard = heard.filter(models.Q(sent_at__gt=lately) | models.Q(told_on__gt=timezone.localdate(lately)))
        near = Commitment.objects.unfinished().filter(
            owner_member=None, due__lte=today + self.model.BEFORE, due__gte=today - self.model.LASTS
        )
        same = self.of_owner().filter(commitment__owner_name=models.F("owner_name"), commitment__in=near)
        same = same.filter(sent_by__in=Member.objects.present())
        waiting = same.filter(
            ~models.Exists(heard), ended_at=None, quiet_at=None, sent_at__gt=timezone.now() - self.model.LASTS
        )
        # Who has more than one waits for a turn with each.
        return waiting.order_by("sent_at", "commitment__due")


class OwnerLink(Locked):
    """The letter to an owner who has no account, and the link in it; a new letter ends the link of the one before."""

    # How long a link works, and how often a day something can be told with it.
    LASTS, MOST_A_DAY = timedelta(days=90), 5
    # By itself a letter goes from a week before the day on, and never within two weeks of the one before.
    BEFORE, AGAIN_AFTER = timedelta(days=7), timedelta(days=14)

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="+", editable=False)
    # Who was asked: when somebody else becomes the owner, this link is not theirs.
    owner_name = models.CharField(max_length=100, editable=False)
    email = models.EmailField("e-mailadres")
    # What stands in the link is this number, signed: who reads the database alone cannot make the link.
    number = models.UUIDField(default=uuid.uuid4, editable=False)
    sent_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    # The side took the link back.
    ended_at = models.DateTimeField(null=True, editable=False)
    # The owner wants no more letters; the link goes on working.
    quiet_at = models.DateTimeField(null=True, editable=False)
    # Addresses of before at which no more letters were wanted: nobody writes there again by way of another one.
    hushed = models.JSONField(default=list, editable=False)
    # How often something was told today, so that nobody fills the table with it.
    told_on = models.DateField(null=True, editable=False)
    told_times = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = OwnerLinkQuerySet.as_manager()

    def __str__(self):
        return f"bericht aan {self.commitment.owner_name}"

    def audience(self):
        return self.sent_by.party

    @classmethod
    def send(cls, seat, commitment, email):
        """Ask the owner how far it is; at most once a day."""
        with transaction.atomic():
            commitment.lock()
            if commitment.owner_member_id:
                raise ValidationError(f"{commitment.owner} heeft een account en leest dit op de startpagina.")
            if seat.party != commitment.owner_party:
                raise ValidationError("Alleen de kant van de eigenaar stuurt dit bericht.")
            if commitment.is_over:
                raise ValidationError("Deze afspraak is klaar of gestopt. Vragen is niet meer nodig.")
            link = cls.objects.filter(commitment=commitment).first()
            if link and link.works and timezone.localdate(link.sent_at) == timezone.localdate():
                raise ValidationError("Er ging vandaag al een bericht. Probeer het morgen nog eens.")
            link = link or cls(partnership=seat.partnership, commitment=commitment)
            if link.quiet_at:
                link.hushed = [*link.hushed, link.email.casefold()]
            if email.casefold() in link.hushed:
                raise ValidationError("Op dit adres wil men hierover geen berichten. Vraag het op een andere manier.")
            letters.LettersToday(seat, email).require()
            link.number, link.email, link.ended_at, link.quiet_at = uuid.uuid4(), email, None, None
            link.owner_name = commitment.owner_name
            link.sent_by, link.sent_at = seat, timezone.now()
            link.save()
            Event.record(seat, f"vroeg {commitment.owner_name} hoe het staat", thing=commitment)
            transaction.on_commit(link._write_letter)
            return link

    def end(self, seat):
        """The link stops working."""
        with transaction.atomic():
            self.lock()
            if self.ended_at is None:
                self.ended_at = timezone.now()
                self.save()
                Event.record(seat, f"trok de link van {self.commitment.owner_name} in", thing=self.commitment)

    @classmethod
    def end_of(cls, commitment):
        """Somebody else becomes the owner: the link of the one before ends, also if it becomes theirs again."""
        for link in cls.objects.filter(commitment=commitment, ended_at=None):
            link.ended_at = timezone.now()
            link.save()

    def remind(self):
        """One more letter with the same link, by itself; gives whether it went."""
        with transaction.atomic():
            self.lock()
            # Whoever made the list looked some letters ago.
            is_early = timezone.now() - self.sent_at < self.AGAIN_AFTER
            if is_early or self.quiet_at or not type(self).by_number(self.number):
                return False
            last, self.sent_at = self.sent_at, timezone.now()
            self.save()
        mine = self.sent_at
        if gone := self._write_letter(by_itself=True):
            return gone
        with transaction.atomic():
            self.lock()
            if self.sent_at == mine:
                self.sent_at = last
                self.save()
        return False

    def hush(self, quiet=True):
        """The owner wants no more letters about this, or wants them again; answering goes on by the same link."""
        with transaction.atomic():
            self.lock()
            self.quiet_at = (self.quiet_at or timezone.now()) if quiet else None
            self.save()

    @property
    def works(self):
        """Whether the link in the last letter can still be used.

        It goes with the seat of who sent it: the address was theirs to type, so it could be a way back for themselves.
        """
        lasts = self.ended_at is None and timezone.now() - self.sent_at < self.LASTS
        return lasts and self.sent_by.is_present and not self.commitment.is_over

    @property
    def url(self):
        return settings.SITE_URL + reverse("progress", kwargs={"token": TELLING.sign(self.number.hex)})

    @property
    def stop_url(self):
        return settings.SITE_URL + reverse("stop_progress", kwargs={"token": TELLING.sign(self.number.hex)})

    @classmethod
    def by_token(cls, token):
        """The commitment's link that stands in a letter, as long as it works; else None, for whatever reason."""
        try:
            return cls.by_number(uuid.UUID(TELLING.unsign(token, max_age=cls.LASTS)))
        except (BadSignature, ValueError):
            return None

    @classmethod
    def by_number(cls, number):
        """The link with this number, as long as it works and is still the owner's; else None."""
        known = cls.objects.of_owner().select_related(
            "commitment__partnership", "commitment__value", "commitment__project", "sent_by__user"
        )
        same = models.F("owner_name")
        link = known.filter(number=number, commitment__owner_member=None, commitment__owner_name=same).first()
        return link if link and link.works else None

    def tell(self, status, note, seen=None):
        """The owner says how far it is; so often a day, and only what an owner can know."""
        with transaction.atomic():
            self.lock()
            if not self.works:
                raise ValidationError("Deze link werkt niet meer. Bel of mail wie u dit vroeg.", code="over")
            today = timezone.localdate()
            self.told_times = self.told_times + 1 if self.told_on == today else 1
            self.told_on = today
            if self.told_times > self.MOST_A_DAY:
                raise ValidationError("U liet vandaag al een paar keer iets weten. Morgen kan het weer.", code="often")
            self.save()
            self.commitment.told_by_owner(status, note, seen)

    def _write_letter(self, by_itself=False):
        words = {"link": self, "commitment": self.commitment, "days": self.LASTS.days, "by_itself": by_itself}
        subject = "Een vraag van Dialoog: hoe staat het ervoor?"
        return letters.send(self.email, subject, "projects/mail_progress", words, self.stop_url)
