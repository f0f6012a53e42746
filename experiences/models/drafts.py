import hashlib
import itertools
import secrets
from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.merge import differences
from dialoog.partnerships.models import Event, Member, Party, together
from experiences.models.cards import Fragment
from experiences.models.consent import Consent
from experiences.models.story import Story, officials_of
from experiences.models.tellers import Secret, SecretQuerySet, Teller
from experiences.scan import WORDS, replaced, scan
from projects.models import Phase

# Fewer than this at once, and a card could be laid beside the one conversation of that week.
BATCH = 3
# So many cards of one teller side by side draw a person.
MANY_OF_ONE = 3


class FragmentDraftQuerySet(SecretQuerySet):
    def of(self, project):
        return self.filter(teller__project=project).select_related("teller", "written_by__user", "story__interview")

    def waiting_for(self, seat):
        """What this council member may look at as the second reader."""
        ready = self.filter(status=FragmentDraft.Status.READY)
        return ready if FragmentDraft.is_alone(seat) else ready.exclude(writers=seat)


class FragmentDraft(Secret):
    """A card in the making: secret, until a second council member read exactly this text and it is released."""

    class Status(models.TextChoices):
        WRITING = "writing", "In de maak"
        READY = "ready", "Wacht op een tweede lezer"
        SENT_BACK = "sent_back", "Terug naar de schrijver"
        APPROVED = "approved", "Nagekeken"
        RELEASED = "released", "Vrijgegeven"

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WRITING, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    writers = models.ManyToManyField(Member, related_name="+", editable=False)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, editable=False, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    # From the secret row to the shared one, never back.
    fragment = models.ForeignKey(Fragment, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = FragmentDraftQuerySet.as_manager()

    class Meta:
        constraints = [
            together("approved_by", "approved_at", name="draft_approved"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["approved", "released"]) | models.Q(approved_at__isnull=False),
                name="draft_crosses_after_approval",
            ),
        ]

    def __str__(self):
        return "Kaartje in de maak"

    @property
    def heading(self):
        return self.words().get("heading", "")

    @property
    def text(self):
        return self.words().get("text", "")

    @property
    def hash(self):
        """Changes with every letter, so that nobody approves what they did not read."""
        words = self.words()
        return hashlib.sha256(f"{words['heading']}\0{words['text']}".encode()).hexdigest()

    @property
    def is_open(self):
        """Whether it can still be changed."""
        return self.status != self.Status.RELEASED

    @staticmethod
    def is_alone(seat):
        """Whether this is the only member of the council: then there is no second reader to wait for."""
        return Member.objects.active().filter(partnership=seat.partnership, party=Party.COUNCIL).count() < 2

    def undecided(self, more=None):
        """The hits that stand in the way: what must go, and what nobody has decided about yet."""
        kept = self.words().get("kept", [])
        return [hit for hit in self.all_hits(more) if hit.must_clear or hit.key not in kept]

    def left(self):
        """What the writer chose to leave as it is."""
        found = self.all_hits()
        kept = self.words().get("kept", [])
        return [hit for hit in found if not hit.must_clear and hit.key in kept]

    def all_hits(self, more=None):
        """The hits in heading and text; those of the heading come first.

        `more` are the rules for the officials of this table, for whoever asks it of many cards.
        """
        words, more = self.words(), officials_of(self.partnership_id) if more is None else more
        return [*scan(words.get("heading", ""), more), *scan(words.get("text", ""), more)]

    @classmethod
    def begin(cls, seat, interview, key, heading, text):
        """Make a card from a story; a retry with the same key gives the first one."""
        with transaction.atomic():
            teller = Teller.objects.select_for_update().get(pk=interview.teller_id)
            teller.refuse_withdrawn()
            Consent.require(teller)
            cls._refuse_late(interview.project)
            story = Story.of(interview)
            if story is None:
                raise ValidationError("Er staat nog geen verhaal. Typ eerst op wat de verteller zei.")
            draft = cls(pk=key, partnership=seat.partnership, teller=teller, story=story, written_by=seat)
            # Of another story it is no retry: these words would be lost.
            known = cls.objects.visible_to(seat).filter(pk=key, story=story).first()
            heading, text = _tidy(heading, text)
            if known and (heading, text) != (known.words()["heading"], known.words()["text"]):
                raise ValidationError(
                    "Dit kaartje is al gemaakt, met andere woorden. Verander het bij het kaartje zelf."
                )
            if known:
                return known
            draft.seal(heading=heading, text=text, kept=[])
            made = draft.keep_once()
            if made.sealed and made.pk != key:
                # The key was somebody else's: another row, so sealed anew for its own place.
                made.seal(heading=heading, text=text, kept=[])
                made.save()
            made.writers.add(seat)
            Event.record(seat, "maakte een kaartje", thing=interview, audience=Party.COUNCIL)
            return made

    def rewrite(self, seat, version, heading, text):
        """Change the words. Whoever approved the old ones has not seen these."""
        with self._turn(version):
            words = self.words()
            heading, text = _tidy(heading, text)
            if (heading, text) != (words["heading"], words["text"]):
                self._put(seat, words | {"heading": heading, "text": text})

    def swap(self, seat, version, number, proposal=None):
        """Replace one hit by its proposal."""
        with self._turn(version):
            words = self.words()
            hit, part = self._hit(number)
            self._put(seat, words | {part: replaced(words[part], hit, proposal)[: 45 if part == "heading" else None]})

    def leave(self, seat, version, number):
        """A person decided that these words may stay; what points at one person may not."""
        with self._turn(version):
            words = self.words()
            hit, _ = self._hit(number)
            if hit.must_clear:
                raise ValidationError(_must_go([hit]))
            self._put(seat, words | {"kept": [*words["kept"], hit.key]})

    def _hit(self, number):
        undecided = self.undecided()
        if not 1 <= number <= len(undecided):
            raise ValidationError("Deze woorden staan er niet meer. Kijk in de lijst wat er nu staat.")
        hit = undecided[number - 1]
        return hit, "heading" if hit in scan(self.heading, officials_of(self.partnership_id)) else "text"

    def offer(self, seat, version, answer=""):
        """The writer is done: a second reader may look. `answer` goes under what the reader remarked."""
        with self._turn(version):
            Consent.require(self.teller)
            self._refuse_hits()
            if self.status not in (self.Status.WRITING, self.Status.SENT_BACK):
                return
            self.status = self.Status.READY
            self.save()
            if answer.strip():
                self._say(seat, answer)
            Event.record(seat, "legde een kaartje klaar om na te kijken", thing=self, audience=Party.COUNCIL)

    def approve(self, seat, shown):
        """The second reader read exactly this text (`shown` is its hash) and finds that it may cross."""
        with self._turn():
            self._refuse_reader(seat)
            if self.status == self.Status.APPROVED and self.approved_by_id == seat.pk and shown == self.approved_hash:
                return
            if self.status != self.Status.READY:
                raise ValidationError("Dit kaartje wacht niet op een tweede lezer. Kijk hoe het er nu voor staat.")
            if shown != self.hash:
                raise ValidationError("Het kaartje is net veranderd. Lees het nog eens, en geef het dan vrij.")
            Consent.require(self.teller)
            self._refuse_hits()
            self.status, self.approved_hash = self.Status.APPROVED, shown
            self.approved_by, self.approved_at = seat, timezone.now()
            self.save()
            Event.record(seat, "keek een kaartje na", thing=self, audience=Party.COUNCIL)

    def send_back(self, seat, remark):
        """The second reader says what should be different."""
        with self._turn():
            self._refuse_reader(seat)
            if self.status not in (self.Status.READY, self.Status.APPROVED):
                raise ValidationError("Dit kaartje wacht niet op een tweede lezer. Kijk hoe het er nu voor staat.")
            if not remark.strip():
                raise ValidationError("Schrijf erbij wat er anders moet, dan weet de schrijver wat te doen.")
            self.status = self.Status.SENT_BACK
            self._unapprove()
            self.save()
            self._say(seat, remark)
            Event.record(seat, "stuurde een kaartje terug", thing=self, audience=Party.COUNCIL)

    def drop(self, seat):
        """This card is not needed; what crossed already goes only when the teller withdraws."""
        with self._turn():
            Event.record(seat, "haalde een kaartje in de maak weg", thing=self.story.interview, audience=Party.COUNCIL)
            self.delete()

    def forget(self, seat):
        card = self.fragment
        self.delete()
        if card:
            card.withdraw(seat, self.approved_at, self.story.begun_at)

    @classmethod
    def told_by(cls, teller):
        waiting = cls.objects.filter(teller=teller, fragment=None, sealed__isnull=False).select_related("story")
        return [(draft.text, draft.story.begun_at, None) for draft in waiting]

    def expire(self):
        if self.fragment_id is None:
            self.delete()
            return
        # The link stays: whoever withdraws later still takes the card along.
        self.sealed = None
        self.save(update_fields=["sealed"])

    def why_not(self, consent, alone, officials):
        """What stands in the way of releasing this approved card; empty when nothing does."""
        if consent is None or not consent.may_analyse:
            return "De verteller geeft er geen toestemming (meer) voor."
        if self.status != self.Status.APPROVED or self.approved_hash != self.hash:
            return "Een tweede lezer moet deze tekst nog nakijken."
        if not alone and self.approved_by_id in {writer.pk for writer in self.writers.all()}:
            return "De schrijver keek dit zelf na. Laat een ander het lezen."
        if self.undecided(officials):
            return "Er staat nog iets in waaraan iemand de verteller kan herkennen."
        return ""

    @classmethod
    def ready_to_cross(cls, project):
        """The approved cards of this round: those that can be released, and those that cannot with the reason."""
        found = cls.objects.of(project).filter(status=cls.Status.APPROVED).order_by("pk")
        approved = list(found.select_related("approved_by").prefetch_related("writers"))
        given = {one.teller_id: one for one in Consent.objects.standing().filter(teller__project=project)}
        alone = bool(approved) and cls.is_alone(approved[0].approved_by)
        officials = officials_of(project.partnership_id)
        told = [(draft, draft.why_not(given.get(draft.teller_id), alone, officials)) for draft in approved]
        return [draft for draft, why in told if not why], [(draft, why) for draft, why in told if why]

    @staticmethod
    def close_together(drafts):
        """How many cards come from one teller, where that is three or more: read together they draw one person."""
        of = Counter(draft.teller_id for draft in drafts)
        return sorted((number for number in of.values() if number >= MANY_OF_ONE), reverse=True)

    @staticmethod
    def deal(drafts):
        """Put the cards in an order that nobody can foresee or find back."""
        secrets.SystemRandom().shuffle(drafts)

    @classmethod
    def release(cls, seat, project, reason=""):
        """All approved cards cross together: as new rows, in random order, without anything of where they came from.

        `reason` says why many cards of one teller may go in one batch; it stands in the council's own history.
        """
        with transaction.atomic():
            # First the tellers, then their round, then what they told: whoever withdraws takes them in that order too.
            list(Teller.objects.select_for_update().filter(project=project).order_by("pk").values_list("pk"))
            project.lock()
            if not seat.is_council:
                raise ValidationError("Alleen de cliëntenraad geeft kaartjes vrij.")
            cls._refuse_late(project)
            # Locked, so that no word changes between the last look and the crossing.
            list(cls.objects.select_for_update().filter(teller__project=project).values_list("pk"))
            drafts, _ = cls.ready_to_cross(project)
            if len(drafts) < BATCH:
                raise ValidationError(
                    f"Kaartjes gaan met minstens drie tegelijk en door elkaar. Er {_count(len(drafts))} nu klaar."
                )
            if cls.close_together(drafts) and not reason.strip():
                raise ValidationError(
                    "Drie of meer kaartjes zijn van één verteller. Wacht met een paar, of schrijf op waarom dit kan.",
                    code="nudge",
                )
            cls.deal(drafts)
            last = Fragment.objects.filter(project=project).aggregate(last=models.Max("number"))["last"] or 0
            made = [draft._cross(project, number) for number, draft in enumerate(drafts, last + 1)]
            project.note_fact("cards_released", seat)
            Event.record(seat, f"gaf {len(made)} kaartjes vrij", thing=project)
            if reason.strip():
                said = f"gaf samen vrij wat van één verteller is: {reason.strip()}"
                Event.record(seat, said, thing=project, audience=Party.COUNCIL)
            return made

    def _cross(self, project, number):
        consent = Consent.require(self.teller)
        self.fragment = Fragment.objects.create(
            partnership_id=self.partnership_id,
            project=project,
            number=number,
            heading=self.heading,
            text=self.text,
            may_quote=consent.may_quote,
            may_publish=consent.may_publish,
        )
        self.status = self.Status.RELEASED
        self.save()
        return self.fragment

    def _put(self, seat, words):
        """Save new words: a new version, which nobody has approved."""
        self.seal(**words)
        self.version += 1
        self.status = self.Status.WRITING
        self._unapprove()
        self.written_by, self.written_at = seat, timezone.now()
        self.save()
        self.writers.add(seat)

    def _say(self, seat, words):
        # The remark stands on the draft, so its model is made after this one.
        self._meta.apps.get_model("experiences.Remark").say(seat, self, words)

    def _unapprove(self):
        self.approved_by = self.approved_at = None
        self.approved_hash = ""

    def _turn(self, version=None):
        return _Turn(self, version)

    def _refuse_reader(self, seat):
        if not seat.is_council:
            raise ValidationError("Alleen een lid van de cliëntenraad kijkt kaartjes na.")
        if self.writers.filter(pk=seat.pk).exists() and not self.is_alone(seat):
            raise ValidationError("U schreef mee aan dit kaartje. Laat een ander lid van de raad het nakijken.")

    def _refuse_hits(self):
        undecided = self.undecided()
        if grave := [hit for hit in undecided if hit.must_clear]:
            raise ValidationError(_must_go(grave))
        if undecided:
            raise ValidationError(
                "Kies bij elk woord in de lijst: vervang, of laat staan. Nog te kiezen: "
                + ", ".join(hit.text for hit in undecided)
                + "."
            )

    @staticmethod
    def why_late(project):
        """Why no card can be added to this round any more; empty as long as it can."""
        if project.is_closed:
            return "Deze ronde is afgesloten. Er komen geen kaartjes meer bij."
        if project.has_reached(Phase.DELIBERATE):
            return "De kaartjes zijn al gebundeld. Er komen in deze ronde geen kaartjes meer bij."
        return ""

    @classmethod
    def _refuse_late(cls, project):
        if sentence := cls.why_late(project):
            raise ValidationError(sentence)


