"""What one fills in about values, at the table and in the room."""

from values.forms.room import CodeForm, ExampleForm, GroupForm, WordsForm
from values.forms.table import JoinForm, PracticeForm, ProposalForm, ValueForm, ValueViewForm
from values.forms.workshop import WorkshopForm

__all__ = [
    "CodeForm",
    "ExampleForm",
    "GroupForm",
    "JoinForm",
    "PracticeForm",
    "ProposalForm",
    "ValueForm",
    "ValueViewForm",
    "WordsForm",
    "WorkshopForm",
]
