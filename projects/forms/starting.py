"""The five questions with which a small round begins, and the tasks that are proposed from the answers."""

from datetime import timedelta

from django import forms
from django.forms import formset_factory
from django.utils import timezone

from dialoog.partnerships.models import Member, Party
from projects.forms.ground import RoundForm, day, lines
from projects.models import Project, RoundDraft, policy_words, turn_round
from projects.models.checks import SMALL_MONTHS, SMALL_QUESTIONS, SMALL_STORIES
from projects.models.drafting import TO_THE_TALK, working_day
from projects.models.question import unasked


class DraftForm(RoundForm):
    """One question. Who goes back keeps what was typed, and is asked and told nothing."""

    needed: dict[str, str] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.goes_back = self.data.get("go") == "back"
        for name, sentence in self.needed.items():
            self.fields[name].required = not self.goes_back
            self.fields[name].error_messages["required"] = sentence

    def clean(self):
        cleaned = super().clean()
        if not self.goes_back and not self.errors:
            self.advise(cleaned)
        return cleaned

    def advise(self, cleaned):
        """Say what is unwise about this answer."""

    def _tried(self, cleaned):
        """The round as it would be with this answer."""
        for name, value in cleaned.items():
            if name in RoundDraft.STEPS or name == "started_on":
                setattr(self.instance, name, value)
        return self.instance.tried()

    def save(self, seat):
        self.instance.member = seat
        earlier = self.instance.nudge_reason
        draft = super().save(seat)
        if self.nudge_reason and earlier and self.nudge_reason not in earlier:
            draft.nudge_reason = f"{earlier}; {self.nudge_reason}"[:600]
            draft.save()
        return draft


class SubjectForm(DraftForm):
    needed = {"subject": "Schrijf op waar deze ronde over gaat."}

    class Meta:
        model = RoundDraft
        fields = ["subject"]
        help_texts = {
            "subject": "Kort en klein: één plek, één regeling of één moment. Zoals ‘de weg naar een regeling’."
        }

    def advise(self, cleaned):
        if Project.objects.visible_to(self.seat).current() is not None:
            self.nudge("Er loopt al een ronde. Twee rondes tegelijk vragen veel van dezelfde mensen.")


class QuestionForm(DraftForm):
    needed = {"question": "Schrijf één open vraag op over wat mensen meemaken."}

    class Meta:
        model = RoundDraft
        fields = ["question"]
        widgets = {"question": lines(2)}
        help_texts = {"question": "Eén open vraag over wat mensen meemaken. U mag hem later nog veranderen."}

    def advise(self, cleaned):
        question = cleaned["question"]
        if words := policy_words(question):
            turned = turn_round(question, self.seat.partnership.clients_word, self.instance.subject)
            quoted = f"Hierin staat ‘{words[0].lower()}’: zo praten beleidsstukken."
            self.nudge(f"{quoted} Draai de vraag om, bijvoorbeeld: ‘{turned}’")
        for sentence in unasked(question):
            self.nudge(sentence)
        for sentence in self._tried(cleaned).too_heavy():
            # How many stories and how long are asked, and told, on their own pages.
            if "breed" in sentence or f"{SMALL_QUESTIONS} vragen" in sentence:
                self.nudge(sentence)


