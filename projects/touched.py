"""What this app tells in the story of a value: the commitments that were made for it."""

from django.utils import timezone

from projects.models import Commitment
from values.story import Touch


def touched(seat, values):
    """Each commitment with its state, on the day it was agreed."""
    for one in Commitment.objects.visible_to(seat).filter(value__in=values).select_related("project"):
        note = f"{one.state_label}. {one.project}."
        yield Touch(one.value_id, timezone.localdate(one.agreed_at), f"Afspraak: {one.what}", one.address(seat), note)
