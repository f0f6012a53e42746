"""Patterns by which somebody may recognise the one who told: found by the machine, decided by a person."""

import re
from bisect import bisect
from dataclasses import dataclass

from stdnum import iban
from stdnum.nl import bsn

# Kept as sentences: a list of words reads badly one per line.
ONES = "een twee drie vier vijf zes zeven acht negen".split()  # noqa: SIM905
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()  # noqa: SIM905
TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()  # noqa: SIM905
NUMBERS = {word: number for number, word in enumerate([*ONES, *TEENS], 1)}
NUMBERS |= {word: 10 * number for number, word in enumerate(TENS, 2)} | {"één": 1}
NUMBERS |= {
    f"{one}{'ën' if one.endswith('e') else 'en'}{ten}": 10 * tens + ones
    for tens, ten in enumerate(TENS, 2)
    for ones, one in enumerate(ONES, 1)
}
MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec"
)
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)"
FULL_DATE = (
    rf"(?:\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{YEAR}|\d{{1,2}}(?:e|de|ste)?\s+(?:{MONTHS})\.?,?\s+{YEAR}"
    r"|(?:19|20)\d\d-\d{1,2}-\d{1,2})"
)
DAY = rf"\d{{1,2}}(?:e|de|ste)?\s+(?:{MONTHS})\b|\d{{1,2}}\s?[-/]\s?\d{{1,2}}(?!\s?[-/.]?\d)"
BORN = r"(?:geboren|geb\.?|geboortedatum|geboortedag|geboorte|verjaardag|jarig|kwam ter wereld)"
BORN_LINK = r"[\s:,(]*(?:ben ik|is|was|op|ben|van|in \w+ op|te \w+ op)?[\s:,]*(?:op\s+)?"
# Two letters after four figures that are a word or a measure, and hardly ever a postcode.
TWO_LETTERS = (
    "af al an as au bv cd cm co da de di do dr du eb ee ei el en er eu ex ga go ha he hi ho ik im in is ja je ka kg km "
    "kw la le li lo ma me mg ml mm mw na ne nl nu of oh om op pc re st re te to tv u uw va we wo wc ze zo zn sa sd ss"
)
SMALL_WORDS = frozenset(TWO_LETTERS.split())
TITLE = r"(?:meneer|mijnheer|de heer|mevrouw|mevr\.?|mw\.?|dhr\.?|juffrouw|meester|dokter|dr\.?|zuster|broeder)"
JOINT = r"(?:(?:van|de|der|den|het|ten|ter|el|al|la|le|te|in|op|'t|’t|von|bin|ben)\s){0,3}"
STREET_END = (
    r"(?:straat|laan|weg|plein|gracht|kade|dijk|dreef|hof|singel|steeg|pad|plantsoen|baan|markt|boulevard|erf|wal"
    r"|veld|park|kamp|akker|oord|heuvel|hage|brink|haven|tuin|poort|burg)"
)
BEFORE_SPAN = re.compile(
    r"(?:\bal|\bsinds|\bna|\bover|\bvoor|\bafgelopen|\blaatste|\beerste|\bbinnen|\bduurde|\bduurt|\bper|\belke|\bom de"
    r"|\bvan de|\bgarantie)\s+(?:\w+\s+)?$",
    re.I,
)
AFTER_SPAN = re.compile(
    r"\s+(?:geleden|lang|getrouwd|samen|later|gewerkt|gewoond|gestudeerd|wachten|gewacht|ervaring|werk|in dienst|hier"
    r"|terug|garantie|huur|bezig)\b",
    re.I,
)
BAND_BEFORE = re.compile(r"(?:\btussen \d+ en|\bjonger dan|\bouder dan)\s+$", re.I)
PERSON_BEFORE = re.compile(
    r"(?:\bben|\bbent|\bis|\bwas|\bword|\bwordt|\bwerd|\bvan|\bleeftijd:?|\bnet|\bbijna)\s+$", re.I
)
# How far to look around a hit for what it is about.
NEAR = 40


