"""What both sides write in the report, and what one side writes in it alone."""

import hashlib
import re

from crispy_forms.layout import HTML, Layout
from django import forms

from dialoog.partnerships.forms import TableForm, crispy
from dialoog.report.models import Dissent, Report

LARGEST_FILE = 10 * 1024 * 1024


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What could be said plainer stands under the text it is about.
        self.helper.layout = Layout("subtitle", "brief", HTML('{% include "report/_hints.html" %}'), "feedback")


class CheckForm(forms.Form):
    """A file to check, or the mark that somebody computed of it."""

    file = forms.FileField(label="Het PDF-bestand", required=False, help_text="Wij bewaren het niet.")
    mark = forms.CharField(
        label="Of het kenmerk",
        required=False,
        max_length=200,
        help_text="De SHA-256 van het bestand, of wat onder het verslag van een overleg staat: 64 cijfers en letters.",
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


class DissentForm(TableForm):
    """Where one side sees it differently."""

    class Meta:
        model = Dissent
        fields = ["text"]
        labels = {"text": "Hoe uw kant het anders ziet"}
        help_texts = {
            "text": "Dit komt op een eigen bladzijde, in dezelfde lettergrootte als de rest van het verslag.",
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}
        error_messages = {"text": {"required": "Schrijf eerst op wat uw kant anders ziet."}}

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.report = report

    def keep_new(self, seat):
        return Dissent.begin(seat, self.instance.report, self.instance.text, self.instance.pk)


class RefusalForm(OwnWordsForm):
    """Why the own side does not sign yet."""

    reason = forms.CharField(
        label="Wij tekenen nog niet, omdat …",
        help_text="Eén of twee zinnen. Bijvoorbeeld: wat er eerst anders moet, of met wie u nog overlegt.",
        max_length=240,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf op waarom uw kant nog niet tekent."},
    )
