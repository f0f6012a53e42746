"""The words of tellers that come in the report: chosen by both sides, per theme."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from analysis.models.board import Placing, Theme
from analysis.models.sentences import sentences, stretch
from dialoog.partnerships.models import Event, Member, PartnershipQuerySet, Party, together
from dialoog.partnerships.seen import SaidYesTo
from experiences.models import Fragment
from projects.models.preparing import Locked

FEWEST_QUOTES, MOST_QUOTES, LONGEST = 2, 4, 300


class QuoteQuerySet(PartnershipQuerySet):
    def of(self, *themes):
        """The quotes of these themes with their cards, in the order in which they were proposed."""
        people = ("fragment", "proposed_by__user", "theme__project")
        return self.filter(theme__in=themes).select_related(*people).order_by("proposed_at", "pk")

    def of_round(self, project):
        """All quotes of one round, theme by theme."""
        return self.filter(theme__project=project).select_related("fragment").order_by("theme__position", "proposed_at")


class Quote(SaidYesTo, Locked):
    """Some sentences of one card, proposed by one side; in the report when both sides say yes.

    Kept as places in the card and never as words: with the card go the words, and what is left says so.
    """

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+", editable=False)
    fragment = models.ForeignKey(Fragment, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)
    first = models.PositiveSmallIntegerField(editable=False)
    last = models.PositiveSmallIntegerField(editable=False)
    is_counter = models.BooleanField("dit is de tegenstem", default=False, editable=False)
    proposed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    council_agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    council_agreed_at = models.DateTimeField(null=True, editable=False)
    municipality_agreed_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    municipality_agreed_at = models.DateTimeField(null=True, editable=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "fragment"], name="quote_once_per_card_and_theme"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="quote_has_sentences"),
            together("council_agreed_by", "council_agreed_at", name="quote_council_agreed"),
            together("municipality_agreed_by", "municipality_agreed_at", name="quote_municipality_agreed"),
        ]

    def __str__(self):
        return self.text

    @property
    def text(self):
        """The words as they stand on the card; none when they may not be quoted (any more)."""
        if self.fragment is None or not self.fragment.may_quote:
            return ""
        return " ".join(sentences(self.fragment.text)[self.first : self.last + 1])

    def shown(self):
        """These sentences; whether they are the voice that says the opposite is part of what they say."""
        return [self.fragment_id, self.first, self.last, self.text, self.is_counter]

    @property
    def fallen(self):
        """Why a quote that was proposed or chosen is no longer there."""
        if self.fragment is None:
            return "Hier stond een citaat. De verteller trok het kaartje terug. Kies samen een ander."
        if not self.fragment.may_quote:
            return "Hier stond een citaat. De verteller wil niet meer worden aangehaald. Kies samen een ander."
        return ""

    @property
    def is_chosen(self):
        """Whether both sides said yes."""
        return self.council_agreed_at is not None and self.municipality_agreed_at is not None

    def has_yes_of(self, party):
        """Whether this side said yes."""
        return getattr(self, f"{party}_agreed_at") is not None

    @classmethod
    def propose(cls, seat, theme, fragment, chosen):
        """One side proposes these sentences of a card; other sentences of the same card ask the other side anew."""
        with transaction.atomic():
            theme.project.lock()
            cls._refuse_late(theme.project)
            first, last = cls._stretch(theme, fragment, chosen)
            known = cls.objects.filter(theme=theme, fragment=fragment).first()
            if known and (known.first, known.last) == (first, last):
                known.agree(seat)
                return known
            if known is None and cls._standing(theme) >= MOST_QUOTES:
                raise ValidationError(f"Er staan al {MOST_QUOTES} citaten bij dit thema. Haal er eerst samen een weg.")
            quote = known or cls(pk=uuid.uuid5(theme.pk, f"quote-{fragment.pk}"), theme=theme, fragment=fragment)
            quote.partnership, quote.proposed_by, quote.proposed_at = seat.partnership, seat, timezone.now()
            quote.first, quote.last = first, last
            for party in Party.sides():
                quote._say(party, seat if party == seat.party else None)
            quote = quote.keep_once() if known is None else quote
            if known:
                quote.save()
            Event.record(seat, f"stelde een citaat voor uit kaartje {fragment.number}", thing=theme)
            return quote

    def agree(self, seat, seen=None):
        """This side says yes to these words in the report."""
        with transaction.atomic():
            self._begin()
            if self.fallen:
                raise ValidationError(self.fallen)
            if self.has_yes_of(seat.party):
                return
            self.refuse_unseen(seen)
            self._say(seat.party, seat)
            self.save()
            Event.record(seat, f"zei ja tegen een citaat uit kaartje {self.fragment.number}", thing=self.theme)

    def take_back(self, seat):
        """This side would rather not; without any yes the quote is gone."""
        with transaction.atomic():
            self._begin()
            self._say(seat.party, None)
            Event.record(seat, "nam het ja tegen een citaat terug", thing=self.theme)
            # What fell out is only a line that says so: either side may clear it away.
            if self.fallen or not any(self.has_yes_of(party) for party in Party.sides()):
                self.delete()
            else:
                self.save()

    def turn_counter(self, seat):
        """These are the words that say the opposite; a theme has one such voice. The same again takes it back."""
        with transaction.atomic():
            self._begin()
            self.is_counter = not self.is_counter
            for other in Quote.objects.filter(theme=self.theme, is_counter=True).exclude(pk=self.pk):
                other.is_counter = False
                other.save()
            self.save()
            Event.record(seat, f"{'koos' if self.is_counter else 'koos geen'} tegenstem voor het verslag",
                         thing=self.theme)  # fmt: skip

    @classmethod
    def advice(cls, quotes):
        """What the report still misses in the words of tellers; nobody is held up by it."""
        chosen = [quote for quote in quotes if quote.is_chosen and not quote.fallen]
        said = []
        if len(chosen) < FEWEST_QUOTES:
            said.append(f"Kies samen {FEWEST_QUOTES} tot {MOST_QUOTES} citaten. Tot dan kiest het verslag de eerste.")
        elif not any(quote.is_counter for quote in chosen):
            said.append("Er is nog geen tegenstem bij. Zei iemand het omgekeerde?")
        return said

    def _begin(self):
        self.theme.project.lock()
        self._refuse_late(self.theme.project)
        self.refresh_from_db()

    def _say(self, party, seat):
        setattr(self, f"{party}_agreed_by", seat)
        setattr(self, f"{party}_agreed_at", timezone.now() if seat else None)

    @classmethod
    def _standing(cls, theme):
        return sum(not quote.fallen for quote in cls.objects.of(theme))

    @staticmethod
    def _stretch(theme, fragment, chosen):
        if not Placing.objects.filter(theme=theme, fragment=fragment).exists():
            raise ValidationError("Dit kaartje ligt niet (meer) bij dit thema.")
        if not fragment.may_quote:
            raise ValidationError("De verteller wil niet letterlijk worden aangehaald. Kies een ander kaartje.")
        first, last = stretch(fragment.text, chosen, "Kruis aan welke zinnen u wilt aanhalen.")
        if len(" ".join(sentences(fragment.text)[first : last + 1])) > LONGEST:
            raise ValidationError(f"Dit is lang voor een citaat. Kies hooguit {LONGEST} tekens, een paar zinnen.")
        return first, last

    @staticmethod
    def _refuse_late(project):
        if project.report_signed_at or project.is_closed:
            raise ValidationError("Het verslag is getekend. Aan de citaten verandert niets meer.")
