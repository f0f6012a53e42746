from analysis.models.board import Placing, Theme
from analysis.models.fed import themes_fed
from analysis.models.leading import Parked, Spoken, Turn
from analysis.models.moves import Move
from analysis.models.presence import Presence
from analysis.models.quotes import MOST_QUOTES, Quote
from analysis.models.regroup import Regrouping
from analysis.models.sentences import sentences, spans
from analysis.models.session import BundlingSession
from analysis.models.sorts import OwnPile, OwnPlacing, OwnSort
from analysis.models.stages import Stage
from analysis.models.tags import AtStake, Tag
from analysis.models.talk import (
    QUESTIONS,
    Deliberation,
    DeliberationAnswer,
    Dialogue,
    DialogueNote,
    Outcome,
    Question,
)

__all__ = [
    "MOST_QUOTES",
    "QUESTIONS",
    "AtStake",
    "BundlingSession",
    "Deliberation",
    "DeliberationAnswer",
    "Dialogue",
    "DialogueNote",
    "Move",
    "Outcome",
    "OwnPile",
    "OwnPlacing",
    "OwnSort",
    "Parked",
    "Placing",
    "Presence",
    "Question",
    "Quote",
    "Regrouping",
    "Spoken",
    "Stage",
    "Tag",
    "Theme",
    "Turn",
    "sentences",
    "spans",
    "themes_fed",
]
