from projects.models.checks import Check, in_a_row
from projects.models.commitments import Commitment
from projects.models.meetings import AgendaItem, Attendance, ConsultationMeeting
from projects.models.phases import Phase
from projects.models.preparing import BackingNote, CollectionPlan, Nod, Pair, Pledge
from projects.models.question import policy_words, turn_round
from projects.models.reaching import CalendarAddress, Reminders
from projects.models.round import Project
from projects.models.tasks import Task

__all__ = [
    "AgendaItem",
    "Attendance",
    "BackingNote",
    "CalendarAddress",
    "Check",
    "CollectionPlan",
    "Commitment",
    "ConsultationMeeting",
    "Nod",
    "Pair",
    "Phase",
    "Pledge",
    "Project",
    "Reminders",
    "Task",
    "in_a_row",
    "policy_words",
    "turn_round",
]
