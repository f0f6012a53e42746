"""What may betray a teller, as rules: one source for the server and for the browser, which looks while somebody types.

The patterns keep to what Python and JavaScript read alike: letters are spelled out instead of `\\w` and `\\b`, and case is
told letter by letter where it matters. `static/js/scan.js` is the other reader; a test holds both to the same hits.
"""

from experiences.scan.lists import COMMON_WAYS, FIRST_NAMES, NO_NAMES, PLACES, SHY_NAMES, SHY_PLACES, SURNAMES

UP = "A-ZÀ-ÖØ-ÞČĆĐĞİŁŃŚŞŠŹŻŽ"
LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
SIGN = f"0-9_{LETTER}"
B, E = f"(?<![{SIGN}])", f"(?![{SIGN}])"
S = r"[ \t\n\u00a0]"
# How long an account number is, per country.
ACCOUNTS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MT": 31, "NL": 18,
    "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "TR": 26, "UA": 29,
}  # fmt: skip
# Signs that look like others: Word, web pages and phones put them in what is pasted, and a rule reads the plain one.
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_ZEROES = (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10)
PLAIN = dict.fromkeys(_BLANKS, " ") | dict.fromkeys(_DASHES, "-") | {"\uff20": "@", "\uff0e": ".", "\u2024": "."}
PLAIN |= {chr(zero + number): str(number) for zero in _ZEROES for number in range(10)}
# Signs that nobody sees, such as the place where a word may break; and accents apart from their letter.
UNSEEN = (
    "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
)
ACCENTS = "\u0300-\u036f"
# As far as one hit may look around itself.
NEAR = 48


def either(*words):
    """These words with a small or a large first letter."""
    return "(?:" + "|".join(f"[{word[0].upper()}{word[0].lower()}]{word[1:]}" for word in words) + ")"


