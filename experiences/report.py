"""The chapter about how we listened, and the text that was read aloud. Never about fewer than three people."""

from collections import Counter

from dialoog.partnerships.report import Chapter
from experiences.models import Consent, ConsentText, Fragment, Interview, Listening

# Nothing is told about fewer people than this, also not by what is left over.
FEWEST = 3


def chapters(project, public=False):
    """How we listened, and the text for the consent as an annex; for both sides and outside the same."""
    found = [Chapter("luisteren", "Hoe wij luisterden", "experiences/report_luisteren.html", _listened(project))]
    text = _text(project)
    if text:
        told = {"text": text, "paragraphs": [line for line in text.body.splitlines() if line.strip()]}
        found.append(Chapter("bijlage", "De tekst die wij voorlazen", "experiences/report_bijlage.html", told))
    return found


def _listened(project):
    held = list(Interview.objects.filter(project=project, declined=False, teller__withdrawn_at=None))
    places = Counter(one.get_place_display() for one in held)
    missed = Listening.objects.filter(project=project).first()
    return {
        "talks": len(held) if len(held) >= FEWEST else None,
        "places": sorted(place for place, number in places.items() if number >= FEWEST),
        "cards": Fragment.objects.filter(project=project).count(),
        "missed": [line for line in missed.missed.splitlines() if line.strip()] if missed else [],
        "council": project.partnership.council_word,
    }


def _text(project):
    given = Consent.objects.standing().filter(teller__project=project).values("text")
    return ConsentText.objects.filter(pk__in=given).first()
