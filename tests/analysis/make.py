"""Makers of cards, meetings and themes. Everything here is invented."""

import uuid

from django.utils import timezone

from analysis.models import (
    BundlingSession,
    Deliberation,
    DeliberationAnswer,
    Dialogue,
    DialogueNote,
    Move,
    Outcome,
    OwnSort,
    Placing,
    Stage,
    Tag,
    Theme,
)
from analysis.models.board import Board
from dialoog.partnerships.models import Party
from experiences.models import Fragment
from projects.models import Phase
from tests.projects import make as projects

HEADINGS = [
    "Ik wist niet dat het bestond",
    "Ik hoorde het van de buurvrouw",
    "Op de website vond ik het niet terug",
    "Drie loketten, drie antwoorden",
    "Ik belde en werd steeds doorverbonden",
    "De folder lag er niet meer",
    "Weer dezelfde papieren inleveren",
    "De brief begreep ik pas bij de derde keer",
    "Zonder DigiD kon ik niet verder",
    "Mijn dochter vulde het voor mij in",
    "Ik was één dag te laat",
    "Ik durfde het niet te vragen",
]


def project(seat, phase=Phase.BUNDLE, **fields):
    """A round with cards on the table, ready to be bundled."""
    return projects.project(seat, phase, **fields)


def cards(seat, project, count=6, **fields):
    """This many released cards."""
    return [
        Fragment.objects.create(
            partnership=seat.partnership,
            project=project,
            number=number,
            heading=HEADINGS[(number - 1) % len(HEADINGS)],
            text=f"{HEADINGS[(number - 1) % len(HEADINGS)]}. Toen ben ik maar weer naar huis gegaan.",
            **fields,
        )
        for number in range(1, count + 1)
    ]


def session(seat, project=None, stage=Stage.READ, present=(), count=6):
    """A meeting at this stage, with cards on the table."""
    project = project or make_round(seat, count)
    meeting = BundlingSession.begin(seat, project, seat)
    for member in present:
        meeting.join(member)
    if stage > Stage.READ:
        meeting.stage = stage
        meeting.save()
    return meeting


def make_round(seat, count=6):
    made = project(seat)
    cards(seat, made, count)
    return made


def own_sort(seat, meeting, **piles):
    """This person's whole own sort: names of piles with the numbers of the cards in them."""
    sort = OwnSort.of(seat, meeting)
    known = {card.number: card for card in Fragment.objects.filter(project=meeting.project)}
    for label, numbers in piles.items():
        pile = sort.add_pile(label)
        for number in numbers:
            sort.lay(known[number], pile)
    return sort


def opened(meeting, anna, bram):
    """Both sides are done sorting; all sorts lie open."""
    meeting.side_is_ready(bram)
    meeting.side_is_ready(anna)
    meeting.refresh_from_db()
    return meeting


def together(seat, *present, count=6):
    """A meeting at the shared board, everything still on the table."""
    return session(seat, make_round(seat, count), Stage.TOGETHER, present)


def theme(seat, project, sentence="Om hulp vragen voelt als schaamte", cards=(), position=0, **texts):
    """A theme with these cards."""
    made = Theme(partnership=seat.partnership, project=project, sentence=sentence, position=position, **texts)
    made.wrote(seat).save()
    for card in cards:
        Placing.objects.create(partnership=seat.partnership, project=project, fragment=card, theme=made)
    return made


def bundled(seat, phase=Phase.DELIBERATE, themes=2, per_theme=2):
    """A round whose themes are named, with the meeting behind it."""
    made = project(seat, phase)
    known = cards(seat, made, themes * per_theme)
    names = ["Om hulp vragen voelt als schaamte", "Steeds weer dezelfde papieren", "Eén mens maakt het verschil"]
    for place in range(themes):
        mine = known[place * per_theme : (place + 1) * per_theme]
        texts = {"going_well": "De vrijwilliger.", "counter_voice": "Ik schaam mij niet."}
        theme(seat, made, names[place % 3], mine, place, **texts)
    Deliberation.of(made)
    return made


def answer(seat, theme, question=1, text="Mensen wachten in één rij."):
    return DeliberationAnswer.put(seat, theme, question, text, 0)


def deliberated(anna, bram, themes=1):
    """A round in which both sides answered, and opened what they wrote."""
    made = bundled(bram, Phase.DIALOGUE, themes)
    envelope = Deliberation.of(made)
    for theme in Theme.of(made):
        for seat in (bram, anna):
            for question in (1, 2, 3, 4):
                answer(seat, theme, question, f"{seat.name} over vraag {question}.")
    envelope.release_for(bram, made)
    envelope.release_for(anna, made)
    made.refresh_from_db()
    return made


def heard(seat, theme, text="Dat het snel moet."):
    return DialogueNote.put(seat, theme, text, 0)


def outcome(seat, theme, agreement="partly", **texts):
    return Outcome.put(seat, theme, 0, **{f"{seat.party}_agreement": agreement}, **texts)


def dialogue(seat, project):
    return Dialogue.objects.create(
        partnership=seat.partnership,
        project=project,
        held_on=timezone.localdate(),
        place="Buurthuis De Schakel",
        host_party=Party.COUNCIL,
    )


def move(seat, meeting, card, theme):
    """This person lays a card with a theme."""
    placing = Placing.objects.filter(fragment=card).first()
    Board(meeting).move(seat, card, theme, placing.version if placing else 0)
    return Move.objects.filter(fragment=card).order_by("-at").first()


def tag(seat, card, value, stake="harmed"):
    return Tag.put(seat, card, value, stake)


def key():
    return uuid.uuid4()
