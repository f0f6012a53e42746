"""What may betray the one who told: found by the machine, decided by a person.

The rules are data (`patterns.py`), read here and, while somebody types, by `static/js/scan.js`.
"""

import re
import unicodedata
from bisect import bisect
from dataclasses import dataclass, replace

from stdnum.nl import bsn

from experiences.scan.patterns import ACCENTS, ACCOUNTS, LISTS, NEAR, NUMBERS, PLAIN, RULES, STAFF, TENS, UNSEEN, rule

__all__ = ["WORDS", "Functions", "Hit", "band", "for_browser", "officials", "replaced", "scan"]

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
    "place": "een plaats",
    "age": "een leeftijd",
}


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


def scan(text, more=()):
    """The hits in this text, from front to back, never overlapping; the graver kind wins.

    `more` are rules of the table itself, as `officials` makes them; they go before the general names.
    """
    found, starts = [], []
    plain, places = _plain(text)
    for one in [*GRAVE, *map(Rule, more), *REST]:
        for hit in one.find(plain):
            place = bisect(starts, hit.start)
            if (place == 0 or found[place - 1].end <= hit.start) and (
                place == len(found) or hit.end <= found[place].start
            ):
                found.insert(place, hit)
                starts.insert(place, hit.start)
    return [_as_typed(hit, text, places) for hit in found] if places else found


def _plain(text):
    """The text as the rules read it, and where each of its signs stands in the real one; nothing when that is equal."""
    if not ODD.search(text):
        return text, None
    signs, places = [], []
    for place, sign in enumerate(text):
        if sign in UNSEEN:
            continue
        if signs and "\u0300" <= sign <= "\u036f":
            whole = unicodedata.normalize("NFC", signs[-1] + sign)
            signs[-1] = whole if len(whole) == 1 else signs[-1]
            continue
        signs.append(PLAIN.get(sign, sign))
        places.append(place)
    return "".join(signs), [*places, len(text)]


def _as_typed(hit, text, places):
    start, end = places[hit.start], places[hit.end]
    return replace(hit, start=start, end=end, text=text[start:end])


def replaced(text, hit, proposal=None):
    """The text with this hit replaced; a capital where a sentence begins."""
    words = hit.proposal if proposal is None else proposal
    if re.search(r"(?:\A|[.!?:]\s+|\n\s*)[\"‘“']?$", text[max(0, hit.start - NEAR) : hit.start]):
        words = words[:1].upper() + words[1:]
    return text[: hit.start] + words + text[hit.end :]


class Functions:
    """Names the people of these rules, as `officials` makes them, by what they do, in one text after another."""

    def __init__(self, rules):
        self.rules = [Rule(one) for one in rules]

    def __call__(self, text):
        for one in self.rules:
            plain, places = _plain(text)
            for hit in reversed(list(one.find(plain))):
                text = replaced(text, _as_typed(hit, text, places) if places else hit)
        return text


def officials(people):
    """Rules for people, (name, function): in a text for others they are what they do there."""
    return [
        rule("name", pattern, _with_article(function) if function else "een medewerker")
        for name, function in people
        for pattern in _ways_to_say(name)
    ]


def _with_article(function):
    # 'Hoofd Inkomen', 'lid, gastvrouw bij de voedselbank': what somebody is stands first or last before a comma.
    words = function.lower().partition(",")[0].split()
    article = "het" if any(word.endswith(("lid", "hoofd")) for word in words[:1] + words[-1:]) else "de"
    # After a comma the sentence would go on as if it were part of the function.
    stands, _, also = f"{function[:1].lower()}{function[1:]}".partition(", ")
    return f"{article} {stands} ({also})" if also else f"{article} {stands}"