class _Turn:
    """One act on a draft: the newest state, locked; refused when the words on the screen are older."""

    def __init__(self, draft, version):
        self.draft, self.version, self.block = draft, version, transaction.atomic()

    def __enter__(self):
        self.block.__enter__()
        try:
            self._begin()
        except BaseException as refusal:
            self.block.__exit__(type(refusal), refusal, refusal.__traceback__)
            raise

    def _begin(self):
        # The teller first, as whoever withdraws does.
        Teller.objects.select_for_update().get(pk=self.draft.teller_id)
        self.draft.refresh_from_db(from_queryset=FragmentDraft.objects.select_for_update())
        if not self.draft.is_open:
            raise ValidationError("Dit kaartje is al vrijgegeven. Het verandert niet meer.")
        if self.version is not None and self.version != self.draft.version:
            raise ValidationError("Iemand anders veranderde dit kaartje net. Lees het nog eens.", code="stale")

    def __exit__(self, *refusal):
        return self.block.__exit__(*refusal)


def _tidy(heading, text):
    heading = " ".join(heading.split())
    text = text.replace("\r\n", "\n").replace("\0", "").strip()
    if not 3 <= len(heading) <= 45:
        raise ValidationError("De kop heeft 3 tot 45 tekens. Neem de woorden van de verteller.")
    if not text:
        raise ValidationError("Schrijf wat er op het kaartje komt.")
    if len(text) > 1500:
        raise ValidationError("Een kaartje heeft hooguit 1500 tekens. Maak er twee kaartjes van.")
    return heading, text


