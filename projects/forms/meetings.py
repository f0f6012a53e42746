"""The consultation meetings and their agenda."""

from django.utils import timezone

from dialoog.partnerships.models import Event
from projects.forms.ground import RoundForm, moment
from projects.models import (
    AgendaItem,
    ConsultationMeeting,
)


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
