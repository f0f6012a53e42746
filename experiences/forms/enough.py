"""Forms for whom the council looks for, and where its time goes."""

import uuid

from django import forms
from django.utils import timezone

from dialoog.partnerships.forms import crispy
from experiences.models import TimeEntry

HOW_LONG = "Vul in hoe lang het duurde, van één minuut tot twaalf uur."


class TraitForm(forms.Form):
    """A trait and its bands: one field per band, and room for a few more."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label="Naam van het kenmerk", max_length=40, help_text="Bijvoorbeeld: leeftijd.")

    def __init__(self, *args, trait=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.bands = {f"band_{band.pk}": band for band in trait.bands} if trait else {}
        if trait:
            del self.fields["key"]
            self.initial["name"] = trait.name
        else:
            self.initial.setdefault("key", uuid.uuid4())
        self.more = [f"more_{place}" for place in range(1, (2 if trait else 4) + 1)]
        for place, name in enumerate([*self.bands, *self.more], 1):
            self.fields[name] = forms.CharField(label=f"Groep {place}", max_length=40, required=False)
            # Two are asked, whichever: of none of them can be said that it may stay empty.
            self.fields[name].one_of_several = True
            self.initial[name] = self.bands[name].label if name in self.bands else ""
        self.fields[
            "more_1"
        ].help_text = "Maak de groepen ruim. Een wijk of leeftijd met een paar mensen wijst naar één mens."
        crispy(self)
        self.helper.render_hidden_fields = True

    @property
    def labels(self):
        """What stands in the fields of the bands that are there already; a field that was not sent changes nothing."""
        return {band.pk: self.cleaned_data[name] for name, band in self.bands.items() if name in self.data}

    @property
    def added(self):
        """What stands in the new fields."""
        return [self.cleaned_data[name] for name in self.more if self.cleaned_data[name].strip()]


class SeekingForm(forms.Form):
    """What the council will do about whom it still misses."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    plan = forms.CharField(
        label="Wat doen wij eraan?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bijvoorbeeld: wij vragen het bij het jongerenwerk. Schrijf niet op wie u al sprak.",
    )

    def __init__(self, *args, seeking=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"version": seeking.version, "plan": seeking.plan} if seeking else {"version": 0}
        crispy(self)
        self.helper.render_hidden_fields = True


class TimeForm(forms.Form):
    """Another day, or another amount of time."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    went_to = forms.ChoiceField(label="Waaraan?", choices=TimeEntry.WentTo.choices, widget=forms.RadioSelect)
    minutes = forms.IntegerField(
        label="Hoeveel minuten?", min_value=1, max_value=720, initial=60,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_LONG),
    )  # fmt: skip
    spent_on = forms.DateField(label="Wanneer?", widget=forms.DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("spent_on", timezone.localdate())
        crispy(self)
        self.helper.render_hidden_fields = True
