"""Forms about what the council keeps of its tellers."""

from crispy_forms.helper import FormHelper
from django import forms

from dialoog.partnerships.models import Member, Party
from experiences.models import Interview, Teller, Terms
from experiences.models.tellers import tidy_code


class CodeForm(forms.Form):
    """The code on a teller's card."""

    code = forms.CharField(
        label="Code op het strookje", max_length=12, help_text="Letter, cijfer, letter en twee cijfers, zoals K4M 72."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_code(self):
        return tidy_code(self.cleaned_data["code"])

    def teller(self, seat):
        """The teller with this code, or None with a sentence at the field."""
        code = self.cleaned_data["code"]
        found = Teller.objects.visible_to(seat).with_code(code)
        if found is None:
            self.add_error("code", "Deze code kennen wij niet. Kijk nog eens op de kaart.")
        elif found.is_withdrawn:
            self.add_error("code", "Dit gesprek is al ingetrokken. Er is niets meer van bewaard.")
            return None
        return found


class TermsForm(forms.ModelForm):
    """How long the council keeps what."""

    class Meta:
        model = Terms
        fields = ("story_months", "consent_months", "reading_months", "invitation_days", "device_days")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        said = super().clean()
        if said.get("consent_months", 0) < said.get("story_months", 0):
            self.add_error("consent_months", "Zolang het verhaal er is, moet ook de toestemming er zijn.")
        return said


class ReadingsForm(forms.Form):
    """Of whom, and about which conversation, somebody wants to see the reading log."""

    wie = forms.ModelChoiceField(label="Wie las", queryset=None, required=False, empty_label="iedereen")
    gesprek = forms.ModelChoiceField(label="Bij welk gesprek", queryset=None, required=False, empty_label="alle")

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        # Also who has left: what they read still stands in the log.
        there = Member.objects.visible_to(seat).exclude(party=Party.MUNICIPALITY).select_related("user")
        self.fields["wie"].queryset = there
        held = Interview.objects.visible_to(seat).select_related("project", "teller")
        self.fields["gesprek"].queryset = held.order_by("-project__number", "number")
        self.fields["gesprek"].label_from_instance = lambda one: f"{one}, ronde {one.project.number}"

    @property
    def is_narrowed(self):
        """Whether a choice was made, so that an empty list means something else."""
        return self.is_valid() and any(self.cleaned_data.values())

    @property
    def about(self):
        """The one conversation that was chosen, or None."""
        return self.cleaned_data["gesprek"] if self.is_valid() else None

    def narrow(self, readings):
        """The readings of this person, about this conversation."""
        said = self.cleaned_data
        if said["wie"]:
            readings = readings.by_member(said["wie"])
        return readings.about(said["gesprek"].teller) if said["gesprek"] else readings
