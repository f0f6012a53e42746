"""What one side writes alone, until it sends it to the other."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from dialoog import letters
from dialoog.partnerships.models import Member, PartnershipQuerySet
from dialoog.partnerships.templatetags.dialoog import in_words
from dialoog.partnerships.writing import Written


def by_whom():
    return models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")


def by_nobody_yet():
    return models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")


class Letter(Written):
    """Something that one side writes alone: until it is sent the other side cannot know that it exists."""

    # Whose letter it is, and what leads from this thing to the letter with the sending date.
    WRITER = ""
    LETTER = ""

    class Meta:
        abstract = True

    @property
    def letter(self):
        """The letter this stands in, or this letter itself."""
        return getattr(self, self.LETTER) if self.LETTER else self

    def audience(self):
        """Also the bell of a draft is heard by its own side alone."""
        return None if self.letter.sent_at else self.WRITER

    def may_be_written_by(self, seat):
        return seat.party == self.WRITER and self.letter.sent_at is None

    @property
    def is_final(self):
        return self.letter.sent_at is not None

    @property
    def writer(self):
        """Whose name stands under it: who sent it, or until then who began it."""
        return self.letter.sent_by or self.letter.begun_by

    @property
    def written_at(self):
        """The day it bears."""
        return self.letter.sent_at or self.letter.begun_at

    def refuse_words(self):
        # Read afresh, and held: a colleague may have sent it since this page was made.
        letter = self.letter
        sent = type(letter).objects.select_for_update().filter(pk=letter.pk, sent_at__isnull=False).exists()
        if sent:
            raise ValidationError("Deze brief is verstuurd. Wat erin staat, blijft staan.", code="sent")

    def tell_other_side(self, seat):
        """Everyone of the other side gets an e-mail that there is something new; what it is stands in Dialoog only."""
        transaction.on_commit(lambda: self._write_to(seat, seat.other_side))

    def _write_to(self, seat, party):
        people = Member.objects.present().filter(partnership=self.partnership_id, party=party)
        for member in people.select_related("user", "partnership"):
            if letters.LettersToday(seat, member.user.email).take():
                words = {"member": member, "url": settings.SITE_URL + self.address(member)}
                letters.send(member.user.email, "Er ligt iets nieuws in Dialoog", "advice/mail_letter", words)


class LetterQuerySet(PartnershipQuerySet):
    """Letters, and what stands in them."""

    def visible_to(self, seat):
        """What was sent is for the table; what is still being written only for its own side."""
        seen = super().visible_to(seat)
        if seat.party == self.model.WRITER:
            return seen
        sent = f"{self.model.LETTER}__sent_at" if self.model.LETTER else "sent_at"
        return seen.filter(**{f"{sent}__isnull": False})


def after_days(days):
    """'na 34 dagen'; in weeks only when it was whole weeks, so that no letter looks quicker or slower than it was."""
    if days < 28 or days % 7:
        return "op dezelfde dag" if not days else "na één dag" if days == 1 else f"na {in_words(days)} dagen"
    return f"na {in_words(days // 7)} weken"
