"""What the two sides find important, and what a room of people says about it."""

from values.models.accounts import Change, Comparison, ValueAccount, compare
from values.models.ballot import (
    LONGEST_EXAMPLE,
    LONGEST_NOTICE,
    LONGEST_WORD,
    MOST_WORDS,
    Ballot,
    Choice,
    WorkshopWord,
    tidy,
)
from values.models.practices import ValuePractice
from values.models.reviews import PolicyReview, ReviewPoint
from values.models.side_by_side import SUGGESTIONS, SUGGESTIONS_FROM, Row, Voice, plain
from values.models.statutory import StatutoryValue
from values.models.tally import Candidate, Tally, close_room
from values.models.things import Value, ValueEnvelope, ValueView
from values.models.two_voices import TwoVoices
from values.models.workshop import MOST_GROUPS, RESULT_DAYS, Stage, Workshop, WorkshopGroup

__all__ = [
    "LONGEST_EXAMPLE",
    "LONGEST_NOTICE",
    "LONGEST_WORD",
    "MOST_GROUPS",
    "MOST_WORDS",
    "RESULT_DAYS",
    "SUGGESTIONS",
    "SUGGESTIONS_FROM",
    "Ballot",
    "Candidate",
    "Change",
    "Choice",
    "Comparison",
    "PolicyReview",
    "ReviewPoint",
    "Row",
    "Stage",
    "StatutoryValue",
    "Tally",
    "TwoVoices",
    "Value",
    "ValueAccount",
    "ValueEnvelope",
    "ValuePractice",
    "ValueView",
    "Voice",
    "Workshop",
    "WorkshopGroup",
    "WorkshopWord",
    "close_room",
    "compare",
    "plain",
    "tidy",
]