@dataclass(frozen=True)
class Hit:
    """One place in a text. `must_clear` may not cross to the other side at all; the rest a person may leave."""

    kind: str
    start: int
    end: int
    text: str
    proposal: str
    must_clear: bool

    @property
    def key(self):
        """What is remembered when somebody leaves it as it is: the same words of the same kind."""
        return [self.kind, self.text.lower()]


def scan(text):
    """The hits in this text, from front to back, never overlapping; the graver kind wins."""
    found, starts = [], []
    for finder in FINDERS:
        for hit in finder(text):
            place = bisect(starts, hit.start)
            if (place == 0 or found[place - 1].end <= hit.start) and (
                place == len(found) or hit.end <= found[place].start
            ):
                found.insert(place, hit)
                starts.insert(place, hit.start)
    return found


def replaced(text, hit, proposal=None):
    """The text with this hit replaced; a capital where a sentence begins."""
    words = hit.proposal if proposal is None else proposal
    if re.search(r"(?:\A|[.!?:]\s+|\n\s*)[\"‘“']?$", text[max(0, hit.start - NEAR) : hit.start]):
        words = words[:1].upper() + words[1:]
    return text[: hit.start] + words + text[hit.end :]


def _hit(kind, match, proposal, must_clear, group=0):
    return Hit(kind, match.start(group), match.end(group), match.group(group), proposal, must_clear)


EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}\s?(?:@|\(at\)|\bapenstaartje\b)\s?[\w-]{1,60}(?:\s?\.\s?[a-z]{2,12}){1,3}", re.I
)


def _emails(text):
    for match in EMAIL.finditer(text):
        yield _hit("email", match, "een e-mailadres", True)


IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){10,30}(?!\w)", re.I)
DUTCH_IBAN = re.compile(r"(?<!\w)NL[ .-]?\d{2}[ .-]?[A-Z]{4}(?:[ .-]?\d){10}(?!\d)", re.I)


def _ibans(text):
    # Of a Dutch number the form is enough: a slip of the pen still shows somebody's account.
    for match in DUTCH_IBAN.finditer(text):
        yield _hit("iban", match, "een rekeningnummer", True)
    for match in IBAN.finditer(text):
        # The pattern may have run on into the next words.
        words = match.group()
        for end in range(len(words), 14, -1):
            if words[end - 1 : end].isalnum() and iban.is_valid(words[:end].replace(".", "").replace("-", ""), False):
                start = match.start()
                yield Hit("iban", start, start + end, words[:end], "een rekeningnummer", True)
                break


BORN_DATE = re.compile(rf"\b{BORN}{BORN_LINK}(?:{FULL_DATE}|{DAY})", re.I)
DATE_BORN = re.compile(rf"(?<!\d)(?:{FULL_DATE}|{DAY})\s+(?:ben ik |is \w+ |was \w+ )?(?:geboren|jarig)\b", re.I)
BORN_YEAR = re.compile(
    r"\b(?:geboren|geboortejaar|bouwjaar|geb\.?|lichting)(?:\s\w{1,20})??[\s:]{0,3}(?:in|is|van)?\s?((?:19|20)\d\d)\b",
    re.I,
)
ANY_DATE = re.compile(rf"(?<![\d-]){FULL_DATE}(?!\d)", re.I)


def _births(text):
    for pattern in (BORN_DATE, DATE_BORN):
        for match in pattern.finditer(text):
            year = re.search(r"(?:19|20)\d\d|(\d\d)$", match.group())
            word = "geboren in " + _decade(year.group()) if year and "gebo" in match.group().lower() else "ooit jarig"
            yield _hit("birth", match, word, True)
    for match in BORN_YEAR.finditer(text):
        yield _hit("birthyear", match, "geboren in " + _decade(match.group(1)), False)


def _dates(text):
    for match in ANY_DATE.finditer(text):
        year = re.search(r"(?:19|20)\d\d", match.group())
        yield _hit("date", match, f"een dag in {year.group()}" if year else "een dag", False)


