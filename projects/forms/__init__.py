from projects.forms.commitments import ClientsForm, CommitmentForm, FilterForm, ReopenForm, StatusForm
from projects.forms.meetings import AgendaItemForm, MeetingForm
from projects.forms.preparing import AnswerForm, BackingForm, PairForm, PlanForm, PledgeForm
from projects.forms.rounds import BackForm, CloseForm, LeadForm, MoveForm, OverrideForm, ProjectForm
from projects.forms.tasks import FinishForm, MoveTaskForm, TaskForm

__all__ = [
    "AgendaItemForm",
    "AnswerForm",
    "BackForm",
    "BackingForm",
    "ClientsForm",
    "CloseForm",
    "CommitmentForm",
    "FilterForm",
    "FinishForm",
    "LeadForm",
    "MeetingForm",
    "MoveForm",
    "MoveTaskForm",
    "OverrideForm",
    "PairForm",
    "PlanForm",
    "PledgeForm",
    "ProjectForm",
    "ReopenForm",
    "StatusForm",
    "TaskForm",
]
