"""Forms for conversations, consent, contact and cards."""

import uuid
from typing import ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone

from dialoog.partnerships.forms import TableForm
from dialoog.partnerships.models import Member, Party
from experiences.models import Consent, ConsentText, ContactDetail, Feedback, Interview, Teller, new_code


class InterviewForm(TableForm):
    """What was around the conversation: when, who, where, how."""

    code = forms.CharField(
        label="Code op het strookje",
        max_length=12,
        required=False,
        help_text="Staat op het strookje van de verteller. Nog geen code? Laat dit leeg: dan krijgt u er een.",
    )
    whose = forms.ChoiceField(
        label="Van wie is het verhaal?", choices=Teller.Whose.choices, widget=forms.RadioSelect, initial="client"
    )
    note = forms.CharField(
        label="Let op de volgende keer",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Voor de veiligheid, bijvoorbeeld: ga hier niet alleen heen. Alleen de raad leest dit.",
    )

    class Meta:
        model = Interview
        fields = ("held_on", "interviewers", "form", "place", "approach", "began_at", "ended_at", "minutes", "declined")
        field_classes = {"interviewers": forms.ModelMultipleChoiceField}
        widgets = {
            "interviewers": forms.CheckboxSelectMultiple,
            "form": forms.RadioSelect,
            "approach": forms.RadioSelect,
            "began_at": forms.TimeInput(attrs={"data-clock": "start"}),
            "ended_at": forms.TimeInput(attrs={"data-clock": "stop"}),
        }
        help_texts = {
            "interviewers": "Ga liever met z’n tweeën: één praat, één schrijft.",
            "began_at": "Met de klok, of zelf ingevuld. Weet u het niet meer? Vul dan alleen de minuten in.",
            "declined": "Kruis dit aan als iemand geen ja zei. Dan schrijft u niets op van wat er gezegd is.",
        }

    field_order = (
        "code",
        "held_on",
        "interviewers",
        "whose",
        "place",
        "form",
        "approach",
        "began_at",
        "ended_at",
        "minutes",
        "declined",
        "note",
    )

    # What to do about a field that was left empty.
    EMPTY: ClassVar = {
        "held_on": "Kies de dag waarop u elkaar sprak.",
        "interviewers": "Kruis aan wie het gesprek hield.",
        "place": "Kies wat voor plek het was.",
        "form": "Kies hoe u elkaar sprak.",
        "approach": "Kies hoe u bij deze verteller kwam.",
    }

    def __init__(self, *args, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project or self.instance.project
        self.fields["approach"].choices = Interview.Approach.choices
        self.fields["form"].choices = Interview.Form.choices
        self.fields["place"].choices = [("", "Kies de plek"), *Interview.Place.choices]
        for name, sentence in self.EMPTY.items():
            self.fields[name].error_messages["required"] = sentence
        there = Member.objects.visible_to(self.seat).exclude(party=Party.MUNICIPALITY).select_related("user")
        # Who was there stays so after leaving the table: otherwise a mended date would take them out.
        was_there = [] if self.instance._state.adding else self.instance.interviewers.all()
        self.fields["interviewers"].queryset = there.active() | there.filter(pk__in=was_there)
        if self.instance._state.adding:
            self.initial.setdefault("interviewers", [self.seat.pk])
        else:
            self.fields["code"].required = True
            self.fields["code"].help_text = "Staat op het strookje van de verteller."
            teller = self.instance.teller
            self.initial |= {"code": teller.code, "whose": teller.whose, "note": self.instance.note}

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Dit gesprek moet nog komen. Kies de dag waarop u elkaar sprak.")
        return day

    def clean(self):
        said = super().clean()
        people = said.get("interviewers")
        if people is not None and len(people) == 1 and not said.get("declined"):
            self.nudge("Ga liever met z’n tweeën: dat is veiliger, en één kan schrijven.")
        if said.get("approach") == Interview.Approach.MAIL:
            self.nudge(
                "Met alleen post of mail bereikt u vooral wie toch al meedoet. Spreek mensen ook zelf aan.",
            )
        return said

    def keep_new(self, seat):
        said = self.cleaned_data
        code = said["code"] or new_code()
        return Interview.begin(seat, self.instance, self.project, code, said["whose"], said["note"])

    def save(self, seat):
        if self.instance._state.adding:
            return super().save(seat)
        said = self.cleaned_data
        if self.nudge_reason:
            self.instance.nudge_reason = self.nudge_reason
        self.instance.change(seat, said["code"], said["whose"], said["note"])
        self._save_m2m()
        return self.instance


class ConsentForm(forms.ModelForm):
    """What the teller said yes to."""

    remark = forms.CharField(
        label="Iets erbij",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bijvoorbeeld wat de verteller niet terug wil lezen. Alleen de raad leest dit.",
    )

    wants_feedback = forms.BooleanField(
        label="Wil horen wat ermee is gedaan",
        required=False,
        help_text="U vertelt het later terug: op papier, aan de telefoon of aan tafel.",
    )

    class Meta:
        model = Consent
        fields = ("given_on", "way", "text", *Consent.SCOPES)
        widgets = {"way": forms.RadioSelect}
        help_texts = {"text": "Het nummer staat onder aan de kaart, met de taal erbij."}

    field_order = ("given_on", "way", "text", *Consent.SCOPES, "wants_feedback", "remark")

    def __init__(self, *args, seat, teller, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = seat
        now = ConsentText.of(seat.partnership)
        self.fields["text"].queryset = ConsentText.objects.visible_to(seat)
        self.fields["text"].empty_label = None
        self.fields["text"].label, self.fields["way"].label = (
            "Welke tekst las u voor?",
            "Hoe gaf de verteller toestemming?",
        )
        self.fields["way"].choices = Consent.Way.choices
        self.initial.setdefault("text", now.pk)
        if self.instance._state.adding:
            self.instance.partnership, self.instance.teller = seat.partnership, teller
            self.initial.setdefault("way", Consent.Way.SPOKEN)
        else:
            self.initial["remark"] = self.instance.words().get("remark", "")
        self.known = Feedback.objects.visible_to(seat).filter(teller=teller).first()
        self.initial["wants_feedback"] = self.known is not None
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def save(self, seat):
        self.instance.note(seat, self.cleaned_data["remark"])
        if self.cleaned_data["wants_feedback"]:
            Feedback.ask(seat, self.instance.teller)
        elif self.known and self.known.is_owed:
            self.known.no_longer(seat)
        return self.instance


class ContactForm(forms.ModelForm):
    """How to reach a teller; kept apart from what was told."""

    name = forms.CharField(label="Naam", required=False, max_length=120)
    phone = forms.CharField(label="Telefoonnummer", required=False, max_length=30)
    email = forms.EmailField(label="Mailadres", required=False, max_length=200)
    address = forms.CharField(label="Adres", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = ContactDetail
        fields = ("purpose", "delete_by")
        widgets = {"purpose": forms.RadioSelect}
        help_texts = {"delete_by": "Na deze dag leest niemand de gegevens meer."}

    field_order = ("name", "phone", "email", "address", "purpose", "delete_by")

    def __init__(self, *args, seat, teller, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = ContactDetail.Purpose.choices
        if self.instance._state.adding:
            self.instance.partnership, self.instance.teller = seat.partnership, teller
        else:
            self.initial |= self.instance.details()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def save(self, seat):
        details = {name: self.cleaned_data[name].strip() for name in ("name", "phone", "email", "address")}
        self.instance.note(seat, **details)
        return self.instance


class CardForm(forms.Form):
    """A card in the making: a heading and a text."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    heading = forms.CharField(
        label="Kop",
        max_length=45,
        min_length=3,
        help_text="Hooguit 45 tekens, in de woorden van de verteller. Bijvoorbeeld: Iedereen in de rij kon het horen.",
    )
    text = forms.CharField(
        label="Tekst",
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Eén ding dat gebeurde. Laat weg waaraan iemand de verteller herkent: namen, plekken, een auto.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True


class MissedForm(forms.Form):
    """Whom the council did not reach; both sides read it."""

    missed = forms.CharField(
        label="Wie of wat misten wij?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Dit komt in het verslag. Bijvoorbeeld: jongeren, of mensen die geen Nederlands spreken.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class HelperForm(forms.Form):
    """Which neutral person may help with the conversations."""

    member = forms.ModelChoiceField(label="Wie helpt?", queryset=None, widget=forms.RadioSelect)

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        there = Member.objects.visible_to(seat).active().filter(party=Party.NEUTRAL).select_related("user")
        self.fields["member"].queryset = there
        self.fields["member"].empty_label = None
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
