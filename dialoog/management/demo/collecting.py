"""Plays the conversations, and the cards that cross from them."""

import uuid

from experiences.models import (
    SUGGESTED,
    Consent,
    ConsentText,
    ContactDetail,
    FragmentDraft,
    Interview,
    Listening,
    Reading,
    Seeking,
    SharedSpread,
    Spread,
    Story,
    Teller,
    TellerTraits,
    Terms,
    TimeEntry,
    Trait,
)

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
# days ago, when, who, whose, what, why
LOOKED_UP = [
    (12, "20:44", "dora", "moeder", Reading.What.STORY, "uittypen"),
    (5, "16:10", "kofi", "weduwe", Reading.What.CONTACT, "bereiken"),
    (5, "16:31", "kofi", "map", Reading.What.CONTACT, "bereiken"),
    (2, "09:20", "ria", "map", Reading.What.STORY, "een kaartje maken"),
]
PASSAGES = {"happened": "happened", "effect": "effect", "well": "went_well", "badly": "went_badly"}
PASSAGES["different"] = "different"
# who, with whom or on what, minutes, days ago
TIME = [
    ("bram", "municipality", 120, 245),
    ("wim", "papers", 120, 240),
    ("bram", "municipality", 120, 150),
    ("dora", "municipality", 120, 150),
    ("wim", "papers", 240, 146),
    ("bram", "papers", 120, 139),
    ("fatma", "clients", 60, 131),
    ("bram", "municipality", 120, 128),
    ("ria", "municipality", 90, 128),
    ("wim", "papers", 120, 120),
    ("dora", "clients", 120, 81),
    ("kofi", "clients", 60, 66),
    ("bram", "municipality", 120, 25),
    ("dora", "municipality", 120, 25),
    ("fatma", "municipality", 120, 25),
    ("wim", "papers", 60, 21),
    ("ria", "clients", 120, 18),
    ("bram", "municipality", 120, 4),
    ("dora", "municipality", 120, 4),
    ("wim", "papers", 30, 3),
    ("kofi", "clients", 60, 2),
]
# Whose contact details go within two weeks, so that somebody has to call first.
GOES_SOON = {"map": -9}
# A card that did not make it: of whom, what stood on it, and what reader and writer said about it.
SENT_BACK = (
    "map",
    "De groene map is dun",
    "Rood is zorg, geel is geld, groen is wat er beloofd is. Die groene is dun.",
    "Met die kleuren weet iedereen in de straat wie dit is. Kan het zonder de map?",
    "Zonder de map blijft er niets over. Ik laat hem zo, kijk jij nog eens?",
    "Toch niet doen. Het staat al op het kaartje over één dag te laat.",
)
APPROACHES = {"personally": Interview.Approach.PERSON, "through_someone": Interview.Approach.SOMEBODY}


def collect(cast, clock, project, stories, place, batches, hour="14:20"):
    """Every conversation is written down, its cards are looked at by a second reader and cross in batches."""
    drafts = {}
    bands = look_for(cast, clock, project, stories)
    for told in stories:
        with clock.at(told.days_ago, hour):
            interview = write_down(cast, clock, project, told, place)
            for trait, label in told.traits.items():
                TellerTraits.put(cast[told.interviewers[0]], interview, bands[trait, label])
        with clock.at(told.days_ago - 1, "20:14"):
            drafts |= make_cards(cast, interview, told)
            if told.key == SENT_BACK[0]:
                send_back(cast, interview, told)
    for days, numbers in batches:
        with clock.at(days, "20:40"):
            for number in numbers:
                look_at(cast, *drafts[number])
            FragmentDraft.release(cast["bram"], project, "alle verhalen zijn binnen, en door elkaar")


