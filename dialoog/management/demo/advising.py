"""Letters of Oosterhage: two questions and two advices, of each one answered. Days count back from Monday."""

from analysis.models import Theme
from dialoog.advice.models import Advice, AdvicePoint, AdviceReply, Enquiry, PointReply
from dialoog.management.demo.preparing import value_named
from projects.models import Project

ANSWERED = {
    "begun": (162, "bram"),
    "sent": (158, "bram"),
    "words": {
        "sort": "own",
        "title": "Brieven die iemand in één keer begrijpt",
        "opening": (
            "In de eerste ronde vertelden mensen ons over brieven die zij niet begrepen, en over wachten aan de "
            "telefoon. Samen maakten wij afspraken. Drie dingen vragen een besluit van het college. Daarom dit advies."
        ),
        "closing": "Wij lichten dit graag toe in het volgende overleg.",
    },
    "round": 1,
    "points": [
        {
            "by": "dora",
            "text": "Laat elke standaardbrief eerst lezen door twee mensen die hem zouden krijgen.",
            "why": "Wie de brief schrijft, weet te veel. Twee lezers van buiten zien in tien minuten wat er ontbreekt.",
            "themes": ["De brief is niet voor mij geschreven"],
            "values": ["Klantgerichtheid"],
            "answer": (
                "adopted",
                "Dit doen wij sinds deze zomer bij de acht brieven die het vaakst weggaan. De andere volgen dit jaar.",
            ),
        },
        {
            "by": "bram",
            "text": "Zet in elke brief een naam en een nummer waarop die mens zelf opneemt.",
            "why": "Een algemeen nummer voelt voor veel mensen als geen nummer.",
            "themes": ["De brief is niet voor mij geschreven", "Wachten zonder te weten waarop"],
            "values": ["Verantwoordelijkheid", "Klantgerichtheid"],
            "answer": (
                "partly",
                "Een naam komt in elke brief. Een eigen nummer lukt niet: dan neemt bij ziekte niemand op. U komt "
                "straks uit bij een klein team dat de zaak kent.",
            ),
        },
        {
            "by": "fatma",
            "text": "Stop met het woord ‘dringend’ boven brieven waar geen haast bij is.",
            "why": "Mensen slapen er slecht van.",
            "themes": [],
            "values": ["Verantwoordelijkheid"],
            "answer": (
                "not",
                "Het woord staat alleen nog boven brieven met een termijn uit de wet. Daar laten wij het staan, omdat "
                "wie te laat is, geld verliest. Wij zetten er wel bij hoeveel dagen iemand heeft.",
            ),
        },
    ],
    "reply": {
        "begun": (134, "anna"),
        "sent": (124, "joost"),
        "opening": (
            "Dank voor uw advies. Wij lazen het met het team Inkomen en het team Communicatie. De wethouder sprak er "
            "met u over in het overleg."
        ),
        "closing": "In het najaar vertellen wij u hoe het gaat met de brieven die nog volgen.",
    },
}

WAITING = {
    "begun": (13, "bram"),
    "sent": (11, "bram"),
    "asked": {
        "begun": (47, "anna"),
        "sent": (46, "joost"),
        "due": 4,
        "title": "De verordening minimaregelingen 2027",
        "question": (
            "Volgend jaar komt er een nieuwe verordening. Vast staat hoeveel geld er is. Open is hoe mensen iets "
            "aanvragen, hoe lang zij wachten en wat zij moeten laten zien. Waar moeten wij op letten, als u denkt aan "
            "wat mensen u vertelden?"
        ),
        "themes": [],
        "values": ["Klantgerichtheid", "Verantwoordelijkheid"],
    },
    "words": {
        "title": "De verordening minimaregelingen 2027",
        "opening": (
            "U vroeg ons advies over de nieuwe verordening. Wij lazen haar langs onze gedeelde waarden, met de "
            "verhalen van de voedselbank ernaast. Dat leverde drie punten op."
        ),
        "closing": "",
    },
    "round": 2,
    "points": [
        {
            "by": "bram",
            "text": "Laat iedereen kiezen: digitaal of op papier, zonder eerst toestemming te vragen.",
            "why": "Wie geen DigiD heeft, haakt nu af voordat iemand hem spreekt.",
            "themes": ["Steeds weer dezelfde papieren"],
            "values": ["Klantgerichtheid", "Ontwikkeling en creativiteit"],
        },
        {
            "by": "dora",
            "text": "Schrijf in de verordening wat iemand krijgt als het besluit te laat komt.",
            "why": "Zes weken is een belofte. Een belofte telt pas als er iets gebeurt wanneer zij niet lukt.",
            "themes": [],
            "values": ["Verantwoordelijkheid"],
        },
        {
            "by": "kofi",
            "text": "Reken niet alleen met de inkomensgrens, maar kijk ook naar wat iemand overhoudt.",
            "why": "Mensen die net boven de grens zitten, vertelden dat zij minder overhouden dan hun buren eronder.",
            "themes": ["Net niet: de regels sluiten niet op elkaar aan"],
            "values": ["Verantwoordelijkheid", "Ontwikkeling en creativiteit"],
        },
    ],
}


