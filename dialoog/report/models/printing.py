"""Files that take a while to make: a row that says how far it is, so that nothing is made twice and no wait is lost."""

import hashlib
import logging
import time
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone

from dialoog import paper
from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet
from dialoog.report import composition, press
from dialoog.report.blocks import Readers
from dialoog.report.models.editions import Edition

logger = logging.getLogger(__name__)
# Who made no sound for so long has stopped: the machine was switched off, or ran out of memory.
SILENCE = timedelta(seconds=60)
MOST_TRIES = 3
KEPT_FOR = timedelta(days=1)
TOO_HARD = "Het opmaken van dit bestand lukte niet. Probeer het nog eens. Lukt het weer niet, vraag dan uw beheerder."


class PrintingQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """What everyone at the table may read, without the heavy parts."""
        return super().visible_to(seat).defer("html", "file")

    def waiting(self):
        """What nobody works on: not begun, or left behind by a process that stopped."""
        left_behind = models.Q(state=Printing.State.BUSY, heard_at__lt=timezone.now() - SILENCE)
        return self.filter(models.Q(state=Printing.State.WAITING) | left_behind).order_by("asked_at")

    def let_go(self, older_than=timedelta(0)):
        """Drafts on paper do not stay: what is withdrawn from the text must not lie in a file. Gives how many went.

        Also one that is being made at this moment: it holds the words of before.
        """
        return self.filter(edition=None, asked_at__lte=timezone.now() - older_than).delete()[0]


class Printing(PartnershipModel):
    """One file on its way to paper. Its content decides which one it is: the same content is never made twice."""

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        BUSY = "busy", "bezig"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"

    report = models.ForeignKey("report.Report", on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    # A signed text keeps its own file; this row only makes it.
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    name = models.CharField(max_length=80, editable=False)
    title = models.CharField(max_length=200, editable=False)
    content = models.CharField(max_length=64, editable=False)
    html = models.TextField(editable=False)
    one_page = models.BooleanField(default=False, editable=False)
    # Made for everyone: then only words that may be public stand in it.
    is_public = models.BooleanField(default=False, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)
    percent = models.PositiveSmallIntegerField(default=0, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    file = models.BinaryField(null=True, editable=False)
    size = models.PositiveIntegerField(default=0, editable=False)
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    heard_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PrintingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("partnership", "content", name="same_content_is_made_once")]

    def __str__(self):
        return self.title

    @classmethod
    def ask(cls, seat, title, name, html, *, report=None, edition=None, one_page=False, public=False):
        """Have this made; whoever asks for the same content gets the one that is there."""
        content = hashlib.sha256(html.encode()).hexdigest()
        with transaction.atomic():
            known = cls.objects.select_for_update().filter(partnership=seat.partnership, content=content).first()
            if known is None:
                # A newer text of the same name takes the place of the older one.
                cls.objects.filter(partnership=seat.partnership, name=name, edition=None).let_go()
                known, _ = cls.objects.get_or_create(
                    partnership=seat.partnership,
                    content=content,
                    defaults={"title": title, "name": name, "html": html, "report": report, "edition": edition,
                              "one_page": one_page, "is_public": public, "asked_by": seat},
                )  # fmt: skip
            if public and not known.is_public:
                # The same words for both sides and for everyone: what holds for everyone holds.
                known.is_public = True
                known.save()
            transaction.on_commit(press.start)
        return known

    @classmethod
    def of(cls, seat, edition):
        """Have the file of a signed text made."""
        public = edition.readers == Readers.PUBLIC
        kept = {"report": edition.report, "edition": edition, "public": public}
        return cls.ask(seat, str(edition), edition.file_name, edition.html, **kept)

    @property
    def is_final(self):
        return self.edition_id is not None

    def _leave_out(self, names):
        """Nobody typed this: it is drawn from what is kept, or from what both signed to the letter."""

    def lose_words(self, texts):
        # A file cannot be mended; whoever asks again gets one without.
        self.delete()

    @property
    def is_done(self):
        return self.state == self.State.DONE

    @property
    def has_failed(self):
        return self.state == self.State.FAILED

    def again(self, seat):
        """What failed is tried once more, because somebody asks."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Printing.objects.select_for_update())
            if not self.has_failed:
                return
            self.state, self.tries, self.percent, self.pages = self.State.WAITING, 0, 0, 0
            self.save()
            transaction.on_commit(press.start)

    @classmethod
    def next(cls):
        """Take the oldest one that waits, for this process alone; what stopped others again and again is given up."""
        with transaction.atomic():
            free = cls.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            taken = free.waiting().first()
            if taken is None:
                return None
            if taken.tries >= MOST_TRIES:
                taken._stop("it stopped the press again and again")
                return cls.next()
            taken.state, taken.heard_at, taken.tries = cls.State.BUSY, timezone.now(), taken.tries + 1
            taken.save()
            return taken

    def make(self):
        """Make the file, and say on the way how far it is."""
        try:
            if self.one_page:
                file = paper.on_one_page(self.html, ONE_PAGE)
            else:
                file = paper.render(self.html, told=self.telling())
        # Whatever goes wrong on paper is told as a sentence; the next one in the row is made all the same.
        except Exception:
            logger.exception("Paper could not be made: %s", self.pk)
            self._stop("the library refused")
            return
        with transaction.atomic():
            if self.edition_id:
                self.edition.keep(file)
            else:
                self.file = file
            self.state, self.percent, self.size = self.State.DONE, 100, len(file)
            self.keep()

    def telling(self):
        """Who says on the way how far it is."""
        return _Told(self)

    def _stop(self, why):
        logger.error("Paper given up: %s (%s)", self.pk, why)
        self.state, self.heard_at = self.State.FAILED, timezone.now()
        self.keep()

    def keep(self, fields=None):
        """Keep how it stands, unless it was let go while it was made: then it stays gone."""
        with transaction.atomic():
            if Printing.objects.select_for_update().filter(pk=self.pk).exists():
                self.save(update_fields=fields)

    def why_failed(self):
        """The sentence for who waits."""
        return TOO_HARD if self.has_failed else ""

    @property
    def is_taken_back(self):
        """Whether words stand in it that may not be quoted any more since it was made."""
        sieve = composition.Sieve.of(self.partnership, self.is_public, names=False)
        if self.report_id:
            # The one quote on a sheet of one page is one that may be public, for whomever it is made.
            quoted_openly = self.is_public or self.one_page
            return composition.still_permitted(self.html, self.report.project, quoted_openly, sieve) != self.html
        # A year tells of many rounds, and quotes nobody: only copied sentences can stand in it.
        return bool(sieve(self.html)[1])

    def require_file(self):
        """The file, or a refusal that says what to do."""
        if self.edition_id or self.file is None:
            raise ValidationError("Dit bestand is er niet meer. Vraag het opnieuw.")
        return bytes(self.file)


# Type sizes of a sheet that has to hold on one page, in points.
ONE_PAGE = (10.5, 10, 9.5, 9)


class _Told:
    """How far the paper is, kept at most once a second: each time it is, open pages hear it."""

    def __init__(self, printing):
        self.printing, self.last = printing, time.monotonic()

    def __call__(self, pages, percent):
        now = time.monotonic()
        if now - self.last < 1:
            return
        self.last = now
        self.printing.pages, self.printing.percent, self.printing.heard_at = pages, percent, timezone.now()
        self.printing.keep(["pages", "percent", "heard_at"])
