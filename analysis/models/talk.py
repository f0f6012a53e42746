import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from analysis.models.board import Placing, Theme, is_own_word, own_words
from analysis.models.leading import Turn
from dialoog.partnerships.models import (
    Envelope,
    Event,
    Member,
    PartnershipQuerySet,
    Party,
    SealedModel,
    SealedQuerySet,
    together,
)
from dialoog.partnerships.writing import Written
from projects.models.preparing import Locked


class Question(models.IntegerChoices):
    """The four questions of the intern beraad; the third is the central one."""

    HAPPENS = 1, "Wat gebeurt er?"
    GAINS = 2, "Wie heeft voordeel, wie nadeel, en hoe werkt dit?"
    DESIRABLE = 3, "Is dit wenselijk?"
    DIFFERENT = 4, "Wat kan of moet anders?"


QUESTIONS = list(Question)
LONGEST_ANSWER = 4000


class Deliberation(Envelope):
    """The intern beraad of one round: two envelopes that open together."""

    class Meta:
        proxy = True

    @classmethod
    def of(cls, project):
        """The envelopes of this round. They lie ready as soon as the bundling is done, so they tell nothing."""
        return cls(pk=cls.key_of(project), partnership=project.partnership, purpose="deliberation").keep_once()

    @staticmethod
    def key_of(project):
        """The key of the envelopes of this round."""
        return uuid.uuid5(project.pk, "deliberation")

    def release_for(self, seat, project):
        """This side is done writing. When both are, everything opens at the same moment."""
        with transaction.atomic():
            project.lock()
            if not DeliberationAnswer.objects.filter(envelope=self, party=seat.party).exclude(text="").exists():
                raise ValidationError("Uw envelop is nog leeg. Schrijf eerst op wat uw kant ervan vindt.")
            if seat.is_council:
                Theme.refuse_only_own(Theme.of(project))
            self.release(seat)
            Event.record(seat, "zei: ons beraad mag open", thing=project)
            if self.is_open:
                project.note_fact("deliberation_opened", seat)

    def take_back_for(self, seat, project):
        """This side writes on; possible until the envelopes open."""
        with transaction.atomic():
            self.take_back(seat)
            Event.record(seat, "wil eerst verder schrijven aan ons beraad", thing=project)


class DeliberationAnswer(SealedModel, Written):
    """One side's answer to one of the four questions about one theme."""

    texts = ("text",)
    while_typing = texts

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+", editable=False)
    question = models.PositiveSmallIntegerField(choices=Question.choices, editable=False)
    text = models.TextField("antwoord", blank=True, max_length=LONGEST_ANSWER)

    objects = SealedQuerySet.as_manager()

    class Meta:
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "party", "question"], name="one_answer_per_side_and_question")
        ]

    def __str__(self):
        return self.get_question_display()

    def address(self, seat):
        return seat.url("analysis:talk", theme=self.theme_id)

    def may_be_written_by(self, seat):
        return seat.party == self.party

    def refuse_words(self):
        self._refuse_open()
        # Held until the commit: the envelopes cannot be released while something is being written.
        if Envelope.objects.select_for_update().get(pk=self.envelope_id).is_ready(self.party):
            raise ValidationError(
                "Uw kant zei dat de envelop open mag. Neem dat eerst terug, dan kunt u verder schrijven."
            )

    @classmethod
    def of(cls, seat, theme, question):
        """The answer of one's own side, also before its first word."""
        known = cls.objects.visible_to(seat).filter(theme=theme, party=seat.party, question=question).first()
        return known or cls(
            pk=uuid.uuid5(theme.pk, f"answer-{seat.party}-{question}"),
            partnership=seat.partnership,
            envelope=Deliberation.of(theme.project),
            party=seat.party,
            author=seat,
            theme=theme,
            question=question,
        )

    @classmethod
    def put(cls, seat, theme, question, text, version, typing=False):
        """Write one answer for one's own side, on top of the version that was on the screen."""
        if len(text) > LONGEST_ANSWER:
            raise ValidationError(f"Een antwoord heeft hooguit {LONGEST_ANSWER} tekens. Maak het korter.")
        with transaction.atomic():
            known = cls.of(seat, theme, question)
            known.refuse_words()
            if known._state.adding:
                if not text.strip():
                    return None
                known.text = text
                made = known.wrote(seat, typing).keep_once()
                if made.is_new:
                    return made
                # Two of one side began at the same moment: the second is laid over the first, never dropped.
                known = made
            known.put_words(seat, version, typing, text=text)
            return known