def _must_go(hits):
    kinds = sorted({WORDS[hit.kind] for hit in hits})
    return f"Hier staat nog {' en '.join(kinds)} in. Zo kan dit niet naar de gemeente. Vervang het of haal het weg."


def _count(number):
    return {0: "is er nog geen", 1: "is er één"}.get(number, f"zijn er {number}")


@dataclass(frozen=True)
class Support:
    """What a group of cards rests on, without saying more: two stories or more, and whether only on council members."""

    stories_enough: bool
    only_own: bool


def rests_on(fragments):
    """Whether these cards come from at least two stories, and whether only from stories of council members."""
    cards = [card.pk for card in fragments]
    rows = FragmentDraft.objects.filter(fragment__in=cards).values_list("teller_id", "teller__whose")
    tellers = dict(rows)
    own = [whose == Teller.Whose.OWN for whose in tellers.values()]
    return Support(stories_enough=len(tellers) > 1, only_own=bool(own) and all(own))


def only_own(groups):
    """Which of these groups of cards rest only on stories of council members; `groups` maps a key to keys of cards."""
    cards = {card for group in groups.values() for card in group}
    rows = FragmentDraft.objects.filter(fragment__in=cards).values_list("fragment_id", "teller__whose")
    own = {card: whose == Teller.Whose.OWN for card, whose in rows}
    found = {key: [own[card] for card in group if card in own] for key, group in groups.items()}
    return {key for key, told in found.items() if told and all(told)}


