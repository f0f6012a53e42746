"""Plays the conversations, and the cards that cross from them."""

import uuid

from experiences.models import Consent, ConsentText, ContactDetail, FragmentDraft, Interview, Story, Teller

CODES = {
    "doos": "B3R 48",
    "wachtmuziek": "T7D 25",
    "app": "M2K 93",
    "auto": "K4M 72",
    "werk": "H6P 39",
    "weduwe": "D8W 54",
    "stukadoor": "R5T 68",
    "student": "L9B 26",
    "moeder": "N3G 87",
    "map": "V7C 42",
    "vaste_klant": "P2J 95",
}
PASSAGES = {"happened": "happened", "effect": "effect", "well": "went_well", "badly": "went_badly"}
PASSAGES["different"] = "different"
APPROACHES = {"personally": Interview.Approach.PERSON, "through_someone": Interview.Approach.SOMEBODY}


def collect(cast, clock, project, stories, place, batches, hour="14:20"):
    """Every conversation is written down, its cards are looked at by a second reader and cross in batches."""
    drafts = {}
    for told in stories:
        with clock.at(told.days_ago, hour):
            interview = write_down(cast, clock, project, told, place)
        with clock.at(told.days_ago - 1, "20:14"):
            drafts |= make_cards(cast, interview, told)
    for days, numbers in batches:
        with clock.at(days, "20:40"):
            for number in numbers:
                look_at(cast, *drafts[number])
            FragmentDraft.release(cast["bram"], project)


def write_down(cast, clock, project, told, place):
    """One conversation: consent first, then the story, then how to reach the teller if that is wanted."""
    writer = cast[told.interviewers[0]]
    interview = Interview(
        held_on=clock.day(told.days_ago), place=place, approach=APPROACHES[told.approached], minutes=told.minutes
    )
    interview = Interview.begin(writer, interview, project, CODES[told.key], Teller.Whose(told.whose))
    interview.interviewers.set([cast[key] for key in told.interviewers])
    consent = Consent(
        partnership=project.partnership,
        teller=interview.teller,
        text=ConsentText.of(project.partnership),
        way=Consent.Way.SPOKEN,
        given_on=clock.day(told.days_ago),
        may_analyse="analysis" in told.scopes,
        may_quote="quote" in told.scopes,
        may_publish="public" in told.scopes,
        may_call_back="call_back" in told.scopes,
    )
    consent.note(writer)
    passages = {field: (0, getattr(told, name)) for field, name in PASSAGES.items()}
    Story.keep(writer, interview, passages, meaning=told.meaning, read_back=True)
    if told.contact and consent.may_call_back:
        keep_contact(writer, clock, interview, told)
    interview.finish(writer)
    return interview


def keep_contact(writer, clock, interview, told):
    """Some want to hear what became of it."""
    name, way = told.contact
    detail = ContactDetail(
        partnership=interview.partnership,
        teller=interview.teller,
        purpose=ContactDetail.Purpose.FEEDBACK,
        delete_by=clock.day(told.days_ago - 140),
    )
    kind = "email" if "@" in way else "phone" if way.startswith("06") else "address"
    detail.note(writer, **{"name": name, "phone": "", "email": "", "address": "", kind: way})


def make_cards(cast, interview, told):
    """The first interviewer makes the cards; gives per number the draft and somebody who did not write it."""
    writer, reader = (cast[key] for key in told.interviewers)
    made = {}
    for card in told.cards:
        draft = FragmentDraft.begin(writer, interview, uuid.uuid4(), card.heading, card.text)
        # These words were weighed when they were written; whoever finds one more thing may say so in the demo.
        while hits := draft.undecided():
            draft.leave(writer, draft.version, 1)
            if len(draft.undecided()) == len(hits):
                break
        draft.offer(writer, draft.version)
        made[card.number] = (draft, reader)
    return made


def look_at(cast, draft, reader):
    """The second reader read exactly this text."""
    draft.refresh_from_db()
    draft.approve(reader, draft.hash)
