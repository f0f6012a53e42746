from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, Party
from experiences.models.cards import Fragment
from experiences.models.papers import ConsentText
from experiences.models.tellers import Secret, SecretQuerySet, Teller, quarter
from experiences.vault import Ledger

QUOTES_NEED_ANALYSIS = "Aanhalen of openbaar maken kan alleen als het verhaal ook mee mag in de gesprekken."
PUBLIC_NEEDS_QUOTE = "Openbaar maken kan alleen als de verteller ook aangehaald wil worden."


class ConsentQuerySet(SecretQuerySet):
    def standing(self):
        """What tellers said yes to and did not take back."""
        return self.filter(teller__withdrawn_at__isnull=True)


class Consent(Secret):
    """What one teller said yes to, after which text, how and when. Without it nothing is written down or used."""

    class Way(models.TextChoices):
        SPOKEN = "spoken", "mondeling"
        WRITTEN = "written", "schriftelijk"
        RECORDED = "recorded", "op een opname"

    text = models.ForeignKey(
        ConsentText, on_delete=models.PROTECT, related_name="+", verbose_name="welke tekst las u voor"
    )
    way = models.CharField("hoe gaf de verteller toestemming", max_length=10, choices=Way.choices)
    given_on = models.DateField("wanneer", default=timezone.localdate)
    may_analyse = models.BooleanField("Meenemen in de gesprekken met de gemeente, als kaartje", default=False)
    may_quote = models.BooleanField("Letterlijk aanhalen", default=False)
    may_publish = models.BooleanField("Openbaar maken", default=False)
    may_call_back = models.BooleanField("Later terugbellen of schrijven", default=False)
    noted_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsentQuerySet.as_manager()

    SCOPES = ("may_analyse", "may_quote", "may_publish", "may_call_back")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["teller"], name="consent_once_per_teller"),
            models.CheckConstraint(
                condition=models.Q(may_analyse=True) | models.Q(may_quote=False, may_publish=False),
                name="consent_quotes_need_analysis",
                violation_error_message=QUOTES_NEED_ANALYSIS,
            ),
            models.CheckConstraint(
                condition=models.Q(may_quote=True) | models.Q(may_publish=False),
                name="consent_public_needs_quote",
                violation_error_message=PUBLIC_NEEDS_QUOTE,
            ),
        ]

    def __str__(self):
        return f"Toestemming van {self.given_on:%d-%m-%Y}"

    @classmethod
    def of(cls, teller):
        """What this teller said yes to, or None."""
        return cls.objects.standing().filter(teller=teller).select_related("text").first()

    @classmethod
    def require(cls, teller, scope="may_analyse"):
        """The consent of this teller for this use, or a refusal."""
        given = cls.of(teller)
        if given is None:
            raise ValidationError("Er is geen toestemming van deze verteller. Leg die eerst vast.", code="consent")
        if not getattr(given, scope):
            sentences = {
                "may_analyse": "De verteller gaf geen toestemming om het verhaal mee te nemen. Het kan niet verder.",
                "may_call_back": "De verteller wil niet teruggebeld worden. Bewaar dan ook geen gegevens.",
            }
            raise ValidationError(sentences[scope], code="consent")
        return given

    def note(self, seat, remark=""):
        """Write down what the teller said yes to. Less than before works at once on what was already shared."""
        with transaction.atomic():
            teller = Teller.objects.select_for_update().get(pk=self.teller_id)
            teller.refuse_withdrawn()
            self._refuse_odd()
            self.seal(remark=remark)
            self.noted_by, self.noted_at = seat, timezone.now()
            known = Consent.objects.filter(teller=teller).first()
            if known and known.pk != self.pk:
                raise ValidationError("Er is al toestemming vastgelegd. Lees de pagina opnieuw en verander die.")
            self.save()
            self._narrow(seat)
            Event.record(seat, "legde de toestemming vast", thing=self, audience=Party.COUNCIL)

    def forget(self, seat):
        # That there was consent, and that it was taken back, is what the council must be able to show.
        self.given_on = quarter(self.given_on)
        self.expire()

    def expire(self):
        self.sealed = None
        self.save(update_fields=["sealed", "given_on"])

    def _refuse_odd(self):
        if not any(getattr(self, scope) for scope in self.SCOPES):
            raise ValidationError(
                "Kruis aan waar de verteller ja tegen zei. Was dat nergens? Noteer dan dat de verteller niet meedoet."
            )
        if (self.may_quote or self.may_publish) and not self.may_analyse:
            raise ValidationError(QUOTES_NEED_ANALYSIS)
        if self.may_publish and not self.may_quote:
            raise ValidationError(PUBLIC_NEEDS_QUOTE)
        if self.given_on > timezone.localdate():
            raise ValidationError("De toestemming kan niet in de toekomst gegeven zijn. Kijk naar de datum.")

    def _narrow(self, seat):
        """Bring what is kept and what already crossed in line with what the teller allows now."""
        if not self.may_call_back:
            for kept in ContactDetail.objects.filter(teller=self.teller_id):
                kept.erase(seat)
        crossed = {draft.fragment_id: draft for draft in self._drafts().select_related("story")}
        for card in Fragment.objects.filter(pk__in=crossed):
            if not self.may_analyse:
                card.withdraw(seat, crossed[card.pk].approved_at, crossed[card.pk].story.begun_at)
            elif (card.may_quote, card.may_publish) != (self.may_quote, self.may_publish):
                card.may_quote, card.may_publish = self.may_quote, self.may_publish
                card.save()

    def _drafts(self):
        return self._meta.apps.get_model("experiences.FragmentDraft").objects.filter(teller_id=self.teller_id)


