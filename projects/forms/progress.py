"""How somebody without an account is asked, and answers."""

from django import forms

from projects.forms.ground import RoundForm, lines
from projects.models import Commitment, OwnerLink


class AskOwnerForm(RoundForm):
    """To which address the question goes."""

    class Meta:
        model = OwnerLink
        fields = ["email"]
        labels = {"email": "Naar welk e-mailadres?"}
        help_texts = {"email": "Alleen uw kant ziet dit adres. In het bericht staat niet waar de afspraak over gaat."}
        error_messages = {"email": {"required": "Vul een e-mailadres in."}}

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, **kwargs)
        self.commitment = commitment

    def save(self, seat):
        return OwnerLink.send(seat, self.commitment, self.cleaned_data["email"])


class TellForm(forms.Form):
    """What the owner tells: how far it is, with a word if there is one."""

    status = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=[
            (Commitment.Status.BUSY, "Wij zijn ermee bezig"),
            (Commitment.Status.DONE, "Het is klaar"),
            (Commitment.Status.FAILED, "Het lukt niet"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe het ermee staat."},
    )
    note = forms.CharField(
        label="Wilt u er iets bij zeggen?", required=False, max_length=300, widget=lines(3),
        help_text="Kort, en zonder namen van mensen. Beide kanten lezen dit.",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Commitment.Status.FAILED and not cleaned.get("note", "").strip():
            self.add_error("note", "Schrijf op waarom het niet lukt.")
        return cleaned
