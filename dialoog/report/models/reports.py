"""The joint report of a round: one text, two signatures, then frozen for ever."""

from django.core.exceptions import ValidationError
from django.db import OperationalError, models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party, together
from dialoog.partnerships.seen import SaidYesTo
from dialoog.partnerships.writing import Written
from dialoog.report import blocks as parts
from dialoog.report import composition
from dialoog.report.models.editions import Edition, Quote
from dialoog.report.models.printing import Printing
from dialoog.report.models.signatures import Dissent, Refusal, Signature
from dialoog.report.models.standing import Standing, of_one_moment
from experiences.models import Fragment
from projects.models import Commitment, Phase, Project
from projects.models.minutes import LAST

MEANWHILE = (
    "Terwijl u tekende, is er iets veranderd of teruggenomen. Het verslag ligt nog niet vast. "
    "Lees het opnieuw en teken dan."
)


class ReportQuerySet(PartnershipQuerySet):
    def of(self, project):
        """The report of one round, or None."""
        return self.filter(project=project).select_related("project", "partnership").first()


class Report(SaidYesTo, Written, PartnershipModel):
    """The report of one round: what both sides write in it themselves, and where the joint decisions stand."""

    texts = ("subtitle", "brief", "feedback")
    while_typing = texts

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="+", editable=False)
    subtitle = models.CharField("ondertitel", max_length=160, blank=True)
    brief = models.TextField("in het kort", max_length=3000, blank=True)
    feedback = models.TextField("terugkoppeling", max_length=2000, blank=True)
    # The chosen parts per version; what is not in it has the usual ones.
    blocks = models.JSONField(default=dict, editable=False)
    # How each commitment stood when both signed: the next report says what changed since.
    states = models.JSONField(default=dict, editable=False)
    started_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    # Nobody has said anything until they have: undecided is the default, and one yes is not enough.
    council_public = models.BooleanField(null=True, editable=False)
    council_public_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    council_public_at = models.DateTimeField(null=True, editable=False)
    municipality_public = models.BooleanField(null=True, editable=False)
    municipality_public_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    municipality_public_at = models.DateTimeField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-project__number"]
        constraints = [
            together(f"{party}_public", f"{party}_public_by", f"{party}_public_at", name=f"report_{party}_public")
            for party in ("council", "municipality")
        ]

    def __str__(self):
        return f"Verslag van ronde {self.project.number}: {self.project.subject}"

    @classmethod
    def start(cls, seat, project):
        """Begin the report of a round; whoever comes second finds the one that is there."""
        with transaction.atomic():
            Project.objects.select_for_update().get(pk=project.pk)
            if (report := cls.objects.of(project)) is None:
                report = cls(partnership=seat.partnership, project=project, started_by=seat).wrote(seat)
                report.save()
                Event.record(seat, "begon met het verslag", thing=report)
        return report

    def address(self, seat):
        return seat.url("report:detail", project=self.project_id)

    def may_be_written_by(self, seat):
        return seat.is_side and not self.is_frozen

    def refuse_words(self):
        if self.is_frozen:
            raise ValidationError("Beide kanten hebben getekend. Aan dit verslag kan niets meer veranderen.")

    # Where it stands.

    @property
    def is_frozen(self):
        return self.frozen_at is not None

    def parts(self, readers):
        """The parts of one version, in their order."""
        return self.blocks.get(str(readers)) or parts.usual(readers)

    def public_word(self, party):
        """What a side said about making it public: True, False, or None when it said nothing yet."""
        return getattr(self, f"{party}_public")

    @property
    def is_public(self):
        """Both sides said yes."""
        return all(self.public_word(party) is True for party in Party.sides())

    @property
    def is_closed(self):
        """At least one side said that it stays between the two."""
        return any(self.public_word(party) is False for party in Party.sides())

    def signatures(self):
        """The signatures by side, as they were given."""
        given = Signature.objects.filter(report=self).select_related("signed_by__user")
        return {signature.party: signature for signature in given}

    def refusals(self):
        """Why a side does not sign yet, by side."""
        return {one.party: one for one in Refusal.objects.filter(report=self).select_related("said_by__user")}

    def dissents(self):
        """What each side attached as its own, differing view; council first."""
        return list(Dissent.objects.filter(report=self, attached_at__isnull=False).order_by("party"))

    def gone_quotes(self):
        """The quotes in the frozen report whose teller has since taken back the permission for who reads them."""
        quotes = list(Quote.objects.filter(report=self))
        cards = Fragment.objects.in_bulk([quote.fragment_id for quote in quotes])
        return [quote for quote in quotes if not quote.is_permitted(cards.get(quote.fragment_id))]

    def why_not_sign(self):
        """The sentence that says what has to happen before anybody can sign; empty when nothing has."""
        if self.is_frozen:
            return "Dit verslag is al door beide kanten getekend. Er kan niets meer aan veranderen."
        if not self.project.has_reached(Phase.COMMIT):
            return "Tekenen kan vanaf de stap ‘Afspraken’. Zet eerst samen de ronde verder."
        if not self.brief.strip():
            return "‘In het kort’ is nog leeg. Schrijf dat eerst: het is het stuk dat iedereen leest."
        return ""

    # Acts.

    def arrange(self, seat, readers, blocks, known):
        """Choose which parts a version has, in which order; `known` is the choice that was on the screen."""
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten kiezen wat er in het verslag staat.")
        with transaction.atomic():
            self._lock()
            if self.is_frozen:
                raise ValidationError("Beide kanten hebben getekend. Aan dit verslag kan niets meer veranderen.")
            chosen, now = parts.tidy(blocks), self.parts(readers)
            if chosen == now:
                return
            if list(known) != now:
                raise ValidationError("Iemand koos net iets anders. Kijk wat er nu staat, en kies dan opnieuw.")
            self.blocks = {**self.blocks, str(readers): chosen}
            self.save()
            Event.record(seat, f"koos de delen van het verslag voor {readers.label}", thing=self)

    def sign(self, seat, fingerprint, sure=True):
        """Put a side's signature under exactly the text it read; the second one freezes the report.

        Who is not `sure` puts a first signature only: a second one is refused with what it would do (code `last`).
        """
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten tekenen het verslag.")
        if reason := self.why_not_sign():
            raise ValidationError(reason)
        if composition.compose(self).fingerprint != fingerprint:
            raise ValidationError(
                "De tekst is veranderd terwijl u las. Lees het verslag opnieuw en teken dan.", code="changed"
            )
        with transaction.atomic():
            self._lock()
            if reason := self.why_not_sign():
                raise ValidationError(reason)
            Signature.put(seat, self, fingerprint)
            if not sure and self._is_signed(fingerprint):
                raise ValidationError(LAST, code="last")
            Refusal.objects.filter(report=self, party=seat.party).delete()
            Event.record(seat, "tekende het verslag", thing=self)
        if self._is_signed(fingerprint):
            self._freeze(seat, fingerprint)

    def take_back(self, seat):
        """Take a signature back; possible until the other side has signed too."""
        with transaction.atomic():
            self._lock()
            if self.is_frozen:
                raise ValidationError("Beide kanten hebben getekend. Een handtekening terugnemen kan dan niet meer.")
            signature = Signature.objects.filter(report=self, party=seat.party).first()
            if signature is None:
                raise ValidationError("Uw kant heeft nog niet getekend.")
            signature.delete()
            Event.record(seat, "nam de handtekening onder het verslag terug", thing=self)

    def shown(self):
        """The text as it reads now, also what everyone will read of it; once it is signed it stays as it is."""
        return [self.frozen_at or composition.compose(self).fingerprint]

    def speak(self, seat, public, seen=None):
        """A side says whether this report may be public; it becomes so only by two times yes."""
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten besluiten of het verslag openbaar wordt.")
        with transaction.atomic():
            self._lock()
            if public:
                self.refuse_unseen(seen)
            setattr(self, f"{seat.party}_public", public)
            setattr(self, f"{seat.party}_public_by", seat)
            setattr(self, f"{seat.party}_public_at", timezone.now())
            self.save()
            word = "ja tegen openbaar maken" if public else "dat het verslag besloten blijft"
            Event.record(seat, f"zei {word}", thing=self)
            if not public:
                # An overview of a year for everyone may tell of this round.
                Printing.objects.filter(partnership=self.partnership).let_go()

    def public_edition(self):
        """The edition for everyone; refused with a sentence until both sides agreed."""
        if not self.is_frozen:
            raise ValidationError("Er is nog geen openbaar verslag. Eerst tekenen beide kanten dezelfde tekst.")
        if not self.is_public:
            raise ValidationError(self.why_not_public())
        self.refuse_gone_words()
        return self.edition(Edition.Readers.PUBLIC)

    def refuse_gone_words(self):
        """Nobody reads the public version once a teller took back what it quotes, on the screen neither."""
        if any(quote.is_public for quote in self.gone_quotes()):
            raise ValidationError(
                "Iemand trok de toestemming voor een citaat in. Daarom is de openbare versie niet meer te krijgen."
            )

    def edition(self, readers):
        """The frozen page and PDF for one audience, or None while there is no report yet."""
        return Edition.objects.filter(report=self, readers=readers).first()

    def why_not_public(self):
        """Who still has to say yes before the report may leave the table."""
        missing = [self.partnership.side_name(party) for party in Party.sides() if self.public_word(party) is not True]
        return f"Dit verslag is niet openbaar. Daar zeggen beide kanten ja op; de {' en de '.join(missing)} nog niet."

    def _is_signed(self, fingerprint):
        return Signature.objects.filter(report=self, fingerprint=fingerprint).count() == len(Party.sides())

    def _freeze(self, seat, fingerprint):
        """Make all versions of how things stand at one moment, and keep them only when things still stand so."""
        moment = timezone.now()
        with of_one_moment():
            self.refresh_from_db()
            documents = {readers: composition.compose(self, readers=readers) for readers in parts.Readers}
            handouts = {readers: composition.handout(self, readers, moment) for readers in parts.Readers}
            composed, states = self._standing(documents[parts.Readers.CLOSED]), self._states()
        with transaction.atomic():
            self._lock()
            if self.is_frozen or not self._is_signed(fingerprint):
                return
            editions = [
                Edition.draw(self, readers, text, handouts[readers], moment) for readers, text in documents.items()
            ]
            self._hold_cards()
            if composed.fingerprint != fingerprint or self._standing(composition.compose(self)) != composed:
                raise ValidationError(MEANWHILE, code="changed")
            for edition in editions:
                edition.save(force_insert=True)
            # Drawing takes seconds. The text is fixed from here on; its file follows by itself, the others' when asked.
            Printing.of(seat, editions[0])
            Quote.keep(self, documents)
            self.frozen_at, self.states = moment, states
            self.save()
            self.project.note_fact("report_signed", seat)
            Event.record(seat, "maakte het verslag definitief met de tweede handtekening", thing=self)

    def _hold_cards(self):
        """From here on a card that is taken back waits, and finds a signed report; one that is being so goes first."""
        held = Fragment.objects.select_for_update(no_key=True, nowait=True).filter(partnership=self.partnership)
        try:
            list(held.values_list("pk"))
        except OperationalError as busy:
            raise ValidationError(MEANWHILE, code="changed") from busy

    def _standing(self, document):
        cards = Fragment.objects.filter(partnership=self.partnership).order_by("pk")
        return Standing(document.fingerprint, tuple(cards.values_list("pk", "may_quote", "may_publish")))

    def _states(self):
        """How each commitment stands today, also those of earlier rounds and of meetings."""
        told = models.Q(project__number__lte=self.project.number) | models.Q(project=None)
        known = Commitment.objects.filter(told, partnership=self.partnership)
        return {str(one.pk): one.state_label for one in known}

    def _lock(self):
        self.refresh_from_db(from_queryset=Report.objects.select_for_update())
