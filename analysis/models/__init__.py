from analysis.models.board import Move, Placing, Tag, Theme
from analysis.models.fed import themes_fed
from analysis.models.quotes import MOST_QUOTES, Quote, sentences
from analysis.models.session import BundlingSession, Presence
from analysis.models.sorts import OwnPile, OwnPlacing, OwnSort
from analysis.models.stages import Stage
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
    "Placing",
    "Presence",
    "Question",
    "Quote",
    "Stage",
    "Tag",
    "Theme",
    "sentences",
    "themes_fed",
]
