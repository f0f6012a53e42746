"""What the two sides find important."""

from values.models.practices import ValuePractice
from values.models.side_by_side import SUGGESTIONS, SUGGESTIONS_FROM, Row, Voice, plain
from values.models.things import Value, ValueEnvelope, ValueView

__all__ = [
    "SUGGESTIONS",
    "SUGGESTIONS_FROM",
    "Row",
    "Value",
    "ValueEnvelope",
    "ValuePractice",
    "ValueView",
    "Voice",
    "plain",
]
