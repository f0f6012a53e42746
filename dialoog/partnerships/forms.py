"""The ground form for things on a table."""

import uuid

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction

from dialoog.partnerships.models import Invitation, Member, Partnership, PartnershipModel, Party
from dialoog.partnerships.seen import UNSEEN
from dialoog.partnerships.themes import theme_trouble
from dialoog.partnerships.writing import Written


def sent_number(data, name):
    """A whole number that a page sent back; whatever else arrives counts as a version that never was."""
    sent = str(data.get(name) or "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0


def seen_in(request):
    """The print of the words that were on the page of this form; empty on an old page."""
    return request.POST.get("seen", "")


def sent_key(data, name):
    """The key of a thing that a page sent back, or None when it is no key."""
    try:
        return uuid.UUID(data.get(name) or "")
    except ValueError:
        return None


def chosen(rows, data, name):
    """The row with the key that a page sent back, among those that the seat may see; None when it is not there."""
    key = sent_key(data, name)
    return rows.with_key(key) if key else None


class OneLine:
    """A form in which a field of one line gives one line, as browsers send it: these words stand in letters of ours."""

    def _clean_fields(self):
        super()._clean_fields()
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.TextInput) and isinstance(value := self.cleaned_data.get(name), str):
                self.cleaned_data[name] = " ".join(value.splitlines())


class TableForm(OneLine, forms.ModelForm):
    """A form about a thing on a table: it knows its seat, makes one thing however often it is sent, and can nudge."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    # Whether it can hold a yes to the words of its thing: then it says which words were on the screen.
    says_yes = False

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        self.seat = seat
        self.nudges = []
        if self.says_yes:
            self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
            self.initial["seen"] = self.instance.seen
        if self.instance._state.adding:
            self.instance.partnership = seat.partnership
            self.initial.setdefault("key", uuid.uuid4())
        else:
            del self.fields["key"]
            if isinstance(self.instance, Written):
                # The version that is on the screen: what is sent is laid over that one, whatever was saved since.
                self.fields["version"] = forms.CharField(widget=forms.HiddenInput, required=False)
                self.initial["version"] = self.instance.version
                if self.instance.while_typing and self.instance.may_be_written_by(seat):
                    where = {"kind": self.instance.kind(), "thing": self.instance.pk}
                    self.save_while_typing(self.instance, seat.url("partnerships:type_in", **where))
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and issubclass(field.queryset.model, PartnershipModel):
                field.queryset = field.queryset.visible_to(seat)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True

    # Where these texts save themselves while somebody types; empty when only the button does.
    writing_url = ""

    def save_while_typing(self, thing, url):
        """Let the texts of this thing that may do so save themselves, each by itself; the button stays."""
        mine = [name for name in thing.while_typing if name in self.fields and thing.may_be_settled_by(self.seat, name)]
        # What comes back with an error stands on the version it was typed on, and is nowhere else yet.
        stands_on = thing.version if not thing._state.adding else 0
        sent = {"data-unsaved": ""} if self.is_bound else {}
        version = sent_number(self.data, self.add_prefix("version")) if self.is_bound else stands_on
        for name in mine:
            told = {"data-unit": name, "data-thing": thing.topic, "data-version": version}
            self.fields[name].widget.attrs |= told | sent
        self.writing_url = url if mine else ""

    def nudge(self, sentence):
        """Say that this is unwise; whoever ticks 'toch doorgaan' and gives a reason goes on. Call it in `clean`.

        It is about the whole form and not about a field: no field turns red for an advice.
        """
        self.nudges.append(sentence)
        if not self.nudge_reason:
            self.add_error(None, forms.ValidationError(sentence, code="nudge"))

    @property
    def go_on(self):
        """Whether the person ticked 'toch doorgaan'."""
        return bool(self.data.get(self.add_prefix("go_on")))

    @property
    def typed_reason(self):
        """The reason as typed, kept in the form when it comes back."""
        return self.data.get(self.add_prefix("go_on_reason"), "").strip()[:300]

    @property
    def nudge_reason(self):
        """Why somebody goes on in spite of a nudge; empty when they did not say so."""
        return self.typed_reason if self.go_on else ""

    def save(self, seat):
        """Keep the thing; a second try with the same key gives back the first."""
        if self.nudge_reason and hasattr(self.instance, "nudge_reason"):
            self.instance.nudge_reason = self.nudge_reason
        if self.instance._state.adding:
            self.instance.pk = self.cleaned_data.get("key") or uuid.uuid4()
            if isinstance(self.instance, Written):
                self.instance.wrote(seat)
            thing = self.keep_new(seat)
            self._refuse_otherwise(thing)
        elif isinstance(self.instance, Written):
            thing = self._write(seat)
        else:
            self.instance.save()
            thing = self.instance
        if getattr(thing, "is_new", True):
            self._save_m2m()
        return thing

    def kept(self, seat):
        """The thing as it is kept now, or None: then what is wrong stands in the form, above all that was typed."""
        if not self.is_valid():
            return None
        try:
            with transaction.atomic():
                return self.save(seat)
        except ValidationError as refusal:
            self.add_error(None, ValidationError(refusal.messages))
            if getattr(refusal, "code", "") == UNSEEN:
                # The page that comes back shows the new words.
                self.data = self.data.copy()
                self.data[self.add_prefix("seen")] = self.initial["seen"]
            return None

    def _refuse_otherwise(self, thing):
        """Whoever goes back and sends the form once more with another choice hears that it was kept without that."""
        if getattr(thing, "is_new", True):
            return
        texts = thing.texts if isinstance(thing, Written) else ()
        fields = [field for field in thing._meta.concrete_fields if field.name in self._meta.fields]
        if any(
            getattr(thing, one.attname) != getattr(self.instance, one.attname)
            for one in fields
            if one.name not in texts
        ):
            raise ValidationError("Dit is al bewaard, en toen stond er iets anders. Verander het waar het nu staat.")

    def keep_new(self, seat):
        """Make the new thing, once. A form of which the thing has an act of its own calls that instead."""
        return self.instance.keep_once()

    def _write(self, seat):
        """Lay the texts over what stands there now; `thing.conflicts` tells what did not fit."""
        thing = self.instance
        sent = {name: value for name, value in self.cleaned_data.items() if name in thing.texts}
        # Only what this form asks: the rest of this copy may be older than what others saved since.
        asked = [field.name for field in thing._meta.concrete_fields if field.name in self._meta.fields]
        asked = [name for name in asked if name not in thing.texts]
        asked += ["nudge_reason"] if self.nudge_reason and hasattr(thing, "nudge_reason") else []
        if asked:
            thing.save(update_fields=asked)
        version = sent_number(self.cleaned_data, "version")
        thing.write(seat, version, **{name: getattr(value, "pk", value) for name, value in sent.items()})
        return thing


def crispy(form):
    """A form that stands in our own form tag."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    form.helper = helper


