"""What people fill in on their phone, without an account."""

from django import forms
from django.core.exceptions import ValidationError

from values.models import LONGEST_EXAMPLE, LONGEST_NOTICE, LONGEST_WORD, MOST_WORDS, plain, tidy

NUMBERS = ("geen", "één", "twee", "drie", "vier", "vijf")


class TidyField(forms.CharField):
    """A line of text, measured as it is kept: without signs that nobody sees."""

    def to_python(self, value):
        return tidy((super().to_python(value) or "").replace("\0", ""))


class CodeForm(forms.Form):
    """The code on the big screen."""

    code = TidyField(
        label="Welke code staat er op het scherm?",
        max_length=40,
        error_messages={"required": "Typ de code die op het grote scherm staat."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class GroupForm(forms.Form):
    """Where somebody in the room belongs."""

    group = forms.ModelChoiceField(
        queryset=None,
        label="Waar hoort u bij?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies waar u bij hoort.",
            "invalid_choice": "Deze groep is er niet meer. Kies een andere.",
        },
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups


class ExampleForm(forms.Form):
    """One example from the own life, and whether the room may read it."""

    example = TidyField(
        label="Uw voorbeeld",
        required=False,
        max_length=LONGEST_EXAMPLE,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST_EXAMPLE}),
        error_messages={"max_length": "Dit is te lang voor het scherm. Maak het korter dan %(limit_value)d tekens."},
    )
    may_show = forms.BooleanField(label="Mijn voorbeeld mag op het scherm en in de uitslag", required=False)
    none_now = forms.CharField(required=False)

    def clean(self):
        cleaned = super().clean()
        if "example" in cleaned and not cleaned["example"] and not cleaned.get("none_now"):
            self.add_error("example", "Schrijf een voorbeeld op, of ga door zonder voorbeeld.")
        return cleaned


class WordsForm(forms.Form):
    """At most five words, each with how one would notice it; and, after own words, ticks from a list."""

    def __init__(self, *args, chosen=(), offered=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = offered
        for place in range(1, MOST_WORDS + 1):
            kept = chosen[place - 1] if place <= len(chosen) else ("", "")
            self.fields[f"word_{place}"] = TidyField(
                label=f"Waarde {place}", required=False, max_length=LONGEST_WORD, initial=kept[0],
                widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_WORD}),
                error_messages={"max_length": "Dit is te lang. Schrijf één of een paar woorden, hooguit 40 tekens."},
            )  # fmt: skip
            self.fields[f"notice_{place}"] = TidyField(
                label="Waaraan merkt u dat?", required=False, max_length=LONGEST_NOTICE, initial=kept[1],
                widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST_NOTICE}),
                error_messages={"max_length": "Dit is te lang. Eén korte zin is genoeg, hooguit 160 tekens."},
            )  # fmt: skip
        if offered:
            self.fields["picks"] = forms.MultipleChoiceField(
                choices=[(name, name) for name in offered], required=False, widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Kies uit de lijst, of schrijf het woord zelf op."},
            )  # fmt: skip

    @property
    def rows(self):
        """The words with their notices, as they stand under each other."""
        return [(place, self[f"word_{place}"], self[f"notice_{place}"]) for place in range(1, MOST_WORDS + 1)]

    @property
    def ticked(self):
        """What is ticked in the list, also when the form came back."""
        return self.data.getlist("picks") if self.is_bound and hasattr(self.data, "getlist") else []

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        places = range(1, MOST_WORDS + 1)
        self.named = [(cleaned[f"word_{place}"], cleaned[f"notice_{place}"]) for place in places]
        if any(notice and not word for word, notice in self.named):
            raise ValidationError("Bij één zin staat geen waarde. Schrijf erbij om welke waarde het gaat.")
        self.named = [pair for pair in self.named if pair[0]]
        self.named += [(name, "") for name in cleaned.get("picks", ())]
        number = len({plain(word) for word, _ in self.named})
        if not number:
            raise ValidationError("Schrijf ten minste één waarde op. Eén woord is genoeg.")
        if number > MOST_WORDS:
            raise ValidationError(f"Kies er hoogstens vijf. U hebt er nu {number}. Haal er een paar weg.")
        return cleaned
