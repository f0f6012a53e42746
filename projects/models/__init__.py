from projects.models.checks import Check, in_a_row
from projects.models.commitments import Commitment
from projects.models.meetings import AgendaItem, Attendance, ConsultationMeeting
from projects.models.phases import Phase
from projects.models.preparing import BackingNote, CollectionPlan, Nod, Pair, Pledge, Task
from projects.models.question import policy_words, turn_round
from projects.models.round import Project

__all__ = [
    "AgendaItem",
    "Attendance",
    "BackingNote",
    "Check",
    "CollectionPlan",
    "Commitment",
    "ConsultationMeeting",
    "Nod",
    "Pair",
    "Phase",
    "Pledge",
    "Project",
    "Task",
    "in_a_row",
    "policy_words",
    "turn_round",
]
