"""Gentle remarks about the short version of the report: half a page, short sentences, plain words."""

import re

HALF_A_PAGE = 180
LONG_SENTENCE = 20
LONG_WORD = 20
# A share of a handful of conversations sounds like a measurement.
SHARE = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{1,2})? ?(?:%|procent\b)", re.IGNORECASE)
# Of a text that will be refused as far too long, the beginning says enough.
MOST_READ = 10_000
NUMBER_OF_PEOPLE = "Dit is geen steekproef. Zeg liever hoeveel mensen het vertelden, bijvoorbeeld: zeven van de acht."
# An own, careful choice from the language of offices and of research, with plain words beside them.
HARD_WORDS = {
    "aangaande": "over",
    "aanvang": "begin",
    "actoren": "wie meedoen",
    "adequaat": "goed genoeg",
    "adequate": "goed genoeg",
    "alsmede": "en",
    "anticiperen": "vooruitkijken",
    "armoedeproblematiek": "armoede",
    "bejegening": "hoe mensen worden behandeld",
    "beleidsinstrumentarium": "de regels en de hulp van de gemeente",
    "beleidskader": "regels",
    "beleidsmatig": "in de regels",
    "benutten": "gebruiken",
    "beogen": "willen",
    "betreffende": "over",
    "bewerkstelligen": "zorgen dat",
    "borgen": "zorgen dat het zo blijft",
    "borging": "zorgen dat het zo blijft",
    "burger": "inwoner",
    "casus": "verhaal",
    "casussen": "verhalen",
    "cliëntparticipatie": "dat cliënten meedoen",
    "coderen": "bundelen",
    "complex": "ingewikkeld",
    "concretiseren": "precies maken",
    "conform": "zoals in",
    "constateren": "zien",
    "continueren": "doorgaan met",
    "continuering": "doorgaan",
    "data": "wat wij weten",
    "derhalve": "dus",
    "desalniettemin": "toch",
    "dienen": "moeten",
    "dienstverlening": "hulp",
    "dientengevolge": "daardoor",
    "discrepantie": "verschil",
    "doelgroep": "de mensen om wie het gaat",
    "doelstelling": "doel",
    "doelstellingen": "doelen",
    "draagvlak": "steun",
    "effectueren": "uitvoeren",
    "efficiënt": "zonder tijd te verliezen",
    "evaluatie": "terugkijken",
    "evalueren": "terugkijken",
    "eveneens": "ook",
    "faciliteert": "helpt",
    "faciliteren": "helpen",
    "frequent": "vaak",
    "geconstateerd": "gezien",
    "gemonitord": "bijgehouden",
    "genereren": "maken",
    "generiek": "voor iedereen",
    "gerealiseerd": "gemaakt",
    "gesignaleerd": "gezien",
    "geïmplementeerd": "ingevoerd",
    "geïnventariseerd": "op een rij gezet",
    "governance": "wie waarover beslist",
    "gremia": "groepen",
    "gremium": "groep",
    "handvatten": "hulp",
    "implementatie": "invoeren",
    "implementeert": "voert in",
    "implementeren": "invoeren",
    "indien": "als",
    "ingevolge": "volgens",
    "initiëren": "beginnen",
    "input": "wat mensen zeggen",
    "instrumentarium": "middelen",
    "intake": "eerste gesprek",
    "integraal": "alles samen",
    "integrale": "alles samen",
    "interventie": "hulp",
    "inventariseren": "op een rij zetten",
    "inzake": "over",
    "jegens": "tegenover",
    "kaders": "regels",
    "ketenpartner": "wie met ons samenwerkt",
    "knelpunt": "wat niet lukt",
    "knelpunten": "wat niet lukt",
    "krachtens": "volgens",
    "kwantitatief": "in aantallen",
    "kwantitatieve": "in aantallen",
    "laagdrempelig": "makkelijk",
    "maatwerk": "wat bij iemand past",
    "methodiek": "manier van werken",
    "middels": "met",
    "monitoren": "bijhouden",
    "monitoring": "bijhouden",
    "omtrent": "over",
    "onderhavige": "deze",
    "optimaal": "zo goed mogelijk",
    "optimale": "zo goed mogelijk",
    "optimalisatieslag": "verbetering",
    "optimaliseren": "beter maken",
    "participatie": "meedoen",
    "participeren": "meedoen",
    "perceptie": "hoe mensen het zien",
    "pilot": "proef",
    "prioriteren": "kiezen wat eerst komt",
    "prioritering": "kiezen wat eerst komt",
    "problematiek": "problemen",
    "randvoorwaarde": "wat er nodig is",
    "realiseren": "maken",
    "reeds": "al",
    "regelgeving": "regels",
    "respondent": "iemand die vertelde",
    "respondenten": "mensen die vertelden",
    "resulteert": "leidt tot",
    "resulteren": "leiden tot",
    "schuldenproblematiek": "schulden",
    "signaleren": "zien",
    "signalering": "wat wij zagen",
    "significant": "duidelijk",
    "speerpunt": "wat het belangrijkst is",
    "stakeholder": "wie ermee te maken heeft",
    "suboptimaal": "kan beter",
    "suboptimale": "kan beter",
    "systematiek": "manier van werken",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "toeleiding": "hoe mensen erbij komen",
    "trachten": "proberen",
    "traject": "plan",
    "transformatie": "verandering",
    "transitie": "verandering",
    "uitrollen": "overal invoeren",
    "uitvoeringspraktijk": "hoe het gaat",
    "veelal": "vaak",
    "verkrijgen": "krijgen",
    "verstrekken": "geven",
    "vigerend": "wat nu geldt",
    "voornoemde": "deze",
    "vroegsignalering": "op tijd zien dat het misgaat",
    "wederom": "weer",
    "zelfredzaamheid": "zelf kunnen",
}
HARD_PHRASES = {
    "best practices": "wat goed werkt",
    "dient te worden": "moet",
    "dienen te worden": "moeten",
    "door middel van": "met",
    "in het kader van": "voor",
    "kwetsbare positie": "wie het moeilijk heeft",
    "met betrekking tot": "over",
    "naar aanleiding van": "door",
    "op grond van": "volgens",
    "quick wins": "wat snel beter kan",
    "te allen tijde": "altijd",
    "ten aanzien van": "over",
    "ten behoeve van": "voor",
    "wet- en regelgeving": "wetten en regels",
}