class WhoForm(DraftForm):
    needed = {"lead": "Een ronde heeft altijd één trekker. Kies wie het wordt."}

    class Meta:
        model = RoundDraft
        fields = ["participants", "lead"]
        widgets = {"participants": forms.CheckboxSelectMultiple}
        help_texts = {
            "participants": "Vraag van elke kant iemand. Ieder zegt daarna zelf ja of nee.",
            "lead": "Eén persoon houdt de ronde op gang. Een ander kan het later overnemen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose_person("participants", *Party.values)
        self.fields["participants"].empty_label = None
        self.fields["participants"].one_of_several = True
        self.choose_person("lead")
        if self.instance.lead_id is None:
            self.initial["lead"] = self.seat.pk
            self.initial["participants"] = [self.seat.pk]

    def advise(self, cleaned):
        people = {*cleaned["participants"], cleaned["lead"]}
        if missing := [party for party in Party.sides() if party not in {member.party for member in people}]:
            sides = " en de ".join(self.seat.partnership.side_name(party) for party in missing)
            self.nudge(f"U koos nog niemand van de {sides}. Vink van elke kant ten minste één persoon aan.")
        elif not any(member.is_municipality and member.can_decide for member in people):
            self.nudge(
                "Niemand van de gemeente die u koos, mag zelf beslissen. Dan blijft het later liggen.",
            )


class StoriesForm(DraftForm):
    needed = {"planned_stories": "Vul in hoeveel verhalen u ongeveer wilt horen."}
    planned_stories = forms.IntegerField(
        label="Hoeveel verhalen wilt u horen?",
        help_text="Een paar verhalen zijn genoeg. Eén verhaal kan al alles laten zien.",
        min_value=1,
        max_value=200,
        error_messages={
            "invalid": "Vul een getal in, zoals 6.",
            "min_value": "Vul ten minste één verhaal in.",
            "max_value": "Dat zijn er te veel voor één ronde.",
        },
    )

    class Meta:
        model = RoundDraft
        fields = ["planned_stories"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.planned_stories is None:
            self.initial["planned_stories"] = 6

    def advise(self, cleaned):
        if cleaned["planned_stories"] > SMALL_STORIES:
            which = "eerste" if self._tried(cleaned).is_first else "kleine"
            self.nudge(f"Meer dan {SMALL_STORIES} verhalen is veel voor een {which} ronde.")


class WhenForm(DraftForm):
    needed = {
        "started_on": "Kies een dag om te beginnen.",
        "talk_on": "Kies een dag waarop u samen over de verhalen praat.",
    }

    class Meta:
        model = RoundDraft
        fields = ["started_on", "talk_on", "place"]
        widgets = {"started_on": day(), "talk_on": day()}
        help_texts = {
            "talk_on": "Twee maanden na het begin is een goede maat.",
            "place": "Weet u het al? Dan staat het meteen bij het overleg, om half acht ’s avonds. Daar kunt u "
            "ook een ander uur kiezen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        if self.instance.talk_on is None:
            self.initial["started_on"] = self.instance.started_on or today
            self.initial["talk_on"] = working_day(today + TO_THE_TALK)

    def clean(self):
        begin, talk = self.cleaned_data.get("started_on"), self.cleaned_data.get("talk_on")
        if begin and abs((begin - timezone.localdate()).days) > 366:
            self.add_error("started_on", "Kies een dag binnen een jaar.")
        elif begin and talk and talk <= begin:
            self.add_error("talk_on", "Kies een dag na het begin.")
        elif begin and talk and talk - begin > timedelta(days=730):
            self.add_error("talk_on", "Kies een dag binnen twee jaar.")
        elif talk and talk < timezone.localdate():
            self.add_error("talk_on", "Deze dag is al geweest. Kies een dag die nog komt.")
        return super().clean()

    def advise(self, cleaned):
        for sentence in self._tried(cleaned).too_heavy():
            if f"{SMALL_MONTHS} maanden" in sentence:
                self.nudge(sentence)


QUESTIONS = [SubjectForm, QuestionForm, WhoForm, StoriesForm, WhenForm]


class EndForm(forms.Form):
    """Until when the new round runs; and who receives the other, when that is nobody's turn yet."""

    ends_on = forms.DateField(
        label="Klaar rond", widget=day(), error_messages={"required": "Kies een dag waarop de ronde klaar is."}
    )

    def __init__(self, *args, draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft
        if draft.asks_host:
            self.fields["host"] = forms.ChoiceField(
                label="Wie ontvangt de ander bij de dialoog?",
                choices=[(party.value, draft.partnership.side_name(party)) for party in Party.sides()],
                widget=forms.RadioSelect,
                help_text="U had nog geen overleg. Daarna gaat het om de beurt.",
                error_messages={"required": "Kies welke kant de ander ontvangt."},
            )

    def clean_ends_on(self):
        end = self.cleaned_data["ends_on"]
        if not self.draft.talk_on <= end <= self.draft.talk_on + timedelta(days=730):
            raise forms.ValidationError("Kies een dag na de dialoog, en niet te ver weg.")
        return end


class ProposedTaskForm(forms.Form):
    """One task that was proposed: keep it, change it, or leave it out."""

    keep = forms.BooleanField(label="Deze taak", required=False)
    # More than one line high, so that a phone shows the whole title; it is one line of text all the same.
    what = forms.CharField(
        label="Wat", max_length=200, widget=lines(2), error_messages={"required": "Schrijf op wat er moet gebeuren."}
    )
    member = forms.ModelChoiceField(None, label="Wie", error_messages={"required": "Kies wie dit doet."})
    due = forms.DateField(
        label="Klaar op", widget=day(), error_messages={"required": "Kies een dag waarop het klaar is."}
    )

    def __init__(self, *args, seat, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.visible_to(seat).active()
        self.fields["member"].choices = [("", "Kies iemand"), *people]
        for name in ("keep", "what", "member", "due"):
            self.fields[name].one_of_several = True

    def clean_what(self):
        return " ".join(self.cleaned_data["what"].split())

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("Deze dag is al geweest. Kies een dag die nog komt.")
        return due

    def full_clean(self):
        super().full_clean()
        # What is left out need not be right.
        if self.is_bound and not self.cleaned_data.get("keep"):
            self._errors = type(self.errors)()
            self.cleaned_data = {}


def proposed_tasks(seat, draft, data=None):
    """The tasks on the last page: as proposed, or as somebody left them there, and one empty line.

    What somebody had who takes no part any more, is nobody's: who begins the round chooses again.
    """
    seated = Member.objects.visible_to(seat).active().select_related("user", "partnership")
    # Grouped by side, so that a name alone stands in the closed list: with the side behind it, it would be cut off.
    people = {}
    for member in sorted(seated, key=lambda one: Party.values.index(one.party)):
        people.setdefault(member.side_name.capitalize(), []).append((str(member.pk), member.name))
    gone = {str(member.pk) for member in draft.taken_out()}
    rows = proposed_rows(draft) if draft.left["tasks"] is None else draft.left["tasks"]
    rows = [row | {"member": ""} if row["member"] in gone else row for row in rows]
    kind = formset_factory(ProposedTaskForm, extra=1, max_num=60, absolute_max=60)
    return kind(data, initial=rows, prefix="taak", form_kwargs={"seat": seat, "people": people.items()})


def proposed_rows(draft):
    """The proposals as they stand on the screen when nobody touched them."""
    return [
        {"what": one.what, "member": str(one.member.pk), "due": one.due.isoformat(), "keep": True}
        for one in draft.proposals()
    ]


def idle_people(draft, formset):
    """Who takes part and has no task among those that stand ticked on the page."""
    busy = {str(form["member"].value()) for form in formset.forms if form["keep"].value()}
    return [member for member in draft.people() if str(member.pk) not in busy]


def typed_tasks(formset):
    """The rows as they stand on the screen, right or wrong, to be there again after looking back."""
    rows = []
    for form in formset.forms:
        typed = {name: form.data.get(form.add_prefix(name)) or "" for name in ("what", "member", "due")}
        row = {name: " ".join(text.split())[:300] for name, text in typed.items()}
        if any(row.values()):
            rows.append(row | {"keep": bool(form.data.get(form.add_prefix("keep")))})
    return rows
