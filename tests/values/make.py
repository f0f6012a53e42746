"""Makers of values for tests, always by somebody."""

import uuid

from values.models import (
    Ballot,
    PolicyReview,
    ReviewPoint,
    Stage,
    StatutoryValue,
    Value,
    ValueAccount,
    ValueEnvelope,
    ValuePractice,
    ValueView,
    Workshop,
    close_room,
)


def view(seat, name="Respect", meaning="Niet te snel ‘je’ en ‘jij’.", why="", priority=ValueView.Priority.HIGH):
    """A value that this seat lays in the envelope of its side."""
    new = ValueView(pk=uuid.uuid4(), name=name, meaning=meaning, why=why, priority=priority)
    return ValueView.lay_in(seat, new)


def opened(council, municipality):
    """Both sides release their envelopes. A side that wrote nothing writes one word first."""
    for seat, name in ((council, "Respect"), (municipality, "Zorgvuldigheid")):
        if not ValueView.objects.visible_to(seat).filter(party=seat.party).exists():
            view(seat, name)
        ValueEnvelope.coming(seat).release(seat)
    return ValueEnvelope.of(council).last()


def value(council, municipality, name="Klantgerichtheid", agreed=()):
    """A value that both sides named, after opening; the seats in `agreed` said yes."""
    view(council, name, f"{name} volgens de raad.")
    view(municipality, name, f"{name} volgens de gemeente.")
    opened(council, municipality)
    made = Value.objects.visible_to(council).get(name=name)
    for seat in agreed:
        made.agree(seat)
    return made


def shared(council, municipality, name="Klantgerichtheid"):
    """A value of both sides together."""
    return value(council, municipality, name, agreed=(council, municipality))


def practice(seat, value, behaviour="Wie binnenkomt wordt begroet.", **fields):
    """What this value looks like on an ordinary day."""
    return ValuePractice.describe(seat, value, ValuePractice(pk=uuid.uuid4(), behaviour=behaviour, **fields))


def named(seat, name):
    """The value with this name, as this seat finds it."""
    return Value.objects.visible_to(seat).get(name=name)


def room(seat, stage=Stage.JOIN, question="Wat vindt u het belangrijkst?"):
    """An open room with four groups, brought to this stage."""
    names = {1: "Cliënten", 2: "Cliëntenraad", 3: "Gemeente", 4: "Anderen"}
    opened = Workshop.open_room(seat, Workshop(question=question, place="wijkcentrum De Brink"), names)
    while opened.stage < stage:
        if opened.stage == Stage.TOGETHER:
            close_room(opened, seat, opened.stage)
        else:
            opened.move(seat, opened.stage)
    return opened


def vote(workshop, phone, *words, group=1, example="Ze keek mij aan.", may_show=False):
    """The ballot of one phone: a group, an example, and these words."""
    ballot = Ballot.take_part(workshop, phone, workshop.groups().get(position=group))
    ballot.tell(example, may_show)
    if words:
        ballot.choose([(word, "") for word in words])
    return ballot


def account(seat, value, text="Wij bellen binnen twee dagen terug.", part="werkvloer"):
    """What this side says about a part of a shared value, on top of what stands there."""
    texts = {"municipality_account" if seat.is_municipality else "council_answer": text}
    known = ValueAccount.objects.visible_to(seat).filter(value=value, part=part).first()
    if known is None:
        return ValueAccount.tell(seat, value, part, **texts)
    known.write(seat, known.version, **texts)
    return known


def statutory(seat, name="Maatwerk", law="Participatiewet, artikel 18"):
    """A value that a law gives."""
    return StatutoryValue.note(seat, StatutoryValue(pk=uuid.uuid4(), name=name, law=law))


def review(seat, *values, title="Verordening minimaregelingen", about="Wie krijgt een bijdrage, en hoe vraagt u die."):
    """A draft on the table, to be read along these values."""
    return PolicyReview.bring(seat, PolicyReview(pk=uuid.uuid4(), title=title, about=about), values)


def point(review, value):
    """One value beside one draft."""
    return ReviewPoint.objects.get(review=review, value=value)
