from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone

from dialoog.partnerships.forms import TableForm, sent_number
from dialoog.partnerships.models import Event, Member, Party
from projects.models import (
    AgendaItem,
    BackingNote,
    CollectionPlan,
    Commitment,
    ConsultationMeeting,
    Pair,
    Pledge,
    Project,
    Task,
    policy_words,
    turn_round,
)
from values.models import Value


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
        raise NotImplementedError

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
            self.nudge(None, "Er loopt al een ronde. Twee rondes tegelijk vragen veel van dezelfde mensen.")
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
                "question",
                f"Hierin staat {quoted}: zo praten beleidsstukken. Draai de vraag om, bijvoorbeeld: ‘{turned}’",
            )

    def _nudge_heavy(self, cleaned):
        tried = Project(partnership=self.seat.partnership, number=self.instance.number)
        for name in ("planned_stories", "question", "started_on", "ends_on"):
            setattr(tried, name, cleaned.get(name) or getattr(tried, name))
        for sentence in tried.too_heavy():
            self.nudge(None, sentence)

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
    """Hand the lead to somebody else."""

    class Meta:
        model = Project
        fields = ["lead"]
        labels = {"lead": "Wie wordt de trekker"}
        error_messages = {"lead": {"required": "Een ronde heeft altijd één trekker. Kies wie het wordt."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_person("lead")

    def save(self, seat):
        self.instance.hand_lead_to(seat, self.cleaned_data["lead"])


class MoveForm(RoundForm):
    """One phase further; what is better done first is said, and may be passed."""

    expected = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Project
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["expected"] = self.instance.phase

    def clean(self):
        cleaned = super().clean()
        if self.instance.next_phase is not None and cleaned.get("expected") == self.instance.phase:
            for check in self.instance.checks_for(self.instance.next_phase):
                # What was passed over before an earlier phase is not asked again.
                if not check.ok and not check.enforced and check.before == self.instance.next_phase:
                    self.nudge(None, check.missing)
        return cleaned

    def save(self, seat):
        self.instance.advance(seat, expected=self.cleaned_data["expected"])
        self.keep_reason(seat, self.instance)


class CloseForm(MoveForm):
    """Close the round, and say what stays open for the next one."""

    class Meta:
        model = Project
        fields = ["open_themes"]
        widgets = {"open_themes": lines(4)}
        help_texts = {"open_themes": "Thema’s of vragen voor een volgende ronde. Mag leeg blijven."}

    def save(self, seat):
        self.instance.close(seat, self.cleaned_data["open_themes"], expected=self.cleaned_data["expected"])


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


class FeedbackForm(RoundForm):
    """The council's word on whether the tellers heard what was done with their stories."""

    class Meta:
        model = Project
        fields = ["feedback_done", "contacts_erased", "feedback_reason"]
        widgets = {"feedback_reason": lines(3)}
        help_texts = {"feedback_reason": "Alleen nodig als een van beide nog niet is gedaan."}

    def save(self, seat):
        done = self.cleaned_data
        self.instance.note_feedback(seat, done["feedback_done"], done["contacts_erased"], done["feedback_reason"])


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

    def taken(self, others):
        member = self.cleaned_data.get("member")
        return f"{member} is al gevraagd." if others.filter(member=member).exists() else ""

    def save(self, seat):
        self.instance.named_by = seat
        pledge = super().save(seat)
        if pledge.is_new:
            Event.record(seat, f"vroeg {pledge.member} om mee te doen", thing=pledge.project)
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

    def save(self, seat):
        pair = super().save(seat)
        if pair.is_new:
            Event.record(seat, f"maakte een koppel: {pair}", thing=pair.project)
        return pair


class TaskForm(RoundForm):
    """Who does what, and when it is done; a date may move without shame."""

    class Meta:
        model = Task
        fields = ["what", "member", "due", "note"]
        widgets = {"due": day()}
        error_messages = {
            "what": {"required": "Schrijf op wat er moet gebeuren."},
            "member": {"required": "Kies wie dit doet."},
            "due": {"required": "Kies een dag waarop het klaar is."},
        }

    def __init__(self, *args, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        if project is not None:
            self.instance.project = project
            del self.fields["note"]
        self.choose_person("member", *Party.values)

    def save(self, seat):
        adding, moved = self.instance._state.adding, "due" in self.changed_data
        task = super().save(seat)
        if adding and task.is_new:
            Event.record(seat, f"maakte een taak: {task.what}", thing=task.project)
        elif not adding:
            said = f"koos een andere dag voor een taak: {task.what}" if moved else f"veranderde een taak: {task.what}"
            Event.record(seat, said, thing=task.project)
        return task


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


class CommitmentForm(RoundForm):
    """What is agreed: who, what, when, why, and what a client will notice."""

    class Meta:
        model = Commitment
        fields = [
            "what", "because", "value", "owner_member", "owner_name", "owner_party", "helper", "due", "client_notices",
        ]  # fmt: skip
        widgets = {"due": day(), "client_notices": lines(2)}
        help_texts = {
            "what": "Eén ding, zo dat u later kunt zien of het gebeurd is.",
            "because": "Het thema waar dit bij hoort. Of kies hieronder een waarde.",
            "owner_member": "Eén persoon staat ervoor.",
            "owner_name": "Heeft die persoon hier geen account? Schrijf dan de functie op, zoals ‘Teamleider Inkomen’.",
            "owner_party": "Alleen nodig bij een functie.",
            "helper": "Iemand die helpt. De eigenaar blijft één persoon.",
            "client_notices": "Zoals u het iemand zou zeggen: ‘U hoeft uw verhaal maar één keer te vertellen.’",
        }

        error_messages = {
            "what": {"required": "Schrijf op wat u afspreekt."},
            "due": {"required": "Kies vóór welke datum dit klaar is."},
        }

    def __init__(self, *args, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        if project is not None:
            self.instance.project = project
        self.choose_side("owner_party")
        self.choose_person("owner_member")
        self.choose_person("helper")
        client = self.seat.partnership.client_word
        self.fields["client_notices"].label = f"Waaraan merkt een {client} het?"
        self.fields["client_notices"].error_messages["required"] = f"Schrijf op waaraan een {client} het merkt."
        # A side is only asked of who has no account; `clean` says so when it is missing.
        self.fields["owner_party"].required = False
        for name in ("because", "value", "owner_member", "owner_name", "owner_party"):
            self.fields[name].one_of_several = True
        self.fields["value"].queryset = Value.objects.visible_to(self.seat).listed()
        self.fields["value"].empty_label = "geen waarde"
        self.fields["owner_member"].empty_label = "een functie of team"
        self.fields["helper"].empty_label = "niemand"

    def clean(self):
        cleaned = super().clean()
        tried = Commitment(partnership=self.seat.partnership, **{name: cleaned.get(name) for name in self.Meta.fields})
        for name in ("what", "because", "owner_name", "owner_party", "client_notices"):
            setattr(tried, name, getattr(tried, name) or "")
        for name, sentence in tried.lacks().items():
            if name not in self.errors:
                self.add_error(name, sentence)
        if tried.owner_member_id:
            # A person's side is a fact; it is only asked of who has no account.
            cleaned["owner_party"] = tried.owner_member.party
        if tried.helper_id and tried.helper_id == tried.owner_member_id:
            self.add_error("helper", "Dit is de eigenaar zelf. Kies een ander, of laat het leeg.")
        return cleaned

    def save(self, seat):
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        if self.instance._state.adding:
            return Commitment.agree(seat, self.instance.project, key=self.cleaned_data.get("key"), **fields)
        self.instance.change(seat, sent_number(self.cleaned_data, "version"), **fields)
        return self.instance


class StatusForm(RoundForm):
    """How far a commitment is."""

    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Commitment
        fields = ["status", "status_reason"]
        widgets = {"status": forms.RadioSelect}
        labels = {"status": "Hoe staat het ervoor?", "status_reason": "Toelichting"}
        help_texts = {"status_reason": "Nodig als het niet lukt of vervalt."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["expected"] = self.instance.status

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") in Commitment.NEEDS_REASON and not cleaned.get("status_reason", "").strip():
            self.add_error("status_reason", "Schrijf op waarom de afspraak niet lukt of vervalt.")
        return cleaned

    def save(self, seat):
        done = self.cleaned_data
        self.instance.set_status(seat, done["status"], done["status_reason"], expected=done["expected"])


class ClientsForm(RoundForm):
    """What clients said when the council asked them, and whether they notice it."""

    noticed = forms.ChoiceField(
        label="Merken zij het?",
        choices=[("yes", "Ja. De afspraak is opgelost"), ("no", "Nee, of nog niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of mensen het merken."},
    )

    class Meta:
        model = Commitment
        fields = ["clients_said"]
        labels = {"clients_said": "Wat zeiden zij?"}
        help_texts = {"clients_said": "Kort, zonder namen: ‘De raad vroeg het aan zes mensen: ja, dat merken zij.’"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        clients = self.seat.partnership.clients_word
        self.fields["clients_said"].required = True
        self.fields["clients_said"].error_messages["required"] = (
            f"Vraag het eerst aan {clients}, en schrijf op wat zij zeiden."
        )
        self.order_fields(["clients_said", "noticed"])

    def save(self, seat):
        act = self.instance.solve if self.cleaned_data["noticed"] == "yes" else self.instance.note_clients
        act(seat, self.cleaned_data["clients_said"])


class ReopenForm(RoundForm):
    """It was not solved after all."""

    reason = forms.CharField(
        label="Waarom is het niet meer opgelost?",
        max_length=200,
        error_messages={"required": "Schrijf op waarom de afspraak niet meer opgelost is."},
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def save(self, seat):
        self.instance.reopen(seat, self.cleaned_data["reason"])


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
            last = ConsultationMeeting.objects.visible_to(self.seat).order_by("-starts_at").first()
            if last:
                self.initial.setdefault("host_party", {"council": "municipality"}.get(last.host_party, "council"))

    def clean(self):
        cleaned = super().clean()
        starts_at, host = cleaned.get("starts_at"), cleaned.get("host_party")
        if starts_at and abs(starts_at.year - timezone.now().year) > 10:
            self.add_error("starts_at", "Kies een dag binnen tien jaar.")
        elif self.instance._state.adding and starts_at and starts_at < timezone.now():
            self.add_error("starts_at", "Deze dag is al geweest. Kies een dag die nog komt.")
        elif starts_at and host:
            others = ConsultationMeeting.objects.visible_to(self.seat).exclude(pk=self.instance.pk)
            last = others.before(starts_at)
            if last and last.host_party == host:
                self.nudge(
                    "host_party",
                    f"De vorige keer was de {last.host} ook gastheer. Ga om de beurt bij elkaar op bezoek.",
                )
        return cleaned

    def save(self, seat):
        adding = self.instance._state.adding
        meeting = super().save(seat)
        if not adding or meeting.is_new:
            Event.record(seat, "plande een overleg" if adding else "veranderde een overleg", thing=meeting)
            self.keep_reason(seat, meeting)
        return meeting


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
        self.instance.added_by = seat
        item = super().save(seat)
        if item.is_new:
            Event.record(seat, f"zette een punt op de agenda: {item.title}", thing=item.meeting)
        return item


class FilterForm(forms.Form):
    """Which commitments to look at, and in which order."""

    STATES = [
        ("", "alles"), ("todo", "nog te doen"), ("late", "te laat"), ("done", "klaar, nog niet opgelost"),
        ("solved", "opgelost"), ("stopped", "niet gelukt of vervallen"),
    ]  # fmt: skip
    ORDERS = [("", "wat aandacht vraagt"), ("due", "datum"), ("owner", "wie"), ("newest", "nieuwste eerst")]

    zoek = forms.CharField(label="Zoek", required=False, max_length=100)
    stand = forms.ChoiceField(label="Stand", choices=STATES, required=False)
    kant = forms.ChoiceField(label="Wie", required=False)
    volgorde = forms.ChoiceField(label="Volgorde", choices=ORDERS, required=False)

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        words = [(party.value, seat.partnership.side_name(party)) for party in Party.sides()]
        self.fields["kant"].choices = [("", "beide kanten"), *words]

    def chosen(self, commitments):
        """The commitments that were asked for; what is not understood is left out."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return commitments.asked_for(
            text=asked.get("zoek", ""), state=asked.get("stand", ""), side=asked.get("kant", ""),
            order=asked.get("volgorde", ""),
        )  # fmt: skip
