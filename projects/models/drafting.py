"""Starting small: five answers, kept for one person until they become a round."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from dialoog.partnerships.models import Event, Member, PartnershipModel, PartnershipQuerySet, Party
from dialoog.partnerships.templatetags.dialoog import in_words
from projects.models.meetings import ConsultationMeeting, dialogue_of
from projects.models.preparing import Pledge
from projects.models.round import Project
from projects.models.tasks import Task

FREE = {(1, 1), (12, 25), (12, 26)}
THREE_MONTHS, TO_THE_TALK = timedelta(days=91), timedelta(days=63)
EVENING = time(19, 30)


@dataclass(frozen=True)
class Proposal:
    """A task that a new round may begin with: what, who and when; all of it can be changed."""

    what: str
    member: Member
    due: date


class RoundDraftQuerySet(PartnershipQuerySet):
    def visible_to(self, seat):
        """Only one's own: nobody looks over the shoulder of who is still thinking."""
        return super().visible_to(seat).filter(member=seat)


class RoundDraft(PartnershipModel):
    """What one person answered so far to the five questions that begin a round."""

    STEPS = ("subject", "question", "lead", "planned_stories", "talk_on")

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="+", editable=False)
    subject = models.CharField("waar gaat het over?", max_length=120, blank=True)
    question = models.CharField("wat wilt u van mensen horen?", max_length=300, blank=True)
    participants = models.ManyToManyField(Member, related_name="+", blank=True, verbose_name="wie doen er mee?")
    lead = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="wie is de trekker?"
    )
    planned_stories = models.PositiveSmallIntegerField("hoeveel verhalen?", null=True, blank=True)
    started_on = models.DateField("wanneer begint u?", null=True, blank=True)
    talk_on = models.DateField("wanneer praat u met elkaar over de verhalen?", null=True, blank=True)
    place = models.CharField("waar?", max_length=200, blank=True)
    nudge_reason = models.TextField(blank=True, max_length=600, editable=False)
    # The last page as somebody left it, where it differed from what was proposed; a list is from before: tasks alone.
    tasks = models.JSONField(null=True, blank=True, editable=False)

    objects = RoundDraftQuerySet.as_manager()

    def __str__(self):
        return self.subject or "een nieuwe ronde"

    def ring(self):
        """No bell: until it is a round it is nobody else's."""

    @property
    def first_open(self):
        """The number of the first question without an answer; 6 when all five have one."""
        for number, name in enumerate(self.STEPS, start=1):
            if not getattr(self, name):
                return number
        return 6

    @property
    def proposed_end(self):
        """Three months, or a month after the talk when that is later."""
        return max(self.started_on + THREE_MONTHS, self.talk_on + timedelta(days=28))

    @property
    def ends_on(self):
        """As it was chosen on the last page, unless the talk was laid after it since; else as proposed."""
        chosen = self.left["ends_on"] and date.fromisoformat(self.left["ends_on"])
        return chosen if chosen and chosen >= self.talk_on else self.proposed_end

    @property
    def left(self):
        """What somebody changed on the last page before going back: the tasks, the last day, and who took part then."""
        left = {"tasks": self.tasks} if isinstance(self.tasks, list) else self.tasks or {}
        return {"tasks": None, "before": None, "ends_on": None, "people": [], "host": ""} | left

    def leave(self, tasks, ends_on, before=None, host=""):
        """Keep the last page as it stands. What nobody touched is not kept: it follows the answers that change.

        `before` are the tasks that gave way to new proposals; they can be put back.
        """
        self.tasks = {
            "tasks": tasks,
            "before": before,
            "ends_on": ends_on.isoformat() if ends_on and ends_on != self.proposed_end else None,
            "people": [str(member.pk) for member in self.people()],
            "host": host,
        }
        self.save()

    def taken_out(self):
        """Who took part when somebody went back from the last page, and does no more, but had tasks there."""
        had = {row["member"] for row in self.left["tasks"] or []} & {*self.left["people"]}
        gone = had - {str(member.pk) for member in self.people()}
        return list(Member.objects.filter(partnership=self.partnership_id, pk__in=gone).select_related("user"))

    def tried(self):
        """The round that these answers would make, to look at before it is made."""
        tried = Project(partnership=self.partnership, subject=self.subject, question=self.question, lead=self.lead)
        tried.planned_stories = self.planned_stories or 1
        tried.started_on = self.started_on or timezone.localdate()
        tried.ends_on = self.ends_on if self.started_on and self.talk_on else tried.started_on
        return tried

    def people(self):
        """Who was chosen and sits at the table now, council first, the lead among them."""
        chosen = {member.pk: member for member in self.participants.select_related("user")}
        chosen[self.lead_id] = self.lead
        here = [member for member in chosen.values() if member.is_active]
        return sorted(here, key=lambda member: (member.party, member.name))

    @property
    def _talk_at(self):
        return timezone.make_aware(datetime.combine(self.talk_on, EVENING))

    @property
    def host(self):
        """Whose turn it is to receive the other when they talk; nobody's when they never met: then the two choose."""
        last = ConsultationMeeting.objects.filter(partnership=self.partnership).before(self._talk_at)
        if last is None:
            return ""
        return Party.COUNCIL if last.host_party == Party.MUNICIPALITY else Party.MUNICIPALITY

    @property
    def asks_host(self):
        """Whether somebody has to say which side receives the other."""
        return bool(self.place) and not self.host

    def proposals(self):
        """Tasks for these people on days that fit: everyone has one, and nobody has them all."""
        people, lead = self.people(), self.lead
        council = [one for one in people if one.is_council] or [lead]
        municipal = [one for one in people if one.is_municipality] or [lead]
        # Five stories among three people are two, two and one.
        each, more = divmod(self.planned_stories, len(council))
        talks = [(one, each + (place < more)) for place, one in enumerate(council)]
        proposed = [
            ("De eigen achterban vertellen over deze ronde", council[0], self._on(0.1)),
            ("De eigen achterban vertellen over deze ronde", municipal[0], self._on(0.1)),
            ("Afspreken waar en wanneer wij mensen spreken", council[1 % len(council)], self._on(0.2)),
            *((f"{_talks(count)}, met z’n tweeën", one, self._on(0.55)) for one, count in talks if count),
            ("Cijfers opzoeken die bij de vraag horen", municipal[1 % len(municipal)], self._on(0.55)),
            ("De kaartjes nakijken", council[-1], self._on(0.65)),
            ("De zaal regelen voor het bundelen", municipal[-1], self._on(0.65)),
            *(("Het bundelen leiden", one, self._on(0.7)) for one in people if one.is_neutral),
            *(("De dialoog leiden", one, self.talk_on) for one in people if one.is_neutral),
        ]
        busy = {member.pk for _, member, _ in proposed}
        proposed += [("Meelezen bij het bundelen", one, self._on(0.75)) for one in people if one.pk not in busy]
        proposed += [
            ("De avond van de dialoog voorbereiden", lead, self._after(-7)),
            ("Het verslag klaarmaken", lead, self._after(14)),
            ("De vertellers laten horen wat er is gedaan", council[0], self._after(21)),
        ]
        return [Proposal(*one) for one in proposed]

    def begin(self, seat, tasks, ends_on, host=""):
        """Make the round: its people are asked, its tasks have a day, and the talk stands in the calendar.

        `host` is the side that receives the other, where that is nobody's turn yet.
        The round gets the key of this draft, so a second click finds the round that the first one made.
        """
        with transaction.atomic():
            project = Project(
                pk=self.pk, partnership=seat.partnership, subject=self.subject, question=self.question, lead=self.lead,
                planned_stories=self.planned_stories, proposed_by_side=seat.party, started_on=self.started_on,
                ends_on=ends_on, nudge_reason=self.nudge_reason[:300],
            ).wrote(seat)  # fmt: skip
            project = project.keep_once()
            if not project.is_new:
                return project
            project.begin(seat)
            if self.nudge_reason:
                Event.record(seat, f"ging toch door: {self.nudge_reason}", thing=project)
            self._ask_people(seat, project)
            for what, member, due in tasks:
                Task(partnership=seat.partnership, project=project, what=what, member=member, due=due).save()
            if self.place:
                self._plan_talk(project, self.host or host)
            self.delete()
        return project

    def _ask_people(self, seat, project):
        for member in self.people():
            pledge = Pledge(partnership=seat.partnership, project=project, member=member, named_by=seat)
            pledge.save()
            if member == seat:
                # Who names themselves and begins says so with their own hand; the page tells it beside the button.
                pledge.give(seat, Pledge.Answer.YES)
            else:
                pledge.write_letter(seat)

    def _plan_talk(self, project, host):
        if host not in Party.sides():
            raise ValidationError("Kies welke kant de ander ontvangt. Daarna gaat het om de beurt.")
        about = dialogue_of(project)
        ConsultationMeeting(
            partnership=self.partnership, starts_at=self._talk_at, place=self.place, host_party=host, about=about
        ).save()

    def _on(self, share):
        """A working day at this share of the way from the start to the talk."""
        return self._workable(self.started_on + (self.talk_on - self.started_on) * share)

    def _after(self, days):
        return self._workable(self.talk_on + timedelta(days=days))

    def _workable(self, day):
        """A day that fits in the round and still comes: a round may have begun last week."""
        return working_day(max(day, self.started_on, timezone.localdate()))


def _talks(count):
    return "Eén gesprek voeren" if count == 1 else f"{in_words(count).capitalize()} gesprekken voeren"


def working_day(day):
    """This day, or the first one after it that is no weekend, Christmas or New Year's Day."""
    while day.weekday() > 4 or (day.month, day.day) in FREE:
        day += timedelta(days=1)
    return day