def _ways_to_say(name):
    """How a story may call this person: by the whole name, however written, or by title or initial and surname."""
    whole = " ".join(name.split())
    first, _, last = (re.escape(part) for part in whole.partition(" "))
    if not last:
        return []
    blank = "[ \n]{1,4}"
    loud = [blank.join(map(re.escape, written.split())) for written in (whole.upper(), whole.lower())]
    last = re.sub(r"\\ | ", lambda match: blank, last)
    # A surname as 'de Wit' gets a capital behind a title: 'mevrouw De Wit'.
    last = f"[{last[0].upper()}{last[0].lower()}]{last[1:]}" if last[0].isalpha() else last
    edge = r"(?![0-9_A-Za-zÀ-ÖØ-öø-ɏ])"
    before = r"(?<![0-9_A-Za-zÀ-ÖØ-öø-ɏ])"
    named = rf"(?:(?:{STAFF}|{first}){blank}|{re.escape(whole[0])}\.[ ]?)(?:{first}{blank}|[A-Z]\.[ ]?)?{last}"
    return [rf"{before}{words}{edge}" for words in (named, *loud)]


def for_browser(more=()):
    """All that a browser needs to find the same things while somebody types."""
    return {
        "rules": [*(one.data for one in GRAVE), *more, *(one.data for one in REST)],
        "lists": LISTS,
        "numbers": NUMBERS,
        "tens": TENS,
        "near": NEAR,
        "accounts": ACCOUNTS,
        "words": WORDS,
        "plain": PLAIN,
        "unseen": UNSEEN,
        "accents": ACCENTS,
    }


class Rule:
    """One rule of `patterns.py`, ready to look."""

    def __init__(self, data):
        self.data = data
        self.pattern = re.compile(data["pattern"], re.I if data["flags"] else 0)
        self.around = {
            name: re.compile(data[name], re.I)
            for name in ("before", "not_before", "after", "not_after", "unlike", "figures")
            if name in data
        }

    def find(self, text):
        """The hits of this rule. After one that does not count the next may begin inside it."""
        at = 0
        while match := self.pattern.search(text, at):
            start, end = match.span(self.data["group"])
            if hit := self._hit(text, start, end):
                at = max(hit.end, match.start() + 1)
                yield hit
            else:
                at = match.start() + 1

    def _hit(self, text, start, end):
        data, words = self.data, text[start:end]
        if data.get("first"):
            words = _without_tail(words)
        if data.get("check") == "iban":
            words = _account(words)
        end = start + len(words)
        if not words or not self._stands(text, start, end, words):
            return None
        return Hit(data["kind"], start, end, words, self._says(text, start, words), data["must"])

    def _stands(self, text, start, end, words):
        data, before, after = self.data, text[max(0, start - NEAR) : start], text[end : end + NEAR]
        sides = {"before": before, "after": after, "unlike": words, "figures": re.sub(r"[^0-9+]", "", words)}
        for name, pattern in self.around.items():
            wanted = name in ("before", "after", "figures")
            if bool(pattern.search(sides[name.removeprefix("not_")])) != wanted:
                return False
        if data.get("check") == "bsn" and not bsn.is_valid(re.sub(r"\D", "", words)):
            return False
        if "range" in data and not data["range"][0] <= _number(words) <= data["range"][1]:
            return False
        name = _looked_up(words, data.get("first"))
        listed = "listed" not in data or any(one in SETS[data["listed"]] for one in name)
        return listed and ("not_listed" not in data or name[0] not in SETS[data["not_listed"]])

    def _says(self, text, start, words):
        says = self.data["says"]
        return PROPOSALS[says](words, text[max(0, start - NEAR) : start]) if says[0] == "=" else says


SETS = {name: frozenset(words) for name, words in LISTS.items()}


def _looked_up(words, first):
    """The word that is looked up: the first or the last; of a double first name also its first half."""
    parts = words.lower().split()
    word = parts[0] if first else parts[-1]
    return [word, word.split("-")[0]]