class Dialogue(Locked):
    """The meeting in which the two sides listen to each other: when, where, who is host, and by which rules."""

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    held_on = models.DateField("datum")
    place = models.CharField("plaats", max_length=200)
    host_party = models.CharField("bij wie", max_length=12, choices=Party.choices[:2])
    rules_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    rules_at = models.DateTimeField(null=True, editable=False)
    # What everyone talks about now; the big screen shows it.
    on_the_table = models.ForeignKey(Theme, on_delete=models.SET_NULL, null=True, related_name="+", editable=False)

    RULES = (
        "Eerst luisteren. Meningen en oplossingen komen later.",
        "Wij praten over wat mensen meemaakten, niet over wie het vertelde.",
        "Iedereen telt evenveel. Wie leidt, let daarop.",
        "Het eens worden hoeft niet. ‘Niet eens’ is ook een goed einde.",
    )

    class Meta:
        constraints = [
            together("rules_by", "rules_at", name="dialogue_rules_together"),
            models.CheckConstraint(condition=models.Q(host_party__in=Party.sides()), name="dialogue_host_is_a_side"),
            models.CheckConstraint(condition=~models.Q(place=""), name="dialogue_has_place"),
        ]

    def __str__(self):
        return f"Dialoog in {self.place}"

    @property
    def host(self):
        """The word for the side that receives."""
        return self.partnership.side_name(self.host_party)

    def confirm_rules(self, seat):
        """The rules were read out, and everyone goes by them."""
        with transaction.atomic():
            self.lock()
            if self.rules_at is None:
                self.rules_by, self.rules_at = seat, timezone.now()
                self.save()
                Event.record(seat, "las de regels van de dialoog voor", thing=self)

    def lay_on_the_table(self, seat, theme):
        """Everyone talks about this theme now; whose turn it was at another one is over."""
        with transaction.atomic():
            self.lock()
            if theme.project_id != self.project_id:
                raise ValidationError("Dit thema hoort bij een andere ronde.")
            if self.on_the_table_id != theme.pk:
                Turn.give(seat, theme, "")
                self.on_the_table = theme
                self.save()


class DialogueNote(Written):
    """What one side heard the other say about one theme."""

    texts = ("heard",)
    while_typing = texts

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    heard = models.TextField("wat hoorden wij?", max_length=3000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "party"], name="one_note_per_side_and_theme"),
            models.CheckConstraint(condition=models.Q(party__in=Party.sides()), name="note_of_a_side"),
        ]

    def __str__(self):
        return self.heard

    def address(self, seat):
        return seat.url("analysis:talk", theme=self.theme_id)

    def may_be_written_by(self, seat):
        return seat.party == self.party

    @classmethod
    def of(cls, theme, party):
        """What this side heard, also before its first word."""
        key = uuid.uuid5(theme.pk, f"heard-{party}")
        known = cls.objects.filter(theme=theme, party=party).first()
        return known or cls(pk=key, partnership_id=theme.partnership_id, theme=theme, party=party)

    @classmethod
    def put(cls, seat, theme, heard, version, typing=False):
        """Note what one's own side heard. With a note at every theme this side has noted that it listened.

        Only the button says that it is noted: half a word does not open the commitments.
        """
        if not heard.strip():
            raise ValidationError("Schrijf op wat u de ander hoorde zeggen. Een paar woorden is genoeg.")
        with transaction.atomic():
            theme.project.lock()
            refuse_unopened(theme.project)
            known = cls.of(theme, seat.party)
            if known._state.adding:
                known.heard = heard
                known = known.wrote(seat, typing).keep_once()
            else:
                known.put_words(seat, version, typing, heard=heard)
            if not typing and cls.is_complete(theme.project, seat.party):
                theme.project.note_fact("listened", seat)
            theme.tell_round()
            return known

    @classmethod
    def is_complete(cls, project, party):
        """Whether this side noted what it heard at every theme with cards."""
        themes = set(Placing.objects.filter(project=project, theme__isnull=False).values_list("theme_id", flat=True))
        noted = set(cls.objects.filter(theme__in=themes, party=party).values_list("theme_id", flat=True))
        return bool(themes) and noted == themes