def _decade(year):
    """'de jaren zestig' for 1961; the two thousands have no such name."""
    number = int(year)
    if number < 100:
        number += 1900 if number > 26 else 2000
    tens = number % 100 // 10
    if number < 2000 and tens >= 2:
        return f"de jaren {TENS[tens - 2]}"
    return "deze eeuw" if number >= 2000 else "de vorige eeuw"


BSN = re.compile(r"(?<![\w.,-])\d(?:[ .]?\d){8}(?![\w]|[.,]\d)")
BSN_NAMED = re.compile(
    r"\b(?:bsn|burgerservicenummer|sofi-?nummer)\W{0,3}(?:is|was|nummer)?\W{0,3}(\d(?:[ .-]?\d){7,8})(?!\d)", re.I
)


def _bsns(text):
    for match in BSN_NAMED.finditer(text):
        yield _hit("bsn", match, "een nummer", True, 1)
    for match in BSN.finditer(text):
        if bsn.is_valid(re.sub(r"\D", "", match.group())):
            yield _hit("bsn", match, "een nummer", True)


PHONE = re.compile(r"(?<![\w/,€-])(?:\+|00)?\(?\d(?:[ ./()-]{0,3}\d){5,14}(?!\w)")
PHONE_NAMED = re.compile(
    r"\b(?:tel(?:efoon)?(?:nummer)?|bel|belde|bellen|mobiel(?:e nummer)?|nummer is|app|appen)\b[\s.:]{1,3}"
    r"(?:me |mij |hem |haar |op |naar |even |dan ){0,3}(\d{2,4}(?:[ -]?\d){4,6})(?!\w)",
    re.I,
)
SPOKEN = "nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen"
PHONE_SPOKEN = re.compile(rf"\bnul[\s-]*zes(?:[\s,-]+(?:{SPOKEN})){{4,}}\b|\bnulzes\b(?:[\s,-]*\d){{6,}}", re.I)


def _phones(text):
    for match in PHONE.finditer(text):
        figures = re.sub(r"[^\d+]", "", match.group())
        if ANY_DATE.match(match.group()):
            continue
        national = re.sub(r"^(?:\+|00)(\d{2})0?", r"0", figures) if re.match(r"\+|00", figures) else figures
        is_dutch = re.fullmatch(r"0[1-9]\d{8}", national)
        is_service = re.fullmatch(r"0[89]0\d\d{4}(?:\d{3})?", national)
        is_foreign = re.fullmatch(r"(?:\+|00)[1-9]\d{7,13}", figures)
        if is_dutch or is_service or is_foreign:
            yield _hit("phone", match, "een telefoonnummer", True)
    for match in PHONE_NAMED.finditer(text):
        yield _hit("phone", match, "een telefoonnummer", True, 1)
    for match in PHONE_SPOKEN.finditer(text):
        yield _hit("phone", match, "een telefoonnummer", True)


POSTCODE = re.compile(r"(?<![\w.,€])[1-9]\d{3}(?P<gap> ?)(?P<letters>[A-Z]{2})(?!\w)", re.I)


def _postcodes(text):
    for match in POSTCODE.finditer(text):
        letters = match["letters"]
        if letters.lower() in SMALL_WORDS and (match["gap"] or letters.upper() in ("SA", "SD", "SS", "KM", "KG", "CM")):
            continue
        if match["gap"] and not letters.isupper() and letters.lower() != letters:
            continue
        yield _hit("postcode", match, "hier in de buurt", True)


NUMBER = rf"\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
AGE = re.compile(rf"(?<![\w.,-])({NUMBER})[ -]?jaar(?:\s+oude?)?\b", re.I)
AGED = re.compile(rf"(?<![\w.,-])({NUMBER})[ -]?jarige?\b", re.I)
AGE_BARE = re.compile(
    rf"\b(?:ik (?:ben|word|werd)|[zh]ij is|ze is)\s+(?:nu |net |al |bijna |inmiddels )?({NUMBER})"
    r"(?=\s{0,3}(?:[.,;!?)]|$|en\b|maar\b))",
    re.I,
)


