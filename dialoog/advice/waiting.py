"""What waits for whom about advice."""

from dialoog.advice.models import Advice
from dialoog.partnerships.models import Party
from dialoog.partnerships.waiting import Waiting


def waiting(seat):
    """An advice that waits for its reply, which both know; a draft of the council, which only the council knows."""
    return [line for advice in Advice.objects.visible_to(seat).newest_first() for line in _of(seat, advice)]


def _of(seat, advice):
    url = advice.address(seat)
    if not advice.is_sent:
        note = f"Alleen de {seat.partnership.council_word} ziet dit, tot u het verstuurt."
        yield Waiting(Party.COUNCIL, f"Advies in de maak: {advice.title}", note, url, "Schrijf verder")
    elif not advice.is_answered:
        title = f"Antwoord op het advies: {advice.title}"
        # The day stands behind the note by itself, and says also that it passed.
        note = f"advies van de {seat.partnership.council_word}"
        yield Waiting(Party.MUNICIPALITY, title, note, url, "Antwoord", due=advice.reply_due)
