"""Trust at the beginning of a round, and looking back at its end."""

from django import forms

from dialoog.partnerships.models import Event
from projects.forms.ground import OnlyOneForm, RoundForm, lines
from projects.models import CloseOut, CollectionPlan, Project, TrustAnswer, in_a_row


class TrustForm(RoundForm):
    """What one person says about the trust, alone."""

    class Meta:
        model = TrustAnswer
        fields = list(TrustAnswer.FIELDS)
        widgets = dict.fromkeys(TrustAnswer.FIELDS, forms.RadioSelect)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project
        for name in TrustAnswer.FIELDS:
            field = self.fields[name]
            field.choices = TrustAnswer._meta.get_field(name).choices
            field.error_messages["required"] = "Kies wat het meest klopt."

    def save(self, seat):
        answers = {name: self.cleaned_data[name] for name in TrustAnswer.FIELDS}
        return TrustAnswer.fill_in(seat, self.project, **answers)


class TrustYesForm(RoundForm):
    """The own side's yes that there is enough trust; with hardly any it says why it begins all the same."""

    reason = forms.CharField(
        label="Waarom wilt u toch beginnen?",
        help_text="Uw kant heeft bijna geen vertrouwen. De reden blijft staan, ook voor de andere kant.",
        max_length=200,
        widget=lines(2),
        error_messages={"required": "Schrijf op waarom u toch wilt beginnen."},
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_low = self.seat.party in TrustAnswer.low_sides(self.instance)
        if not self.is_low:
            del self.fields["reason"]

    def save(self, seat):
        self.instance.confirm_trust(seat, self.cleaned_data.get("reason", ""))
        return self.instance


class CloseOutForm(OnlyOneForm):
    """How the own side looks back; what the round knows already stands in it."""

    class Meta:
        model = CloseOut
        fields = list(CloseOut.texts)
        widgets = dict.fromkeys(CloseOut.texts, lines(3))
        help_texts = {
            "asked": "En was het een goede vraag?",
            "collected": "Waar, met hoeveel mensen, en hoe ging dat?",
            "disappointed": "Ook als het aan uzelf lag. Hier leert een ander van.",
            "result": "Wat merken mensen ervan, of gaan zij merken?",
            "learnt": "Als u één ding aan een volgende ronde mag meegeven.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        council = self.seat.partnership.council_word
        self.fields["council_role"].label = f"Wat was de rol van de {council}?"
        if self.instance._state.adding:
            self._seed(self.instance.project)

    def _seed(self, project):
        plan = CollectionPlan.objects.visible_to(self.seat).filter(project=project).first()
        shared = [value.name for value in project.values.all() if value.is_shared]
        if plan:
            # A plan is no account of what was done: it stands beside the question, not in the answer.
            self.fields["collected"].help_text += f" Uw plan was: ‘{plan.stories}’"
        self.initial |= {
            "asked": project.question,
            "shared_values": in_a_row(shared),
        }

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(name, "").strip() for name in CloseOut.texts):
            self.add_error(None, "Vul ten minste één vraag in.")
        return cleaned

    def taken(self, others):
        said = others.filter(party=self.seat.party).exists()
        return "Iemand van uw kant begon hier net mee. Open de pagina opnieuw en vul aan." if said else ""

    def save(self, seat):
        adding = self.instance._state.adding
        if adding:
            self.instance.party = seat.party
        close_out = super().save(seat)
        Event.record(
            seat, f"{'keek terug op' if adding else 'vulde de terugblik aan op'} deze ronde", thing=close_out.project
        )
        return close_out