def saturation(project, themes=None):
    """Whether new stories still bring something new; it never stops anybody.

    `themes` maps the id of a card to the themes it lies in; the storey above gives it when there are themes.
    """
    told = _in_order(project)
    if len(told) < 6:
        return "Eén verhaal kan genoeg zijn."
    if not themes:
        return _heard_nothing_new([brought_new for _, brought_new in told])
    quiet = quiet_stories(project, themes)
    if quiet == 0:
        return "Het laatste verhaal gaf nog een nieuw thema."
    return (
        f"De laatste {quiet} verhalen gaven geen nieuw thema."
        if quiet > 1
        else "Het laatste verhaal gaf geen nieuw thema."
    )


def quiet_stories(project, themes):
    """How many of the last stories brought no new theme; of fewer than six nothing is said: none."""
    order = [story for story, _ in _in_order(project)]
    of_story = {}
    crossed = FragmentDraft.objects.filter(story__in=order, fragment__isnull=False)
    for story, card in crossed.values_list("story_id", "fragment_id"):
        of_story.setdefault(story, set()).update(themes.get(card, ()))
    seen, quiet = set(), 0
    for story in order:
        new = of_story.get(story, set()) - seen
        quiet = 0 if new else quiet + 1
        seen |= new
    return quiet if len(order) >= 6 else 0


