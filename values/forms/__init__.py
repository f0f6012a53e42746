"""What one fills in about values, at the table and in the room."""

from values.forms.accounts import (
    AccountForm,
    CompareForm,
    PointForm,
    ReviewForm,
    ReviewTextForm,
    StatutoryForm,
)
from values.forms.room import CodeForm, ExampleForm, GroupForm, WordsForm
from values.forms.table import JoinForm, PracticeForm, ProposalForm, ValueForm, ValueViewForm
from values.forms.workshop import WorkshopForm

__all__ = [
    "AccountForm",
    "CodeForm",
    "CompareForm",
    "ExampleForm",
    "GroupForm",
    "JoinForm",
    "PointForm",
    "PracticeForm",
    "ProposalForm",
    "ReviewForm",
    "ReviewTextForm",
    "StatutoryForm",
    "ValueForm",
    "ValueViewForm",
    "WordsForm",
    "WorkshopForm",
]
