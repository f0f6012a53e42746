"""The ground of every form in a round."""

from django import forms

from dialoog.partnerships.forms import TableForm
from dialoog.partnerships.models import Event, Member, Party


def day():
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def moment():
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class RoundForm(TableForm):
    """A form in a round: it knows who sits at the table, and keeps the reason of who goes on in spite of a nudge."""

    def choose_person(self, name, *parties):
        """Let this field choose among the people who sit at the table now, each named with their side."""
        seated = Member.objects.visible_to(self.seat).active().select_related("user", "partnership")
        self.fields[name].queryset = seated.filter(party__in=parties or Party.sides())
        self.fields[name].empty_label = "Kies iemand"
        self.fields[name].label_from_instance = lambda member: f"{member.name} ({member.side_name})"

    def choose_side(self, name):
        """Let this field choose a side, in the words of this table, council first."""
        words = [(party.value, self.seat.partnership.side_name(party)) for party in Party.sides()]
        self.fields[name] = forms.ChoiceField(
            label=self.fields[name].label,
            choices=words,
            widget=forms.RadioSelect,
            required=self.fields[name].required,
            help_text=self.fields[name].help_text,
            initial=self.fields[name].initial,
        )

    def keep_reason(self, seat, thing):
        """Who goes on in spite of a nudge says why, and that stays readable."""
        if self.nudge_reason:
            Event.record(seat, f"ging toch door: {self.nudge_reason}", thing=thing)


class OnlyOneForm(RoundForm):
    """A form for something of which a round has one: who comes second hears so, also when both come at once."""

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.project = project

    def taken(self, others):
        """The sentence that says what is there already among the others of this round, or nothing."""
        return "Dit is er al in deze ronde. Lees eerst wat er staat." if others.exists() else ""

    def clean(self):
        cleaned = super().clean()
        if self.instance._state.adding and (sentence := self.taken(self._others(cleaned))):
            self.add_error(None, sentence)
        return cleaned

    def keep_new(self, seat):
        """The round is the lock: the second of two who save at once waits here, and looks again."""
        self.instance.project.lock()
        if sentence := self.taken(self._others(self.cleaned_data)):
            raise forms.ValidationError(sentence)
        return super().keep_new(seat)

    def _others(self, cleaned):
        # A second try of the same form meets what the first one made: that is no other.
        known = self._meta.model.objects.visible_to(self.seat).filter(project=self.instance.project)
        return known.exclude(pk=cleaned.get("key"))