class ContactDetail(Secret):
    """How to reach a teller: apart from the story, for one purpose, and never longer than agreed."""

    class Purpose(models.TextChoices):
        FEEDBACK = "feedback", "vertellen wat er met het verhaal is gedaan"
        CHECK = "check", "nalezen of het verhaal klopt"
        QUESTION = "question", "nog iets vragen"

    purpose = models.CharField("waarvoor", max_length=10, choices=Purpose.choices)
    delete_by = models.DateField("uiterlijk wissen op")
    # So that a page can offer to mail without opening the details: opening them is written in the reading log.
    has_email = models.BooleanField(default=False, editable=False)
    noted_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["teller"], name="contact_once_per_teller")]

    def __str__(self):
        return f"Contactgegevens, te wissen op {self.delete_by:%d-%m-%Y}"

    @property
    def is_overdue(self):
        return self.delete_by < timezone.localdate()

    def details(self):
        """Name and ways to reach; after the agreed date nobody reads them any more."""
        return {} if self.is_overdue else self.words()

    def note(self, seat, **details):
        """Keep how to reach the teller, when the teller wants to be reached."""
        with transaction.atomic():
            Teller.objects.select_for_update().get(pk=self.teller_id).refuse_withdrawn()
            Consent.require(self.teller, "may_call_back")
            today = timezone.localdate()
            months = self.partnership.contact_retention_months
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            last = today.replace(year=year, month=month + 1, day=min(today.day, 28))
            if not today <= self.delete_by <= last:
                raise ValidationError(
                    f"Kies een dag tussen vandaag en {last:%d-%m-%Y}. Langer bewaren spraken wij niet af."
                )
            if not any(details.values()):
                raise ValidationError("Vul ten minste een telefoonnummer, mailadres of adres in.")
            self.seal(**details)
            self.has_email = bool(details.get("email"))
            self.noted_by, self.noted_at = seat, timezone.now()
            self.save()
            if self.purpose == self.Purpose.FEEDBACK:
                # Whoever leaves a number to hear what came of it, asked for just that.
                self._meta.apps.get_model("experiences.Feedback").ask(seat, self.teller)
            Event.record(seat, "noteerde hoe de verteller te bereiken is", thing=self, audience=Party.COUNCIL)

    def erase(self, seat):
        """The details are no longer needed."""
        with transaction.atomic():
            Event.record(seat, "wiste de contactgegevens", thing=self, audience=Party.COUNCIL)
            self.expire()

    def expire(self):
        """Gone, also from a backup that is put back later."""
        table, teller = self.partnership_id, self.teller_id
        self.delete()
        transaction.on_commit(lambda: Ledger().note(table, teller, Ledger.CONTACT))
