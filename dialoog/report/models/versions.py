"""How the text read at each moment that somebody saw it, and who did."""

from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.merge import by_sentence, differences
from dialoog.partnerships.models import Member, PartnershipModel
from dialoog.report import composition
from dialoog.report.blocks import Readers
from dialoog.report.models.editions import Edition


class Version(PartnershipModel):
    """The text as it once read, without a word of any teller: what is taken back must not stay here."""

    report = models.ForeignKey("report.Report", on_delete=models.CASCADE, related_name="+", editable=False)
    number = models.PositiveIntegerField(editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    # Per chapter its title and its lines.
    chapters = models.JSONField(editable=False)
    seen_first_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint("report", "fingerprint", name="one_version_per_text"),
            models.UniqueConstraint("report", "number", name="versions_are_counted"),
        ]

    def __str__(self):
        return f"Versie {self.number}"

    @classmethod
    def of(cls, document):
        """The version that this text is; a text that nobody saw before gets the next number."""
        report = document.report
        known = cls.objects.filter(report=report, fingerprint=document.fingerprint).first()
        if known:
            return known
        with transaction.atomic():
            # One at a time, so that no two readers give one text two numbers.
            type(report).objects.select_for_update().get(pk=report.pk)
            last = cls.objects.filter(report=report).order_by("-number").values_list("number", flat=True).first()
            made, _ = cls.objects.get_or_create(
                partnership=report.partnership,
                report=report,
                fingerprint=document.fingerprint,
                defaults={"number": (last or 0) + 1, "chapters": composition.without_tellers(document)},
            )
        return made

    def changes(self, older):
        """Per chapter what is new and what is gone since an older version; a chapter that stayed alike is left out."""
        was, now = dict(older.chapters), dict(self.chapters)
        titles = [title for title, _ in self.chapters] + [title for title, _ in older.chapters if title not in now]
        return [
            (title, by_sentence(differences("\n".join(was.get(title, [])), "\n".join(now.get(title, [])))))
            for title in titles
            if was.get(title) != now.get(title)
        ]


class Seen(PartnershipModel):
    """Somebody had this version before their eyes for the first time, in one of its forms."""

    class Form(models.TextChoices):
        PAGE = "page", "op het scherm"
        FILE = "file", "als bestand"

    version = models.ForeignKey(Version, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, null=True, related_name="+", editable=False)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    form = models.CharField(max_length=4, choices=Form.choices, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint("version", "member", "form", name="seen_once_per_version"),
            models.UniqueConstraint("edition", "member", "form", name="seen_once_per_edition"),
        ]

    def __str__(self):
        return f"{self.member} zag {self.version or self.edition}"

    @classmethod
    def note(cls, seat, form, document=None, edition=None):
        """Write down that this person saw this text, once."""
        version = Version.of(document) if document else None
        cls.objects.get_or_create(
            partnership=seat.partnership, version=version, edition=edition, member=seat, form=form
        )

    @classmethod
    def note_preview(cls, seat, document, form=Form.PAGE):
        """The same for a text as others will read it: it is one version with the text of the two sides."""
        both = document if document.readers == Readers.CLOSED else composition.compose(document.report)
        cls.note(seat, form, document=both)
