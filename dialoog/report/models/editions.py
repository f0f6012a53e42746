"""The report as both signed it, and which cards it quotes."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models, transaction

from dialoog.partnerships.models import PartnershipModel, PartnershipQuerySet
from dialoog.report import composition
from dialoog.report.blocks import Readers
from experiences.models import Fragment

FILE_NAMES = {Readers.CLOSED: "", Readers.BOARDS: "-besturen", Readers.PUBLIC: "-openbaar"}


class EditionQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Whole editions are heavy: a list of them leaves the page and the PDF where they are."""
        return super().visible_to(seat).defer("html", "pdf", "handout")


class Edition(PartnershipModel):
    """The report as it was when both had signed: the page and its hash, and the PDF made of it; never to change."""

    Readers = Readers

    report = models.ForeignKey("report.Report", on_delete=models.PROTECT, related_name="+", editable=False)
    readers = models.CharField(max_length=8, choices=Readers.choices, editable=False)
    html = models.TextField(editable=False)
    # Made once from the page, moments after the second signature.
    pdf = models.BinaryField(null=True, editable=False)
    # The sheet of one page that was signed along with it.
    handout = models.TextField(blank=True, editable=False)
    html_sha256 = models.CharField(max_length=64, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    made_at = models.DateTimeField(editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("report", "readers", name="one_edition_per_audience")]

    def __str__(self):
        return f"{self.report}, {self.get_readers_display()}"

    @property
    def is_final(self):
        return True

    @property
    def text(self):
        """The contents and the chapters, for reading on the screen."""
        return self.html.partition("<!--text-->")[2].partition("<!--/text-->")[0]

    @property
    def printed(self):
        """All that stands on its pages, from the cover on."""
        return self.html.partition("</head>")[2]

    @property
    def file_name(self):
        return f"verslag-ronde-{self.report.project.number}{FILE_NAMES[self.readers]}"

    @classmethod
    def draw(cls, report, readers, document, handout, moment):
        """The page of this text, not kept yet."""
        html = document.html(signed_at=moment, public=report.is_public, closed=report.is_closed)
        return cls(
            partnership=report.partnership,
            report=report,
            readers=readers,
            html=html,
            handout=handout,
            html_sha256=hashlib.sha256(html.encode()).hexdigest(),
            made_at=moment,
        )

    @classmethod
    def readers_of(cls, pdf_sha256):
        """For whom a file with this hash was made, of a text that both sides signed at whatever table; else None."""
        found = cls.objects.filter(pdf_sha256=pdf_sha256) if len(pdf_sha256) == 64 else cls.objects.none()
        readers = found.values_list("readers", flat=True).first()
        return Readers(readers) if readers else None

    @property
    def is_made(self):
        """Whether its PDF is there."""
        return bool(self.pdf_sha256)

    def keep(self, file):
        """Keep the PDF of this text; the first one stays for ever."""
        with transaction.atomic():
            now = Edition.objects.select_for_update().get(pk=self.pk)
            if now.pdf is not None:
                return
            now.pdf, now.pdf_sha256 = file, hashlib.sha256(file).hexdigest()
            super(Edition, now).save(update_fields=["pdf", "pdf_sha256"])

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValidationError("Een getekend verslag verandert niet meer.")
        super().save(*args, **kwargs)

    def _leave_out(self, names):
        """Nobody typed this: it is drawn from what is kept, and its hash is of these very words."""

    def delete(self, *args, **kwargs):
        raise ValidationError("Een getekend verslag gaat niet weg.")


class Quote(PartnershipModel):
    """Which card a frozen report quotes. A plain key, not a foreign key: it stays when the card is withdrawn."""

    report = models.ForeignKey("report.Report", on_delete=models.CASCADE, related_name="+", editable=False)
    fragment_id = models.UUIDField(editable=False)
    is_public = models.BooleanField(editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("report", "fragment_id", name="one_quote_per_fragment")]

    def __str__(self):
        return f"Citaat in {self.report}"

    def is_permitted(self, card):
        """Whether the teller still allows it to those who read it; without its card nobody does."""
        return card is not None and card.may_quote and (card.may_publish or not self.is_public)

    @classmethod
    def touched(cls, seat, cards):
        """The frozen reports in which one of these cards is quoted."""
        quoting = cls.objects.visible_to(seat).filter(fragment_id__in=[card.pk for card in cards])
        return {quote.report for quote in quoting.select_related("report__project")}

    @classmethod
    def keep(cls, report, documents):
        """Remember of which cards words stand in a report that is being frozen: as a quote, or copied into a text."""
        copied = composition.Sieve(Fragment.objects.filter(partnership=report.partnership))
        found = {
            readers: {*document.quoted, *(card.pk for card in copied(document.all_words)[1])}
            for readers, document in documents.items()
        }
        # The sheet of one page quotes only what may be public, whoever reads it.
        open_ones = found[Readers.PUBLIC]
        for fragment_id in set().union(*found.values()):
            cls.objects.create(
                partnership=report.partnership,
                report=report,
                fragment_id=fragment_id,
                is_public=fragment_id in open_ones,
            )