class InvitationForm(TableForm):
    """Invite somebody to the own side, or a neutral helper."""

    class Meta:
        model = Invitation
        fields = ["email", "party", "function", "can_decide", "is_coordinator"]
        widgets = {"party": forms.RadioSelect}
        help_texts = {
            "email": "De uitnodiging werkt alleen voor dit adres, één keer, 72 uur lang.",
            "party": "Een neutrale helper leidt het gesprek en hoort bij geen van beide kanten.",
            "function": "Bijvoorbeeld voorzitter, lid of teamleider.",
            "can_decide": "Kies dit voor wie namens uw kant afspraken mag maken.",
            "is_coordinator": "Een coördinator nodigt mensen van de eigen kant uit en neemt afscheid van hen.",
        }

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, seat=seat, **kwargs)
        own = (seat.party, f"Bij ons: {seat.side_name}")
        self.fields["party"].choices = [own, (Party.NEUTRAL, "Neutrale helper")]
        self.fields["party"].label = "Waar hoort deze persoon bij?"
        self.fields["party"].initial = seat.party

    def save(self, seat):
        self.instance.pk = self.cleaned_data.get("key") or uuid.uuid4()
        return self.instance.invite(seat)


class MemberForm(TableForm):
    """What somebody of the own side does and may do."""

    class Meta:
        model = Member
        fields = ["function", "can_decide", "is_coordinator"]
        help_texts = InvitationForm.Meta.help_texts

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_neutral:
            del self.fields["is_coordinator"], self.fields["can_decide"]

    def save(self, seat):
        given = {name: self.cleaned_data.get(name, False) for name in ("can_decide", "is_coordinator")}
        # The form has already written on the instance; the act compares with what is kept.
        kept = Member.objects.visible_to(seat).get(pk=self.instance.pk)
        kept.manage(seat, function=self.cleaned_data["function"], **given)
        return kept


class AcceptForm(OneLine, forms.Form):
    """A new person at a table: a name, and a password if they want one."""

    name = forms.CharField(label="Uw naam", max_length=100, help_text="Zo ziet iedereen aan tafel u staan.")
    password = forms.CharField(
        label="Wachtwoord",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Dit hoeft niet: u kunt altijd inloggen met een code per e-mail. Kiest u er een: minstens 10 tekens.",
    )

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer
        crispy(self)

    def clean_name(self):
        Member.refuse_name(self.cleaned_data["name"], [self.offer.partnership_id])
        return self.cleaned_data["name"]

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class ProfileForm(OneLine, forms.Form):
    """What a person changes about themselves."""

    name = forms.CharField(label="Uw naam", max_length=100, help_text="Zo ziet iedereen aan tafel u staan.")
    function = forms.CharField(label="Functie", max_length=100, required=False)

    def __init__(self, data=None, *, seat):
        super().__init__(data, initial={"name": seat.name, "function": seat.function})
        self.seat = seat
        crispy(self)

    def clean_name(self):
        self.seat.refuse_new_name(self.cleaned_data["name"])
        return self.cleaned_data["name"]

    def save(self, seat):
        seat.introduce(**self.cleaned_data)


