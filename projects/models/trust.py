"""Is there enough trust? Each person says it alone; what is shown are bands per side, never persons."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from dialoog.partnerships.models import Member, PartnershipModel, PartnershipQuerySet, Party
from dialoog.small_numbers import FEWEST, shown_total
from projects.models.phases import Phase

STATEMENTS = (
    "Ik kan hier zeggen wat ik denk.",
    "De andere kant luistert naar ons.",
    "Wat wij afspreken, gebeurt ook.",
    "De andere kant wil echt iets verbeteren voor mensen.",
    "Als er iets misgaat, praten wij het uit.",
)
ANSWERS = ((1, "bijna nooit"), (2, "soms"), (3, "meestal"), (4, "altijd"))
# From this mean on the next band begins: how much trust there is, and how often what a statement says is so.
BANDS = (
    (1.75, "bijna geen", "bijna nooit"),
    (2.5, "een beetje", "soms"),
    (3.25, "redelijk wat", "meestal"),
    (5, "veel", "bijna altijd"),
)
# 'Bijna nooit' and 'meestal' are so far from one another.
APART = 2


@dataclass(frozen=True)
class Band:
    """One of four words for how much trust there is, and for how often a statement holds; its place is 1 to 4."""

    place: int
    word: str
    often: str
    # Three or more said about the opposite of what three or more others said: one word for all would be untrue.
    is_apart: bool = False

    @property
    def is_very_low(self):
        return self.place == 1


def band(answers):
    """The band of these answers: a word and no number, so that one person's answer is not read from it."""
    mean = sum(answers) / len(answers)
    place, words = next((place, words) for place, (top, *words) in enumerate(BANDS, start=1) if mean < top)
    ranked = sorted(answers)
    apart = place > 1 and len(ranked) >= 2 * FEWEST and ranked[-FEWEST] - ranked[FEWEST - 1] >= APART
    return Band(place, *words, is_apart=apart)


@dataclass(frozen=True)
class SideTrust:
    """What may be told of one side: the band of all its answers, and of each statement."""

    whole: Band
    statements: list[tuple[str, Band]]


class TrustAnswerQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Only one's own answers."""
        return super().visible_to(seat).filter(who=TrustAnswer.name_of(seat))


class TrustAnswer(PartnershipModel):
    """What one person answered about the trust in one round."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    party = models.CharField(max_length=12, choices=Party.choices[:2], editable=False)
    # Not the person: who reads the database without the secret key cannot tell whose answers these are.
    who = models.CharField(max_length=64, editable=False)
    first = models.PositiveSmallIntegerField(STATEMENTS[0], choices=ANSWERS)
    second = models.PositiveSmallIntegerField(STATEMENTS[1], choices=ANSWERS)
    third = models.PositiveSmallIntegerField(STATEMENTS[2], choices=ANSWERS)
    fourth = models.PositiveSmallIntegerField(STATEMENTS[3], choices=ANSWERS)
    fifth = models.PositiveSmallIntegerField(STATEMENTS[4], choices=ANSWERS)
    # These answers as they count in what is told, a digit each; empty before they ever counted.
    counted = models.CharField(max_length=len(STATEMENTS), editable=False, blank=True)
    waits = models.BooleanField(default=True, editable=False)

    FIELDS = ("first", "second", "third", "fourth", "fifth")

    objects = TrustAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "who"], name="trust_once_per_person"),
            models.CheckConstraint(condition=models.Q(party__in=Party.sides()), name="trust_of_a_side"),
        ]

    def __str__(self):
        return "wat iemand over het vertrouwen zei"

    def ring(self):
        """No bell and no history: that somebody answered is theirs alone."""

    @staticmethod
    def name_of(seat):
        """The name under which this person's answers are kept: of the account, so that who comes back is no other."""
        person = f"{seat.user_id}:{seat.partnership_id}:{seat.party}"
        return salted_hmac("dialoog.trust", person, algorithm="sha256").hexdigest()

    @classmethod
    def fill_in(cls, seat, project, **answers):
        """This person says how it is, or says otherwise later, until collecting begins."""
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten zelf kunnen dit zeggen.")
        if not cls.is_time(project):
            raise ValidationError("Het ophalen is begonnen. Praat er nu met elkaar over.")
        with transaction.atomic():
            project.lock()
            known = cls.objects.visible_to(seat).filter(project=project).first()
            known = known or cls(partnership=seat.partnership, project=project, who=cls.name_of(seat))
            known.party, known.waits = seat.party, True
            for name, answer in answers.items():
                setattr(known, name, answer)
            known.save()
            cls._count(project, seat.party)
        return known

    @classmethod
    def _count(cls, project, party):
        """Count what came since the last time, once three people answered or answered again.

        Never one alone: whoever moves the own answer to and fro would read from the bands what the others said.
        """
        waiting = cls.objects.select_for_update().filter(project=project, party=party, waits=True)
        if shown_total(len(waiting)) is None:
            return
        for answer in waiting:
            answer.counted = "".join(str(getattr(answer, name)) for name in cls.FIELDS)
            answer.waits = False
            answer.save()

    @staticmethod
    def too_few_of(table, party):
        """Whether so few people sit on this side that nothing of their answers can ever be told."""
        return Member.objects.filter(partnership=table, party=party).active().count() < FEWEST

    @staticmethod
    def is_time(project):
        """Whether trust is asked about: before anything is collected."""
        return not project.has_reached(Phase.COLLECT)

    @classmethod
    def of_sides(cls, project):
        """Per side what may be told: nothing before three of that side answered, and then what counted last."""
        counted = list(cls.objects.filter(project=project).exclude(counted="").values_list("party", "counted"))
        told = {}
        for party in Party.sides():
            own = [[int(digit) for digit in digits] for side, digits in counted if side == party]
            told[party] = None
            if own:
                whole = band([sum(given) / len(given) for given in own])
                bands = [band(given) for given in zip(*own, strict=True)]
                each = list(zip(STATEMENTS, bands, strict=True))
                told[party] = SideTrust(whole, each)
        return told

    @classmethod
    def low_sides(cls, project):
        """The sides that have hardly any trust: then something small comes first."""
        return [party for party, side in cls.of_sides(project).items() if side and side.whole.is_very_low]

    @classmethod
    def low_words(cls, project):
        """Of which side it is so, in a sentence; empty when it is so of neither."""
        low = cls.low_sides(project)
        if len(low) > 1:
            return "Beide kanten hebben bijna geen vertrouwen."
        return f"De {project.partnership.side_name(low[0])} heeft bijna geen vertrouwen." if low else ""
