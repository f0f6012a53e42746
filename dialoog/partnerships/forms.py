"""The ground form for things on a table."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms

from dialoog.partnerships.models import PartnershipModel
from dialoog.partnerships.writing import Written


def sent_number(data, name):
    """A whole number that a page sent back; whatever else arrives counts as a version that never was."""
    sent = str(data.get(name) or "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


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
            if isinstance(self.instance, Written):
                # The version that is on the screen: what is sent is laid over that one, whatever was saved since.
                self.fields["version"] = forms.CharField(widget=forms.HiddenInput, required=False)
                self.initial["version"] = self.instance.version
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, PartnershipModel):
                field.queryset = field.queryset.visible_to(seat)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True

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
            if isinstance(self.instance, Written):
                self.instance.wrote(seat)
            thing = self.keep_new(seat)
        elif isinstance(self.instance, Written):
            thing = self._write(seat)
        else:
            self.instance.save()
            thing = self.instance
        if getattr(thing, "is_new", True):
            self._save_m2m()
        return thing

    def keep_new(self, seat):
        """Make the new thing, once. A form of which the thing has an act of its own calls that instead."""
        return self.instance.keep_once()

    def _write(self, seat):
        """Lay the texts over what stands there now; `thing.conflicts` tells what did not fit."""
        thing = self.instance
        sent = {name: value for name, value in self.cleaned_data.items() if name in thing.texts}
        # Only what this form asks: the rest of this copy may be older than what others saved since.
        asked = [field.name for field in thing._meta.concrete_fields if field.name in self._meta.fields]
        asked = [name for name in asked if name not in thing.texts]
        asked += ["nudge_reason"] if self.nudge_reason and hasattr(thing, "nudge_reason") else []
        if asked:
            thing.save(update_fields=asked)
        version = sent_number(self.cleaned_data, "version")
        thing.write(seat, version, **{name: getattr(value, "pk", value) for name, value in sent.items()})
        return thing