# Asked this month, with time to answer it.
OPEN = {
    "begun": (11, "joost"),
    "sent": (10, "joost"),
    "due": -33,
    "title": "De balie in het nieuwe stadskantoor",
    "question": (
        "Over een jaar verhuist de balie. Wij tekenen nu de wachtruimte. Wat hebben mensen nodig om daar rustig te "
        "wachten en vrij te praten? De plek van de ramen en de deuren ligt vast, de rest nog niet."
    ),
    "themes": ["Wachten zonder te weten waarop"],
    "values": ["Klantgerichtheid"],
}


def advise(cast, clock):
    """The letters go out; of each sort one was answered."""
    advice, points = send(cast, clock, ANSWERED)
    reply(cast, clock, advice, points)
    send(cast, clock, WAITING, ask(cast, clock, WAITING["asked"]))
    ask(cast, clock, OPEN)


def ask(cast, clock, texts):
    """The municipality asks for advice."""
    days, who = texts["begun"]
    with clock.at(days, "11:15"):
        words = {"title": texts["title"], "question": texts["question"], "due": clock.day(texts["due"])}
        enquiry = Enquiry.begin(cast[who], Enquiry(**words))
        enquiry.themes.set(Theme.objects.visible_to(cast[who]).filter(sentence__in=texts["themes"]))
        enquiry.values.set(value_named(cast, name) for name in texts["values"])
    days, who = texts["sent"]
    with clock.at(days, "14:05"):
        enquiry.send(cast[who])
    return enquiry


def send(cast, clock, texts, enquiry=None):
    """The council writes an advice and sends it."""
    days, who = texts["begun"]
    project = Project.objects.visible_to(cast[who]).get(number=texts["round"])
    with clock.at(days, "10:30"):
        advice = Advice.begin(cast[who], Advice(project=project, enquiry=enquiry, **texts["words"]))
        points = []
        for told in texts["points"]:
            point = AdvicePoint.add(cast[told["by"]], advice, AdvicePoint(text=told["text"], why=told["why"]))
            themes = Theme.objects.visible_to(cast[who]).filter(project=project, sentence__in=told["themes"])
            point.themes.set(themes)
            point.values.set(value_named(cast, name) for name in told["values"])
            points.append((point, told))
    days, who = texts["sent"]
    with clock.at(days, "16:00"):
        advice.send(cast[who])
    return advice, points


def reply(cast, clock, advice, points):
    """The municipality answers each point and sends its reply."""
    texts = ANSWERED["reply"]
    days, who = texts["begun"]
    with clock.at(days, "09:40"):
        letter = AdviceReply.begin(cast[who], advice)
        letter.write(cast[who], letter.version, opening=texts["opening"], closing=texts["closing"])
        for point, told in points:
            verdict, reasons = told["answer"]
            answer = PointReply.objects.visible_to(cast[who]).get(point=point)
            answer.write(cast[who], answer.version, verdict=verdict, reasons=reasons)
    days, who = texts["sent"]
    with clock.at(days, "15:10"):
        letter.send(cast[who])
