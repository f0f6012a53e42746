"""What both sides write in the report, and what one side writes in it alone."""

import hashlib
import re

from django import forms

from dialoog.partnerships.forms import TableForm, crispy
from dialoog.report.models import Report

HALF_A_PAGE = 180
LONG_SENTENCE = 20
LARGEST_FILE = 10 * 1024 * 1024
# The words of offices and of research; plain ones stand beside them.
HARD_WORDS = {
    "implementatie": "invoeren",
    "implementeren": "invoeren",
    "stakeholder": "wie ermee te maken heeft",
    "casus": "verhaal",
    "casussen": "verhalen",
    "respondent": "iemand die vertelde",
    "respondenten": "mensen die vertelden",
    "representatief": "zeg liever: dit is geen steekproef",
    "faciliteren": "helpen",
    "participatie": "meedoen",
    "monitoren": "bijhouden",
    "evalueren": "terugkijken",
    "beleidsmatig": "in de regels",
    "integraal": "alles samen",
    "knelpunten": "wat niet lukt",
    "knelpunt": "wat niet lukt",
    "aangaande": "over",
    "betreffende": "over",
    "middels": "met",
    "derhalve": "dus",
    "teneinde": "om",
    "conform": "zoals in",
    "inzake": "over",
    "omtrent": "over",
    "reeds": "al",
    "tevens": "ook",
    "voornoemde": "deze",
    "dienen": "moeten",
    "trachten": "proberen",
    "verstrekken": "geven",
    "verkrijgen": "krijgen",
    "realiseren": "maken",
    "bewerkstelligen": "zorgen dat",
    "optimaliseren": "beter maken",
    "inventariseren": "op een rij zetten",
    "signaleren": "zien",
    "borgen": "zorgen dat het zo blijft",
    "borging": "zorgen dat het zo blijft",
    "uitrollen": "overal invoeren",
    "doelgroep": "de mensen om wie het gaat",
    "zelfredzaamheid": "zelf kunnen",
    "dienstverlening": "hulp",
    "maatwerk": "wat bij iemand past",
    "traject": "plan",
    "kaders": "regels",
    "pilot": "proef",
    "input": "wat mensen zeggen",
    "data": "wat wij weten",
    "coderen": "bundelen",
    "significant": "duidelijk",
    "percentage": "zeg liever hoeveel mensen",
    "procent": "zeg liever hoeveel mensen",
}


class BriefHints:
    """Gentle remarks about the short version: half a page, short sentences, plain words. Never a gate."""

    def __init__(self, text):
        self.words = re.findall(r"[^\W\d_]+", text.lower())
        self.sentences_of_text = [part.split() for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]

    def sentences(self, partnership=None):
        """The remarks, each a sentence that says what to do."""
        remarks = []
        if len(self.words) > HALF_A_PAGE:
            remarks.append(
                f"‘In het kort’ telt {len(self.words)} woorden. Op een halve bladzijde passen er zo’n {HALF_A_PAGE}."
            )
        long = [sentence for sentence in self.sentences_of_text if len(sentence) > LONG_SENTENCE]
        if long:
            remarks.append(f"Deze zin is lang: ‘{' '.join(long[0][:6])} …’. Maak er twee van.")
        hard = [word for word in dict.fromkeys(self.words) if word in HARD_WORDS]
        remarks += [f"‘{word}’ is een moeilijk woord. Bijvoorbeeld: {HARD_WORDS[word]}." for word in hard]
        return remarks


class ReportForm(TableForm):
    """The texts of the report that both sides write together."""

    class Meta:
        model = Report
        fields = ["subtitle", "brief", "feedback"]
        labels = {
            "subtitle": "Ondertitel op de omslag",
            "brief": "In het kort",
            "feedback": "Wat de vertellers horen",
        }
        help_texts = {
            "subtitle": "Eén zin. Bijvoorbeeld: wat mensen ons vertelden, en wat wij daarom afspreken.",
            "brief": "Een halve bladzijde in gewone taal: wat vroegen wij, wat hoorden wij, wat spreken wij af? "
            "Noem ook wat goed ging en waarover u het niet eens bent.",
            "feedback": "Hoe en wanneer horen de mensen die vertelden wat er met hun verhaal is gedaan?",
        }
        widgets = {"brief": forms.Textarea(attrs={"rows": 12}), "feedback": forms.Textarea(attrs={"rows": 5})}


class CheckForm(forms.Form):
    """A file to check, or the mark that somebody computed of it."""

    file = forms.FileField(label="Het PDF-bestand", required=False, help_text="Wij bewaren het niet.")
    mark = forms.CharField(
        label="Of het kenmerk van het bestand",
        required=False,
        max_length=200,
        help_text="De SHA-256 van het bestand: 64 cijfers en letters. Spaties mogen.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crispy(self)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError("Dit bestand is te groot. Een verslag is nooit groter dan 10 MB.")
        return file

    def clean_mark(self):
        mark = "".join(self.cleaned_data["mark"].split()).lower()
        if mark and not re.fullmatch("[0-9a-f]{64}", mark):
            raise forms.ValidationError("Een kenmerk heeft 64 tekens: cijfers, en de letters a tot en met f.")
        return mark

    def clean(self):
        if not self.errors and not self.cleaned_data.get("file") and not self.cleaned_data.get("mark"):
            raise forms.ValidationError("Kies een bestand, of vul het kenmerk in.")
        return self.cleaned_data

    def fingerprint(self):
        """The hash of what was sent; a file counts before what was typed."""
        if file := self.cleaned_data["file"]:
            found = hashlib.sha256()
            for piece in file.chunks():
                found.update(piece)
            return found.hexdigest()
        return self.cleaned_data["mark"]


class OwnWordsForm(forms.Form):
    """What one side writes alone; when it comes too late the words stay in the form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        crispy(self)

    def kept(self, act):
        """What this act makes of a filled form, or None: then what is wrong stands above all that was typed."""
        if not self.is_valid():
            return None
        try:
            return act()
        except forms.ValidationError as refusal:
            self.add_error(None, forms.ValidationError(refusal.messages))
            return None


class DissentForm(OwnWordsForm):
    """Where one side sees it differently."""

    text = forms.CharField(
        label="Hoe uw kant het anders ziet",
        help_text="Dit komt op een eigen bladzijde, in dezelfde lettergrootte als de rest van het verslag.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Schrijf eerst op wat uw kant anders ziet."},
    )


class RefusalForm(OwnWordsForm):
    """Why the own side does not sign yet."""

    reason = forms.CharField(
        label="Wij tekenen nog niet, omdat …",
        help_text="Eén of twee zinnen. Bijvoorbeeld: wat er eerst anders moet, of met wie u nog overlegt.",
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom uw kant nog niet tekent."},
    )
