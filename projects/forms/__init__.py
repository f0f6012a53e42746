from projects.forms.commitments import ClientsForm, CommitmentForm, FilterForm, ReopenForm, StatusForm
from projects.forms.meetings import AgendaItemForm, MeetingForm
from projects.forms.preparing import AnswerForm, BackingForm, PairForm, PlanForm, PledgeForm, TaskForm
from projects.forms.rounds import BackForm, CloseForm, FeedbackForm, LeadForm, MoveForm, OverrideForm, ProjectForm

__all__ = [
    "AgendaItemForm",
    "AnswerForm",
    "BackForm",
    "BackingForm",
    "ClientsForm",
    "CloseForm",
    "CommitmentForm",
    "FeedbackForm",
    "FilterForm",
    "LeadForm",
    "MeetingForm",
    "MoveForm",
    "OverrideForm",
    "PairForm",
    "PlanForm",
    "PledgeForm",
    "ProjectForm",
    "ReopenForm",
    "StatusForm",
    "TaskForm",
]
