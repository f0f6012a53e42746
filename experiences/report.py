"""The chapter about how we listened, and the text that was read aloud. Never about fewer than three people."""

from dialoog.partnerships.report import Chapter
from experiences.models import Consent, ConsentText, Fragment, Listening, SharedCount, SharedSpread


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
    counted = SharedCount.of(project)
    return {
        "talks": counted.talks if counted else None,
        "places": counted.kinds_of_places if counted else [],
        "cards": Fragment.objects.filter(project=project).count(),
        "missed": [line for line in missed.missed.splitlines() if line.strip()] if missed else [],
        "spread": spread.lines if spread else [],
        "council": project.partnership.council_word,
    }


def _text(project):
    given = Consent.objects.standing().filter(teller__project=project)
    # Who heard a translation, heard the Dutch text that it follows.
    heard = {dutch or text for text, dutch in given.values_list("text", "text__follows")}
    return ConsentText.objects.filter(pk__in=heard).first()
