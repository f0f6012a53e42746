"""Makers of conversations, stories and cards. Everything here is invented."""

import uuid
from datetime import timedelta

from django.utils import timezone

from experiences.models import (
    Addresses,
    Consent,
    ConsentText,
    ContactDetail,
    Feedback,
    Fragment,
    FragmentDraft,
    Helper,
    Interview,
    InterviewGuide,
    Seeking,
    Story,
    TellerTraits,
    TimeEntry,
    Trait,
)
from experiences.models import new_code as fresh_code
from tests import make as people

STORY = (
    "Ik kom hier nu een half jaar. De eerste keer zat ik een kwartier in de auto, de rode Panda van mijn broer. "
    "Iedereen in de rij kon horen wat ik zei. Mevrouw Jansen vroeg waarom ik geen toeslag had. "
    "Ik ben 54 jaar en ik heb nog nooit ergens om gevraagd."
)
CARD = (
    "De eerste keer zat ik een kwartier in de auto. Iedereen in de rij kon horen wat ik zei. "
    "Een vrijwilliger vroeg waarom ik geen toeslag had."
)


def helper(seat, project, member):
    """A neutral person whom the council lets help."""
    return Helper.name(seat, project, member)


def interview(seat, project, code=None, whose="client", interviewers=(), note="", **fields):
    """A conversation that was held in this round."""
    fields = {"held_on": timezone.localdate(), "place": "food_bank", "approach": "person", "minutes": 40, **fields}
    made = Interview.begin(seat, Interview(pk=uuid.uuid4(), **fields), project, code or fresh_code(), whose, note)
    made.interviewers.set(interviewers or [seat])
    return made


def consent(seat, interview, remark="", may_analyse=True, may_quote=True, **fields):
    """The teller said yes, aloud, after the text of now."""
    given = Consent(
        partnership=seat.partnership, teller=interview.teller, text=ConsentText.of(seat.partnership), way="spoken",
        may_analyse=may_analyse, may_quote=may_quote, **fields,
    )  # fmt: skip
    given.note(seat, remark)
    return given


def story(seat, interview, meaning="mixed", **texts):
    """What was told, typed in."""
    texts = texts or {"happened": STORY}
    for field, text in texts.items():
        Story.keep_passage(seat, interview, field, 0, text)
    return Story.keep_meaning(seat, interview, meaning, read_back=False)


def told(seat, project, text=STORY, **fields):
    """A whole conversation: held, allowed and typed in."""
    scopes = {name: fields.pop(name) for name in Consent.SCOPES if name in fields}
    made = interview(seat, project, **fields)
    consent(seat, made, **scopes)
    story(seat, made, happened=text)
    return made


def contact(seat, interview, purpose="feedback", days=30, **details):
    """How to reach this teller."""
    details = {"name": "", "phone": "", "email": "", "address": "", **details} if details else {
        "name": "Fatima Ouali", "phone": "06-12345678", "email": "", "address": "",
    }  # fmt: skip
    until = timezone.localdate() + timedelta(days=days)
    made = ContactDetail(partnership=seat.partnership, teller=interview.teller, purpose=purpose, delete_by=until)
    made.note(seat, **details)
    return made


def feedback(seat, interview, letter=""):
    """This teller wants to hear what came of it; with a letter when its words are given."""
    made = Feedback.ask(seat, interview.teller)
    if letter:
        made.write(seat, made.version, letter)
    return made


def guide(seat, project, **texts):
    """The guide of this round in the council's own words."""
    written = InterviewGuide.of(project)
    written.write(seat, 1, **{"opening": "Dag, fijn dat u er bent.", **texts})
    return written


def addresses(seat, **texts):
    """Where somebody can turn to at this table."""
    known = Addresses.of(seat.partnership)
    if texts:
        known.write(seat, known.version, **texts)
    return known


def draft(seat, interview, heading="Iedereen in de rij kon het horen", text=CARD, key=None):
    """A card in the making."""
    return FragmentDraft.begin(seat, interview, key or uuid.uuid4(), heading, text)


def approved(writer, reader, interview, **fields):
    """A card that a second member read."""
    made = draft(writer, interview, **fields)
    made.offer(writer, made.version)
    made.approve(reader, made.hash)
    return made


def released(writer, reader, project, number=3, whose="client", **scopes):
    """Cards that crossed, each from a story of its own, made by one member and read by another."""
    for place in range(1, number + 1):
        held = told(writer, project, text=f"{STORY} Verhaal {place}.", whose=whose, **scopes)
        approved(
            writer, reader, held, heading=f"Kaartje uit verhaal {place}", text=f"{CARD} En nog iets: {place} keer."
        )
    return FragmentDraft.release(reader, project)


def clash(first, second, interview):
    """Two who changed the same words: the copy of the one who came second."""
    base = Story.keep_passage(first, interview, "effect", 0, "Het was druk.")
    Story.keep_passage(first, interview, "effect", base.version, "Het was stil.")
    return Story.keep_passage(second, interview, "effect", base.version, "Het was lawaaiig.").copy


def member(table):
    """A third member of the council."""
    return people.council(table, "Wim Bakker")


def other_helper(seat, project):
    """A neutral person who helps with the conversations, and is not of the cast."""
    return helper(seat, project, people.neutral(seat.partnership, "Noor Visser"))


def text(seat):
    """The text that is read aloud."""
    return ConsentText.of(seat.partnership)


def soon(days=30):
    """A day within the time that contact details may be kept."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def fragment(project, number, heading="Iedereen in de rij kon het horen", text=CARD, **fields):
    """A card on the shared side, without the way it came: for the storeys above."""
    return Fragment.objects.create(
        partnership=project.partnership, project=project, number=number, heading=heading, text=text, **fields
    )


def trait(seat, project, name="Huishouden", bands=("alleen", "samen", "met kinderen")):
    """Something in which tellers differ, with its bands in order."""
    made = Trait.choose(seat, project, name, bands)
    return next(one for one in Trait.of(project) if one.pk == made.pk)


def falls_in(seat, interview, band):
    """One click at this conversation."""
    return TellerTraits.put(seat, interview, band)


def seeking(seat, project, plan="Kofi vraagt het bij het jongerenwerk."):
    """What the council will do about whom it misses."""
    return Seeking.put(seat, project, plan, 0)


def time(seat, kind="clients", minutes=60, spent_on=None):
    """Some time that somebody of the council spent."""
    return TimeEntry.note(seat, kind, minutes, spent_on)
