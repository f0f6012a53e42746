"""Makers of values for tests, always by somebody."""

import uuid

from values.models import Value, ValueEnvelope, ValuePractice, ValueView


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
