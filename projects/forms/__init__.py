from projects.forms.commitments import ClientsForm, CommitmentForm, FilterForm, ReopenForm, StatusForm
from projects.forms.looking_back import CloseOutForm, TrustForm
from projects.forms.meetings import AgendaItemForm, MeetingForm
from projects.forms.preparing import AnswerForm, BackingForm, PairForm, PlanForm, PledgeForm
from projects.forms.rounds import BackForm, CloseForm, LeadForm, MoveForm, OverrideForm, ProjectForm
from projects.forms.starting import QUESTIONS, EndForm, proposed_tasks, typed_tasks
from projects.forms.tasks import FinishForm, MoveTaskForm, TaskForm

__all__ = [
    "QUESTIONS",
    "AgendaItemForm",
    "AnswerForm",
    "BackForm",
    "BackingForm",
    "ClientsForm",
    "CloseForm",
    "CloseOutForm",
    "CommitmentForm",
    "EndForm",
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
    "TrustForm",
    "proposed_tasks",
    "typed_tasks",
]
