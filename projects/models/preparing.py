import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from dialoog import letters
from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party
from dialoog.partnerships.seen import SaidYesTo
from dialoog.partnerships.writing import Written
from projects.models.phases import Phase

ANSWERING = TimestampSigner(sep=".", salt="dialoog.pledge")


class Locked(PartnershipModel):
    """A thing whose acts first take its newest state, so that two clicks at once cannot both see the old one."""

    class Meta:
        abstract = True

    def lock(self):
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())


class Nod(PartnershipModel):
    """One side's yes to something the two decide together: the trust, the plan, the listening."""

    class About(models.TextChoices):
        TRUST = "trust", "er is genoeg vertrouwen om te beginnen"
        PLAN = "plan", "wat en hoe wij ophalen"
        LISTENED = "listened", "er is geluisterd"
        OVERRIDE = "override", "afspraken maken zonder dat er geluisterd is"

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=12, choices=About.choices)
    party = models.CharField(max_length=12, choices=Party.choices)
    said_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True, max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "about", "party"], name="nod_once_per_side"),
            models.CheckConstraint(condition=models.Q(party__in=Party.sides()), name="nod_of_a_side"),
        ]

    def __str__(self):
        return f"{self.get_party_display()}: {self.get_about_display()}"

    @classmethod
    def give(cls, seat, project, about, reason=""):
        """This seat's side says yes; the answer is whether both have now said so."""
        if not seat.is_side:
            raise ValidationError("Alleen de twee kanten zelf kunnen dit zeggen.")
        given = {nod.party for nod in cls.objects.filter(project=project, about=about)}
        if seat.party not in given:
            cls.objects.create(
                partnership=seat.partnership,
                project=project,
                about=about,
                party=seat.party,
                said_by=seat,
                reason=reason,
            )
        return given | {seat.party} == set(Party.sides())


class PledgeQuerySet(PartnershipQuerySet):
    def of(self, project):
        return self.filter(project=project).select_related("member__user").order_by("member__party", "named_at")

    def unanswered(self):
        """Asked and silent; somebody who is gone can no longer answer and is not waited for."""
        return self.filter(answer=Pledge.Answer.NONE, member__in=Member.objects.present())


class Pledge(Locked):
    """A named person's own word on taking part in a round."""

    class Answer(models.TextChoices):
        NONE = "", "nog niet geantwoord"
        YES = "yes", "doet mee"
        NO = "no", "doet niet mee"

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="wie")
    expected = models.CharField("wat vraagt het van die persoon?", max_length=300, blank=True)
    named_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField("antwoord", max_length=3, choices=Answer.choices, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField("toelichting", max_length=300, blank=True)
    letter_at = models.DateTimeField(null=True, editable=False)

    # How long the link in a letter works.
    LETTER_LASTS = timedelta(days=30)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "member"], name="pledge_once_per_person"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="pledge_answer_has_moment",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_answer_display()}"

    @property
    def is_yes(self):
        return self.answer == self.Answer.YES

    @property
    def is_no(self):
        return self.answer == self.Answer.NO

    @property
    def is_open(self):
        return self.answer == self.Answer.NONE

    def give(self, seat, answer, note=""):
        """The person says yes or no, and may say otherwise later."""
        if seat.pk != self.member_id:
            raise ValidationError(f"Alleen {self.member} zelf kan hierop antwoorden.")
        if answer not in (self.Answer.YES, self.Answer.NO):
            raise ValidationError("Kies ja of nee.")
        with transaction.atomic():
            self.lock()
            changed = answer != self.answer
            self.answer, self.note, self.answered_at = answer, note, timezone.now()
            self.save()
            if changed:
                Event.record(seat, f"doet {'' if self.is_yes else 'niet '}mee aan deze ronde", thing=self.project)

    @property
    def was_asked_today(self):
        """Whether a letter went today; another one goes tomorrow at the earliest."""
        return bool(self.letter_at) and timezone.localdate(self.letter_at) == timezone.localdate()

    @property
    def url(self):
        """The address, in a letter, at which this one answer can be given, once."""
        # With who is asked: the key alone came from the form of who asks, and can become a question to somebody else.
        asked = f"{self.pk.hex}-{self.member_id.hex}"
        return settings.SITE_URL + reverse("pledge_letter", kwargs={"token": ANSWERING.sign(asked)})

    @classmethod
    def by_token(cls, token):
        """The open question that the link in a letter belongs to, or None: answered, taken back, or too long ago.

        The answer itself ends the link, whichever letter of the same question it came from.
        """
        try:
            signed = ANSWERING.unsign(token, max_age=cls.LETTER_LASTS)
            key, person = (uuid.UUID(part) for part in signed.split("-"))
        except (BadSignature, ValueError):
            return None
        asked = cls.objects.unanswered().filter(pk=key, member=person, project__phase__lt=Phase.BUNDLE)
        return asked.select_related("project", "member__user", "member__partnership", "named_by__user").first()

    def write_letter(self, seat):
        """Send the question to the person, with a link to answer it; after some letters a day only Dialoog asks it."""
        if letters.LettersToday(seat, self.member.user.email, "pledge").take():
            self._write(again=False)

    def _write(self, again):
        self.letter_at = timezone.now()
        self.save()
        transaction.on_commit(lambda: self._send(again))

    def ask_again(self, seat):
        """Somebody at the table reminds the person, once a day at most."""
        with transaction.atomic():
            self.lock()
            if not self.is_open:
                raise ValidationError(f"{self.member} gaf al antwoord.")
            if self.was_asked_today:
                raise ValidationError(f"{self.member} kreeg vandaag al een bericht. Probeer het morgen nog eens.")
            letters.LettersToday(seat, self.member.user.email, "pledge").require()
            self._write(again=True)
            Event.record(seat, f"vroeg {self.member} nog eens om antwoord", thing=self.project)

    def _send(self, again):
        words = {"pledge": self, "days": self.LETTER_LASTS.days, "again": again}
        letters.send(self.member.user.email, "Een vraag van Dialoog: doet u mee?", "projects/mail_pledge", words)

    def drop(self, seat):
        """Take back the asking of somebody who has not answered."""
        with transaction.atomic():
            self.lock()
            if not self.is_open:
                raise ValidationError(f"{self.member} gaf al antwoord. Alleen {self.member} zelf kan dat veranderen.")
            Event.record(seat, f"vraagt {self.member} niet meer voor deze ronde", thing=self.project)
            self.delete()


