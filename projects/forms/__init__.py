from projects.forms.commitments import ClientsForm, CommitmentForm, FilterForm, ReopenForm, StatusForm
from projects.forms.looking_back import CloseOutForm, TrustForm, TrustYesForm
from projects.forms.meetings import (
    AgendaItemForm,
    CancelForm,
    DecidedCommitmentForm,
    DecidedTaskForm,
    DecisionForm,
    MeetingForm,
    MinuteDissentForm,
    MinuteRefusalForm,
    MinutesForm,
    PaperForm,
    PresentForm,
)
from projects.forms.preparing import AnswerForm, BackingForm, PairForm, PlanForm, PledgeForm
from projects.forms.progress import AskOwnerForm, TellForm
from projects.forms.rounds import BackForm, CloseForm, LeadForm, MoveForm, OverrideForm, ProjectForm
from projects.forms.starting import QUESTIONS, EndForm, idle_people, proposed_rows, proposed_tasks, typed_tasks
from projects.forms.tasks import FinishForm, MoveTaskForm, TaskForm

__all__ = [
    "QUESTIONS",
    "AgendaItemForm",
    "AnswerForm",
    "AskOwnerForm",
    "BackForm",
    "BackingForm",
    "CancelForm",
    "ClientsForm",
    "CloseForm",
    "CloseOutForm",
    "CommitmentForm",
    "DecidedCommitmentForm",
    "DecidedTaskForm",
    "DecisionForm",
    "EndForm",
    "FilterForm",
    "FinishForm",
    "LeadForm",
    "MeetingForm",
    "MinuteDissentForm",
    "MinuteRefusalForm",
    "MinutesForm",
    "MoveForm",
    "MoveTaskForm",
    "OverrideForm",
    "PairForm",
    "PaperForm",
    "PlanForm",
    "PledgeForm",
    "PresentForm",
    "ProjectForm",
    "ReopenForm",
    "StatusForm",
    "TaskForm",
    "TellForm",
    "TrustForm",
    "TrustYesForm",
    "idle_people",
    "proposed_rows",
    "proposed_tasks",
    "typed_tasks",
]
