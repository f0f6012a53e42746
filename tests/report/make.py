"""Makers of reports for tests. Everything here is invented."""

from dialoog.report import composition
from dialoog.report.models import Dissent, Report
from experiences.models import Fragment
from projects.models import Phase
from tests.projects import make as projects

BRIEF = """Niet makkelijk, zeiden de meesten. Ze horen het toevallig, van een buurvrouw.

Er ging ook veel goed. Waar één mens meedacht, was het vaak in een week geregeld."""


def report(seat, project=None, **texts):
    """The report of a round that stands at its commitments, with the short version written."""
    project = project or projects.project(seat, Phase.COMMIT)
    made = Report.start(seat, project)
    texts = {"brief": BRIEF, "subtitle": "Wat mensen ons vertelden, en wat wij daarom afspreken", **texts}
    made.write(seat, made.version, **texts)
    return made


def fingerprint(report):
    """The hash of the text as it reads now."""
    return composition.compose(report).fingerprint


def signed(*seats, report):
    """These seats sign the text as it reads now, in this order."""
    for seat in seats:
        report.sign(seat, fingerprint(report))
    return report


def dissent(seat, report, text="Wij vinden dat een vaste medewerker elke week nodig is.", attached=True):
    """A side that sees it differently."""
    made = Dissent.write(seat, report, text)
    if attached:
        made.attach(seat)
    return made


def card(seat, project, number=1, text="Ik vroeg het zacht. Toen wist de hele rij ervan, zei ik.", **allowed):
    """A card on the shared side, with what its teller allowed."""
    return Fragment.objects.create(
        partnership=seat.partnership, project=project, number=number, heading=f"Kaartje {number}", text=text, **allowed
    )
