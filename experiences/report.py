"""The chapter about how we listened, and the text that was read aloud. Never about fewer than three people."""

from collections import Counter

from dialoog.partnerships.report import Chapter
from dialoog.small_numbers import shown, shown_total
from experiences.models import Consent, ConsentText, Fragment, Interview, Listening, SharedSpread
from projects.models import Phase


def chapters(project, public=False):
    """How we listened, and the text for the consent as an annex; for both sides and outside the same."""
    found = [Chapter("luisteren", "Hoe wij luisterden", "experiences/report_luisteren.html", _listened(project))]
    text = _text(project)
    if text:
        told = {"text": text, "paragraphs": [line for line in text.body.splitlines() if line.strip()]}
        found.append(Chapter("bijlage", "De tekst die wij voorlazen", "experiences/report_bijlage.html", told))
    return found


def _listened(project):
    missed = Listening.objects.filter(project=project).first()
    spread = SharedSpread.objects.filter(project=project).first()
    return {
        **_counted(project),
        "cards": Fragment.objects.filter(project=project).count(),
        "missed": [line for line in missed.missed.splitlines() if line.strip()] if missed else [],
        "spread": spread.lines if spread else [],
        "council": project.partnership.council_word,
    }


def _counted(project):
    """How many conversations there were and at what kinds of places.

    Only when collecting is over: a number that grows by one between two looks tells on which day somebody spoke.
    For the same reason a conversation that was taken back stays counted: that it was held is all that is left of it.
    """
    if not project.has_reached(Phase.DELIBERATE):
        return {"talks": None, "places": []}
    held = [one.get_place_display() for one in Interview.objects.filter(project=project, declined=False)]
    places = shown(Counter(held), total=len(held))
    return {"talks": shown_total(len(held)), "places": sorted(place for place, number in places.items() if number)}


def _text(project):
    given = Consent.objects.standing().filter(teller__project=project)
    # Who heard a translation, heard the Dutch text that it follows.
    heard = {dutch or text for text, dutch in given.values_list("text", "text__follows")}
    return ConsentText.objects.filter(pk__in=heard).first()
