"""What waits for whom about advice."""

from dialoog.advice.models import Advice, Enquiry
from dialoog.partnerships.models import Party
from dialoog.partnerships.waiting import Waiting


def waiting(seat):
    """What was sent and waits for its answer, which both know; a draft, which only its own side knows."""
    advices = list(Advice.objects.visible_to(seat).newest_first())
    begun = {advice.enquiry_id: advice for advice in advices if advice.enquiry_id and not advice.is_sent}
    questions = [
        line
        for enquiry in Enquiry.objects.visible_to(seat).newest_first()
        for line in _asked(seat, enquiry, begun.get(enquiry.pk))
    ]
    # A draft that answers an open question waits there already.
    return questions + [line for one in advices if one.is_sent or not _answers(one) for line in _advised(seat, one)]


def _answers(advice):
    return advice.enquiry_id and advice.enquiry.is_open


def _asked(seat, enquiry, begun):
    if not enquiry.is_sent:
        note, url = "Alleen de gemeente ziet dit, tot u het verstuurt.", enquiry.address(seat)
        yield Waiting(Party.MUNICIPALITY, f"Vraag om advies in de maak: {enquiry.title}", note, url, "Schrijf verder")
    elif enquiry.is_open:
        title, note = f"Advies op de vraag: {enquiry.title}", "vraag van de gemeente"
        url, verb = (begun or enquiry).address(seat), "Schrijf verder" if begun else "Antwoord"
        yield Waiting(Party.COUNCIL, title, note, url, verb, due=enquiry.due)


def _advised(seat, advice):
    url = advice.address(seat)
    if not advice.is_sent:
        note = f"Alleen de {seat.partnership.council_word} ziet dit, tot u het verstuurt."
        yield Waiting(Party.COUNCIL, f"Advies in de maak: {advice.title}", note, url, "Schrijf verder")
    elif not advice.is_answered:
        title = f"Antwoord op het advies: {advice.title}"
        # The day stands behind the note by itself, and says also that it passed.
        note = f"advies van de {seat.partnership.council_word}"
        yield Waiting(Party.MUNICIPALITY, title, note, url, "Antwoord", due=advice.reply_due)