class PairQuerySet(PartnershipQuerySet):
    def of(self, project):
        return self.filter(project=project).select_related("council_member__user", "municipal_member__user")

    def along(self, project):
        """The pairs of which both take part, or did not say yet."""
        away = Pledge.objects.filter(project=project, answer=Pledge.Answer.NO).values("member")
        here = Member.objects.present()
        found = self.of(project).exclude(council_member__in=away).exclude(municipal_member__in=away)
        return found.filter(council_member__in=here, municipal_member__in=here)


class Pair(PartnershipModel):
    """One council member and one municipal member who do this together."""

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    council_member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", verbose_name="van de raad")
    municipal_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name="van de gemeente"
    )

    objects = PairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "council_member", "municipal_member"], name="pair_once"),
        ]

    def __str__(self):
        return f"{self.council_member} en {self.municipal_member}"

    def save(self, *args, **kwargs):
        if self.council_member.party != Party.COUNCIL or self.municipal_member.party != Party.MUNICIPALITY:
            raise ValidationError("Een koppel is één lid van de raad en één medewerker van de gemeente.")
        super().save(*args, **kwargs)

    def part(self, seat):
        with transaction.atomic():
            Event.record(seat, f"haalde het koppel {self} uit elkaar", thing=self.project)
            self.delete()


class BackingNote(Written, Locked):
    """How one side told its own backing about the round."""

    texts = ("text",)

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    party = models.CharField(max_length=12, choices=Party.choices)
    text = models.TextField("hoe weet uw achterban hiervan", max_length=2000)
    noted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "party"], name="backing_note_once_per_side"),
            models.CheckConstraint(condition=models.Q(party__in=Party.sides()), name="backing_of_a_side"),
            models.CheckConstraint(condition=~models.Q(text=""), name="backing_has_text"),
        ]

    def __str__(self):
        return self.text

    def address(self, seat):
        return seat.url("projects:trust", project=self.project_id)

    def may_be_written_by(self, seat):
        """Each side tells of its own backing."""
        return seat.party == self.party and not self.project.is_closed

    def write(self, seat, version, **texts):
        """The latest to write is the one who tells."""
        copies = super().write(seat, version, **texts)
        self.noted_by, self.noted_at = seat, timezone.now()
        self.save()
        return copies


class CollectionPlan(SaidYesTo, Written, Locked):
    """Which stories and figures will be collected, and how; both sides agree before anything is."""

    texts = ("stories", "figures")

    project = models.OneToOneField("projects.Project", on_delete=models.CASCADE, related_name="+")
    stories = models.TextField("welke verhalen", max_length=3000)
    figures = models.TextField("welke cijfers", max_length=3000)
    # Set when the second side agrees; emptied by every change.
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(stories="") & ~models.Q(figures=""), name="plan_is_complete"),
        ]

    def __str__(self):
        return "Wat wij ophalen, en hoe"

    @property
    def is_agreed(self):
        return self.agreed_at is not None

    def address(self, seat):
        return seat.url("projects:plan", project=self.project_id)

    def may_be_written_by(self, seat):
        return seat.is_side and not self.project.is_closed

    def write(self, seat, version, **texts):
        """Other words are another plan: what was agreed before counts no longer."""
        with transaction.atomic():
            self.lock()
            was = self.version
            copies = super().write(seat, version, **texts)
            if self.version != was:
                self._void(seat)
            return copies

    def shown(self):
        """What will be collected."""
        return [self.stories, self.figures]

    def agree(self, seat, seen=None):
        """This seat's side agrees to the plan as it was read."""
        with transaction.atomic():
            self.lock()
            self.refuse_unseen(seen)
            if Nod.give(seat, self.project, Nod.About.PLAN):
                self.agreed_at = self.agreed_at or timezone.now()
                self.save()
            Event.record(seat, "zei ja tegen wat wij ophalen, en hoe", thing=self.project)

    def _void(self, seat):
        self.agreed_at = None
        for nod in Nod.objects.filter(project=self.project, about=Nod.About.PLAN):
            nod.delete()
        self.save()
        Event.record(seat, "veranderde wat wij ophalen, en hoe", thing=self.project)