def _without_tail(words):
    """A name without the words behind it that only have a capital of their own."""
    while (tail := re.search(r"\s(\S+)$", words)) and tail[1].lower() in SETS["no_names"]:
        words = words[: tail.start()]
    return words


def _account(words):
    """The account number at the beginning of these words: the pattern may have run on into the next ones."""
    for end in range(len(words), 14, -1):
        if words[end - 1].isalnum() and _is_account(words[:end]):
            return words[:end]
    return ""


def _is_account(words):
    number = re.sub(r"[ .-]", "", words).upper()
    if ACCOUNTS.get(number[:2]) != len(number):
        return False
    return int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def band(years):
    """The band of ten years an exact age lies in: 54 becomes 'tussen 50 en 60 jaar'."""
    if years < 10:
        return "jonger dan 10 jaar"
    if years >= 90:
        return "ouder dan 90 jaar"
    return f"tussen {years // 10 * 10} en {years // 10 * 10 + 10} jaar"


SPELLED = re.compile("|".join(sorted(NUMBERS, key=len, reverse=True)), re.I)
IS_BEFORE = re.compile(
    r"(?:^|[^a-z])(?:ben|bent|is|was|word|wordt|werd)\s(?:(?:nu|net|al|bijna|inmiddels|pas)\s)?$", re.I
)


def _number(words):
    if figures := re.search(r"[0-9]+", words):
        return int(figures[0])
    spelled = SPELLED.search(words)
    return NUMBERS[spelled[0].lower()] if spelled else -1


def _age(words, before):
    """'Ik ben 54 jaar' becomes 'Ik ben vijftiger'; elsewhere the band says it."""
    years = _number(words)
    if 20 <= years < 90 and IS_BEFORE.search(before):
        return f"{TENS[years // 10 - 2]}er"
    return band(years)


def _decade(words, before=""):
    """'de jaren zestig' for 1961; the two thousands have no such name."""
    year = re.search(r"(?:19|20)[0-9][0-9]|[0-9][0-9]$", words)
    number = int(year[0]) if year else 0
    if number < 100:
        number += 1900 if number > 26 else 2000
    tens = number % 100 // 10
    if number < 2000 and tens >= 2:
        return f"de jaren {TENS[tens - 2]}"
    return "deze eeuw" if number >= 2000 else "de vorige eeuw"


def _birth(words, before):
    year = re.search(r"(?:19|20)[0-9][0-9]|[0-9][0-9]$", words)
    about = re.search(r"gebo|geb\b|jaar|lichting|wereld", words, re.I)
    if not year or not about:
        return "ooit geboren" if re.search("geboren", words, re.I) else "ooit jarig"
    return f"geboren in {_decade(year[0])}"


def _date(words, before):
    year = re.search(r"(?:19|20)[0-9][0-9]", words)
    return f"een dag in {year[0]}" if year else "een dag"


def _street(words, before):
    """After an article only the noun is needed: 'in de Kerkstraat 12' becomes 'in de straat'."""
    article = re.search(r"(?:^|[^a-z])(de|het)[ \n]$", before, re.I)
    if article:
        return "straat" if article[1].lower() == "de" else "plein"
    return "een adres hier" if re.search("[0-9]", words) else "een straat hier"


PROPOSALS = {
    "=street": _street,
    "=age": _age,
    "=old": lambda words, before: f"{band(_number(words))} oud",
    "=grown": lambda words, before: "volwassen" if _number(words) >= 18 else "jonge",
    "=tenth": lambda words, before: f"{_number(words) // 10 * 10}e",
    "=decade": _decade,
    "=birth": _birth,
    "=date": _date,
}
ODD = re.compile(f"[{''.join(PLAIN)}{UNSEEN}{ACCENTS}]")
ALL = [Rule(data) for data in RULES]
GRAVE = [one for one in ALL if one.data["must"] or one.data["kind"] in ("birthyear", "date")]
REST = [one for one in ALL if one not in GRAVE]
