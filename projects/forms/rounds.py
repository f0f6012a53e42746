"""What a round is about, and its way from phase to phase."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.models import Event
from projects.forms.ground import RoundForm, day, lines
from projects.models import (
    Project,
    policy_words,
    turn_round,
)
from projects.models.question import unasked
from values.models import Value


class ProjectForm(RoundForm):
    """What a round is about; small and light."""

    planned_stories = forms.IntegerField(
        label="Aantal verhalen",
        help_text="Een paar verhalen zijn genoeg.",
        initial=8,
        min_value=1,
        max_value=200,
        error_messages={
            "required": "Vul in hoeveel verhalen u ongeveer wilt horen.",
            "invalid": "Vul een getal in, zoals 8.",
            "min_value": "Vul ten minste één verhaal in.",
            "max_value": "Dat zijn er te veel voor één ronde.",
        },
    )

    class Meta:
        model = Project
        fields = [
            "subject", "occasion", "proposed_by_side", "question", "values", "lead", "planned_stories",
            "started_on", "ends_on",
        ]  # fmt: skip
        widgets = {
            "occasion": lines(3),
            "question": lines(2),
            "values": forms.CheckboxSelectMultiple,
            "started_on": day(),
            "ends_on": day(),
        }
        help_texts = {
            "subject": "Kort en klein, zoals ‘de weg naar een regeling’.",
            "occasion": "Waarom nu? Wat hoorde u, en van wie?",
            "question": "Eén open vraag over wat mensen meemaken. U mag hem later nog veranderen.",
            "values": "Kies de waarden waar het in deze ronde om draait.",
            "lead": "Eén persoon houdt de ronde op gang. Een ander kan het later overnemen.",
        }
        error_messages = {
            "subject": {"required": "Schrijf op waar deze ronde over gaat."},
            "lead": {"required": "Een ronde heeft altijd één trekker. Kies wie het wordt."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_side("proposed_by_side")
        self.choose_person("lead")
        known = self._values()
        self.fields["values"].queryset = known
        self.fields["values"].label_from_instance = lambda value: (
            value.name if value.is_shared else f"{value.name} (nog niet gedeeld)"
        )
        if not known.exists():
            del self.fields["values"]
        if self.instance._state.adding:
            today = timezone.localdate()
            self.initial.setdefault("started_on", today)
            self.initial.setdefault("ends_on", today + timedelta(days=91))
            self.initial.setdefault("proposed_by_side", self.seat.party)
            self.initial.setdefault("lead", self.seat.pk)
        else:
            # Handing over the lead is an act of its own.
            del self.fields["lead"]

    def clean(self):
        cleaned = super().clean()
        begin, end = cleaned.get("started_on"), cleaned.get("ends_on")
        if begin and end and end <= begin:
            self.add_error("ends_on", "Kies een dag na het begin.")
        self._nudge_policy_words(cleaned.get("question") or "", cleaned.get("subject") or "")
        if begin and end and not self.errors.keys() - {"question", "__all__"}:
            self._nudge_heavy(cleaned)
        if self.instance._state.adding and self._runs_already(cleaned.get("key")):
            self.nudge("Er loopt al een ronde. Twee rondes tegelijk vragen veel van dezelfde mensen.")
        return cleaned

    def _values(self):
        """The values that stand on their own, and those this round chose before they were joined to another."""
        chosen = [] if self.instance._state.adding else self.instance.values.values_list("pk", flat=True)
        return Value.objects.visible_to(self.seat).filter(Q(joined_into=None) | Q(pk__in=chosen))

    def _runs_already(self, key):
        # A second try with the same key meets the round that the first one began: that is no other round.
        running = Project.objects.visible_to(self.seat).current()
        return running is not None and running.pk != key

    def _nudge_policy_words(self, question, subject):
        if words := policy_words(question):
            turned = turn_round(question, self.seat.partnership.clients_word, subject)
            quoted = " en ".join(f"‘{word}’" for word in dict.fromkeys(word.lower() for word in words))
            self.nudge(
                f"Hierin staat {quoted}: zo praten beleidsstukken. Draai de vraag om, bijvoorbeeld: ‘{turned}’",
            )
        for sentence in unasked(question):
            self.nudge(sentence)

    def _nudge_heavy(self, cleaned):
        tried = Project(partnership=self.seat.partnership, number=self.instance.number)
        for name in ("planned_stories", "question", "started_on", "ends_on"):
            setattr(tried, name, cleaned.get(name) or getattr(tried, name))
        for sentence in tried.too_heavy():
            self.nudge(sentence)

    def save(self, seat):
        """A new round begins; an old one keeps its history."""
        adding = self.instance._state.adding
        project = super().save(seat)
        if adding and project.is_new:
            project.begin(seat)
        elif not adding and self.has_changed():
            Event.record(seat, "veranderde de gegevens van de ronde", thing=project)
        self.keep_reason(seat, project)
        return project


class LeadForm(RoundForm):
    """Ask somebody else to lead."""

    class Meta:
        model = Project
        fields = ["lead"]
        labels = {"lead": "Wie wordt de trekker"}
        help_texts = {"lead": "Die zegt zelf ja of nee. Tot dat ja verandert er niets."}
        error_messages = {"lead": {"required": "Een ronde heeft altijd één trekker. Kies wie het wordt."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_person("lead")
        self.fields["lead"].queryset = self.fields["lead"].queryset.exclude(pk__in=self.instance.said_no())

    def save(self, seat):
        self.instance.ask_lead(seat, self.cleaned_data["lead"])
        return self.instance


class MoveForm(RoundForm):
    """One phase further; what is better done first is said, and may be passed."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["expected"] = self.instance.phase
        onward = self.instance.next_phase
        missing = [check for check in self.instance.checks_for(onward) if not check.ok] if onward is not None else []
        self.blocking = [check.missing for check in missing if check.enforced]
        # What was passed over before an earlier phase is not asked again. No reason helps past what blocks, so the
        # softer advice waits until that is mended.
        advice = [check.missing for check in missing if not check.enforced and check.before == onward]
        self.advice = [] if self.blocking else advice
        if self.advice and not self.is_bound:
            self.nudges = ["Niet alles hierboven is in orde."]

    def verb(self, word):
        """What the button says: nothing when something has to be done first."""
        return "" if self.blocking else f"Toch {word}" if self.advice else f"Ja, {word}"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("expected") == self.instance.phase:
            if self.blocking:
                self.add_error(None, forms.ValidationError(self.blocking))
            for sentence in self.advice:
                self.nudge(sentence)
        return cleaned

    def save(self, seat):
        self.instance.advance(seat, expected=self.cleaned_data["expected"])
        self.keep_reason(seat, self.instance)
        return self.instance


