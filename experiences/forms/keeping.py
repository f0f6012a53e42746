"""Forms about what the council keeps of its tellers."""

from django import forms

from dialoog.partnerships.models import Member, Party
from experiences.models import Interview


class ReadingsForm(forms.Form):
    """Of whom, and about which conversation, somebody wants to see the reading log."""

    wie = forms.ModelChoiceField(label="Wie las", queryset=None, required=False, empty_label="iedereen")
    gesprek = forms.ModelChoiceField(label="Bij welk gesprek", queryset=None, required=False, empty_label="alle")

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        # Also who has left: what they read still stands in the log.
        there = Member.objects.visible_to(seat).exclude(party=Party.MUNICIPALITY).select_related("user")
        self.fields["wie"].queryset = there
        held = Interview.objects.visible_to(seat).select_related("project").order_by("-project__number", "number")
        self.fields["gesprek"].queryset = held
        self.fields["gesprek"].label_from_instance = lambda one: f"{one}, ronde {one.project.number}"

    @property
    def is_narrowed(self):
        """Whether a choice was made, so that an empty list means something else."""
        return self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, readings):
        """The readings of this person, about this conversation."""
        said = self.cleaned_data
        if said["wie"]:
            readings = readings.by_member(said["wie"])
        return readings.about(said["gesprek"].teller) if said["gesprek"] else readings
