"""What both sides write in the report, and what one side writes in it alone."""

import re

from crispy_forms.helper import FormHelper
from django import forms

from dialoog.partnerships.forms import TableForm
from dialoog.report.models import Report

HALF_A_PAGE = 180
LONG_SENTENCE = 20
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


class DissentForm(forms.Form):
    """Where one side sees it differently."""

    text = forms.CharField(
        label="Hoe uw kant het anders ziet",
        help_text="Dit komt op een eigen bladzijde, in dezelfde lettergrootte als de rest van het verslag.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Schrijf eerst op wat uw kant anders ziet."},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
