"""What one fills in about accounts, statutory values and drafts."""

from django import forms

from dialoog.partnerships.forms import TableForm
from dialoog.partnerships.models import Party
from values.forms.table import lines
from values.models import PolicyReview, ReviewPoint, StatutoryValue, Value, ValueAccount


class OwnVoiceForm(TableForm):
    """The words of the own side in a unit that both sides have words in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        theirs = self.instance.own_texts(self.seat.other_side)
        for name in theirs:
            del self.fields[name]


class AccountForm(OwnVoiceForm):
    """How the municipality lives up to a value, or what the council sees of it."""

    class Meta:
        model = ValueAccount
        fields = ("municipality_account", "council_answer")
        widgets = {"municipality_account": lines(9), "council_answer": lines(9)}
        help_texts = {
            "municipality_account": "Noem iets dat u echt doet, en wat nog niet lukt. Schrijf in gewone woorden.",
            "council_answer": "Wat merken mensen ervan? Noem wat lukt en wat nog niet lukt.",
        }

    def keep_new(self, seat):
        own = {name: self.cleaned_data[name] for name in self.instance.own_texts(seat.party)}
        return ValueAccount.tell(seat, self.instance.value, self.instance.part, **own)


class CompareForm(forms.Form):
    """Which earlier day stands beside now."""

    dag = forms.ChoiceField(label="Vergelijk met")

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dag"].choices = days


class StatutoryForm(TableForm):
    """A value that a law gives."""

    class Meta:
        model = StatutoryValue
        fields = ("name", "law", "meaning")
        widgets = {"meaning": lines(4)}
        help_texts = {
            "name": "Een woord of een paar woorden.",
            "law": "Bijvoorbeeld: Algemene wet bestuursrecht, artikel 3:2.",
            "meaning": "Schrijf het zoals u het aan uw buurvrouw zou uitleggen.",
        }
        error_messages = {
            "name": {"required": "Schrijf op hoe de waarde heet."},
            "law": {"required": "Schrijf op in welke wet de waarde staat. Zonder wet is het geen grondwaarde."},
        }

    def keep_new(self, seat):
        return StatutoryValue.note(seat, self.instance)


class ReviewForm(TableForm):
    """A draft to be read value by value."""

    class Meta:
        model = PolicyReview
        fields = ["sort", "title", "about", "passages", "link"]
        widgets = {"about": lines(4), "passages": lines(8)}
        help_texts = {
            "about": "Twee of drie zinnen die iemand zonder het stuk begrijpt.",
            "passages": "Plak hier de zinnen die ertoe doen. Het hele stuk hoeft niet.",
            "link": "Begint met https://",
        }
        error_messages = {
            "title": {"required": "Schrijf op hoe het stuk heet."},
            "about": {"required": "Schrijf in gewone woorden waar het stuk over gaat."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        listed = Value.objects.visible_to(self.seat).listed().order_by("name")
        self.fields["values"] = forms.ModelMultipleChoiceField(
            queryset=listed,
            widget=forms.CheckboxSelectMultiple,
            label="Langs welke waarden leest u het?",
            help_text="De waarden van u beiden staan al aangekruist.",
            error_messages={"required": "Kies ten minste één waarde. Langs die waarde leest u samen het stuk."},
        )
        # What is hidden stands last, so that it does not come between two fields.
        self.order_fields([*self._meta.fields, "values"])
        self.initial["values"] = [value.pk for value in listed if value.is_shared]

    def keep_new(self, seat):
        return PolicyReview.bring(seat, self.instance, self.cleaned_data["values"])

    def _save_m2m(self):
        """The values of a draft are points with words of their own; the act makes them."""


class ReviewTextForm(ReviewForm):
    """The words of a draft that is on the table; values that were chosen stay."""

    class Meta(ReviewForm.Meta):
        fields = ["sort", "title", "about", "passages", "link", "result"]
        widgets = ReviewForm.Meta.widgets | {"result": lines(5)}
        help_texts = ReviewForm.Meta.help_texts | {
            "result": "Wat verandert er in het stuk? Wat blijft staan, en waarom? Schrijf dit samen."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["values"] = [point.value_id for point in self.instance.points()]
        self.fields["values"].required = False
        self.fields["values"].help_text = "U kunt er een bij kiezen. Een waarde waar al over is geschreven, blijft."

    def save(self, seat):
        thing = super().save(seat)
        thing.hold_against(seat, self.cleaned_data["values"])
        return thing


class PointForm(OwnVoiceForm):
    """What the own side says about one value beside one draft."""

    class Meta:
        model = ReviewPoint
        fields = ("municipality_serves", "council_verdict", "council_why")
        widgets = {"municipality_serves": lines(7), "council_verdict": forms.RadioSelect, "council_why": lines(6)}
        help_texts = {
            "municipality_serves": "Noem de zin of keuze in het stuk waar het uit blijkt. Of zeg dat die er niet is.",
            "council_why": "Wat zou iemand hiervan merken?",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "council_verdict" in self.fields:
            self.fields["council_verdict"].choices = ReviewPoint.Verdict.choices

    def clean(self):
        cleaned = super().clean()
        if self.seat.party == Party.COUNCIL:
            verdict, why = cleaned.get("council_verdict"), (cleaned.get("council_why") or "").strip()
            if verdict and not why:
                self.add_error("council_why", "Schrijf op waarom u dat vindt. Eén zin is genoeg.")
            elif why and not verdict:
                self.add_error("council_verdict", "Kies ook: draagt bij, neutraal of schuurt.")
        return cleaned
