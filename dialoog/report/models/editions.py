"""The report as both signed it, and which cards it quotes."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import models

from dialoog import paper
from dialoog.partnerships.models import PartnershipModel, PartnershipQuerySet
from dialoog.report.blocks import Readers


class EditionQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Whole editions are heavy: a list of them leaves the page and the PDF where they are."""
        return super().visible_to(seat).defer("html", "pdf")


class Edition(PartnershipModel):
    """The report as it was when both had signed: the page, the PDF and their hashes, never to change."""

    Readers = Readers

    report = models.ForeignKey("report.Report", on_delete=models.PROTECT, related_name="+", editable=False)
    readers = models.CharField(max_length=8, choices=Readers.choices, editable=False)
    html = models.TextField(editable=False)
    pdf = models.BinaryField(editable=False)
    html_sha256 = models.CharField(max_length=64, editable=False)
    pdf_sha256 = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("report", "readers", name="one_edition_per_audience")]

    def __str__(self):
        return f"{self.report}, {self.get_readers_display()}"

    @property
    def text(self):
        """The contents and the chapters, for reading on the screen."""
        return self.html.partition("<!--text-->")[2].partition("<!--/text-->")[0]

    @property
    def file_name(self):
        public = "-openbaar" if self.readers == self.Readers.PUBLIC else ""
        return f"verslag-ronde-{self.report.project.number}{public}"

    @classmethod
    def draw(cls, report, readers, document, moment):
        """The page and the PDF of this text, not kept yet."""
        html = document.html(signed_at=moment, public=report.is_public, closed=report.is_closed)
        file = paper.render(html)
        return cls(
            partnership=report.partnership,
            report=report,
            readers=readers,
            html=html,
            pdf=file,
            html_sha256=hashlib.sha256(html.encode()).hexdigest(),
            pdf_sha256=hashlib.sha256(file).hexdigest(),
            made_at=moment,
        )

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValidationError("Een getekend verslag verandert niet meer.")
        super().save(*args, **kwargs)

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

    @classmethod
    def touched(cls, seat, cards):
        """The frozen reports in which one of these cards is quoted."""
        quoting = cls.objects.visible_to(seat).filter(fragment_id__in=[card.pk for card in cards])
        return {quote.report for quote in quoting.select_related("report__project")}

    @classmethod
    def keep(cls, report, closed, public):
        """Remember which cards stand in the two editions of a report that is being frozen."""
        open_ones = set(public.quoted)
        for fragment_id in dict.fromkeys(closed.quoted + public.quoted):
            cls.objects.create(
                partnership=report.partnership,
                report=report,
                fragment_id=fragment_id,
                is_public=fragment_id in open_ones,
            )
