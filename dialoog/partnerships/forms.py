"""The ground form for things on a table."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms

from dialoog.partnerships.models import PartnershipModel


class TableForm(forms.ModelForm):
    """A form about a thing on a table: it knows its seat, makes one thing however often it is sent, and can nudge."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = seat
        self.nudges = []
        if self.instance._state.adding:
            self.instance.partnership = seat.partnership
            self.initial.setdefault("key", uuid.uuid4())
        else:
            del self.fields["key"]
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, PartnershipModel):
                field.queryset = field.queryset.visible_to(seat)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def nudge(self, field, sentence):
        """Say that this is unwise; whoever ticks 'toch doorgaan' and gives a reason goes on. Call it in `clean`."""
        self.nudges.append(sentence)
        if not self.nudge_reason:
            self.add_error(field, forms.ValidationError(sentence, code="nudge"))

    @property
    def go_on(self):
        """Whether the person ticked 'toch doorgaan'."""
        return bool(self.data.get(self.add_prefix("go_on")))

    @property
    def typed_reason(self):
        """The reason as typed, kept in the form when it comes back."""
        return self.data.get(self.add_prefix("go_on_reason"), "").strip()[:300]

    @property
    def nudge_reason(self):
        """Why somebody goes on in spite of a nudge; empty when they did not say so."""
        return self.typed_reason if self.go_on else ""

    def save(self, seat):
        """Keep the thing; a second try with the same key gives back the first."""
        if self.nudge_reason and hasattr(self.instance, "nudge_reason"):
            self.instance.nudge_reason = self.nudge_reason
        if self.instance._state.adding:
            self.instance.pk = self.cleaned_data.get("key") or uuid.uuid4()
            thing = self.instance.keep_once()
        else:
            self.instance.save()
            thing = self.instance
        if getattr(thing, "is_new", True):
            self._save_m2m()
        return thing
