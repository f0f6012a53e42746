"""What the facilitator fills in about a room."""

from django import forms

from dialoog.partnerships.forms import TableForm
from values.models import MOST_GROUPS, Workshop, WorkshopGroup, tidy

PLACES = range(1, MOST_GROUPS + 1)


class WorkshopForm(TableForm):
    """The question of a room, where it is, and which groups sit in it."""

    class Meta:
        model = Workshop
        fields = ("question", "place")
        help_texts = {
            "question": "Deze vraag staat groot op het scherm.",
            "place": "Bijvoorbeeld: wijkcentrum De Brink.",
        }
        error_messages = {
            "question": {"required": "Schrijf op welke vraag de zaal beantwoordt."},
            "place": {"required": "Schrijf op waar u bij elkaar bent. Dat komt op de uitslag."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        partnership = self.seat.partnership
        names = {1: partnership.clients_word, 2: partnership.council_word, 3: "gemeente", 4: "anderen"}
        names = {place: name.capitalize() for place, name in names.items()}
        helps = {2: "Met het teken van de raad.", 3: "Met het teken van de gemeente."}
        if not self.instance._state.adding:
            groups = WorkshopGroup.objects.visible_to(self.seat).filter(workshop=self.instance)
            names = {group.position: group.name for group in groups}
        for place in PLACES:
            self.fields[f"group_{place}"] = forms.CharField(
                label=f"Groep {place}", max_length=40, required=False, initial=names.get(place, ""),
                help_text=helps.get(place, ""),
            )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        self.groups = {place: name for place in PLACES if (name := tidy(cleaned.get(f"group_{place}") or ""))}
        lowered = [name.casefold() for name in self.groups.values()]
        if len(self.groups) < 2:
            self.add_error("group_1", "Vul ten minste twee groepen in.")
        elif len(set(lowered)) < len(lowered):
            self.add_error("group_1", "Twee groepen heten hetzelfde. Geef elke groep een eigen naam.")
        return cleaned

    def save(self, seat):
        if self.instance._state.adding:
            return super().save(seat)
        self.instance.change(seat, self.cleaned_data["question"], self.cleaned_data["place"], self.groups)
        return self.instance

    def keep_new(self, seat):
        return Workshop.open_room(seat, self.instance, self.groups)
