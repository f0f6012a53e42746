from projects.models.checks import Check, in_a_row
from projects.models.commitments import Commitment
from projects.models.drafting import RoundDraft
from projects.models.looking_back import CloseOut
from projects.models.meetings import AgendaItem, Attendance, ConsultationMeeting
from projects.models.minutes import Decision, Minute, MinuteDissent, MinuteRefusal, MinuteSignature
from projects.models.papers import Paper, PapersRead
from projects.models.phases import Phase
from projects.models.preparing import BackingNote, CollectionPlan, Nod, Pair, Pledge
from projects.models.progress import OwnerLink
from projects.models.question import policy_words, turn_round, wide_words
from projects.models.reaching import CalendarAddress, Reminders
from projects.models.round import Project
from projects.models.tasks import Task
from projects.models.trust import STATEMENTS, TrustAnswer

__all__ = [
    "STATEMENTS",
    "AgendaItem",
    "Attendance",
    "BackingNote",
    "CalendarAddress",
    "Check",
    "CloseOut",
    "CollectionPlan",
    "Commitment",
    "ConsultationMeeting",
    "Decision",
    "Minute",
    "MinuteDissent",
    "MinuteRefusal",
    "MinuteSignature",
    "Nod",
    "OwnerLink",
    "Pair",
    "Paper",
    "PapersRead",
    "Phase",
    "Pledge",
    "Project",
    "Reminders",
    "RoundDraft",
    "Task",
    "TrustAnswer",
    "in_a_row",
    "policy_words",
    "turn_round",
    "wide_words",
]
