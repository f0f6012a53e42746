"""Who takes part, who does what, and what will be collected."""

from django import forms

from dialoog.partnerships.models import Event, Party
from projects.forms.ground import OnlyOneForm, RoundForm, lines
from projects.models import (
    BackingNote,
    CollectionPlan,
    Pair,
    Pledge,
)


class PledgeForm(OnlyOneForm):
    """Name somebody for a round; whether they take part they say themselves."""

    class Meta:
        model = Pledge
        fields = ["member", "expected"]
        labels = {"member": "Wie vraagt u"}
        help_texts = {"expected": "Bijvoorbeeld: twee middagen ophalen en één avond bundelen."}
        error_messages = {"member": {"required": "Kies wie u vraagt om mee te doen."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_person("member", *Party.values)
        asked = Pledge.objects.visible_to(self.seat).of(self.instance.project).values("member")
        if not self.is_bound:
            self.fields["member"].queryset = self.fields["member"].queryset.exclude(pk__in=asked)

    def taken(self, others):
        member = self.cleaned_data.get("member")
        return f"{member} is al gevraagd." if others.filter(member=member).exists() else ""

    def save(self, seat):
        self.instance.named_by = seat
        pledge = super().save(seat)
        if pledge.is_new:
            Event.record(seat, f"vroeg {pledge.member} om mee te doen", thing=pledge.project)
            if pledge.member != seat:
                pledge.write_letter(seat)
        return pledge


class AnswerForm(RoundForm):
    """A person's own yes or no."""

    answer = forms.ChoiceField(
        label="Doet u mee?",
        choices=[("yes", "Ja, ik doe mee"), ("no", "Nee, deze keer niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee."},
    )

    class Meta:
        model = Pledge
        fields = ["note"]
        help_texts = {"note": "Iedereen aan tafel kan dit lezen."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["answer"] = self.instance.answer
        self.order_fields(["answer", "note"])

    def save(self, seat):
        self.instance.give(seat, self.cleaned_data["answer"], self.cleaned_data["note"])
        return self.instance


class PairForm(OnlyOneForm):
    """One council member and one municipal member who do this together."""

    class Meta:
        model = Pair
        fields = ["council_member", "municipal_member"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_person("council_member", Party.COUNCIL)
        self.choose_person("municipal_member", Party.MUNICIPALITY)
        for name in self.fields.keys() - {"key"}:
            self.fields[name].error_messages["required"] = "Kies wie het koppel vormen."

    def taken(self, others):
        two = {name: self.cleaned_data.get(name) for name in ("council_member", "municipal_member")}
        return "Dit koppel is er al." if others.filter(**two).exists() else ""

    def clean(self):
        cleaned = super().clean()
        known = {one.member_id: one for one in Pledge.objects.visible_to(self.seat).of(self.instance.project)}
        for name in ("council_member", "municipal_member"):
            if member := cleaned.get(name):
                pledge = known.get(member.pk)
                if pledge is None:
                    self.nudge(f"{member} is nog niet gevraagd voor deze ronde.")
                elif pledge.is_no:
                    self.nudge(f"{member} zei: ik doe niet mee aan deze ronde.")
        return cleaned

    def save(self, seat):
        pair = super().save(seat)
        if pair.is_new:
            Event.record(seat, f"maakte een koppel: {pair}", thing=pair.project)
            self.keep_reason(seat, pair.project)
        return pair


class BackingForm(OnlyOneForm):
    """How the own side told its backing about the round."""

    class Meta:
        model = BackingNote
        fields = ["text"]
        widgets = {"text": lines(4)}
        labels = {"text": "Hoe weet uw achterban van deze ronde?"}
        help_texts = {"text": "Bijvoorbeeld: besproken in de vergadering, verteld aan het managementteam."}
        error_messages = {"text": {"required": "Schrijf op hoe uw achterban het weet, of gaat horen."}}

    def taken(self, others):
        said = others.filter(party=self.seat.party).exists()
        return "Iemand van uw kant schreef dit net op. Open de pagina opnieuw en vul aan." if said else ""

    def save(self, seat):
        if self.instance._state.adding:
            self.instance.party, self.instance.noted_by = seat.party, seat
        note = super().save(seat)
        Event.record(seat, "schreef op hoe de eigen achterban ervan weet", thing=note.project)
        return note


class PlanForm(OnlyOneForm):
    """Which stories and figures will be collected, and how."""

    class Meta:
        model = CollectionPlan
        fields = ["stories", "figures"]
        widgets = {"stories": lines(5), "figures": lines(4)}
        labels = {
            "stories": "Welke verhalen haalt de raad op, en hoe?",
            "figures": "Welke cijfers zoekt de gemeente op, en hoe?",
        }
        help_texts = {
            "stories": "Waar komt u mensen tegen? Wie mogen wij niet missen? Ga erheen; niet alleen per brief of mail.",
            "figures": "Bijvoorbeeld: hoeveel mensen vroegen dit dit jaar aan. Geen cijfers nodig? Schrijf dat op.",
        }
        error_messages = {
            "stories": {"required": "Schrijf op welke verhalen u ophaalt, en hoe."},
            "figures": {"required": "Schrijf op welke cijfers u nodig hebt, of dat u er geen nodig hebt."},
        }

    def taken(self, others):
        return "Iemand schreef dit net op. Open de pagina opnieuw en vul aan." if others.exists() else ""

    def save(self, seat):
        adding = self.instance._state.adding
        plan = super().save(seat)
        if adding and plan.is_new:
            Event.record(seat, "schreef op wat wij ophalen, en hoe", thing=plan.project)
        return plan
