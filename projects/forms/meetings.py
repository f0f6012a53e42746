"""The consultation meetings: their agenda, papers, minutes and what was decided."""

from django import forms
from django.utils import timezone

from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import Event, Party
from dialoog.partnerships.templatetags.dialoog import dutch_date
from projects.calendar import invitation
from projects.consulting import tie
from projects.forms.commitments import CommitmentForm
from projects.forms.ground import RoundForm, lines, moment
from projects.forms.tasks import TaskForm
from projects.models import (
    AgendaItem,
    Commitment,
    ConsultationMeeting,
    Decision,
    Minute,
    MinuteDissent,
    MinuteRefusal,
    Paper,
    Project,
)


def _other(party):
    return Party.MUNICIPALITY if party == Party.COUNCIL else Party.COUNCIL


class MeetingForm(RoundForm):
    """When and where the two sides meet, and who is the host."""

    class Meta:
        model = ConsultationMeeting
        fields = ["starts_at", "place", "host_party", "about"]
        widgets = {"starts_at": moment()}
        help_texts = {
            "place": "Naam en adres. Ga om de beurt bij elkaar op bezoek.",
            "about": "In één zin, zoals ‘Wij bundelen dan de kaartjes.’",
        }
        error_messages = {
            "starts_at": {"required": "Kies een dag en een tijd."},
            "place": {"required": "Schrijf op waar u elkaar ziet."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_side("host_party")
        self.fields["host_party"].error_messages["required"] = "Kies welke kant gastheer is."
        if self.instance._state.adding:
            self._say_whose_turn()

    def _say_whose_turn(self):
        """The day is not chosen yet: say whose turn it is after the last meeting, and whose before the next one."""
        meetings = ConsultationMeeting.objects.visible_to(self.seat)
        coming = list(meetings.coming())
        held = meetings.before(timezone.now())
        if last := coming[-1] if coming else held:
            self.initial.setdefault("host_party", _other(last.host_party))
            told = f"Na het overleg van {dutch_date(last.starts_at)} is de {self._turn_after(last)} aan de beurt."
            if coming and held and held.host_party != coming[-1].host_party:
                told += f" Is het nog voor {dutch_date(coming[0].starts_at)}, dan de {self._turn_after(held)}."
            self.fields["host_party"].help_text = told

    def _is_new_day(self, starts_at):
        """Of a meeting that was cancelled the same day may stay, also when it passed: it was held after all."""
        if self.instance._state.adding:
            return True
        was = timezone.localdate(self.initial["starts_at"])
        return self.instance.is_cancelled and timezone.localdate(starts_at) != was

    def _turn_after(self, meeting):
        return self.seat.partnership.side_name(_other(meeting.host_party))

    def clean(self):
        cleaned = super().clean()
        starts_at, host = cleaned.get("starts_at"), cleaned.get("host_party")
        if starts_at and abs(starts_at.year - timezone.now().year) > 10:
            self.add_error("starts_at", "Kies een dag binnen tien jaar.")
        elif starts_at and self._is_new_day(starts_at) and timezone.localdate(starts_at) < timezone.localdate():
            self.add_error("starts_at", "Deze dag is al geweest. Kies een dag die nog komt.")
        elif starts_at and host and (self.instance._state.adding or "host_party" in self.changed_data):
            others = ConsultationMeeting.objects.visible_to(self.seat).exclude(pk=self.instance.pk)
            last = others.before(starts_at)
            if last and last.host_party == host:
                held = f"De vorige keer, {dutch_date(last.starts_at)}, was de {last.host} ook gastheer"
                coming = f"Bij het overleg ervoor, {dutch_date(last.starts_at)}, is de {last.host} ook gastheer"
                self.nudge(f"{held if last.is_past else coming}. Ga om de beurt bij elkaar op bezoek.")
        return cleaned

    def keep_reason(self, seat, thing):
        """There is one tip here, so the history can say what somebody went on against."""
        if self.nudge_reason:
            Event.record(seat, f"koos toch voor dezelfde gastheer: {self.nudge_reason}", thing=thing)

    def save(self, seat):
        adding, again = self.instance._state.adding, self.instance.is_cancelled
        if not adding:
            self.instance.refuse_signed()
            # What it is about stands in no invitation, and makes nobody come or not.
            if again or set(self.changed_data) - {"about"}:
                self.instance.changed_at = timezone.now()
        did = self.instance.go_on_again() if again else "veranderde een overleg"
        meeting = super().save(seat)
        if not adding or meeting.is_new:
            Event.record(seat, "plande een overleg" if adding else did, thing=meeting)
            self.keep_reason(seat, meeting)
        return meeting


class CancelForm(RoundForm):
    """Why a meeting does not go on."""

    why = forms.CharField(
        label="Waarom gaat het niet door?", max_length=300, widget=lines(3),
        help_text="Eén of twee zinnen. Iedereen aan tafel leest ze hier; in de e-mail staan ze niet.",
        error_messages={"required": "Schrijf op waarom het overleg niet doorgaat. Eén zin is genoeg."},
    )  # fmt: skip

    class Meta:
        model = ConsultationMeeting
        fields: list[str] = []

    def save(self, seat):
        self.instance.cancel(seat, self.cleaned_data["why"], invitation)
        return self.instance


class AgendaItemForm(RoundForm):
    """Something one side wants to speak about."""

    class Meta:
        model = AgendaItem
        fields = ["title", "note"]
        labels = {"title": "Waar wilt u het over hebben?", "note": "Wat wilt u erover zeggen of vragen?"}
        error_messages = {"title": {"required": "Schrijf op waar u het over wilt hebben."}}

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.meeting = meeting

    def save(self, seat):
        self.instance.meeting.refuse_closed()
        self.instance.added_by = seat
        item = super().save(seat)
        if item.is_new:
            Event.record(seat, f"zette een punt op de agenda: {item.title}", thing=item.meeting)
        return item


class PaperForm(RoundForm):
    """A paper for a meeting: announced with its title, and handed in with its text."""

    class Meta:
        model = Paper
        fields = ["title", "member", "text"]
        widgets = {"text": lines(14)}
        help_texts = {
            "text": "Hoeft nog niet: u kunt een stuk eerst aankondigen. Een lege regel begint een nieuwe alinea, "
            "‘- ’ een streepje, ‘# ’ een kopje.",
        }
        error_messages = {
            "title": {"required": "Schrijf op hoe het stuk heet."},
            "member": {"required": "Kies van wie het stuk komt."},
        }

    def __init__(self, *args, meeting=None, **kwargs):
        super().__init__(*args, **kwargs)
        if meeting is not None:
            self.instance.meeting = meeting
        self.choose_person("member", self.seat.party)
        self.initial.setdefault("member", self.seat.pk)

    def clean(self):
        cleaned = super().clean()
        if not self.instance._state.adding and self.instance.is_there and not cleaned.get("text", "").strip():
            self.add_error("text", "Het stuk is er al. Laat de tekst staan, of haal het hele stuk weg.")
        return cleaned

    def save(self, seat):
        self.instance.refuse_words()
        if self.instance._state.adding and self.cleaned_data["text"].strip():
            self.instance.handed_in_at = timezone.now()
        adding = self.instance._state.adding
        paper = super().save(seat)
        if adding and paper.is_new:
            did = "leverde een stuk in" if paper.is_there else "kondigde een stuk aan"
            Event.record(seat, f"{did}: {paper.title}", thing=paper.meeting)
        return paper


class PresentForm(RoundForm):
    """Who were at the meeting."""

    class Meta:
        model = Minute
        fields = ["present"]
        widgets = {"present": lines(2)}
        labels = {"present": "Wie waren er?"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Who came along later stands ready; whoever was not there after all is taken out by hand.
        others, most = self.instance.not_named(), self.fields["present"].max_length
        self.initial["present"] = ", ".join(filter(None, [self.instance.present, *others]))[:most]
        if others:
            self.fields["present"].help_text = f"Wij zetten er alvast bij: {', '.join(others)}. Klopt dat?"

    def save(self, seat):
        self.instance.write(seat, sent_number(self.cleaned_data, "version"), present=self.cleaned_data["present"])
        return self.instance


class MinutesForm(RoundForm):
    """What was said about one point."""

    class Meta:
        model = AgendaItem
        fields = ["minutes"]
        widgets = {"minutes": lines(6)}
        labels = {"minutes": "Wat bespraken wij?"}

    def save(self, seat):
        self.instance.write(seat, sent_number(self.cleaned_data, "version"), minutes=self.cleaned_data["minutes"])
        return self.instance


class DecisionForm(RoundForm):
    """What was decided about a point, without more."""

    class Meta:
        model = Decision
        fields = ["text"]
        labels = {"text": "Wat besloten wij?"}
        error_messages = {"text": {"required": "Schrijf op wat u besloot."}}

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.item = item

    def save(self, seat):
        return Decision.take(seat, self.instance.item, self.cleaned_data["text"], key=self.cleaned_data.get("key"))


class DecidedCommitmentForm(CommitmentForm):
    """A decision that is a commitment at once: who, what, when, why, and what a client will notice."""

    def __init__(self, *args, item, **kwargs):
        super().__init__(*args, **kwargs)
        self.item = item

    def save(self, seat):
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields} | {"project": self.chosen_round()}
        made = Commitment.decide(seat, self.item.meeting, key=self.cleaned_data.get("key"), **fields)
        if made.is_new:
            if self.cleaned_data.get("theme"):
                tie(seat, made, self.cleaned_data["theme"])
            Decision.take(seat, self.item, f"{made.what}"[:300], commitment=made)
        return made


class DecidedTaskForm(TaskForm):
    """A decision that is a task at once, in the round that runs; of several one chooses."""

    class Meta(TaskForm.Meta):
        fields = [*TaskForm.Meta.fields, "project"]
        labels = {"project": "Bij welke ronde hoort de taak?"}
        widgets = {**TaskForm.Meta.widgets, "project": forms.RadioSelect}
        error_messages = {**TaskForm.Meta.error_messages, "project": {"required": "Kies een ronde."}}

    def __init__(self, *args, item, rounds, **kwargs):
        super().__init__(*args, project=rounds[0], **kwargs)
        self.item = item
        if len(rounds) == 1:
            del self.fields["project"]
        else:
            self.fields["project"].queryset = Project.objects.visible_to(self.seat).running()
            self.fields["project"].empty_label = None
            self.initial["project"] = None

    def save(self, seat):
        self.item.refuse_words()
        made = super().save(seat)
        if made.is_new:
            Decision.take(seat, self.item, made.what, task=made)
        return made


class MinuteDissentForm(RoundForm):
    """Where the own side sees it differently than the minutes say."""

    text = forms.CharField(
        label="Hoe ziet uw kant het?", widget=lines(6), max_length=2000, required=False,
        help_text="Het staat in het verslag, even groot als wat de andere kant schrijft. Leeg haalt het weg.",
    )  # fmt: skip

    class Meta:
        model = MinuteDissent
        fields = ["text"]

    def __init__(self, *args, minute, **kwargs):
        super().__init__(*args, **kwargs)
        self.minute = minute

    def save(self, seat):
        self.minute.differ(seat, self.cleaned_data["text"])
        return self.minute


class MinuteRefusalForm(RoundForm):
    """Why the own side does not sign the minutes yet."""

    why = forms.CharField(
        label="Wij tekenen nog niet, omdat …", widget=lines(3), max_length=240, required=False,
        help_text="Eén of twee zinnen. Leeg haalt de reden weg.",
    )  # fmt: skip

    class Meta:
        model = MinuteRefusal
        fields: list[str] = []

    def __init__(self, *args, minute, **kwargs):
        super().__init__(*args, **kwargs)
        self.minute = minute

    def save(self, seat):
        self.minute.refuse(seat, self.cleaned_data["why"])
        return self.minute
