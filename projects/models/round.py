from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, Partnership, PartnershipQuerySet, Party, together
from dialoog.partnerships.track import round_steps
from dialoog.partnerships.writing import Written
from projects.models.checks import Checked, waited_for
from projects.models.handing_on import HandedOn
from projects.models.phases import GUIDES, PLACES, TAKE_ALONG, Phase
from projects.models.preparing import CollectionPlan, Locked, Nod, Pledge
from projects.models.trust import TrustAnswer


class ProjectQuerySet(PartnershipQuerySet):
    def running(self):
        """The rounds that are not closed, the newest first: a second may begin before the first ends."""
        return self.exclude(phase=Phase.CLOSED).with_people().order_by("-number")

    def current(self):
        """The round that a table works on: the newest that runs, or None."""
        return self.running().first()

    def closed(self):
        """The rounds behind us, the last one first."""
        return self.filter(phase=Phase.CLOSED).order_by("-number")

    def with_people(self):
        return self.select_related("partnership", "lead__user", "lead_asked__user")


class Project(Checked, HandedOn, Written, Locked):
    """One round: from a subject to commitments and a signed report."""

    texts = ("subject", "occasion", "question")

    number = models.PositiveIntegerField("ronde", editable=False)
    subject = models.CharField("onderwerp", max_length=120)
    occasion = models.TextField("aanleiding", blank=True, max_length=2000)
    question = models.CharField("ervaringsvraag", blank=True, max_length=300)
    proposed_by_side = models.CharField("voorgesteld door", max_length=12, choices=Party.choices[:2])
    lead = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="trekker")
    values = models.ManyToManyField("values.Value", related_name="+", blank=True, verbose_name="waarden")
    phase = models.PositiveSmallIntegerField("fase", choices=Phase.choices, default=Phase.TRUST, editable=False)
    planned_stories = models.PositiveSmallIntegerField("aantal verhalen", default=8)
    started_on = models.DateField("begint op")
    ends_on = models.DateField("klaar rond")
    nudge_reason = models.TextField("waarom toch", blank=True, max_length=300, editable=False)

    # Facts that storeys above note here, because a lower storey never looks up.
    cards_released_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    cards_released_at = models.DateTimeField(null=True, editable=False)
    bundled_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    bundled_at = models.DateTimeField(null=True, editable=False)
    deliberation_opened_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    deliberation_opened_at = models.DateTimeField(null=True, editable=False)
    report_signed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    report_signed_at = models.DateTimeField(null=True, editable=False)
    # When the second side said its yes; which persons said it stands in the nods.
    trusted_at = models.DateTimeField(null=True, editable=False)
    listened_at = models.DateTimeField(null=True, editable=False)
    overrode_at = models.DateTimeField(null=True, editable=False)

    feedback_done = models.BooleanField("alle vertellers die dat wilden, hoorden wat er is gedaan", default=False)
    contacts_erased = models.BooleanField("de contactgegevens zijn gewist", default=False)
    feedback_reason = models.TextField("waarom (nog) niet", blank=True, max_length=1000)
    feedback_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    feedback_at = models.DateTimeField(null=True, editable=False)
    # Themes that were spoken about and to which nothing was agreed yet: their key and their sentence.
    left_open = models.JSONField(default=dict, editable=False)
    open_themes = models.TextField("wat open bleef", blank=True, max_length=2000)
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="project_number_once_per_table"),
            models.CheckConstraint(condition=~models.Q(subject=""), name="project_has_subject"),
            models.CheckConstraint(
                condition=models.Q(proposed_by_side__in=Party.sides()), name="project_proposed_by_a_side"
            ),
            together("cards_released_by", "cards_released_at", name="project_cards_released_together"),
            together("bundled_by", "bundled_at", name="project_bundled_together"),
            together("deliberation_opened_by", "deliberation_opened_at", name="project_deliberation_opened_together"),
            together("report_signed_by", "report_signed_at", name="project_report_signed_together"),
            together("feedback_by", "feedback_at", name="project_feedback_together"),
            together("closed_by", "closed_at", name="project_closed_together"),
            models.CheckConstraint(
                condition=models.Q(phase=Phase.CLOSED, closed_at__isnull=False)
                | (~models.Q(phase=Phase.CLOSED) & models.Q(closed_at__isnull=True)),
                name="project_closed_in_the_last_phase",
            ),
        ]

    def __str__(self):
        return f"Ronde {self.number}: {self.subject}"

    def save(self, *args, **kwargs):
        if self.number is None:
            # The table's row is the lock: two rounds begun at once still get two numbers.
            with transaction.atomic():
                Partnership.objects.select_for_update(no_key=True).get(pk=self.partnership_id)
                last = Project.objects.filter(partnership_id=self.partnership_id).aggregate(last=models.Max("number"))
                self.number = (last["last"] or 0) + 1
                super().save(*args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def address(self, seat):
        return seat.url("projects:detail", project=self.pk)

    def may_be_written_by(self, seat):
        return seat.is_side and not self.is_closed

    @property
    def phase_label(self):
        return Phase(self.phase).label

    @property
    def guide(self):
        """What this phase is for, and where its work is done."""
        return GUIDES[Phase(self.phase)]

    def places(self):
        """What can be read of the phases that the round came to, with the three of its preparation from the start.

        Where the work of now is done the large button leads: once is enough.
        """
        there = [place for phase, place in PLACES.items() if phase <= max(self.phase, Phase.VALUES)]
        there += [TAKE_ALONG] if self.phase >= Phase.BUNDLE else []
        return [(name, route) for name, route in there if route != self.guide.route]

    def steps(self):
        """The round as the picture of two lines draws it."""
        return list(round_steps(self.phase))

    @property
    def next_phase(self):
        return None if self.is_closed else Phase(self.phase + 1)

    @property
    def previous_phase(self):
        return None if self.phase == Phase.TRUST else Phase(self.phase - 1)

    @property
    def is_first(self):
        """Whether nobody at this table did a round before."""
        if self.number is not None:
            return self.number == 1
        return not Project.objects.filter(partnership_id=self.partnership_id).exists()

    @property
    def is_closed(self):
        return self.phase == Phase.CLOSED

    def has_reached(self, phase):
        """Whether the round stands at this phase or beyond it."""
        return self.phase >= phase

    @property
    def is_collecting(self):
        """Whether experiences may be collected now: in that phase, everyone answered, the plan agreed by both."""
        return self.phase == Phase.COLLECT and not self.why_not_collecting()

    def why_not_collecting(self):
        """What stands in the way of collecting, as sentences; a round on its way back can lose what it had."""
        silent = [str(pledge.member) for pledge in Pledge.objects.of(self).unanswered()]
        sentences = []
        if silent:
            sentences.append(waited_for(silent))
        if not CollectionPlan.objects.filter(project=self, agreed_at__isnull=False).exists():
            sentences.append("Zeg eerst allebei ja tegen welke verhalen en cijfers u ophaalt, en hoe.")
        return sentences

    @property
    def may_commit(self):
        """Whether commitments may be made: both sides noted that they listened, or both chose to go on without."""
        return bool(self.listened_at or self.overrode_at)

    def participants(self):
        """The people who said yes."""
        return [pledge.member for pledge in Pledge.objects.of(self).filter(answer=Pledge.Answer.YES)]

    def nods(self, about):
        """The yes of each side to something decided together, by party."""
        return {nod.party: nod for nod in Nod.objects.filter(project=self, about=about).select_related("said_by__user")}

    def begin(self, seat):
        """The round is there: say so in the history."""
        Event.record(seat, f"begon ronde {self.number}: {self.subject}", thing=self)

    def confirm_trust(self, seat, reason=""):
        """This seat's side says that there is enough trust to begin; with hardly any of its own it says why."""
        with transaction.atomic():
            self.lock()
            self._refuse_closed()
            reason = reason.strip() if seat.party in TrustAnswer.low_sides(self) else None
            if reason == "":
                raise ValidationError("Uw kant heeft bijna geen vertrouwen. Schrijf op waarom u toch wilt beginnen.")
            if Nod.give(seat, self, Nod.About.TRUST, reason or "") and self.trusted_at is None:
                self.trusted_at = timezone.now()
            self.save()
            said = f"wil toch beginnen: {reason}" if reason else "zei: er is genoeg vertrouwen om te beginnen"
            Event.record(seat, said, thing=self)

    def retract_trust(self, seat):
        """This seat's side takes its yes back, as long as the round did not go on."""
        with transaction.atomic():
            self.lock()
            if self.has_reached(Phase.START):
                raise ValidationError("De ronde is al verder. Wilt u terug? De trekker kan een stap terug gaan.")
            for nod in Nod.objects.filter(project=self, about=Nod.About.TRUST, party=seat.party):
                nod.delete()
                self.trusted_at = None
                self.save()
                Event.record(seat, "nam het ja over het vertrouwen terug", thing=self)

    def note_fact(self, fact, seat):
        """A storey above tells what happened there; the first time counts.

        "listened" is said by each side for itself and holds when both have said it.
        """
        with transaction.atomic():
            self.lock()
            if fact == "listened":
                if Nod.give(seat, self, Nod.About.LISTENED) and self.listened_at is None:
                    self.listened_at = timezone.now()
            elif fact in ("cards_released", "bundled", "deliberation_opened", "report_signed"):
                if getattr(self, f"{fact}_at") is None:
                    setattr(self, f"{fact}_by", seat)
                    setattr(self, f"{fact}_at", timezone.now())
            else:
                raise ValueError(f"a round knows no fact {fact!r}")
            self.save()

    def note_theme(self, key, sentence, is_open):
        """A storey above tells of a theme whether it is still open: spoken about, and nothing agreed to it."""
        with transaction.atomic():
            self.lock()
            if (str(key) in self.left_open) == is_open and self.left_open.get(str(key), sentence) == sentence:
                return
            self.left_open.pop(str(key), None)
            if is_open:
                self.left_open[str(key)] = sentence
            self.save()

    def drop_fact(self, fact, seat):
        """What a storey above noted is no longer so, for instance when the last card was withdrawn."""
        with transaction.atomic():
            self.lock()
            if fact == "listened":
                Nod.objects.filter(project=self, about=Nod.About.LISTENED).delete()
            setattr(self, f"{fact}_by", None)
            setattr(self, f"{fact}_at", None)
            self.save()

    def override_listening(self, seat, reason):
        """This side wants to make commitments although the listening was not noted; both must want it."""
        with transaction.atomic():
            self.lock()
            self._refuse_closed()
            if not reason.strip():
                raise ValidationError("Schrijf op waarom u verder wilt zonder dat er geluisterd is.")
            if Nod.give(seat, self, Nod.About.OVERRIDE, reason) and self.overrode_at is None:
                self.overrode_at = timezone.now()
            self.save()
            Event.record(seat, "wil afspraken maken zonder dat het luisteren is genoteerd", thing=self)

    def advance(self, seat, expected=None):
        """One phase further, when everything that must hold does; `expected` is the phase the person saw."""
        with transaction.atomic():
            self.lock()
            self._refuse_stale(expected)
            self._refuse_closed()
            checks = self.checks_for(self.next_phase)
            if missing := [check.missing for check in checks if check.enforced and not check.ok]:
                raise ValidationError(missing)
            self.phase = self.next_phase
            if self.is_closed:
                self.closed_by, self.closed_at = seat, timezone.now()
            self.save()
            said = "sloot de ronde af" if self.is_closed else f"bracht de ronde naar ‘{self.phase_label}’"
            Event.record(seat, said, thing=self)

    def close(self, seat, open_themes="", expected=None):
        """The round is done; what stayed open is kept for the next one."""
        with transaction.atomic():
            self.lock()
            self._refuse_stale(expected)
            if self.phase != Phase.REPORT:
                raise ValidationError("Een ronde sluit u af na het verslag en de terugkoppeling.")
            self.open_themes = open_themes
            self.save()
            self.advance(seat)

    def go_back(self, seat, reason, expected=None):
        """One phase back, with the reason; what was done there stays."""
        with transaction.atomic():
            self.lock()
            self._refuse_stale(expected)
            if self.previous_phase is None:
                raise ValidationError("Dit is de eerste stap. Verder terug kan niet.")
            if not reason.strip():
                raise ValidationError("Schrijf op waarom de ronde een stap terug gaat.")
            self.phase = self.previous_phase
            self.closed_by = self.closed_at = None
            self.save()
            Event.record(seat, f"bracht de ronde terug naar ‘{self.phase_label}’: {reason.strip()}", thing=self)

    def note_feedback(self, seat, done, erased, reason=""):
        """The council is done telling back, or says why not; the storey above knows who wanted to hear it."""
        with transaction.atomic():
            self.lock()
            if not seat.is_council:
                raise ValidationError("Alleen de cliëntenraad weet wie terugkoppeling wilde, en noteert dit.")
            if not (done and erased) and not reason.strip():
                raise ValidationError("Schrijf op waarom dit niet is gedaan.")
            self.feedback_done, self.contacts_erased, self.feedback_reason = done, erased, reason.strip()
            self.feedback_by, self.feedback_at = seat, timezone.now()
            self.save()
            Event.record(seat, "noteerde de terugkoppeling aan de vertellers", thing=self)

    def _refuse_closed(self):
        if self.is_closed:
            raise ValidationError("Deze ronde is afgesloten. Begin een nieuwe ronde.")

    def _refuse_stale(self, expected):
        if expected is not None and self.phase != expected:
            raise ValidationError(f"De ronde staat intussen bij ‘{self.phase_label}’. Kijk eerst wat er veranderd is.")
