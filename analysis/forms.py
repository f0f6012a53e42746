from django import forms
from django.core.exceptions import ValidationError

from analysis.models import BundlingSession, DeliberationAnswer, Dialogue, DialogueNote, Outcome, Question, Stage, Theme
from dialoog.partnerships.forms import TableForm, sent_number
from dialoog.partnerships.models import Event, Member, Party
from experiences.models import Fragment


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class PersonField(TableForm):
    """A form that names somebody who sits at the table now, with their side."""

    def choose_person(self, name):
        seated = Member.objects.visible_to(self.seat).active().select_related("user", "partnership")
        self.fields[name].queryset = seated
        self.fields[name].label_from_instance = lambda member: f"{member.name} ({member.side_name})"
        self.fields[name].empty_label = None
        return seated


class BeginForm(PersonField):
    """Who leads the talk."""

    class Meta:
        model = BundlingSession
        fields = ["facilitator"]
        labels = {"facilitator": "Wie leidt het gesprek?"}
        help_texts = {"facilitator": "Het liefst iemand die bij geen van beide kanten hoort."}

    def __init__(self, *args, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.project = project
        seated = self.choose_person("facilitator")
        neutral = next((member for member in seated if member.is_neutral), None)
        self.initial.setdefault("facilitator", neutral or self.seat)

    def save(self, seat):
        if self.project is None:
            self.instance.hand_to(seat, self.cleaned_data["facilitator"])
            return self.instance
        return BundlingSession.begin(seat, self.project, self.cleaned_data["facilitator"])


class GoOnForm(TableForm):
    """One stage further; what narrows the view or leaves a theme weak is said first."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = BundlingSession
        fields = []

    def clean(self):
        cleaned = super().clean()
        session = self.instance
        if sent_number(cleaned, "expected") != session.stage:
            return cleaned
        if session.stage == Stage.READ:
            cards = Fragment.objects.visible_to(self.seat).of(session.project).count()
            for sentence in session.warnings(self.seat, cards):
                self.nudge(sentence)
        if session.stage == Stage.TOGETHER:
            for theme in Theme.of(session.project):
                if theme.cards and theme.sentence:
                    for sentence in theme.advice(self.seat.is_council):
                        self.nudge(f"‘{theme.label}’: {sentence[0].lower()}{sentence[1:]}")
        return cleaned

    def save(self, seat):
        self.instance.go_on(seat, sent_number(self.cleaned_data, "expected"))
        if self.nudge_reason:
            Event.record(seat, f"ging toch door: {self.nudge_reason}", thing=self.instance)
        return self.instance


class ThemeForm(TableForm):
    """What a theme is called, what it says, and what stands against it."""

    class Meta:
        model = Theme
        fields = [
            "sentence", "explanation", "going_well", "counter_voice", "counter_card", "council_reading",
            "municipality_reading", "single_story",
        ]  # fmt: skip
        widgets = {
            "explanation": lines(4),
            "going_well": lines(3),
            "counter_voice": lines(3),
            "council_reading": lines(3),
            "municipality_reading": lines(3),
        }
        help_texts = {
            "sentence": "Een hele zin zegt het meest, zoals ‘Om hulp vragen voelt als schaamte’.",
            "explanation": "In twee of drie zinnen: wat vertellen deze kaartjes samen?",
            "going_well": "Ook bij een moeilijk thema gaat er iets goed.",
            "counter_voice": "Zei iemand het omgekeerde? Schrijf dat hier op.",
            "counter_card": "Dan staat het in het verslag in de eigen woorden, als de verteller dat goed vond.",
            "single_story": "Ook één verhaal kan een thema dragen, als het zwaar genoeg is.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keys = [card.pk for card in self.instance.cards_now()]
        self.fields["counter_card"].queryset = self.fields["counter_card"].queryset.filter(pk__in=keys)
        self.fields["counter_card"].empty_label = "geen van deze kaartjes"
        # How a side reads it is for that side to say.
        for party in Party.sides():
            if party != self.seat.party:
                del self.fields[f"{party}_reading"]
            else:
                self.fields[f"{party}_reading"].help_text = "Alleen nodig als u het anders leest dan de andere kant."


class AnswerForm(TableForm):
    """One of the four questions about one theme."""

    class Meta:
        model = DeliberationAnswer
        fields = ["text"]
        widgets = {"text": lines(4)}

    def __init__(self, *args, theme, question, **kwargs):
        super().__init__(*args, prefix=f"q{question}", **kwargs)
        self.theme, self.question = theme, question
        self.fields["text"].label = Question(question).label
        self.is_central = question == Question.DESIRABLE
        answer = DeliberationAnswer.of(self.seat, theme, question) if self.instance._state.adding else self.instance
        self.save_while_typing(answer, self.seat.url("analysis:save_answer", theme=theme.pk))
        self.fields["text"].widget.attrs |= {"data-unit": int(question), "data-field": "text"}

    def save(self, seat):
        version = sent_number(self.cleaned_data, "version")
        return DeliberationAnswer.put(seat, self.theme, self.question, self.cleaned_data["text"], version)


class DialogueForm(TableForm):
    """When and where the two sides listen to each other, and who is host."""

    class Meta:
        model = Dialogue
        fields = ["held_on", "place", "host_party"]
        widgets = {"held_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {"place": "Wissel af: de ene keer bij de raad, de andere keer bij de gemeente."}

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.project = project
        words = [(party.value, self.seat.partnership.side_name(party)) for party in Party.sides()]
        self.fields["host_party"] = forms.ChoiceField(label="Bij wie?", choices=words, widget=forms.RadioSelect)

    def keep_new(self, seat):
        known = Dialogue.objects.visible_to(seat).filter(project=self.instance.project).first()
        if known:
            raise ValidationError("Iemand legde de dialoog net vast. Kijk of het klopt.")
        return super().keep_new(seat)


class HeardForm(TableForm):
    """What one's own side heard the other say."""

    class Meta:
        model = DialogueNote
        fields = ["heard"]
        widgets = {"heard": lines(3)}
        error_messages = {"heard": {"required": "Schrijf op wat u de ander hoorde zeggen. Een paar woorden is genoeg."}}

    def __init__(self, *args, theme, **kwargs):
        super().__init__(*args, prefix="heard", **kwargs)
        self.theme = theme
        partnership = self.seat.partnership
        other, own = partnership.side_name(self.seat.other_side), partnership.side_name(self.seat.party)
        self.fields["heard"].label = f"De {own} hoorde de {other} zeggen"
        note = DialogueNote.of(theme, self.seat.party) if self.instance._state.adding else self.instance
        self.save_while_typing(note, self.seat.url("analysis:type_note", theme=theme.pk))

    def save(self, seat):
        version = sent_number(self.cleaned_data, "version")
        return DialogueNote.put(seat, self.theme, self.cleaned_data["heard"], version)


class OutcomeForm(TableForm):
    """What came of the talk about a theme; each side writes its own position."""

    class Meta:
        model = Outcome
        fields = list(Outcome.texts)
        widgets = {
            "insight": lines(3),
            "council_agreement": forms.RadioSelect,
            "municipality_agreement": forms.RadioSelect,
            "council_position": lines(3),
            "municipality_position": lines(3),
        }
        help_texts = {"insight": "Wat weet u nu, dat u vóór het gesprek niet wist?"}

    def __init__(self, *args, theme, **kwargs):
        super().__init__(*args, prefix="outcome", **kwargs)
        self.theme = theme
        for name in ("agreement", "position"):
            del self.fields[f"{self.seat.other_side}_{name}"]
        agreement = self.fields[f"{self.seat.party}_agreement"]
        agreement.choices = Outcome.Agreement.choices
        agreement.label = "Zijn wij het eens?"
        agreement.help_text = "Elke kant zegt dit voor zichzelf. Niet eens mag ook."
        self.fields[f"{self.seat.party}_position"].label = "Ons standpunt, na het gesprek"
        outcome = Outcome.of(theme) if self.instance._state.adding else self.instance
        self.save_while_typing(outcome, self.seat.url("analysis:type_outcome", theme=theme.pk))

    def save(self, seat):
        texts = {name: value for name, value in self.cleaned_data.items() if name in Outcome.texts}
        return Outcome.put(seat, self.theme, sent_number(self.cleaned_data, "version"), **texts)