class CloseForm(MoveForm):
    """Close the round, and say what stays open for the next one."""

    class Meta:
        model = Project
        fields = ["open_themes"]
        widgets = {"open_themes": lines(4)}
        help_texts = {
            "open_themes": "Voor een volgende ronde, elk op een eigen regel. Thema’s zonder afspraak staan er al. "
            "Mag leeg blijven."
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.blocking:
            # Nothing can be kept yet, so nothing is asked either.
            del self.fields["open_themes"]
        if not self.instance.open_themes:
            self.initial["open_themes"] = "\n".join(self.instance.left_open.values())

    def save(self, seat):
        # A form of before somebody else closed the round has nothing asked; `close` then says what is so.
        left = self.cleaned_data.get("open_themes", "")
        self.instance.close(seat, left, expected=self.cleaned_data["expected"])
        self.keep_reason(seat, self.instance)
        return self.instance


class BackForm(RoundForm):
    """One phase back, with the reason."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Waarom gaat de ronde een stap terug?",
        max_length=200,
        error_messages={"required": "Schrijf op waarom de ronde een stap terug gaat."},
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["expected"] = self.instance.phase

    def save(self, seat):
        self.instance.go_back(seat, self.cleaned_data["reason"], expected=self.cleaned_data["expected"])
        return self.instance


class OverrideForm(RoundForm):
    """One side's wish to make commitments although the listening was not noted."""

    reason = forms.CharField(
        label="Waarom wilt u verder zonder dat er geluisterd is?",
        help_text="Dit blijft staan, met uw naam. Pas als de andere kant het ook wil, gaat het door.",
        max_length=1000,
        widget=lines(3),
        error_messages={"required": "Schrijf op waarom u verder wilt zonder dat er geluisterd is."},
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def save(self, seat):
        self.instance.override_listening(seat, self.cleaned_data["reason"])
        return self.instance
