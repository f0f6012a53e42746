"""What should be so before each phase of a round begins, computed from what is there now."""

from dataclasses import dataclass
from itertools import chain

from dialoog.partnerships.drawers import held
from dialoog.partnerships.models import Party
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects.models.commitments import Commitment
from projects.models.looking_back import CloseOut
from projects.models.meetings import ConsultationMeeting
from projects.models.phases import Phase
from projects.models.preparing import BackingNote, CollectionPlan, Nod, Pair, Pledge
from projects.models.question import policy_words, unasked, wide_words
from projects.models.tasks import Task
from projects.models.trust import TrustAnswer

SMALL_STORIES, SMALL_QUESTIONS, SMALL_MONTHS = 12, 2, 6


@dataclass(frozen=True)
class Check:
    """One line of the start check: what should be so before a phase begins, whether it is, and where it is mended."""

    key: str
    before: Phase
    enforced: bool
    ok: bool
    title: str
    missing: str
    route: str
    verb: str
    party: str = ""


class Checked:
    """What a round says of its own readiness."""

    def start_check(self):
        """Everything that should be so before experiences are collected, computed from what is there now."""
        pledges = list(Pledge.objects.of(self))
        tasks = list(Task.objects.filter(project=self).values_list("member_id", "done_at"))
        tasked, busy = {member for member, _ in tasks}, {member for member, done in tasks if done is None}
        backed = set(BackingNote.objects.filter(project=self).values_list("party", flat=True))
        plan = CollectionPlan.objects.filter(project=self).first()
        pairs = Pair.objects.along(self).exists()
        valued = self.values.exists()
        trust, start, values, collect = Phase.START, Phase.VALUES, Phase.COLLECT, Phase.COLLECT
        yes = [pledge.member for pledge in pledges if pledge.is_yes and pledge.member.is_active]
        silent = [str(pledge.member) for pledge in pledges if pledge.is_open and pledge.member.is_active]
        idle = [str(member) for member in yes if member.pk not in tasked]
        away = [str(pledge.member) for pledge in pledges if pledge.is_no and pledge.member_id in busy]
        gone = self.lead.is_active and any(one.is_no and one.member_id == self.lead_id for one in pledges)
        one_sided = {member.party for member in yes} & set(Party.sides()) != set(Party.sides())
        council = self.partnership.council_word
        lines = [
            ("trust", trust, True, self.trusted_at is not None, "Er is genoeg vertrouwen om te beginnen",
             "Beide kanten zeggen dit zelf. Nog niet allebei deden dat.", "projects:trust", "Naar vertrouwen"),
            ("backing", trust, False, backed >= set(Party.sides()), "Beide achterbannen weten ervan",
             _missing_backing(backed, council), "projects:trust", "Schrijf het op"),
            ("lead", start, True, self.lead.is_active and not gone, f"Trekker: {self.lead}",
             f"{self.lead} {'doet niet mee' if gone else 'zit niet meer aan tafel'}. Vraag een nieuwe trekker.",
             "projects:lead", "Vraag een trekker"),
            ("sides", start, False, not one_sided, "Van elke kant doet iemand mee",
             "Vraag van elke kant ten minste één persoon, en wacht op het ja.", "projects:people", "Vraag mensen"),
            ("decider", start, False, any(m.is_municipality and m.can_decide for m in yes),
             "Er doet iemand van de gemeente mee die mag beslissen",
             "Nog niemand van de gemeente die ja zei, mag zelf beslissen. Dan blijft het later liggen.",
             "projects:people", "Vraag iemand"),
            ("pairs", start, False, pairs, "Er zijn koppels: één van de raad, één van de gemeente",
             "Maak ten minste één koppel. Samen doen geeft vertrouwen.", "projects:people", "Maak een koppel"),
            ("small", start, False, not self.too_heavy(), "De ronde is klein en licht",
             " ".join(self.too_heavy()), "projects:change", "Maak kleiner"),
            ("question", values, True, bool(self.question), "Er is één ervaringsvraag",
             "Schrijf één open vraag op over wat mensen meemaken.", "projects:change", "Schrijf de vraag"),
            ("wording", values, False, not (policy_words(self.question) or unasked(self.question)),
             "De vraag gaat over ervaringen",
             "In de vraag staan woorden uit beleidsstukken. Draai de vraag om."
             if policy_words(self.question) else " ".join(unasked(self.question)), "projects:change", "Draai om"),
            ("values", values, False, valued, "Er zijn waarden gekozen",
             "Kies de waarden waar deze ronde over gaat.", "projects:change", "Kies waarden"),
            ("pledges", collect, True, not silent, "Iedereen die gevraagd is, gaf antwoord",
             waited_for(silent), "projects:people", "Bekijk wie"),
            ("tasks", collect, False, bool(yes) and not idle and not away,
             "Iedereen heeft een taak met een datum", _missing_tasks(idle, away),
             "projects:people", "Verdeel taken"),
            ("plan", collect, True, bool(plan and plan.is_agreed),
             "Beide kanten zeiden ja tegen wat wij ophalen, en hoe",
             "Zeg eerst allebei ja tegen welke verhalen en cijfers u ophaalt, en hoe."
             if plan else "Schrijf op welke verhalen en cijfers u ophaalt, en hoe.", "projects:plan", "Naar het plan"),
        ]  # fmt: skip
        if low := TrustAnswer.low_words(self):
            # Only told when it is so: that it is not says nothing as long as few have answered.
            lines.insert(1, ("low", trust, False, False, "Er is meer dan een klein beetje vertrouwen",
                             f"{low} Doe eerst iets kleins samen.",
                             "projects:trust_path", "Naar de eerste stappen"))  # fmt: skip
        return [Check(*line) for line in lines]

    def readiness(self):
        """What each side does for itself before collecting: per part, which sides have done it."""
        pledges = [pledge for pledge in Pledge.objects.of(self) if pledge.member.is_active]
        trusted = {nod.party for nod in Nod.objects.filter(project=self, about=Nod.About.TRUST)}
        agreed = {nod.party for nod in Nod.objects.filter(project=self, about=Nod.About.PLAN)}
        backed = set(BackingNote.objects.filter(project=self).values_list("party", flat=True))
        answered = {
            party
            for party in Party.sides()
            if (own := [pledge for pledge in pledges if pledge.member.party == party])
            and not any(pledge.is_open for pledge in own)
        }
        parts = [
            ("Vertrouwen", trusted if self.trusted_at is None else set(Party.sides())),
            ("Achterban", backed),
            ("Mensen gevraagd, en antwoord gekregen", answered),
            ("Wat wij ophalen", agreed),
        ]
        return [(label, Party.COUNCIL in sides, Party.MUNICIPALITY in sides) for label, sides in parts]

    def checks_for(self, phase):
        """What should be so before this phase begins."""
        if phase <= Phase.COLLECT:
            return [check for check in self.start_check() if check.before <= phase]
        council = self.partnership.council_word
        fact = {
            Phase.BUNDLE: ("cards_released", self.cards_released_at, "Er zijn kaartjes vrijgegeven",
                           f"Er zijn nog geen kaartjes vrijgegeven. De {council} doet dat bij de gesprekken.",
                           "experiences:release", "Naar het vrijgeven", Party.COUNCIL),
            Phase.DELIBERATE: ("bundled", self.bundled_at, "Het bundelen is afgerond",
                               "Het bundelen is nog niet afgerond. Rond eerst samen de thema’s af.",
                               "analysis:session", "Naar het bundelen"),
            Phase.DIALOGUE: ("deliberation_opened", self.deliberation_opened_at, "Het intern beraad is open",
                             "De enveloppen van het intern beraad zijn nog dicht. Beide kanten geven ze eerst vrij.",
                             "analysis:deliberation", "Naar het intern beraad"),
            Phase.COMMIT: ("listened", self.may_commit, "Er is geluisterd",
                           "Nog niet beide kanten noteerden dat er geluisterd is. Eerst luisteren, dan afspreken.",
                           "analysis:dialogue", "Naar de dialoog"),
            Phase.CLOSED: ("report_signed", self.report_signed_at, "Het verslag is getekend",
                           "Nog niet beide kanten tekenden het verslag.", "report:detail", "Naar het verslag"),
        }.get(phase)  # fmt: skip
        if phase == Phase.REPORT:
            agreed = Commitment.objects.filter(project=self).exists()
            missing = "Er is nog niets afgesproken. Dat mag: het oneens blijven is ook een uitkomst."
            without = [f"‘{sentence}’" for sentence in self.left_open.values() if sentence]
            title = "Er is iets afgesproken"
            if agreed and without:
                title += f". Zonder afspraak blijft nu: {in_a_row(without)}"
            return [Check("agreed", phase, False, agreed, title, missing, "projects:commit", "Leg vast")]
        found = [Check(fact[0], phase, True, bool(fact[1]), *fact[2:])] if fact else []
        if phase == Phase.DIALOGUE and self.deliberation_opened_at:
            found.append(self._thought_about())
        if phase == Phase.COMMIT:
            found.append(self._answered())
        if phase == Phase.CLOSED:
            title = "De terugkoppeling is geregeld"
            missing = f"De {council} zegt eerst of de vertellers het antwoord hoorden, of waarom niet."
            noted = self.feedback_at is not None
            route, verb = "experiences:feedback", "Naar de terugkoppeling"
            found.append(Check("feedback", phase, True, noted, title, missing, route, verb, Party.COUNCIL))
            found += [self._looked_back(), self._tasks_done()]
        return found

    def _thought_about(self):
        """Whether a theme lies on the table about which neither side thought apart: one can be made later."""
        left = list(chain.from_iterable(ask(self) for ask in held("agenda", "not_thought_about")))
        missing = f"Over {in_a_row([f'‘{name}’' for name in left])} dacht nog niemand apart na. "
        missing += "Begin het gesprek daarover in stilte: ieder schrijft eerst zelf iets op."
        title = "Over elk thema is apart nagedacht"
        route, verb = "analysis:dialogue", "Naar de dialoog"
        return Check("thought_about", Phase.DIALOGUE, False, not left, title, missing, route, verb)

    def _answered(self):
        """Whether both sides said of each theme where they stand; the storey of the themes tells which are left."""
        left = list(chain.from_iterable(ask(self) for ask in held("agenda", "unanswered")))
        missing = f"Nog niet allebei opgeschreven of u het eens bent bij {in_a_row([f'‘{name}’' for name in left])}."
        if left and (evening := ConsultationMeeting.objects.filter(partnership=self.partnership_id).next()):
            missing += f" Het volgende overleg is op {dutch_date(evening.starts_at)}."
        title = "Beide kanten zeiden bij elk thema waar zij staan"
        return Check("answered", Phase.COMMIT, False, not left, title, missing, "analysis:dialogue", "Naar de dialoog")

    def _looked_back(self):
        """Whether both sides filled in the form with which a round ends."""
        looked = set(CloseOut.objects.filter(project=self).values_list("party", flat=True))
        words = {Party.COUNCIL: f"de {self.partnership.council_word}", Party.MUNICIPALITY: "de gemeente"}
        silent = in_a_row([word for party, word in words.items() if party not in looked])
        missing = f"Nog geen terugblik van {silent}. De volgende ronde leert ervan."
        title = "Beide kanten keken terug"
        done = looked >= set(Party.sides())
        return Check("close_out", Phase.CLOSED, False, done, title, missing, "projects:close_out", "Kijk terug")

    def _tasks_done(self):
        """What is still planned; after the round is closed nobody is asked about it any more."""
        left = [task.what for task in Task.objects.filter(project=self).open().by_day()]
        named = in_a_row([f"‘{what}’" for what in left])
        missing = f"Nog open: {named}. Is de ronde dicht, dan vraagt Dialoog er niet meer naar."
        title = "Alle taken zijn klaar"
        return Check("tasks_done", Phase.CLOSED, False, not left, title, missing, "projects:people", "Naar de taken")

    def too_heavy(self):
        """Why a first round is larger than what a beginning pair of sides can carry, as sentences."""
        if not self.is_first:
            return []
        sentences = []
        if self.planned_stories > SMALL_STORIES:
            sentences.append(f"Meer dan {SMALL_STORIES} verhalen is veel voor een eerste ronde.")
        if self.question.count("?") > SMALL_QUESTIONS:
            sentences.append(f"Meer dan {SMALL_QUESTIONS} vragen is veel voor een eerste ronde.")
        if wide := wide_words(self.question):
            sentences.append(
                f"‘{wide[0].capitalize()}’ is breed voor een eerste ronde. Vraag naar één plek of één moment."
            )
        begin, end = self.started_on, self.ends_on
        if ((end.year - begin.year) * 12 + end.month - begin.month, end.day) > (SMALL_MONTHS, begin.day):
            sentences.append(f"Langer dan {SMALL_MONTHS} maanden is lang voor een eerste ronde.")
        return sentences


def in_a_row(names):
    """Names as a person says them: 'Anna, Bram en Dora'."""
    *most, last = names or [""]
    return f"{', '.join(most)} en {last}" if most else last


def _missing_tasks(idle, away):
    if away:
        return f"Heeft nog een taak, maar doet niet mee: {in_a_row(away)}. Wie neemt die over?"
    return f"Nog geen taak: {in_a_row(idle)}." if idle else "Nog niemand zei ja. Een taak telt mee na een ja."


def waited_for(names):
    return f"{in_a_row(names)} {'gaven' if len(names) > 1 else 'gaf'} nog geen antwoord. Zolang haalt u niets op."


def _missing_backing(backed, council_word):
    words = {Party.COUNCIL: f"de {council_word}", Party.MUNICIPALITY: "de gemeente"}
    missing = [word for party, word in words.items() if party not in backed]
    return f"Nog niet opgeschreven door {in_a_row(missing)}: hoe hoort uw achterban hiervan?"
