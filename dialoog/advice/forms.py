"""What one fills in for an advice and for its reply."""

from django import forms

from analysis.models import Theme
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, PointReply
from dialoog.partnerships.forms import TableForm
from projects.models import Project
from values.models import Value


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class AdviceForm(TableForm):
    """What an advice is about, and why now."""

    class Meta:
        model = Advice
        fields = ("sort", "title", "project", "opening", "closing")
        widgets = {"sort": forms.RadioSelect, "opening": lines(6), "closing": lines(3)}
        help_texts = {
            "title": "Zo staat het boven de brief.",
            "opening": "Noem waar het door komt: wat mensen vertelden, of wat de gemeente vroeg.",
            "closing": "Bijvoorbeeld: wij lichten dit graag toe in het volgende overleg.",
        }
        error_messages = {
            "title": {"required": "Schrijf op waar het advies over gaat."},
            "opening": {"required": "Schrijf op waarom u dit nu schrijft. Eén zin is genoeg."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].empty_label = "Bij geen ronde"
        self.fields["project"].queryset = Project.objects.visible_to(self.seat).order_by("-number")

    def keep_new(self, seat):
        return Advice.begin(seat, self.instance)


class PointForm(TableForm):
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
        named = Theme.objects.visible_to(self.seat).exclude(sentence="").filter(project__bundled_at__isnull=False)
        for name in ("themes", "values"):
            self.fields[name].one_of_several = True
        self.fields["themes"].queryset = named.order_by("-project__number", "position")
        self.fields["values"].queryset = Value.objects.visible_to(self.seat).listed().order_by("name")

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
