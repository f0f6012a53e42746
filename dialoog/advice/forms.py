"""What one fills in for a question, for an advice and for its reply."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from analysis.models import Theme
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, Enquiry, PointReply
from dialoog.advice.models.letters import reply_time
from dialoog.partnerships.forms import TableForm
from projects.forms.ground import day
from projects.models import Project
from values.models import Value


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class TiedForm(TableForm):
    """Something that is about themes of the two sides, and about values of theirs."""

    def offer_ties(self):
        """The themes that were named together, latest round first, and the values that both know of."""
        named = Theme.objects.visible_to(self.seat).exclude(sentence="").filter(project__bundled_at__isnull=False)
        self.fields["themes"].queryset = named.order_by("-project__number", "position")
        self.fields["values"].queryset = Value.objects.visible_to(self.seat).listed().order_by("name")


class EnquiryForm(TiedForm):
    """What the municipality asks, what it is about, and by when it hopes to hear."""

    class Meta:
        model = Enquiry
        fields = ("title", "question", "due", "themes", "values")
        widgets = {
            "question": lines(6),
            "due": day(),
            "themes": forms.CheckboxSelectMultiple,
            "values": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "title": "Zo staat het boven de brief.",
            "question": "Zeg ook wat er nog open is, en wat al vastligt. Hoort er een stuk bij? Lever het in bij het "
            "overleg en noem hier hoe het heet.",
        }
        error_messages = {
            "title": {"required": "Schrijf op waarover u advies vraagt."},
            "question": {"required": "Schrijf op wat u wilt weten."},
            "due": {"required": "Kies een dag."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_ties()
        # A week more than that: a question is seldom sent on the day it is begun.
        table = self.seat.partnership
        self.initial.setdefault("due", timezone.localdate() + timedelta(weeks=table.reply_weeks + 1))
        self.fields["due"].help_text = (
            f"Geef de {table.council_word} ten minste {reply_time(table)} vanaf de dag van versturen. Zo lang hebt u "
            "zelf ook voor een antwoord."
        )

    def clean_due(self):
        due, today = self.cleaned_data["due"], timezone.localdate()
        if due < today:
            raise forms.ValidationError("Deze dag is al geweest. Kies een dag die nog komt.")
        if due.year > today.year + 2:
            raise forms.ValidationError("Kies een dag binnen twee jaar.")
        return due

    def clean(self):
        cleaned = super().clean()
        table, due = self.seat.partnership, cleaned.get("due")
        known_why = self.instance.nudge_reason and "due" not in self.changed_data
        if due and due < timezone.localdate() + timedelta(weeks=table.reply_weeks) and not known_why:
            later = "Kies een latere dag. Moet het toch eerder? Schrijf op waarom. Dat staat dan in de brief."
            self.nudge(f"{Enquiry.too_short(table)} {later}")
        return cleaned

    def keep_new(self, seat):
        return Enquiry.begin(seat, self.instance)


class RecallForm(TableForm):
    """Why the municipality asks this no longer."""

    why = forms.CharField(
        label="Waarom trekt u de vraag in?", max_length=500, widget=lines(3), help_text="Eén of twee zinnen.",
        error_messages={"required": "Schrijf op waarom u de vraag intrekt. Eén zin is genoeg."},
    )  # fmt: skip

    class Meta:
        model = Enquiry
        fields = ()

    def save(self, seat):
        self.instance.recall(seat, self.cleaned_data["why"])
        return self.instance


class DeclineForm(TableForm):
    """Why the council gives no advice on this."""

    why = forms.CharField(
        label="Waarom geeft u hierover geen advies?", max_length=500, widget=lines(3), help_text="Eén of twee zinnen.",
        error_messages={"required": "Schrijf op waarom u geen advies geeft. Eén zin is genoeg."},
    )  # fmt: skip

    class Meta:
        model = Enquiry
        fields = ()

    def save(self, seat):
        self.instance.decline(seat, self.cleaned_data["why"])
        return self.instance


class AdviceForm(TableForm):
    """What an advice is about, and why now."""

    class Meta:
        model = Advice
        fields = ("sort", "title", "project", "opening", "closing")
        widgets = {"sort": forms.RadioSelect, "opening": lines(6), "closing": lines(3)}
        help_texts = {
            "sort": "Kwam de vraag per brief of in een overleg? Dan is het ook gevraagd.",
            "title": "Zo staat het boven de brief.",
            "opening": "Noem waar het door komt: wat mensen vertelden, of wat de gemeente vroeg.",
            "closing": "Bijvoorbeeld: wij lichten dit graag toe in het volgende overleg.",
        }
        error_messages = {
            "title": {"required": "Schrijf op waar het advies over gaat."},
            "opening": {"required": "Schrijf op waarom u dit nu schrijft. Eén zin is genoeg."},
        }

    def __init__(self, *args, enquiry=None, **kwargs):
        super().__init__(*args, **kwargs)
        if enquiry:
            self.instance.enquiry = enquiry
            self.initial.setdefault("title", enquiry.title)
            rounds = {theme.project_id for theme in enquiry.themes.all()}
            self.initial.setdefault("project", rounds.pop() if len(rounds) == 1 else None)
        if self.instance.enquiry_id:
            # Whether it was asked for follows by itself.
            del self.fields["sort"]
        self.fields["project"].empty_label = "Bij geen ronde"
        self.fields["project"].queryset = Project.objects.visible_to(self.seat).order_by("-number")

    def keep_new(self, seat):
        return Advice.begin(seat, self.instance)


class PointForm(TiedForm):
    """One point, with the themes and values it comes from."""

    class Meta:
        model = AdvicePoint
        fields = ("text", "why", "themes", "values")
        widgets = {
            "text": lines(3),
            "why": lines(5),
            "themes": forms.CheckboxSelectMultiple,
            "values": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "text": "Eén ding per punt: dan kan er ook één antwoord op komen.",
            "themes": "Kies ten minste één thema of één waarde. Hoort het punt nergens bij? Dan vragen wij waarom.",
        }
        error_messages = {"text": {"required": "Schrijf op wat u aanraadt."}}

    def __init__(self, *args, advice=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.advice = advice or self.instance.advice
        for name in ("themes", "values"):
            self.fields[name].one_of_several = True
        self.offer_ties()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("themes") and not cleaned.get("values"):
            self.nudge("Dit punt hangt nog nergens aan. Kies een thema of een waarde: dan ziet u later wat hielp.")
        return cleaned

    def keep_new(self, seat):
        return AdvicePoint.add(seat, self.advice, self.instance)


class ReplyForm(TableForm):
    """How the reply begins and ends."""

    class Meta:
        model = AdviceReply
        fields = ("opening", "closing")
        widgets = {"opening": lines(6), "closing": lines(3)}
        help_texts = {"opening": "Bijvoorbeeld: waar bent u blij mee, wie hebt u erover gesproken?"}


class AnswerForm(TableForm):
    """The answer to one point."""

    class Meta:
        model = PointReply
        fields = ("verdict", "reasons")
        widgets = {"verdict": forms.RadioSelect, "reasons": lines(6)}
        help_texts = {"reasons": "Neemt u het over: wat gebeurt er dan, en wanneer? Anders: waarom niet?"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = PointReply.Verdict.choices

    def clean(self):
        cleaned = super().clean()
        needs = cleaned.get("verdict") in PointReply.NEEDS_REASONS
        if needs and not (cleaned.get("reasons") or "").strip():
            self.add_error("reasons", "Schrijf op waarom u dit punt niet of niet helemaal overneemt.")
        return cleaned
