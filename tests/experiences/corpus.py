"""The planted sentences: what stands in them, and how much of it a finder finds."""

import re
from collections import Counter
from pathlib import Path

PLANTED = re.compile(r"\{(\w+):([^}]+)\}")
FILE = Path(__file__).with_name("corpus.txt")


def sentences():
    """Each sentence as it was typed, with what was planted in it as (kind, start, end)."""
    for line in FILE.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        text, planted, rest = "", [], line
        while match := PLANTED.search(rest):
            text += rest[: match.start()]
            planted.append((match[1], len(text), len(text) + len(match[2])))
            text, rest = text + match[2], rest[match.end() :]
        yield text + rest, planted


def measure(find):
    """How `find(text) -> [(kind, start, end)]` does: per kind what was planted, and what was missed; and what it found
    where nothing was planted.

    Something counts as found when every letter of it is covered: half a name still is a name.
    """
    planted, missed, wrong, right = Counter(), [], [], Counter()
    for text, there in sentences():
        hits = find(text)
        covered = {place for _, start, end in hits for place in range(start, end)}
        for kind, start, end in there:
            planted[kind] += 1
            if not all(place in covered or not text[place].isalnum() for place in range(start, end)):
                missed.append((kind, text[start:end], text))
        for kind, start, end in hits:
            if any(start < known_end and known < end for _, known, known_end in there):
                right[kind] += 1
            else:
                wrong.append((kind, text[start:end], text))
    return planted, missed, wrong, right


def recall(planted, missed):
    """The part that was found, per kind."""
    gone = Counter(kind for kind, *_ in missed)
    return {kind: 1 - gone[kind] / number for kind, number in planted.items()}


def table(planted, missed, wrong, right):
    """The figures as lines to print."""
    found = recall(planted, missed)
    lines = [f"{kind:9} {found[kind]:6.1%} of {number}" for kind, number in planted.items()]
    precision = sum(right.values()) / max(1, sum(right.values()) + len(wrong))
    return [*lines, f"precision {precision:6.1%}, {len(wrong)} found where nothing was planted"]
