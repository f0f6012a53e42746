"""What one side writes alone, until it sends it to the other."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from lxml import html as reader

from dialoog import letters
from dialoog.partnerships.models import Event, Member, PartnershipQuerySet
from dialoog.partnerships.seen import SaidYesTo
from dialoog.partnerships.templatetags.dialoog import dutch_date, in_words
from dialoog.partnerships.writing import Written

SENT = "Deze brief is verstuurd. Wat erin staat, blijft staan."


def by_whom():
    return models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")


def by_nobody_yet():
    return models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")


class Letter(Written):
    """Something that one side writes alone: until it is sent the other side cannot know that it exists."""

    # So many letters of one side a day are told by e-mail to one address; who got none of this one, in a sentence.
    MOST_MAIL = 10
    without_mail = ""

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
            raise ValidationError(SENT, code="sent")

    def ties(self):
        """The values and themes it is about, as (thing, name): what was sent keeps the names of the day it was sent."""
        known = [(one, one.name) for one in self.values.all()] + [(one, one.label) for one in self.themes.all()]
        if not self.letter.sent_text:
            return known
        still = {str(one.pk): one for one, _name in known}
        return [(still.get(key), name) for key, name in self.letter.ties_as_sent.get(str(self.pk), [])]

    def lose_words(self, texts):
        """Whatever tells of a sent letter again goes on without them; the letter itself stays as it was sent."""
        # Why a question was recalled, or not answered, is no part of its letter.
        if self.letter.sent_at and not set(texts).isdisjoint(self.texts):
            self.letter.tell_withdrawn()
        super().lose_words(texts)

    def tell_other_side(self, seat):
        """Everyone of the other side gets an e-mail that there is something new; what it is stands in Dialoog only."""
        people = Member.objects.present().filter(partnership=self.partnership_id, party=seat.other_side)
        people = people.select_related("user", "partnership")
        # Such a letter goes once for each act: what else went to that address today does not keep it back.
        told, self.without_mail = letters.LettersToday.share_out(seat, people, "advice", self.MOST_MAIL)
        transaction.on_commit(lambda: self._write_to(told))

    def _write_to(self, people):
        for member in people:
            words = {"member": member, "url": settings.SITE_URL + self.address(member)}
            letters.send(member.user.email, "Er ligt iets nieuws in Dialoog", "advice/mail_letter", words)


class WholeLetter(SaidYesTo, Letter):
    """A letter with all that stands in it, and how it was when it was sent."""

    kept_as_it_was = ("sent_text",)
    then = "verstuur hem dan"

    # The page as it was printed then, without its style. Letters sent before this was kept have none.
    sent_text = models.TextField(blank=True, editable=False)
    # When a teller first took back a sentence that stands in it.
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    # How it is named in a sentence.
    called = ""
    # Its page in the words of now; each letter draws its own.
    as_it_reads: Callable[[], str]

    class Meta:
        abstract = True

    def keep_as_sent(self):
        """Keep the page as it reads now, unless it was kept already."""
        if not self.sent_text:
            self.sent_text = self.as_it_reads()
            self.save()

    def tell_withdrawn(self):
        """A teller took a sentence of it back: the page as it was sent stays, and both sides read that above it."""
        with transaction.atomic():
            letter = type(self).objects.select_for_update().get(pk=self.pk)
            letter.keep_as_sent()
            if not letter.withdrawn_at:
                letter.withdrawn_at = timezone.now()
                letter.save()
                told = "In een brief zoals die is verstuurd, staat een zin van iemand die zich terugtrok"
                Event.of_table(letter.partnership, told, thing=letter.read_with)

    def lose_words(self, texts):
        super().lose_words(texts)
        # The page is no version of the text: it is kept in one place only.
        self.history.exclude(sent_text="").update(sent_text="")

    @property
    def read_with(self):
        """The thing on whose page it is read."""
        return self

    @staticmethod
    def names_of(part):
        """The values and themes of a part, by name, in an order that stays."""
        return sorted(name for _thing, name in part.ties())

    @cached_property
    def ties_as_sent(self):
        """Of each part that was tied to something when this was sent: the keys, and the names of then."""
        found = reader.fromstring(self.sent_text).find_class("ties")
        return {line.get("data-of"): [(one.get("data-key"), one.text) for one in line.iter("span")] for line in found}


class LetterQuerySet(PartnershipQuerySet):
    """Letters, and what stands in them."""

    def visible_to(self, seat):
        """What was sent is for the table; what is still being written only for its own side."""
        seen = super().visible_to(seat)
        if seat.party == self.model.WRITER:
            return seen
        sent = f"{self.model.LETTER}__sent_at" if self.model.LETTER else "sent_at"
        return seen.filter(**{f"{sent}__isnull": False})


def reply_time(table):
    """How long the municipality of this table has for its own reply: 'zes weken'."""
    return f"{in_words(table.reply_weeks)} weken" if table.reply_weeks > 1 else "één week"


def answered(sent_at, answered_at):
    """'Beantwoord op …, na 34 dagen'; in weeks only when it was whole weeks, so no letter looks quicker or slower."""
    days = (timezone.localdate(answered_at) - timezone.localdate(sent_at)).days
    if days < 28 or days % 7:
        after = "op dezelfde dag" if not days else "na één dag" if days == 1 else f"na {in_words(days)} dagen"
    else:
        after = f"na {in_words(days // 7)} weken"
    return f"Beantwoord op {dutch_date(answered_at)}, {after}"