LARGEST_THEME = 300_000


class TableSettingsForm(TableForm):
    """The settings of a table. Each side writes its own names; the rest is for both."""

    OWN = {
        Party.COUNCIL: ["council_name", "council_word", "stories_second_step"],
        Party.MUNICIPALITY: ["municipality_name", "theme_class"],
    }

    theme_file = forms.FileField(
        label="Stijlblad van uw gemeente",
        required=False,
        help_text="Een CSS-bestand met een thema van NL Design System. De kleuren van de kanten blijven gelijk.",
        widget=forms.ClearableFileInput(attrs={"accept": ".css,text/css"}),
    )
    no_theme = forms.BooleanField(label="Gebruik geen eigen stijlblad meer", required=False)

    class Meta:
        model = Partnership
        fields = [
            "council_name", "council_word", "municipality_name", "client_word", "legal_basis", "reply_weeks",
            "papers_days", "contact_retention_months", "data_controller", "stories_second_step", "theme_class",
        ]  # fmt: skip
        help_texts = {
            "legal_basis": "Waar de raad op berust, bijvoorbeeld de verordening cliëntenparticipatie.",
            "reply_weeks": "Zoveel weken heeft de gemeente om op een advies te antwoorden.",
            "papers_days": "Zo kan iedereen ze lezen. Wie later is, krijgt geen verwijt: het staat er alleen bij.",
            "contact_retention_months": "Daarna worden contactgegevens van vertellers gewist.",
            "data_controller": "Wie zorgt voor de persoonsgegevens. Dit staat in de tekst over toestemming.",
            "stories_second_step": "Leden van de raad openen gesprekken en verhalen dan alleen na een code uit de app "
            "op hun telefoon, of met een toegangssleutel. Ieder zet dat aan bij ‘Uw gegevens’; het telt een dag later.",
            "theme_class": "Zo heet het thema in het stijlblad, bijvoorbeeld utrecht-theme.",
        }

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, seat=seat, **kwargs)
        # Far beyond these a date falls off the calendar, and "no longer than agreed" would say nothing.
        self._at_most("reply_weeks", 52)
        self._at_most("papers_days", 30)
        self._at_most("contact_retention_months", 24)
        theirs = self.OWN[seat.other_side] + (["theme_file", "no_theme"] if seat.is_council else [])
        for name in theirs:
            del self.fields[name]
        if "no_theme" in self.fields and not self.instance.theme:
            del self.fields["no_theme"]

    def _at_most(self, name, most):
        self.fields[name].validators += [
            MinValueValidator(1, "Vul ten minste 1 in."),
            MaxValueValidator(most, f"Vul ten hoogste {most} in."),
        ]

    def clean_theme_class(self):
        name = self.cleaned_data["theme_class"]
        # It stands on every page: a class of our own there would hide or change what the other side sees.
        if name and not name.endswith("-theme"):
            raise ValidationError(
                "De klasse van een thema eindigt op -theme, zoals utrecht-theme. Kijk in het stijlblad hoe zij heet."
            )
        return name

    def clean(self):
        cleaned = super().clean()
        if "theme_file" not in self.fields or cleaned.get("no_theme"):
            return cleaned
        css, name = self._css(cleaned.get("theme_file")), cleaned.get("theme_class")
        if css and not name:
            self.add_error("theme_class", "Vul in hoe de klasse van het thema heet.")
        elif css and (trouble := theme_trouble(css, name)):
            self.add_error("theme_file", trouble)
        else:
            self.theme = css
        return cleaned

    def _css(self, file):
        if not file:
            return self.instance.theme
        if file.size > LARGEST_THEME:
            self.add_error("theme_file", "Dit bestand is te groot voor een thema. Kies een bestand van hooguit 300 kB.")
            return ""
        try:
            return file.read().decode()
        except UnicodeDecodeError:
            self.add_error("theme_file", "Dit is geen CSS-bestand. Vraag uw leverancier om het juiste bestand.")
            return ""

    def save(self, seat):
        if self.cleaned_data.get("no_theme"):
            self.instance.theme = self.instance.theme_class = ""
        elif "theme_file" in self.fields:
            self.instance.theme = self.theme
        self.instance.change(seat)
        return self.instance
