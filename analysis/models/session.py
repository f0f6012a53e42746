import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from analysis import sorting
from analysis.models.board import Placing, Theme
from analysis.models.presence import Presence
from analysis.models.sorts import OwnPile, OwnPlacing, OwnSort
from analysis.models.stages import Stage
from analysis.models.talk import Deliberation, DialogueNote
from dialoog.partnerships.models import Envelope, Event, Member, Party
from experiences.models import Fragment, all_collected
from projects.models import Phase
from projects.models.preparing import Locked

MANY_CARDS = 40
# So long it is told who left and who went on.
JUST_NOW = timedelta(minutes=10)
LONGEST_CLOCK = timedelta(hours=3)


class BundlingSession(Locked):
    """Both sides bundle the cards of a round: read, sort alone, lay side by side, sort and name together."""

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+", editable=False)
    facilitator = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="gespreksleider")
    stage = models.PositiveSmallIntegerField("fase", choices=Stage.choices, default=Stage.READ, editable=False)
    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="+", editable=False)
    started_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    nudge_reason = models.CharField(max_length=300, blank=True, editable=False)
    # Until when this stage lasts; kept here and not in a browser, so that every screen shows the same time.
    ends_at = models.DateTimeField(null=True, editable=False)

    def __str__(self):
        return f"Bundelen in ronde {self.project.number}"

    @property
    def stage_label(self):
        return Stage(self.stage).label

    @property
    def is_done(self):
        return self.stage == Stage.DONE

    def has_reached(self, stage):
        """Whether the meeting stands at this stage or beyond it."""
        return self.stage >= stage

    @classmethod
    def begin(cls, seat, project, facilitator):
        """Sit down with the cards of this round; two who begin at once begin the same meeting."""
        with transaction.atomic():
            project.lock()
            if project.is_closed:
                raise ValidationError("Deze ronde is afgesloten. Begin een nieuwe ronde.")
            if not project.has_reached(Phase.BUNDLE):
                raise ValidationError(
                    f"De ronde staat nog bij ‘{project.phase_label}’. Breng de ronde eerst naar ‘Bundelen’."
                )
            if not Fragment.objects.filter(project=project).exists():
                raise ValidationError("Er zijn nog geen kaartjes. Wacht tot de raad kaartjes vrijgeeft.")
            if not facilitator.is_active:
                raise ValidationError(f"{facilitator} zit niet meer aan tafel. Kies iemand anders.")
            key = uuid.uuid5(project.pk, "bundling")
            envelope = Envelope(
                pk=uuid.uuid5(key, "own-sort"), partnership=seat.partnership, purpose="own_sort"
            ).keep_once()
            session = cls(
                pk=key,
                partnership=seat.partnership,
                project=project,
                facilitator=facilitator,
                envelope=envelope,
                started_by=seat,
            ).keep_once()
            if session.is_new:
                Event.record(seat, "begon met bundelen", thing=session)
                session.join(seat)
            return session

    def hand_to(self, seat, facilitator):
        """Somebody else leads the talk from here."""
        with transaction.atomic():
            self.lock()
            if not facilitator.is_active:
                raise ValidationError(f"{facilitator} zit niet meer aan tafel. Kies iemand anders.")
            self.facilitator = facilitator
            self.save()
            Event.record(seat, f"gaf de leiding van het bundelen aan {facilitator}", thing=self)

    # ---- Who is here

    def join(self, seat, member=None):
        """This person is here; the one who leads may say it for somebody without a screen."""
        member = member or seat
        known = Presence.objects.filter(session=self, member=member).first()
        if known is None:
            return Presence(
                pk=uuid.uuid5(self.pk, f"presence-{member.pk}"),
                partnership=self.partnership,
                session=self,
                member=member,
                noted_by=seat,
            ).keep_once()
        if self.here().filter(pk=known.pk).exists():
            known.notice()
        else:
            known.noted_by, known.noted_at, known.seen_at, known.ready_for = seat, timezone.now(), timezone.now(), None
            known.save()
        return known

    def take_part(self, seat):
        """Whoever does something here is here; and it only counts when both sides are."""
        here = list(self.here())
        mine = next((row for row in here if row.member_id == seat.pk), None)
        if mine is None:
            here.append(self.join(seat))
        else:
            mine.notice()
        self.refuse_one_sided({row.member.party for row in here})

    def leave(self, seat, member=None):
        """This person is no longer here; the others read that, so that nobody waits or talks to an empty chair."""
        member = member or seat
        with transaction.atomic():
            if presence := Presence.objects.filter(session=self, member=member).first():
                presence.delete()
                told = "ging weg bij het bundelen" if member == seat else f"zei dat {member} weg is bij het bundelen"
                Event.record(seat, told, thing=self)

    def news(self, seat):
        """What happened here just now, latest first: who left, and who brought everyone where they are."""
        return Event.objects.visible_to(seat).about(self).filter(at__gte=timezone.now() - JUST_NOW)[:2]

    def here(self):
        """Who is here now, council first."""
        return Presence.objects.here(self)

    def attended(self):
        """Who was here and did not say that they left, council first: what is asked of an evening that is over."""
        return Presence.objects.of(self)

    def present(self):
        """The people who are here, council first."""
        return [row.member for row in self.here()]

    def say_ready(self, seat, expected):
        """This person is done with this stage, and is here. Alone on a side, that is the word of the side too."""
        with transaction.atomic():
            self.lock()
            self._refuse_stale(expected)
            presence = self.join(seat)
            if presence.ready_for != self.stage:
                presence.ready_for = self.stage
                presence.save()
            if self.stage == Stage.OWN_SORT and self.is_alone(seat) and not self.envelope.is_ready(seat.party):
                self.side_is_ready(seat)

    def take_ready_back(self, seat):
        """This person is still busy after all; alone on a side, so is the side, as long as the sorts are closed."""
        ready = self.envelope.is_ready(seat.party) and not self.envelope.is_open
        if self.stage == Stage.OWN_SORT and ready and self.is_alone(seat):
            self.side_sorts_on(seat)
        if presence := Presence.objects.filter(session=self, member=seat, ready_for__isnull=False).first():
            presence.ready_for = None
            presence.save()

    def is_alone(self, seat):
        """Whether nobody else of this side took part; who only closed a laptop for a moment still does."""
        return not Presence.objects.filter(session=self, member__party=seat.party).exclude(member=seat).exists()

    def missing_sides(self):
        """The sides of which nobody is here."""
        return self._missing(set(self.here().values_list("member__party", flat=True)))

    def refuse_one_sided(self, here=None):
        """Bundling is done together: without one of the sides nothing here counts."""
        if missing := self.missing_sides() if here is None else self._missing(here):
            side = self.partnership.side_name(missing[0])
            raise ValidationError(
                f"Er is nu niemand van de {side}. Bundelen doet u samen: wacht tot van beide kanten iemand er is."
            )

    @staticmethod
    def _missing(here):
        return [party for party in Party.sides() if party not in here]

    def warnings(self, seat, cards):
        """What may narrow the view of this meeting: more cards than one can hold, or nobody with fresh eyes.

        Who held conversations is a secret of the council, so the municipality is not told of the second.
        """
        said = []
        if cards > MANY_CARDS:
            said.append(
                f"Er zijn {cards} kaartjes. Boven de {MANY_CARDS} wordt het veel voor één keer. Verdeel het liever."
            )
        council = [member for member in self.present() if member.is_council]
        if seat.is_council and council and all_collected(self.project, council):
            said.append(
                "Iedereen van de raad die er is, haalde ook zelf verhalen op. Vraag er iemand bij met frisse ogen."
            )
        return said

    # ---- The clock

    def add_time(self, seat, minutes):
        """Give this stage so many minutes (more); every screen shows until when. A clock is no history: no event."""
        with transaction.atomic():
            self.lock()
            if self.is_done:
                raise ValidationError("Het bundelen is al klaar. Een klok is niet meer nodig.")
            now = timezone.now()
            until = max(self.ends_at or now, now) + timedelta(minutes=minutes)
            if minutes < 1 or until - now > LONGEST_CLOCK:
                raise ValidationError("Kies een tijd van 1 minuut tot 3 uur. Daarna kunt u er weer tijd bij geven.")
            self.ends_at = until
            self.save()

    def stop_clock(self, seat):
        """This stage lasts as long as it lasts."""
        with transaction.atomic():
            self.lock()
            self.ends_at = None
            self.save()

    @property
    def is_time_up(self):
        return self.ends_at is not None and self.ends_at <= timezone.now()

    # ---- From stage to stage

    def go_on(self, seat, expected=None):
        """One stage further; everyone's screen follows."""
        with transaction.atomic():
            self.lock()
            self._refuse_stale(expected)
            self.refuse_one_sided()
            if self.is_done:
                raise ValidationError("Het bundelen is al klaar.")
            if why_not := self.why_not_on():
                raise ValidationError(why_not)
            if self.stage == Stage.SIDE_BY_SIDE:
                self.lay_out_board()
            if self.stage == Stage.TOGETHER:
                self._finish(seat)
            self.stage += 1
            self.ends_at = None
            self.save()
            Event.record(seat, f"bracht het bundelen naar ‘{self.stage_label}’", thing=self)

    def why_not_back(self):
        """Why this stage is not one to go back from, or nothing."""
        if self.stage == Stage.READ:
            return "Dit is de eerste fase. Verder terug kan niet."
        if self.stage == Stage.SIDE_BY_SIDE:
            return "De ordeningen liggen al open. Alleen verder ordenen kan niet meer."
        if self.is_done and self.project.has_reached(Phase.DIALOGUE):
            return "De dialoog over deze thema’s is al begonnen. Het bundelen blijft zoals het is."
        return ""

    def go_back(self, seat, expected=None):
        """One stage back; what was done stays."""
        with transaction.atomic():
            self.lock()
            self._refuse_stale(expected)
            if why_not := self.why_not_back():
                raise ValidationError(why_not)
            self.stage -= 1
            self.ends_at = None
            self.save()
            Event.record(seat, f"bracht het bundelen terug naar ‘{self.stage_label}’", thing=self)

    def side_is_ready(self, seat):
        """This side is done sorting alone. When both are, all sorts open at the same moment."""
        with transaction.atomic():
            self.lock()
            if self.stage != Stage.OWN_SORT:
                raise ValidationError(f"U bent nu bij ‘{self.stage_label}’. Vrijgeven hoort bij ‘Zelf ordenen’.")
            if not OwnPlacing.objects.filter(sort__session=self, sort__party=seat.party).exists():
                raise ValidationError("Nog niemand van uw kant legde een kaartje neer. Orden eerst zelf.")
            self.envelope.release(seat)
            self.save()
            # Who says it for the side says it for themselves too.
            Presence.objects.filter(session=self, member=seat).update(ready_for=self.stage)
            Event.record(seat, "zei: onze kant is klaar met zelf ordenen", thing=self)

    def side_sorts_on(self, seat):
        """This side is not done after all; possible until the sorts open."""
        with transaction.atomic():
            self.lock()
            self.envelope.take_back(seat)
            self.save()
            Presence.objects.filter(session=self, member=seat).update(ready_for=None)
            Event.record(seat, "wil nog even verder met zelf ordenen", thing=self)

    def picture(self):
        """All own sorts side by side, once they are open."""
        if not self.envelope.is_open:
            raise ValidationError("De ordeningen zijn nog dicht. Beide kanten geven ze eerst vrij.")
        numbers = dict(Fragment.objects.filter(project_id=self.project_id).values_list("pk", "number"))
        laid = {}
        for pile_id, fragment_id in OwnPlacing.objects.filter(sort__session=self).values_list("pile_id", "fragment_id"):
            laid.setdefault(pile_id, set()).add(numbers[fragment_id])
        sorters = {}
        sorts = OwnSort.objects.filter(session=self).order_by("author__party", "pk").values_list("pk", "party")
        for pk, party in sorts:
            sorters[pk] = (party, [])
        piles = OwnPile.objects.filter(sort__session=self).order_by("position", "pk")
        for pk, sort_id, label in piles.values_list("pk", "sort_id", "label"):
            sorters[sort_id][1].append(sorting.Pile(label, frozenset(laid.get(pk, ()))))
        told = [sorting.Sorter(party, tuple(piles)) for party, piles in sorters.values()]
        return sorting.side_by_side(told, numbers.values())

    def lay_out_board(self):
        """The first piles of the board: the proposal, without names; once, and never over people's work."""
        if Theme.objects.filter(project=self.project).exists():
            return
        picture = self.picture()
        if picture.is_plain:
            return
        cards = {card.number: card for card in Fragment.objects.filter(project=self.project)}
        for pile in picture.piles:
            theme = Theme(
                pk=uuid.uuid5(self.pk, f"pile-{pile.index}"),
                partnership=self.partnership,
                project=self.project,
                position=pile.index,
            )
            theme.save()
            for row in pile.rows:
                Placing.objects.create(
                    partnership=self.partnership, project=self.project, fragment=cards[row.card], theme=theme
                )

    def _finish(self, seat):
        """The themes are named and stand on more than one's own experience: bundling is done."""
        themes = Theme.of(self.project)
        themes = [theme for theme in themes if theme.cards]
        if not themes:
            raise ValidationError("Er is nog geen thema met kaartjes. Leg eerst kaartjes bij elkaar.")
        if nameless := [theme.label for theme in themes if not theme.sentence.strip()]:
            raise ValidationError(f"Geef eerst elke stapel een naam. Nog zonder naam: {', '.join(nameless)}.")
        if seat.is_council:
            # To the others no answer here may depend on who told what: the council looks again before it releases.
            Theme.refuse_only_own(themes)
        Deliberation.of(self.project)
        self.project.note_fact("bundled", seat)
        heard = all(DialogueNote.is_complete(self.project, party) for party in Party.sides())
        if not heard and not self.project.is_closed:
            # Who bundled once more may have made a theme of which nobody heard anything yet.
            self.project.drop_fact("listened", seat)

    def _refuse_stale(self, expected):
        if expected is not None and self.stage != expected:
            raise ValidationError(f"Iemand bracht het bundelen net naar ‘{self.stage_label}’. Kijk eerst waar u bent.")

    def why_not_on(self):
        """Which side did not yet say that it is done sorting alone; empty when nobody is waited for."""
        if self.stage != Stage.OWN_SORT or self.envelope.is_open:
            return ""
        waiting = [party for party in Party.sides() if not self.envelope.is_ready(party)]
        names = " en de ".join(map(self.partnership.side_name, waiting))
        sentence = f"Nog niet klaar met zelf ordenen: de {names}. Wacht tot beide kanten dit zeggen."
        busy = {row.member.party for row in self.here() if row.ready_for != self.stage}
        if not busy.intersection(waiting):
            sentence += " Iedereen die er is, is klaar: nu zegt nog één van hen het voor de hele kant."
        return sentence
