"""Makers of reports for tests. Everything here is invented."""

from dialoog.report import composition
from dialoog.report.models import Dissent, Report
from experiences.models import Fragment
from projects.models import Phase
from tests.projects import make as projects
from tests.values import make as values

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


def full(bram, anna):
    """A round with everything in it: values, people, commitments of now and of before."""
    before = projects.project(bram, Phase.CLOSED, subject="Brieven van de gemeente")
    solved = projects.commitment(bram, before, "Brieven in gewone taal, eerst voorgelegd aan twee cliënten")
    solved.solve(bram, "De raad vroeg het aan zes mensen. Zij begrepen de brief.")
    projects.commitment(bram, before, "Terugbellen binnen twee werkdagen", status="busy", clients_said="Nog niet.")
    project = projects.project(bram, Phase.COMMIT)
    for name, practice in VALUES.items():
        value = values.shared(bram, anna, name)
        values.practice(bram, value, practice)
        project.values.add(value)
    for seat in (bram, anna):
        projects.pledge(seat, project, answer="yes")
    for number, (what, because, notices) in enumerate(COMMITMENTS):
        owner = {"owner_member": (bram, anna)[number % 2]} if number else {}
        projects.commitment(bram, project, what, because=because, client_notices=notices, **owner)
    return report(bram, project, feedback="Iedereen die dat wilde, krijgt in maart een brief of een telefoontje.")


VALUES = {
    "Klantgerichtheid": "Wie binnenkomt, wordt begroet en hoeft zijn verhaal maar één keer te vertellen.",
    "Verantwoordelijkheid": "Wie belooft terug te bellen, belt terug. Ook als er nog geen antwoord is.",
    "Ontwikkeling": "Wij vragen eerst wat iemand zelf kan en wil.",
}
COMMITMENTS = (
    (
        "Eén telefoonnummer, met één mens die het hele verhaal onthoudt.",
        "Wie de weg niet kent, hoort het toevallig",
        "U hoeft uw verhaal maar één keer te vertellen.",
    ),
    (
        "Papieren die de gemeente al heeft, vragen wij niet opnieuw.",
        "Steeds weer dezelfde papieren",
        "U levert bij een nieuwe aanvraag alleen in wat veranderd is.",
    ),
    (
        "Bij de voedselbank komt een tafel apart, waar niemand meeluistert.",
        "Om hulp vragen voelt als schaamte",
        "U kunt uw vraag stellen zonder dat de rij het hoort.",
    ),
    (
        "Raad en gemeente leggen alle regels met een inkomensgrens naast elkaar.",
        "Net niet: de regels sluiten niet aan",
        "U krijgt bij ‘nee’ te horen wat er wél is.",
    ),
)
