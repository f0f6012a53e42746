"""Forms about the words on the papers."""

from crispy_forms.layout import HTML, Layout
from django import forms

from dialoog.partnerships.forms import TableForm, crispy, sent_number
from experiences.models import Addresses, InterviewGuide
from experiences.models.papers import dutch_card

REST = """<h2 class="utrecht-heading-3 field-gap">De andere regels op de kaart</h2>
<p class="soft">Boven elk vak staat de Nederlandse regel. Wat u leeg laat, komt in het Nederlands op de kaart.</p>"""


def _area(rows):
    return forms.Textarea(attrs={"rows": rows})


class ConsentTextForm(forms.Form):
    """The text that is read aloud."""

    body = forms.CharField(
        label="De tekst",
        max_length=4000,
        widget=_area(18),
        help_text="Korte zinnen, hardop te lezen. Tot zo’n 1400 tekens past de kaart op één blad.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crispy(self)

    def said(self):
        """What was typed, as the act takes it."""
        return {"body": self.cleaned_data["body"]}


class TranslationForm(ConsentTextForm):
    """The same text in another language, and the other words on the card: each beside the Dutch it stands for."""

    language = forms.CharField(label="Taal", max_length=40, help_text="In het Nederlands, bijvoorbeeld: Turks.")

    field_order = ("language", "body")

    def __init__(self, *args, seat, known=None, **kwargs):
        lines, own = dutch_card(seat.partnership), known.on_card() if known else {}
        initial = {f"card_{name}": own.get(name) or "" for name in lines}
        super().__init__(*args, **kwargs | {"initial": initial | kwargs.get("initial", {})})
        for name, words in lines.items():
            self.fields[f"card_{name}"] = forms.CharField(label=words, max_length=160, required=False)
        self.lines = list(lines)
        crispy(self)
        self.helper.layout = Layout("language", "body", HTML(REST), *(f"card_{name}" for name in lines))

    def said(self):
        """What was typed, as the act takes it."""
        said = self.cleaned_data
        card = {name: said[f"card_{name}"] for name in self.lines}
        return {"body": said["body"], "language": said["language"], "card": card}


class GuideForm(TableForm):
    """What is asked in the conversations of one round; whoever opens it first finds what the question gives."""

    class Meta:
        model = InterviewGuide
        fields = InterviewGuide.texts
        help_texts = {
            "opening": "Elke regel komt als een punt op de leidraad.",
            "questions": "De ervaringsvraag staat bovenaan, groot. Liever vijf vragen dan tien.",
            "probing": "Korte vragen die altijd passen.",
            "closing": "Wat u nooit vergeet voor u weggaat.",
        }
        widgets = {"opening": _area(4), "questions": _area(8), "probing": _area(5), "closing": _area(5)}

    def __init__(self, *args, seat, instance, **kwargs):
        super().__init__(*args, seat=seat, instance=instance, **kwargs)
        if instance._state.adding:
            # The first version is what follows from the question: two who begin at once both changed that one.
            self.fields["version"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial["version"] = 1

    def keep_new(self, seat):
        texts = {name: self.cleaned_data[name] for name in InterviewGuide.texts}
        self.instance.write(seat, sent_number(self.cleaned_data, "version"), **texts)
        return self.instance


class AddressesForm(TableForm):
    """Where somebody can turn to, as the council wants it on its papers."""

    class Meta:
        model = Addresses
        fields = Addresses.texts
        help_texts = {
            "reach": "Telefoon, mail, en wanneer. Bijvoorbeeld: Bel 06-00000000 of mail raad@voorbeeld.nl.",
            "urgent": "Elke regel: een nummer of naam, een dubbele punt, en waarvoor.",
            "nearby": "Het wijkteam, cliëntondersteuning, de voedselbank. Zet het nummer vooraan.",
            "complaint": "Het adres voor klachten van uw gemeente, en daarna de ombudsman.",
        }
        widgets = {"reach": _area(3), "urgent": _area(5), "nearby": _area(6), "complaint": _area(5)}
