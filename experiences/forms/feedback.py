"""Forms about telling back."""

from django import forms
from django.utils import timezone

from dialoog.partnerships.forms import crispy
from experiences.models import Feedback


class LetterForm(forms.Form):
    """What one teller will read or hear."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label="Wat de verteller leest of hoort",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text="Verander wat u wilt. Tot zo’n 2000 tekens past het op één blad.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crispy(self)
        self.helper.render_hidden_fields = True


class ToldForm(forms.Form):
    """How and when a teller heard it."""

    way = forms.ChoiceField(label="Hoe hoorde de verteller het?", widget=forms.RadioSelect)
    on = forms.DateField(label="Wanneer?", initial=timezone.localdate)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = [choice for choice in Feedback.Way.choices if choice[0] != Feedback.Way.MAILED]
        self.fields["way"].initial = Feedback.Way.READ
        crispy(self)


class ExcuseForm(forms.Form):
    """Why a teller does not hear it."""

    reason = forms.CharField(
        label="Waarom niet?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bijvoorbeeld: het nummer werkt niet meer. Alleen de raad leest dit.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crispy(self)


class ConcludeForm(forms.Form):
    """The council is done telling back in this round."""

    reason = forms.CharField(
        label="Waarom niet alles",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen nodig als er nog iets openstaat. De gemeente leest dit ook: noem niemand.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crispy(self)
