"""The chapter about how we listened, and the text that was read aloud. Never about fewer than three people."""

from dialoog.partnerships.report import Chapter
from experiences.models import Fragment, Listening, SharedCount, SharedSpread


def chapters(project, public=False):
    """How we listened, and the text for the consent as an annex; for both sides and outside the same."""
    counted = SharedCount.of(project)
    told = _listened(project, counted)
    found = [Chapter("luisteren", "Hoe wij luisterden", "experiences/report_luisteren.html", told)]
    if counted and counted.text:
        told = {"text": counted.text, "paragraphs": counted.text_read_aloud}
        found.append(Chapter("bijlage", "De tekst die wij voorlazen", "experiences/report_bijlage.html", told))
    return found


def _listened(project, counted):
    missed = Listening.objects.filter(project=project).first()
    spread = SharedSpread.objects.filter(project=project).first()
    return {
        "talks": counted.talks if counted else None,
        "places": counted.kinds_of_places if counted else [],
        "cards": Fragment.objects.filter(project=project).count(),
        "missed": [line for line in missed.missed.splitlines() if line.strip()] if missed else [],
        "spread": spread.lines if spread else [],
        "council": project.partnership.council_word,
    }