def _in_order(project):
    """The stories of a round as they came in, each with whether whoever was there heard something new."""
    told = Story.objects.filter(teller__project=project, teller__withdrawn_at=None)
    return list(told.order_by("interview__held_on", "interview__number").values_list("pk", "interview__brought_new"))


def _heard_nothing_new(told):
    """As long as there are no themes: what whoever was there said of the last conversations, if they said it."""
    quiet = len(list(itertools.takewhile(lambda new: new is False, reversed(told))))
    if quiet == 0:
        return "Bij het laatste gesprek hoorde u nog iets nieuws." if told[-1] else ""
    return (
        f"Bij de laatste {quiet} gesprekken hoorde u niets nieuws."
        if quiet > 1
        else "Bij het laatste gesprek hoorde u niets nieuws."
    )


def _from_the_start(pieces):
    """The same difference, with a left-out beginning told as one: 'Ik [kwam. Ik] zat' is '[Ik kwam.] Ik zat'."""
    if len(pieces) > 2 and [kind for kind, _ in pieces[:3]] == ["same", "gone", "same"]:
        (_, first), (_, gone), (_, rest) = pieces[:3]
        if gone.endswith(first):
            return [("gone", (first + gone)[: -len(first)]), ("same", first + rest), *pieces[3:]]
    return pieces


def _in_stretches(pieces):
    """Changes with hardly anything between them, a blank or one small word, are one change."""
    told, gone, new = [], "", ""
    for place, (kind, words) in enumerate(pieces):
        inner = kind == "same" and len(words.strip()) < 4 and (gone or new) and place + 1 < len(pieces)
        if kind == "same" and not inner:
            told += [(name, run) for name, run in (("gone", gone), ("new", new)) if run]
            told.append((kind, words))
            gone = new = ""
        else:
            gone += words if kind != "new" else ""
            new += words if kind != "gone" else ""
    return told + [(name, run) for name, run in (("gone", gone), ("new", new)) if run]


@dataclass(frozen=True)
class Change:
    """One thing the writer changed on the way from story to card."""

    number: int
    gone: str
    new: str


def changes(raw, text, longest=12):
    """Story and card beside each other: the pieces of both, and a numbered list of what was replaced or left out.

    Of the story a piece is `same` (it stands on the card too), `tell` (replaced, with its number) or neither.

    What stands before and after the chosen part, or is a long stretch that was skipped, is another part and no change.
    Words that the story does not have are always one, also where they stand in the place of such a part.
    """
    pieces = _in_stretches(_from_the_start(differences(raw, text)))
    left, right, told = [], [], []
    for place, (kind, words) in enumerate(pieces):
        if kind == "same":
            left.append(("same", words, 0))
            right.append(("", words))
        elif kind == "new":
            right.append(("new", words))
            if not place or pieces[place - 1][0] != "gone":
                told.append(Change(len(told) + 1, "", words.strip()))
        else:
            after = pieces[place + 1] if place + 1 < len(pieces) else None
            inside = any(kind != "gone" for kind, _ in pieces[:place]) and after is not None
            by = after[1].strip() if after and after[0] == "new" else ""
            if words.strip() and len(words.split()) <= longest and (inside or by):
                told.append(Change(len(told) + 1, words.strip(), by))
                left.append(("tell", words, len(told)))
            else:
                left.append(("", words, 0))
                if by:
                    told.append(Change(len(told) + 1, "", by))
    return left, right, told