ONES = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
TEENS = (
    *("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
NUMBERS = {word: number for number, word in enumerate([*ONES, *TEENS], 1)}
NUMBERS |= {word: 10 * number for number, word in enumerate(TENS, 2)} | {"één": 1}
NUMBERS |= {
    f"{one}{'ën' if one.endswith('e') else 'en'}{ten}": 10 * tens + ones
    for tens, ten in enumerate(TENS, 2)
    for ones, one in enumerate(ONES, 1)
}
SPELLED = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBER = rf"[0-9]{{1,3}}|{SPELLED}"
ORDINALS = (
    "eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde|twaalfde|dertiende|veertiende|vijftiende"
    "|zestiende|zeventiende|achttiende|negentiende|twintigste|eenentwintigste|tweeëntwintigste|drieëntwintigste"
    "|vierentwintigste|vijfentwintigste|zesentwintigste|zevenentwintigste|achtentwintigste|negenentwintigste|dertigste"
    "|eenendertigste|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|vijftien|twintig"
)
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
WEEKDAY = r"(?:(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|de) (?:de )?)?"
LONG_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|feb|okt|nov|dec"
YEAR = r"(?:(?:19|20)[0-9][0-9]|['’]?[0-9][0-9])"
FULL_DATE = (
    rf"(?:[0-9]{{1,2}}{S}?[-/.]{S}?[0-9]{{1,2}}{S}?[-/.]{S}?{YEAR}|(?:[0-9]{{1,2}}(?:e|de|ste)?|{ORDINALS}){S}+(?:{MONTHS})"
    rf"\.?,?{S}+{YEAR}|(?:19|20)[0-9][0-9]-[0-9]{{1,2}}-[0-9]{{1,2}})"
)
DAY = (
    rf"(?:(?:[0-9]{{1,2}}(?:e|de|ste)?|{ORDINALS}){S}+(?:{MONTHS}){E}"
    rf"|[0-9]{{1,2}}{S}?[-/]{S}?[0-9]{{1,2}}(?!{S}?[-/.]?[0-9]))"
)
BORN = r"(?:geboren|geb\.?|geboortedatum|geboortedag|geboorte|verjaardag|jarig|kwam ter wereld)"
ANY = f"[{SIGN}]"
BORN_LINK = rf"[ \t\n\u00a0:,(]*(?:ben ik|is|was|op|ben|van|in {ANY}+ op|te {ANY}+ op)?[ \t\n\u00a0:,]*(?:op{S}+)?"
# Two letters after four figures that are a word or a measure, and hardly ever a postcode.
TWO_LETTERS = [
    "af",
    "al",
    "an",
    "as",
    "au",
    "bv",
    "cd",
    "cm",
    "co",
    "da",
    "de",
    "di",
    "do",
    "dr",
    "du",
    "eb",
    "ee",
    "ei",
    "el",
    "en",
    "er",
    "eu",
    "ex",
    "ga",
    "go",
    "ha",
    "he",
    "hi",
    "ho",
    "ik",
    "im",
    "in",
    "is",
    "ja",
    "je",
    "ka",
    "kg",
    "km",
    "kw",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mg",
    "ml",
    "mm",
    "mw",
    "na",
    "ne",
    "nl",
    "nu",
    "of",
    "oh",
    "om",
    "op",
    "pc",
    "re",
    "st",
    "re",
    "te",
    "to",
    "tv",
    "u",
    "uw",
    "va",
    "we",
    "wo",
    "wc",
    "ze",
    "zo",
    "zn",
    "sa",
    "sd",
    "ss",
]
JOINT = (
    r"(?:(?:[Vv]an|[Dd]e|[Dd]er|[Dd]en|[Hh]et|[Tt]en|[Tt]er|[Ee]l|[Aa]l|[Ll]a|[Ll]e|[Tt]e|[Ii]n|[Oo]p|['’]t|[Vv]on|[Bb]in"
    rf"|[Bb]en|[Oo]u){S}){{0,3}}"
)
CAPITAL = f"[{UP}](?:[{LETTER}'’-]{{0,40}}[{LETTER}])"
SURNAME = rf"{JOINT}{CAPITAL}"
FULL_NAME = rf"{CAPITAL}(?:{S}{SURNAME}|{S}[{UP}]\.){{0,2}}"
STAFF = either(
    "meneer", "mijnheer", "de heer", "mevrouw", r"mevr\.?", r"mw\.?", r"dhr\.?", "juffrouw", "juf", "meester"
)
HEALERS = either("dokter", r"dr\.?", "zuster", "broeder", "huisarts", "tandarts")
KIN_TITLE = either("tante", "oom", "opa", "oma")
CLERGY = either("pastoor", "dominee", "imam", "mijnheer pastoor", "pater")
KIN = (
    r"(?:zus|zusje|broer|broertje|zoon|zoontje|dochter|dochtertje|man|vrouw|vriend|vriendin|buurman|buurvrouw|buurmeisje"
    r"|buurjongen|neef|neefje|nicht|nichtje|moeder|vader|ex|oppas|kleinzoon|kleindochter|schoonzus|schoonzoon|schoondochter"
    r"|schoonmoeder|schoonvader|zwager|kind|kinderen|jongens|meiden|jongen|meisje|peuter|baby|kleinkind|partner|kameraad|maat)"
)
ROLE = (
    r"(?:collega|begeleider|begeleidster|consulent|consulente|klantmanager|medewerker|medewerkster|bewindvoerder|werker"
    r"|werkster|casemanager|coach|advocaat|wethouder|ambtenaar|hulp|verpleegkundige|regisseur|vrijwilliger|vrijwilligster"
    r"|maatschappelijk werker|huisbaas|baas|leraar|lerares|adviseur)"
)
START = rf"(?:^|[.!?:…]{S}*[\"”’')]?{S}+|\n{S}*)[\"“‘'(]?$"
STREET_END = (
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|dreef|hof|singel|steeg|pad|plantsoen|baan|markt|boulevard|erf|wal"
    r"|veld|park|kamp|akker|oord|heuvel|hage|brink|haven|tuin|poort|burg)"
)
SURE_END = (
    r"(?:straat|straatweg|laan|weg|plein|gracht|kade|dijk|dreef|singel|steeg|plantsoen|pad|park|kwartier|boulevard)"
)
NO_STREET = rf"(?!(?:Op|In|Aan|Bij|Naar|Langs|Het|De|Toen|Onze|Van (?:de|het|een)|Mijn){S})"
STREET_NAME = rf"{NO_STREET}(?:(?:[{UP}][{LETTER}'’.-]{{0,30}}{S}){{1,2}}{JOINT})?"
HOUSE = rf"(?:{S}(?:nummer |nr\.? )?[0-9]{{1,4}}(?:{S}?[-/]?{S}?(?:bis|hs|I{{1,3}}|[a-zA-Z])(?![{SIGN}]))?)"

SPAN_BEFORE = (
    rf"{B}(?:al|sinds|na|over|voor|afgelopen|laatste|eerste|binnen|duurde|duurt|per|elke|om de|van de|garantie|nog"
    rf"|heb|heeft|hebben|had|hadden){S}+(?:{ANY}+{S}+)?$"
)
SPAN_AFTER = (
    rf"^{S}+(?:geleden|lang|getrouwd|samen|later|gewerkt|gewoond|gestudeerd|wachten|gewacht|ervaring|werk|in dienst|hier"
    rf"|terug|garantie|huur|bezig|werken|premie|in|bij|op|voor|aan|met|tot|ging"
    rf"|(?:{ANY}+{S}+){{1,4}}(?:gewerkt|gewoond|gestaan|gezeten|gewacht|betaald|gedaan|gespaard|gevochten)){E}"
)
BAND_BEFORE = rf"(?:{B}tussen [0-9]+ en|{B}jonger dan|{B}ouder dan){S}+$"
PERSON_BEFORE = rf"{B}(?:ben|bent|is|was|word|wordt|werd|van|leeftijd:?|net|bijna|mijn|zijn|haar|hun){S}+$"
AFTER_AGE = rf"(?={S}{{0,3}}(?:[.,;!?)]|$|{S}(?:en|maar|of|dus|want|toen|als|geworden){E}))"
AGE_WORD = rf"(?:(?:nu|net|al|bijna|inmiddels|pas|nog maar|volgende maand|volgend jaar|straks|toen|ook){S})"


def rule(kind, pattern, says, must=False, **more):
    """One rule. `says` is the proposal, or with `=` the name of what computes it; `must` may not cross at all.

    `group` is the part that is the hit; `before`, `not_before`, `after` and `not_after` look around it; `listed` and
    `not_listed` look the last word up; `figures` is asked of the figures alone; `check` names a sum; `range` bounds a number.
    """
    return {"kind": kind, "pattern": pattern, "says": says, "must": must, "flags": "", "group": 0} | more


GRAVE = [
    rule(
        "email",
        rf"(?<![{SIGN}.+%-])[{SIGN}.+%-]{{1,64}}(?: punt [{SIGN}]{{1,30}}){{0,3}}{S}?(?:@|\(at\)|apenstaartje(?![{SIGN}])){S}?"
        rf"[{SIGN}-]{{1,60}}(?:(?:{S}?\.{S}?| punt )[a-z]{{2,12}}){{1,3}}",
        "een e-mailadres",
        True,
        flags="i",
    ),
    # Of a Dutch number the form is enough: a slip of the pen still shows somebody's account.
    rule(
        "iban",
        rf"{B}NL[ .-]?[0-9]{{2}}[ .-]?[A-Z]{{4}}(?:[ .-]?[0-9]){{10}}(?![0-9])",
        "een rekeningnummer",
        True,
        flags="i",
    ),
    rule(
        "iban",
        rf"{B}[A-Z]{{2}}[0-9]{{2}}(?:[ .-]?[A-Z0-9]){{10,30}}{E}",
        "een rekeningnummer",
        True,
        flags="i",
        check="iban",
    ),
    rule("birth", rf"{B}{BORN}{BORN_LINK}(?:{FULL_DATE}|{DAY})", "=birth", True, flags="i"),
    rule(
        "birth",
        rf"(?:{B}op{S})?(?<![0-9])(?:{FULL_DATE}|{DAY}){S}+(?:ben ik |is {ANY}+ |was {ANY}+ |werd(?: {ANY}+)? )?(?:geboren|jarig){E}",
        "=birth",
        True,
        flags="i",
    ),
    rule(
        "birth",
        rf"{B}(?:[Ii]k ben|[Zz]ij is|[Zz]e is|[Hh]ij is|[Dd]ie is) (?:nog )?van ({FULL_DATE})",
        "een dag",
        True,
        group=1,
    ),
    rule(
        "birthyear",
        rf"{B}(?:geboren|geboortejaar|bouwjaar|geb\.?|lichting)(?:{S}{ANY}{{1,20}})??[ \t\n\u00a0:]{{0,3}}(?:in|is|van)?{S}?"
        rf"((?:19|20)[0-9][0-9]){E}",
        "=birth",
        flags="i",
    ),
    rule(
        "birthyear",
        rf"{B}in{S}(?:19|20)[0-9][0-9]{S}(?:{ANY}+{S}){{0,2}}(?:geboren|ter wereld){E}",
        "=birth",
        flags="i",
    ),
    rule(
        "birthyear",
        rf"{B}(?:ben|is|zijn){S}van{S}((?:19[0-9]|20[01])[0-9]){E}",
        "=decade",
        flags="i",
        group=1,
        before=rf"{B}(?:[Ii]k|[Zz]ij|[Hh]ij|[Zz]e|[Mm]ijn {ANY}+|[Ww]e|[Ww]ij){S}(?:ben|is|zijn){S}van{S}$",
    ),
    rule(
        "bsn",
        rf"{B}(?:bsn|burgerservicenummer|sofi-?nummer)[^{SIGN}]{{0,3}}(?:is|was|nummer)?[^{SIGN}]{{0,3}}([0-9](?:[ .-]?[0-9]){{7,8}})(?![0-9])",
        "een nummer",
        True,
        flags="i",
        group=1,
    ),
    rule("bsn", rf"(?<![{SIGN}.,-])[0-9](?:[ .-]?[0-9]){{8}}(?![{SIGN}]|[.,][0-9])", "een nummer", True, check="bsn"),
    rule(
        "phone",
        rf"(?<![{SIGN}/,€-])(?:\+|00)?\(?[0-9](?:[ ./()-]{{0,3}}[0-9]){{5,14}}{E}",
        "een telefoonnummer",
        True,
        figures=r"^(?:0[1-9][0-9]{8}|0[89]0[0-9]{1}[0-9]{3,7}|(?:\+|00)[1-9][0-9]{7,13})$",
        unlike=rf"^{FULL_DATE}$",
    ),
    rule(
        "phone",
        rf"{B}(?:tel(?:efoon)?(?:nummer)?|bel|belde|bellen|mobiel(?:e nummer)?|nummer is|app|appen){E}[ \t\n\u00a0.:]{{1,3}}"
        rf"(?:me |mij |hem |haar |op |naar |even |dan ){{0,3}}([0-9]{{2,4}}(?:[ -]?[0-9]){{4,6}}){E}",
        "een telefoonnummer",
        True,
        flags="i",
        group=1,
    ),
    rule(
        "phone",
        rf"{B}nul[ \t\n\u00a0-]*zes(?:[ \t\n\u00a0,-]+(?:nul|{SPELLED})){{4,}}{E}|{B}nulzes{E}(?:[ \t\n\u00a0,-]*[0-9]){{6,}}",
        "een telefoonnummer",
        True,
        flags="i",
    ),
    rule(
        "postcode",
        rf"(?<![{SIGN}.,€])[1-9][0-9]{{3}}(?!(?:SA|SD|SS|KM|KG|CM|sa|sd|ss|km|kg|cm){E})[A-Za-z]{{2}}{E}",
        "hier in de buurt",
        True,
    ),
    rule(
        "postcode",
        rf"(?<![{SIGN}.,€])[1-9][0-9]{{3}}[ -](?!(?:{'|'.join(f'{word}|{word.upper()}' for word in TWO_LETTERS)}){E})"
        rf"(?:[A-Z]{{2}}|[a-z]{{2}}){E}",
        "hier in de buurt",
        True,
    ),
    rule("date", rf"(?<![0-9{LETTER}-]){WEEKDAY}{FULL_DATE}(?![0-9])", "=date", flags="i"),
    rule(
        "date",
        rf"(?<![0-9{LETTER}-]){WEEKDAY}(?:[0-9]{{1,2}}(?:e|de|ste)?|{ORDINALS}){S}+(?:{LONG_MONTHS}){E}",
        "een dag",
        flags="i",
    ),
]

# A month alone says less than a date; still nothing crosses that is finer than a quarter.
MONTH = [
    rule(
        "date",
        rf"{B}(?:[Ii]n|[Bb]egin|[Ee]ind|[Hh]alf|[Hh]alverwege){S}(?:{LONG_MONTHS})(?:{S}(?:19|20)[0-9]{{2}})?{E}",
        "een tijd geleden",
    ),
]

STREETS = [
    rule(
        "street",
        rf"{B}{STREET_NAME}(?:[{UP}][{LETTER}'’-]{{0,30}}{STREET_END}|{CAPITAL}{S}{either('straat', 'laan', 'weg', 'plein', 'gracht', 'kade', 'dijk', 'dreef', 'hof', 'singel', 'steenweg')}"
        rf"|[a-zà-ÿ'’-]{{3,30}}(?:straat|laan|plein|gracht|dreef|plantsoen)){HOUSE}(?![{SIGN}])",
        "=street",
    ),
    rule(
        "street",
        rf"{B}{STREET_NAME}[{UP}][{LETTER}'’-]{{1,30}}{SURE_END}{E}",
        "=street",
        not_listed="common_ways",
    ),
    rule(
        "street",
        rf"{B}[{UP}][{LETTER}'’-]{{1,30}}{S}(?:Straat|Laan|Weg|Plein|Gracht|Kade|Dijk|Dreef|Hof|Singel|Steenweg){E}",
        "=street",
    ),
    rule(
        "street",
        rf"{B}[a-zà-ÿ'’-]{{3,30}}(?:straat|laan|gracht|plantsoen|singel|steeg){E}",
        "=street",
        not_listed="common_ways",
        before=rf"{B}(?:[Ii]n|[Oo]p|[Aa]an|[Vv]an|[Nn]aar|[Bb]ij|[Ll]angs) (?:de|het) $",
    ),
    rule(
        "street",
        rf"{B}{CAPITAL}{HOUSE}(?![{SIGN}])",
        "=street",
        before=rf"{B}(?:[Ww]onen|[Ww]oon|[Ww]oont|[Ww]onend|[Aa]dres:?|[Aa]an|[Oo]p|[Bb]ij|[Nn]aar){S}(?:(?:de|het|op){S}){{0,2}}$",
    ),
]

TITLED = [
    rule("name", rf"{B}{HEALERS}{S}(?:[{UP}]\.{S}?){{0,4}}{SURNAME}(?:{S}{SURNAME})?", "een zorgverlener"),
    rule("name", rf"{B}{CLERGY}{S}{SURNAME}", "een geestelijke"),
    rule("name", rf"{B}{KIN_TITLE}{S}{CAPITAL}", "een familielid"),
    rule("name", rf"{B}{either('familie')}{S}{SURNAME}", "een familie"),
    # Not 'een medewerker': 'mevrouw Jansen' may well be the teller, and one tap would turn the story round.
    rule("name", rf"{B}{STAFF}{S}(?:[{UP}]\.{S}?){{0,4}}{SURNAME}(?:{S}{SURNAME})?", "iemand"),
    rule("name", rf"{B}{STAFF}{S}{JOINT}([a-zà-ÿ-]{{3,30}}){E}", "iemand", listed="surnames"),
    rule("name", rf"(?<![{SIGN}.])(?:[{UP}]\.{S}?){{1,4}}{SURNAME}(?:{S}{CAPITAL})?", "iemand"),
]

NAMES = [
    rule(
        "name",
        rf"{B}(?:[Ii]k heet|[Mm]ijn naam is|heette|heet|genaamd|ene|naar de naam|noemden? (?:me|mij|hem|haar)){S}"
        rf"({SURNAME}(?:{S}{SURNAME})?)",
        "iemand",
        group=1,
        not_listed="no_names",
    ),
    rule(
        "name",
        rf"{B}{KIN}(?:,{S}|{S})({FULL_NAME})",
        "iemand",
        group=1,
        not_listed="no_names",
        first=True,
    ),
    rule(
        "name",
        rf"{B}{ROLE}(?:,{S}|{S})({SURNAME}(?:{S}{SURNAME})?)",
        "een medewerker",
        group=1,
        not_listed="no_names",
        first=True,
    ),
    rule("name", rf"{B}{FULL_NAME}", "iemand", listed="first_names", first=True),
    rule("name", rf"{B}{FULL_NAME}", "iemand", listed="shy_names", first=True, not_before=START),
    rule("name", rf"{B}{CAPITAL}{S}{SURNAME}", "iemand", listed="shy_names", first=True),
    rule("name", rf"{B}{SURNAME}{E}", "iemand", listed="surnames", not_before=START),
]

CITIES = sorted(PLACES, key=len, reverse=True)
TOWARDS = rf"{B}(?:[Ii]n|[Uu]it|[Nn]aar|[Tt]e|[Vv]anuit|[Rr]ond|[Rr]ichting|[Bb]ij|[Gg]emeente|[Tt]ot|[Vv]an){S}$"
TOWNS = [
    rule("place", rf"{B}(?=[{UP}'])(?:{'|'.join(CITIES)}){E}(?!-)", "een plaats in de buurt"),
    rule("place", rf"{B}te{S}({CAPITAL}){E}", "een plaats in de buurt", group=1, not_listed="no_names"),
    rule("place", rf"{B}(?:{'|'.join(SHY_PLACES)}){E}", "een plaats in de buurt", before=TOWARDS),
    # A building with a name: 'bij de Schakel', 'in Het Anker'. In a village that is one address.
    rule(
        "place",
        rf"{B}(?:[Ii]n|[Bb]ij|[Nn]aar|[Uu]it|[Vv]anuit|[Nn]aast|[Tt]egenover){S}(?:[Dd]e|[Hh]et|'t){S}({CAPITAL}){E}",
        "een plek in de buurt",
        group=1,
        not_listed="no_names",
    ),
]

AGES = [
    rule("age", rf"(?<![{SIGN}.,-])({NUMBER})[ -]?jaar{S}+oude?{E}", "=old", flags="i", not_before=BAND_BEFORE),
    rule(
        "age",
        rf"(?<![{SIGN}.,-])({NUMBER})[ -]?jaar{E}",
        "=age",
        flags="i",
        before=PERSON_BEFORE,
        not_before=f"{BAND_BEFORE}|{SPAN_BEFORE}",
        not_after=SPAN_AFTER,
    ),
    rule(
        "age",
        rf"(?<![{SIGN}.,-])({NUMBER})[ -]?jaar{E}",
        "=age",
        flags="i",
        range=[12, 110],
        not_before=f"{BAND_BEFORE}|{SPAN_BEFORE}",
        not_after=SPAN_AFTER,
    ),
    rule("age", rf"(?<![{SIGN}.,-])({NUMBER})[ -]?jarige?{E}", "=grown", flags="i"),
    rule(
        "age",
        rf"{B}(?:ik (?:ben|word|werd|was)|[zh]ij (?:is|wordt|was|werd)|ze (?:is|wordt|was|werd)|{KIN} (?:is|was|wordt|werd))"
        rf"{S}{AGE_WORD}?({NUMBER}){AFTER_AGE}",
        "=age",
        flags="i",
        group=1,
        range=[4, 110],
    ),
    rule(
        "age",
        rf"{B}(?:toen|als|dat|tot){S}(?:ik|hij|zij|ze|je|{ANY}+){S}(?:nog |al |net )?({NUMBER}){S}(?:was|ben|is|werd|wordt|word){E}",
        "=age",
        flags="i",
        group=1,
        range=[4, 110],
    ),
    rule(
        "age", rf"{B}{KIN} van ({NUMBER}){E}(?!{S}(?:euro|uur|jaar|de|het))", "=age", flags="i", group=1, range=[1, 110]
    ),
    rule("age", rf"{B}(?:oudste|jongste|middelste)(?: is| was|,)? ({NUMBER}){E}(?! keer)", "=age", flags="i", group=1),
    rule("age", rf"{B}(?:mijn|je|zijn|haar|hun) ([0-9]{{1,2}}(?:e|ste|de)){E}", "=tenth", flags="i", group=1),
    rule("age", rf"{B}leeftijd:?{S}(?:is )?({NUMBER}){E}", "=age", flags="i", group=1),
    rule("age", rf"(?<=\()({NUMBER})(?= jaar\)|\))", "=age", flags="i", range=[4, 110]),
    rule("age", rf"{B}werd{S}({'|'.join(TENS)}){E}", "=age", flags="i", group=1),
]

# The graver kinds come first: where two rules lie over each other, the first keeps the place.
RULES = [*GRAVE, *MONTH, *STREETS, *TITLED, *TOWNS, *NAMES, *AGES]
LISTS = {
    "first_names": FIRST_NAMES,
    "shy_names": SHY_NAMES,
    "surnames": SURNAMES,
    "no_names": NO_NAMES,
    "common_ways": COMMON_WAYS,
}