class BriefHints:
    """What could be said shorter or plainer. Never a gate."""

    def __init__(self, text):
        text = text[:MOST_READ]
        self.text = " ".join(text.split())
        self.words = re.findall(r"[^\W\d_]+", text.lower())
        self.sentences_of_text = [part.split() for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]

    def sentences(self):
        """The remarks, each a sentence that says what to do."""
        remarks = []
        if len(self.words) > HALF_A_PAGE:
            remarks.append(
                f"‘In het kort’ telt {len(self.words)} woorden. Op een halve bladzijde passen er zo’n {HALF_A_PAGE}."
            )
        for sentence in self.sentences_of_text:
            if len(sentence) > LONG_SENTENCE:
                remarks.append(f"Deze zin is lang: ‘{' '.join(sentence[:6])} …’. Maak er twee van.")
        return [*remarks, *self._shares(), *self._hard()]

    def _shares(self):
        shares = [f"‘{share}’" for share in dict.fromkeys(SHARE.findall(self.text))]
        if shares:
            return [f"{' en '.join(shares)}: {NUMBER_OF_PEOPLE[0].lower()}{NUMBER_OF_PEOPLE[1:]}"]
        return [f"‘Representatief’? {NUMBER_OF_PEOPLE}"] if "representatief" in self.words else []

    def _hard(self):
        lower = self.text.lower()
        found = {phrase: plain for phrase, plain in HARD_PHRASES.items() if phrase in lower}
        found |= {word: plain for word in self.words if (plain := _plain(word)) and not _within(word, found)}
        remarks = [f"‘{word}’ is een moeilijk woord. Bijvoorbeeld: {plain}." for word, plain in found.items()]
        long = [word for word in dict.fromkeys(self.words) if len(word) >= LONG_WORD and word not in found]
        return remarks + [f"‘{word}’ is een lang woord. Kan het korter?" for word in long]


def _plain(word):
    """The plain words for a hard one, also when it stands there with an ending."""
    stems = (word.removesuffix(ending) for ending in ("", "e", "s", "n", "en"))
    return next((HARD_WORDS[stem] for stem in stems if stem in HARD_WORDS), None)


def _within(word, phrases):
    return any(word in phrase.split() for phrase in phrases)
