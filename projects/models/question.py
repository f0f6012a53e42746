import re

# Words that ask a council for advice about a paper instead of for what people live through.
POLICY_WORDS = re.compile(
    r"\b(?:\w*verordening(?:en)?|\w*nota|\w*beleid(?:s(?:regels?|plan(?:nen)?|stukken|notitie))?|adviesaanvraag|advies\s+(?:over|op)|"
    r"raadsvoorstel(?:len)?|(?:uitvoerings|college|concept)besluit(?:en)?)\b",
    re.IGNORECASE,
)
TOPIC = re.compile(
    r"\b(?:\w*verordening|\w*nota|\w*beleid(?:s(?:regels?|plan|notitie))?|raadsvoorstel|(?:uitvoerings|college|concept)besluit)\s+"
    r"(?:(?:over|voor|van|op|rond)\s+)?(?P<topic>[^?.!,;]+)",
    re.IGNORECASE,
)

# Words with which a question asks for everything at once.
WIDE_WORDS = re.compile(
    r"\b(?:alles|allemaal|iedereen|overal|in\s+het\s+algemeen|hele\s+(?:sociaal\s+domein|gemeente|dienstverlening)|"
    r"alle\s+(?:regelingen|voorzieningen|cliënten|inwoners|mensen|wetten|diensten|hulp))\b",
    re.IGNORECASE,
)

# Words that ask what people think of something, for a way out or for a reason, instead of what happened to them.
OPINION_WORDS = re.compile(
    r"\b(?:vind(?:t|en)\s+(?:\w+\s+){1,2}(?:er)?van|hoe\s+(?:moet|moeten|zou|zouden)|mening|oordeel|tevreden|"
    r"vind(?:t|en)?\s+\w+\s+dat|waarom\s+\w+\s+(?:u|je|jij|jullie))\b",
    re.IGNORECASE,
)
ASK_WHAT_HAPPENED = (
    "Dit vraagt wat mensen vinden, of waarom zij iets doen. "
    "Vraag wat zij meemaakten, zoals: ‘Wat gebeurde er toen u om hulp vroeg?’"
)
# A question that begins with its verb is answered with yes or no, unless it asks to tell.
CLOSED_WORDS = re.compile(
    r"(?:^|[?.!:])\W*(?:(?:en|maar|of)\s+)?(?:"
    r"vind(?:t|en)?|vond(?:en)?|ben(?:t)?|is|zijn|was|waren|heb(?:t|ben)?|heeft|had(?:den)?|kan|kun(?:t|nen)?|kon(?:den)?|"
    r"wil(?:t|len)?|wilde(?:n)?|moet(?:en)?|moest(?:en)?|mag|mogen|mocht(?:en)?|zou(?:den)?|zul(?:t|len)|word(?:t|en)?|"
    r"werd(?:en)?|krijg(?:t|en)?|kreeg|kregen|weet|weten|wist(?:en)?|voel(?:t|en|de|den)?|denk(?:t|en)?|dacht(?:en)?|"
    r"gaa(?:t|n)|ging(?:en)?|doe(?:t|n)?|deed|deden|kom(?:t|en)?|kwam(?:en)?|luk(?:t|te)|help(?:t|en)?|hielp(?:en)?|"
    r"begrijp(?:t|en)?|begreep|snap(?:t|te|pen)?|ken(?:t|de|nen)?|mis(?:t|te|sen)?|ervaa?r(?:t|de|en)?|begint"
    r")\s[^?]*\?",
    re.IGNORECASE,
)
ASKS_TO_TELL = re.compile(r"\b(?:vertel\w*|beschrij\w+|uitleg\w*|noemen)\b", re.IGNORECASE)
ASK_OPENLY = "Op deze vraag past alleen ja of nee. Begin met ‘wat’ of ‘hoe’: dan vertellen mensen."


def unasked(question):
    """What about a question keeps people from telling what happened to them, as sentences; none when it is fine."""
    tips = [ASK_WHAT_HAPPENED] if asks_opinion(question) else []
    return [*tips, ASK_OPENLY] if is_closed(question) else tips


def asks_opinion(question):
    """Whether a question asks for opinions, a way out or a reason: tellers then judge or defend, and tell nothing."""
    return bool(OPINION_WORDS.search(question))


def is_closed(question):
    """Whether yes or no is an answer to it."""
    return bool(CLOSED_WORDS.search(question)) and not ASKS_TO_TELL.search(question)


def wide_words(question):
    """The words in a question that ask for more than one round can hold, as they were typed."""
    return [found.group(0) for found in WIDE_WORDS.finditer(question)]


def policy_words(question):
    """The policy words in an experience question, as they were typed."""
    return [found.group(0) for found in POLICY_WORDS.finditer(question)]


def turn_round(question, clients="cliënten", subject=""):
    """The same question asked the other way round: not about the paper, but about what people run into."""
    found = TOPIC.search(question)
    topic = found["topic"].strip() if found else subject.strip()
    if not topic:
        return f"Waar lopen {clients} tegenaan als zij hulp vragen?"
    # "Wmo", "PGB" and names keep their capitals; "De bijstand" and "Hulp thuis" in the middle of a sentence do not.
    if topic[1:2].islower() and topic.split()[0].lower() in {"de", "het", "een", "hulp", "zorg", "geld", "wonen"}:
        topic = topic[0].lower() + topic[1:]
    return f"Waar lopen {clients} tegenaan als zij te maken krijgen met {topic}?"