class OutcomeQuerySet(PartnershipQuerySet):
    def decided(self):
        """Of the themes about which both sides said whether they agree."""
        return self.exclude(council_agreement="").exclude(municipality_agreement="")


class Outcome(Written):
    """What came of the talk about one theme: a new insight, and where the two sides stand.

    Each side says for itself whether it agrees: one yes is no agreement, and nobody is spoken for.
    """

    class Agreement(models.TextChoices):
        AGREE = "agree", "Eens"
        PARTLY = "partly", "Deels eens"
        NOT = "not", "Niet eens"

    texts = ("insight", "council_agreement", "municipality_agreement", "council_position", "municipality_position")
    while_typing = ("insight", "council_position", "municipality_position")

    theme = models.OneToOneField(Theme, on_delete=models.CASCADE, related_name="+", editable=False)
    insight = models.TextField("nieuw inzicht", blank=True, max_length=2000)
    council_agreement = models.CharField("de raad is het", blank=True, max_length=6, choices=Agreement.choices)
    municipality_agreement = models.CharField("de gemeente is het", blank=True, max_length=6, choices=Agreement.choices)
    council_position = models.TextField("standpunt van de raad", blank=True, max_length=2000)
    municipality_position = models.TextField("standpunt van de gemeente", blank=True, max_length=2000)

    objects = OutcomeQuerySet.as_manager()

    def __str__(self):
        return self.get_agreement_display() or self.apart

    @property
    def agreement(self):
        """Whether the two agree: what the side says that sees it furthest apart; nothing until both said it."""
        said = [self.council_agreement, self.municipality_agreement]
        return max(said, key=self.Agreement.values.index) if all(said) else ""

    def get_agreement_display(self):
        return self.Agreement(self.agreement).label if self.agreement else ""

    @property
    def apart(self):
        """What each side said, as sentences, where they did not say the same or one said nothing yet."""
        if self.council_agreement == self.municipality_agreement:
            return ""
        words = {Party.COUNCIL: self.get_council_agreement_display()}
        words[Party.MUNICIPALITY] = self.get_municipality_agreement_display()
        told = [
            f"De {self.partnership.side_name(party)} zegt: {word.lower()}."
            if word
            else f"De {self.partnership.side_name(party)} zei het nog niet."
            for party, word in words.items()
        ]
        return " ".join(told)

    def address(self, seat):
        return seat.url("analysis:talk", theme=self.theme_id)

    def may_be_settled_by(self, seat, field):
        """A clash in a side's position is that side's to decide."""
        return self.may_be_written_by(seat) and is_own_word(seat, field)

    def write(self, seat, version, **texts):
        """Keep these texts; a side's position is written by that side alone."""
        return super().write(seat, version, **own_words(seat, texts))

    @classmethod
    def of(cls, theme):
        """What came of this theme, also before the first word."""
        known = cls.objects.filter(theme=theme).first()
        return known or cls(pk=uuid.uuid5(theme.pk, "outcome"), partnership_id=theme.partnership_id, theme=theme)

    @classmethod
    def put(cls, seat, theme, version, typing=False, **texts):
        """Write what came of it; each side writes only its own position."""
        texts = own_words(seat, texts)
        with transaction.atomic():
            theme.project.lock()
            refuse_unopened(theme.project)
            known = cls.of(theme)
            if known._state.adding:
                for name, text in texts.items():
                    setattr(known, name, text)
                known = known.wrote(seat, typing).keep_once()
            else:
                known.put_words(seat, version, typing, **texts)
            return known


def refuse_unopened(project):
    """Nobody talks about a theme before both sides opened what they thought of it alone."""
    if project.deliberation_opened_at is None:
        raise ValidationError("De enveloppen van het intern beraad zijn nog dicht. Beide kanten geven ze eerst vrij.")