def look_for(cast, clock, project, stories):
    """In what the council looks for difference in this round; gives the bands by trait and label."""
    with clock.at(max(told.days_ago for told in stories) + 1, "20:00"):
        for name in stories[0].traits:
            Trait.choose(cast["bram"], project, name.capitalize(), SUGGESTED[name.capitalize()])
    return {(trait.name.lower(), band.label): band for trait in Trait.of(project) for band in trait.bands}


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
        text=read_aloud(project, told),
        way=Consent.Way.SPOKEN,
        given_on=clock.day(told.days_ago),
        may_analyse="analysis" in told.scopes,
        may_quote="quote" in told.scopes,
        may_publish="public" in told.scopes,
        may_call_back="call_back" in told.scopes,
    )
    consent.note(writer)
    Reading.note(writer, interview, Reading.What.STORY, "uittypen")
    passages = {field: (0, getattr(told, name)) for field, name in PASSAGES.items()}
    Story.keep(writer, interview, passages, meaning=told.meaning, read_back=True)
    if told.contact and consent.may_call_back:
        keep_contact(writer, clock, interview, told)
    interview.finish(writer)
    return interview


def read_aloud(project, told):
    """The text in the language of the teller."""
    texts = {text.language: text for text in ConsentText.objects.filter(partnership=project.partnership)}
    return texts[told.language] if told.language in texts else ConsentText.of(project.partnership)


def keep_contact(writer, clock, interview, told):
    """Some want to hear what became of it."""
    name, way = told.contact
    detail = ContactDetail(
        partnership=interview.partnership,
        teller=interview.teller,
        purpose=ContactDetail.Purpose.FEEDBACK,
        delete_by=clock.day(GOES_SOON.get(told.key, told.days_ago - 140)),
    )
    kind = "email" if "@" in way else "phone" if way.startswith("06") else "address"
    detail.note(writer, **{"name": name, "phone": "", "email": "", "address": "", kind: way})


def make_cards(cast, interview, told):
    """The first interviewer makes the cards; gives per number the draft and somebody who did not write it."""
    writer, reader = (cast[key] for key in told.interviewers)
    Reading.note(writer, interview, Reading.What.STORY, "een kaartje maken")
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


def send_back(cast, interview, told):
    """One card goes to and fro between writer and reader, and stays with the council."""
    writer, reader = (cast[key] for key in told.interviewers)
    _, heading, text, *said = SENT_BACK
    draft = FragmentDraft.begin(writer, interview, uuid.uuid4(), heading, text)
    draft.offer(writer, draft.version)
    draft.send_back(reader, said[0])
    draft.offer(writer, draft.version, answer=said[1])
    draft.send_back(reader, said[2])


def look_at(cast, draft, reader):
    """The second reader read exactly this text."""
    Reading.note(reader, draft.story.interview, Reading.What.STORY, "een kaartje nakijken")
    draft.refresh_from_db()
    draft.approve(reader, draft.hash)


def look_round(cast, clock, project, days):
    """Halfway the council sees whom it misses, and what it will do about it."""
    plan = (
        "Jongeren zien wij alleen via de studentenvereniging. Kofi vraagt of hij een middag bij het jongerenwerk mag "
        "zitten. Ria probeert de ochtend waarop mensen met een eigen bedrijf hun doos halen."
    )
    with clock.at(days, "20:30"):
        Seeking.put(cast["dora"], project, plan, 0)


def share_spread(cast, clock, project, days):
    """When collecting is over, the safe part of whom was heard goes to both sides."""
    with clock.at(days, "21:00"):
        project.refresh_from_db()
        if SharedSpread.why_not(project, Spread(project).safe()) == "":
            SharedSpread.give(cast["bram"], project)
        Listening.note(
            cast["dora"],
            project,
            "Mensen die een tolk nodig hebben. En wie niet bij de voedselbank komt: daar zaten wij niet.",
        )


def keep_time(cast, clock):
    """Where the council's time went in two quarters; conversations come in by themselves."""
    for key, kind, minutes, days in TIME:
        TimeEntry.note(cast[key], kind, minutes, clock.day(days))


def set_clocks(cast, clock, project):
    """The council keeps stories for half a year; the consent card says so."""
    with clock.at(165, "21:15"):
        Terms(partnership=project.partnership, story_months=6).change(cast["bram"])


def look_after(cast, clock, project):
    """Whoever looks something up leaves a line."""
    held = {one.teller.code: one for one in Interview.objects.visible_to(cast["bram"]).of(project).with_people()}
    with clock.at(12, "20:41"):
        Reading.note_round(cast["dora"], project, "zoeken")
    for days, hour, who, key, what, why in LOOKED_UP:
        with clock.at(days, hour):
            Reading.note(cast[who], held[CODES[key]], what, why)