def _ages(text):
    for match in AGE.finditer(text):
        years = _number(match.group(1))
        before = text[max(0, match.start() - NEAR) : match.start()]
        after = text[match.end() : match.end() + NEAR]
        about_person = PERSON_BEFORE.search(before) or match.group().lower().endswith(("oud", "oude"))
        if BAND_BEFORE.search(before):
            continue
        lasting = BEFORE_SPAN.search(before) or AFTER_SPAN.match(after)
        if match.group().lower().endswith("oud") or (not lasting and (about_person or 12 <= years <= 110)):
            yield _hit("age", match, band(years) + (" oud" if match.group().lower().endswith("oud") else ""), False)
    for match in AGED.finditer(text):
        yield _hit("age", match, "volwassen" if _number(match.group(1)) >= 18 else "jonge", False)
    for match in AGE_BARE.finditer(text):
        yield _hit("age", match, band(_number(match.group(1))), False, 1)


def band(years):
    """The band of ten years an exact age lies in: 54 becomes 'tussen 50 en 60 jaar'."""
    if years < 10:
        return "jonger dan 10 jaar"
    if years >= 90:
        return "ouder dan 90 jaar"
    return f"tussen {years // 10 * 10} en {years // 10 * 10 + 10} jaar"


def _number(words):
    return int(words) if words.isdigit() else NUMBERS[words.lower()]


CAPITAL = r"[A-ZÀ-Þ][\w'’-]{1,40}"
NAME = re.compile(rf"\b(?i:{TITLE})\s(?i:{JOINT})(?:[A-Z]\.\s?){{0,4}}{CAPITAL}(?:\s(?i:{JOINT}){CAPITAL})?")
INITIALS = re.compile(rf"(?<![\w.])(?:[A-Z]\.\s?){{1,4}}(?i:{JOINT}){CAPITAL}")
CALLED = re.compile(
    rf"\b(?i:ik heet|mijn naam is|heette|heet|genaamd|ene)\s((?i:{JOINT}){CAPITAL}(?:\s(?i:{JOINT}){CAPITAL})?)"
)


def _names(text):
    for match in NAME.finditer(text):
        healer = re.match(r"dokter|dr|zuster|broeder", match.group(), re.I)
        yield _hit("name", match, "een zorgverlener" if healer else "een medewerker", False)
    for match in INITIALS.finditer(text):
        yield _hit("name", match, "iemand", False)
    for match in CALLED.finditer(text):
        yield _hit("name", match, "iemand", False, 1)


STREET = re.compile(
    rf"\b(?:[A-ZÀ-Þ][\w'’.-]{{0,30}}\s(?i:{JOINT}))?(?:[A-ZÀ-Þ][\w'’-]{{0,30}}{STREET_END}|{CAPITAL}\s(?i:{STREET_END})"
    r"|[a-zà-ÿ'’-]{3,30}(?:straat|laan|plein|gracht|dreef|plantsoen))"
    r"\s(?:nummer |nr\.? )?\d{1,4}(?:\s?[-/]?\s?[a-zA-Z](?!\w))?(?![\w])"
)


def _streets(text):
    for match in STREET.finditer(text):
        yield _hit("street", match, "een adres hier", False)


# The graver kinds come first: where two patterns lie over each other, the first keeps the place.
FINDERS = (_emails, _ibans, _births, _bsns, _phones, _postcodes, _dates, _streets, _names, _ages)

WORDS = {
    "email": "een e-mailadres",
    "iban": "een rekeningnummer",
    "birth": "een geboortedatum",
    "birthyear": "een geboortejaar",
    "date": "een datum",
    "bsn": "een burgerservicenummer",
    "phone": "een telefoonnummer",
    "postcode": "een postcode",
    "street": "een adres",
    "name": "een naam",
    "age": "een leeftijd",
}
