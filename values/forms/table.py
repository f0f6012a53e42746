"""What one fills in about values."""

from django import forms
from django.core.exceptions import ValidationError

from dialoog.partnerships.forms import TableForm
from values.models import Value, ValuePractice, ValueView, plain


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


NAME_MISSING = {"required": "Schrijf de waarde op, in één of een paar woorden."}
MEANING_MISSING = {"required": "Schrijf op wat u eronder verstaat. Eén zin is genoeg."}


class ValueViewForm(TableForm):
    """A value of one's own side, for the sealed envelope."""

    class Meta:
        model = ValueView
        fields = ("name", "meaning", "why", "priority")
        widgets = {"meaning": lines(4), "why": lines(3), "priority": forms.RadioSelect}
        help_texts = {
            "name": "Een woord of een paar woorden.",
            "meaning": "Schrijf het zoals u het aan uw buurvrouw zou uitleggen.",
            "why": "Wat maakte u mee, waardoor dit belangrijk voor u werd?",
        }
        error_messages = {"name": NAME_MISSING, "meaning": MEANING_MISSING}

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        own = ValueView.objects.visible_to(self.seat).filter(party=self.seat.party, value=None)
        if plain(name) in {plain(view.name) for view in own if view.pk not in (self.instance.pk, self.sent_key)}:
            raise ValidationError("Deze waarde ligt al in uw envelop. Vul haar daar aan.")
        if plain(name) in {plain(value.name) for value in Value.objects.visible_to(self.seat)}:
            raise ValidationError("Deze waarde ligt al open op tafel. Zoek haar op bij Waarden.")
        return name

    @property
    def sent_key(self):
        """The key of the thing an earlier try of this form may have made: that one is no double."""
        return self.fields["key"].to_python(self.data.get("key")) if "key" in self.fields else None

    def keep_new(self, seat):
        return ValueView.lay_in(seat, self.instance)


class ProposalForm(TableForm):
    """A value that one side lays openly on the table."""

    class Meta:
        model = Value
        fields = ("name", "meaning")
        labels = {"meaning": "Wat verstaat u eronder?"}
        widgets = {"meaning": lines(4)}
        help_texts = {"name": "Een woord of een paar woorden."}
        error_messages = {"name": NAME_MISSING, "meaning": MEANING_MISSING}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meaning"].required = True

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        own = {
            plain(value.name) for value in Value.objects.visible_to(self.seat) if str(value.pk) != self.data.get("key")
        }
        if plain(name) in own:
            raise ValidationError("Deze waarde ligt al open op tafel. Zoek haar op bij Waarden.")
        return name

    def keep_new(self, seat):
        return Value.propose(seat, self.instance.pk, self.instance.name, self.instance.meaning)


class ValueForm(TableForm):
    """The joint words of a value."""

    class Meta:
        model = Value
        fields = ("name", "meaning")
        widgets = {"meaning": lines(5)}
        help_texts = {"meaning": "Verandert u iets? Dan zegt de andere kant opnieuw ja of nee."}
        error_messages = {"name": NAME_MISSING}


class PracticeForm(TableForm):
    """What a value looks like on an ordinary day."""

    class Meta:
        model = ValuePractice
        fields = ("behaviour", "place", "safeguard")
        widgets = {"behaviour": lines(4), "safeguard": lines(3)}
        help_texts = {
            "behaviour": "Schrijf iets op dat een ander kan zien of horen. Bijvoorbeeld: wie binnenkomt wordt begroet.",
            "place": "Bijvoorbeeld: bij de poort, in de brief, bij het eerste gesprek.",
            "safeguard": "Bijvoorbeeld: elke nieuwe collega kijkt een ochtend mee.",
        }
        error_messages = {"behaviour": {"required": "Schrijf op wat iemand dan kan zien of horen."}}

    def __init__(self, *args, value=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.value = value

    def keep_new(self, seat):
        return ValuePractice.describe(seat, self.value, self.instance)


class JoinForm(forms.Form):
    """Which value of the other side means the same."""

    other = forms.ModelChoiceField(queryset=None, label="Hoort bij", empty_label="Kies een waarde")

    def __init__(self, *args, seat, value, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = Value.objects.visible_to(seat).joinable_with(value)
