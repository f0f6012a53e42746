"""The sentences of a card: in what a quote or a word on a value points at a part of it."""

import re

from django.core.exceptions import ValidationError

END = re.compile(r"(?<=[.!?])\s+")


def sentences(text):
    """The sentences of a card, in order."""
    return [part for part in END.split(" ".join(text.split())) if part]


def spans(text):
    """Where each sentence begins and ends in the text as it stands on the card."""
    found, begin = [], len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for gap in END.finditer(text, begin, end):
        found.append((begin, gap.start()))
        begin = gap.end()
    return [*found, (begin, end)] if begin < end else found


def stretch(text, chosen, empty):
    """The first and the last of the chosen sentences, which follow each other; `empty` is what to say without any."""
    there = sentences(text)
    chosen = sorted(set(chosen))
    if not chosen or chosen[-1] >= len(there):
        raise ValidationError(empty)
    if chosen != list(range(chosen[0], chosen[-1] + 1)):
        raise ValidationError("Kies zinnen die op elkaar volgen. Wat ertussen stond, mag niet wegvallen.")
    return chosen[0], chosen[-1]
