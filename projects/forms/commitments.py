"""What was agreed, and how it stands."""

from django import forms

from dialoog.partnerships.forms import sent_number
from dialoog.partnerships.models import Party
from projects.consulting import reasons, tie
from projects.forms.ground import RoundForm, day, lines
from projects.models import Commitment, Project
from values.models import Value


class CommitmentForm(RoundForm):
    """What is agreed: who, what, when, why, and what a client will notice."""

    theme = forms.ChoiceField(label="Bij welk thema hoort het?", required=False)
    due_reason = forms.CharField(
        label="Waarom een andere dag?",
        required=False,
        max_length=300,
        help_text="Alleen als u de dag verandert. Beide kanten tekenden deze afspraak: "
        "pas als de andere kant ja zegt, verandert de dag. De reden blijft erbij staan.",
    )

    class Meta:
        model = Commitment
        fields = [
            "what", "because", "value", "owner_member", "owner_name", "owner_party", "helper", "due", "client_notices",
        ]  # fmt: skip
        widgets = {"due": day(), "client_notices": lines(2)}
        help_texts = {
            "what": "Eén ding, zo dat u later kunt zien of het gebeurd is.",
            "because": "In uw eigen woorden. Of kies een waarde.",
            "owner_member": "Eén persoon staat ervoor.",
            "owner_name": "Heeft die persoon hier geen account? Schrijf dan de functie op, zoals ‘Teamleider Inkomen’.",
            "owner_party": "Alleen nodig bij een functie.",
            "helper": "Iemand die helpt. De eigenaar blijft één persoon.",
            "client_notices": "Zoals u het iemand zou zeggen: ‘U hoeft uw verhaal maar één keer te vertellen.’",
        }

        error_messages = {
            "what": {"required": "Schrijf op wat u afspreekt."},
            "due": {"required": "Kies wanneer dit uiterlijk klaar is."},
        }

    def __init__(self, *args, project=None, **kwargs):
        super().__init__(*args, **kwargs)
        if project is not None:
            self.instance.project = project
        if self.instance._state.adding or not self.instance.is_signed:
            del self.fields["due_reason"]
        self.signed_due = self.instance.due
        self.order_fields(["what", "theme", *self.Meta.fields[1:-1], "due_reason"])
        self._offer_themes()
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

    def _round_of_themes(self):
        """The round this comes from; of what a meeting decides outside one, the round of which it may be about."""
        if self.instance.project_id:
            return self.instance.project
        rounds = Project.objects.visible_to(self.seat)
        current = rounds.current()
        # First listen: as long as that holds for the running round, its themes are not agreed on at a meeting either.
        return current if current and current.may_commit else rounds.closed().first()

    def chosen_round(self):
        """The running round of the theme that was chosen: with its theme a commitment comes from that round."""
        found = self._round_of_themes() if self.cleaned_data.get("theme") else None
        return found if found and not found.is_closed else None

    def _offer_themes(self):
        """The themes of the round to choose from; a name that is typed in words of one's own ties to nothing."""
        found = reasons(self.seat, project) if (project := self._round_of_themes()) else []
        if not found:
            del self.fields["theme"]
            return
        self.labels_of = {reason.key: reason.label for reason in found}
        self.fields["because"].help_text = "In uw eigen woorden. Of kies een thema of een waarde."
        self.fields["theme"].choices = [("", "geen thema"), *self.labels_of.items()]
        self.initial["theme"] = next((reason.key for reason in found if self.instance.pk in reason.tied), "")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("theme") and not cleaned.get("because"):
            cleaned["because"] = self.labels_of[cleaned["theme"]][: self.fields["because"].max_length]
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
        moved = cleaned.get("due") and cleaned["due"] != self.signed_due
        if "due_reason" in self.fields and moved and not cleaned.get("due_reason"):
            self.add_error("due_reason", "Schrijf op waarom de dag verandert.")
        return cleaned

    def save(self, seat):
        fields = {name: self.cleaned_data[name] for name in self.Meta.fields}
        kept = self.instance
        if not kept._state.adding and not kept.project_id and (chosen := self.chosen_round()):
            fields["project"] = chosen
        if kept._state.adding:
            kept = Commitment.agree(seat, kept.project, key=self.cleaned_data.get("key"), **fields)
        else:
            reason = self.cleaned_data.get("due_reason", "")
            kept.change(seat, sent_number(self.cleaned_data, "version"), reason, **fields)
        if "theme" in self.fields and self.cleaned_data["theme"] != self.initial["theme"]:
            tie(seat, kept, self.cleaned_data["theme"])
        return kept


class StatusForm(RoundForm):
    """How far a commitment is; said by its owner that is a yes to it."""

    says_yes = True

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
        read = {"expected": done["expected"], "seen": done["seen"]}
        self.instance.set_status(seat, done["status"], done["status_reason"], **read)
        return self.instance


class ClientsForm(RoundForm):
    """What clients said when the council asked them, and whether they notice it."""

    says_yes = True

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

    def clean(self):
        cleaned = super().clean()
        # On the other side who does it and who says that it is solved are never one person.
        if cleaned.get("noticed") == "yes" and self.seat.pk in (self.instance.owner_member_id, self.instance.helper_id):
            self.nudge(
                "U staat zelf voor deze afspraak. Laat liever iemand anders van uw kant zeggen dat hij opgelost is."
            )
        return cleaned

    def save(self, seat):
        said = self.cleaned_data["clients_said"]
        if self.cleaned_data["noticed"] == "yes":
            self.instance.solve(seat, said, seen=self.cleaned_data["seen"])
        else:
            self.instance.note_clients(seat, said)
        self.keep_reason(seat, self.instance)
        return self.instance


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
        return self.instance


class FilterForm(forms.Form):
    """Which commitments to look at, and in which order."""

    STATES = [
        ("", "alles"), ("todo", "nog te doen"), ("late", "te laat"), ("done", "klaar, nog niet opgelost"),
        ("solved", "opgelost"), ("stopped", "niet gelukt of vervallen"), ("closed", "gesloten door beide kanten"),
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
