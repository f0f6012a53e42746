"""Makers of reports for tests. Everything here is invented."""

from analysis.models import Deliberation
from dialoog import paper
from dialoog.partnerships.models import Party
from dialoog.report import composition, press
from dialoog.report.models import Dissent, Printing, Report
from experiences.models import Fragment
from projects.models import Commitment, Phase
from tests.analysis import make as bundled
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
    made = Dissent.begin(seat, report, text)
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
    themes(bram, anna, project)
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


THEMES = (
    (
        "Wie de weg niet kent, hoort het toevallig",
        "Mensen weten niet welke regelingen er zijn. Ze horen het van een buurvrouw, of niet.",
        "De folder bij de huisarts hielp.",
        ("Ik hoorde het van de buurvrouw. Anders had ik het nooit geweten.", "Op de website vond ik het niet terug."),
    ),
    (
        "Steeds weer dezelfde papieren",
        "Bij elke aanvraag vraagt de gemeente opnieuw wat zij al weet.",
        "Wie belde, kreeg vaak snel antwoord.",
        ("Drie keer heb ik dezelfde bankafschriften ingeleverd. De derde keer heb ik gehuild.", "Weer een formulier."),
    ),
    (
        "Om hulp vragen voelt als schaamte",
        "Mensen stellen hun vraag in de rij, waar anderen bij staan. Sommigen gaan daarom weg.",
        "De vrijwilliger die met iemand meeloopt. Die mensen komen terug.",
        (
            "Ik vroeg het zacht. Wat zegt u, riep ze. Toen wist de hele rij het.",
            "Ik heb drie keer voor de deur gestaan. De vierde keer ging ik pas naar binnen.",
            "De kinderen mogen het niet merken. Ik zeg dat ik boodschappen ga doen.",
        ),
    ),
    (
        "Net niet: de regels sluiten niet aan",
        "Wie een paar euro te veel verdient, valt overal net buiten.",
        "Soms zocht iemand naar wat wél kon.",
        ("Ik zat er drie euro boven. Toen was alles weg.",),
    ),
)
ANSWERS = {
    Party.COUNCIL: (
        "Mensen wachten in één rij, van de deur tot de tafel. Wie iets vraagt, doet dat waar iedereen bij staat.",
        "De vrijwilligers hebben voordeel: één plek, één keer uitleggen. Wie zich schaamt heeft nadeel.",
        "Nee. Hulp vragen mag nooit kosten wat iemand nog over heeft: dat niemand het weet.",
        "Een tafel apart, en een mens die u ophaalt. Niet een folder met een nummer.",
    ),
    Party.MUNICIPALITY: (
        "Wij hebben de intake bij de uitgifte gelegd, omdat dat snel gaat. Wij wisten niet dat de rij meeluistert.",
        "De uitgifte blijft kort. Het nadeel ligt bij mensen die voor het eerst komen.",
        "Nee. Snel is goed, maar niet als mensen daarom weggaan. Wij vinden wel dat de uitgifte kort moet blijven.",
        "Een tafel apart kan. Een vaste medewerker elke week kunnen wij nog niet beloven.",
    ),
}


def themes(bram, anna, project):
    """What both sides made of the cards: themes, tags, both answers, the dialogue, and a disagreement."""
    told = list(Commitment.objects.visible_to(bram).filter(project=project).order_by("agreed_at"))
    chosen, number, made = list(project.values.all()), 0, []
    for place, (sentence, explanation, well, texts) in enumerate(THEMES):
        cards = []
        for text in texts:
            number += 1
            # The fifth may not be quoted, and the even ones not in public.
            cards.append(card(bram, project, number, text, may_quote=number != 5, may_publish=number in (1, 3, 7)))
            if chosen:
                bundled.tag(bram, cards[-1], chosen[number % len(chosen)], "harmed" if number % 3 else "upheld")
        words = {"explanation": explanation, "going_well": well, "counter_voice": "Bij mij ging het juist vlot."}
        made.append(bundled.theme(bram, project, sentence, cards, place, **words))
        if place < len(told):
            made[-1].bind(told[place])
    envelope = Deliberation.of(project)
    for theme in made:
        for seat in (bram, anna):
            for question, text in enumerate(ANSWERS[seat.party], 1):
                bundled.answer(seat, theme, question, text)
    for seat in (bram, anna):
        envelope.release_for(seat, project)
    project.refresh_from_db()
    bundled.dialogue(bram, project)
    for theme in made:
        bundled.heard(bram, theme, "Dat de uitgifte kort moet blijven.")
        bundled.heard(anna, theme, "Dat mensen weggaan als anderen meeluisteren.")
        bundled.outcome(bram, theme, "partly", insight="Over de tafel apart zijn wij het eens.")
        bundled.outcome(anna, theme, "partly")
        bundled.outcome(bram, theme, "partly", council_position="Elke week een vaste medewerker.")
    return made


def printed():
    """Whatever waits for the press is made now; gives how many files were."""
    return press.work()


def kept(report, readers="closed"):
    """One version of a signed report with its file; the press would make all three."""
    edition = report.edition(readers)
    edition.keep(paper.render(edition.html))
    return report.edition(readers)


def printing(seat, report):
    """A draft that is on its way to paper."""
    return Printing.ask(seat, "Een concept", "concept", composition.compose(report).html(), report=report)
