"""Two people wrote in the same text: lay both against the text they started from, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from operator import itemgetter

TOKEN = re.compile(r"\s+|\S+")
# The last word of a sentence, with the quote or bracket that closes after it; a new line ends one too.
ENDS = re.compile(r".*[.!?…]['’”»)\]]*$")
# Above this many comparisons a stretch without one recognisable word counts as rewritten: coarser, never wrong.
SMALL = 40_000


@dataclass(frozen=True)
class Clash:
    """One place where both changed the same words in different ways."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What came out: `text` keeps theirs where it clashed, `losing` is the same text with mine in those places."""

    text: str
    conflicts: tuple[Clash, ...] = ()
    losing: str = ""
    # What was written at once in one place is in two parts there, of which mine is the later one.
    comes_after: bool = False


def merge(
    base: str,
    mine: str,
    theirs: str,
    *,
    beside: bool = False,
    goes_on: bool = False,
    at_once: bool = False,
    again: bool = False,
) -> Merged:
    """Lay my changes and theirs together; what cannot be laid together keeps theirs and is told as a clash.

    With `beside`, words that both only added in one place come to stand beside each other, and what both did in words
    that touch stays where each did it. People who see each other type go on from there; for two forms that were sent
    apart it would be a sentence that nobody wrote. Whoever `goes_on` wrote the base, and goes on in their own sentence:
    what they add there comes before what the other added, which otherwise was first. Of two who put other words in the
    place of the same ones `at_once`, letter by letter, the words of both stay there too: a copy of half a word helps
    nobody, and both see what the other wants. And of two who begin with the same word each keeps their own: it begins
    two sentences; unless what I send is on its way `again`, and stands there already.
    """
    if mine == base or (mine == theirs and not at_once):
        return Merged(theirs, (), theirs)
    if theirs == base:
        return Merged(mine, (), mine)
    text, losing, clashes, after, others = [], [], [], False, 0
    for kept, stretch in _stretches(_tokens(base), _tokens(mine), _tokens(theirs)):
        if kept:
            text.extend(kept)
            losing.extend(kept)
            continue
        was, own, other = stretch
        texts = "".join(was), "".join(own), "".join(other)
        others += other != was
        twins = at_once and not again and _twins(was, own, other)
        is_twin = twins and own[: len(other)] == other[: len(own)]
        # Of the same words those that were kept first stay first, whoever wrote what stands before them.
        settled = _both(*texts[1:], goes_on and not is_twin) if twins else _settle(*stretch)
        if settled is None and beside:
            settled = _beside(*texts, goes_on=goes_on, at_once=at_once) or _apart(was, own, other, goes_on)
            if settled is None and at_once:
                settled = other if _within(own, other) else _both(*texts[1:], goes_on)
        if settled is None:
            clashes.append(Clash(*texts))
        elif at_once and (is_twin or not goes_on) and was not in (own, other):
            told = "".join(settled)
            after = after or (told != texts[2] and told.startswith(texts[2]))
        text.extend(stretch[2] if settled is None else settled)
        losing.extend(stretch[1] if settled is None else settled)
    return Merged("".join(text), tuple(clashes), "".join(losing), after and others == 1)


def own_words(text, losing):
    """The words of `losing`, a text that did not fit, that `text` has otherwise; and where in `text` that is."""
    there, mine = _tokens(text), _tokens(losing)
    known = dict(_pairs(there, mine))
    changed = [place for place in range(len(there)) if place not in known]
    new = sorted(set(range(len(mine))) - set(known.values()))
    before = [max((place for place, same in known.items() if same < one), default=-1) + 1 for one in new]
    places = changed + before
    return [mine[place] for place in new if not mine[place].isspace()], (min(places, default=0), max(places, default=0))


def same_spot(text, spot, later, later_spot):
    """Whether a spot in a text, as `own_words` tells it, is that other spot in what the text became later."""
    known = dict(_pairs(_tokens(text), _tokens(later)))
    first = max((j + 1 for i, j in known.items() if i < spot[0]), default=0)
    last = min((j for i, j in known.items() if i > spot[1]), default=len(_tokens(later)))
    return first <= later_spot[1] and later_spot[0] <= last


def says_as_much(words, others, typing=False):
    """Whether each of these words is among the others; while somebody types a word may also have grown or shrunk."""
    return all(word in others or (typing and any(_typed_on(word, other) for other in others)) for word in words)


def _typed_on(word, other):
    short, long = sorted((word, other), key=len)
    return len(short) > 0 and long.startswith(short) and long[len(short) :].isalpha()


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """The new text beside the old one, as pieces that are the same, gone or new."""
    was, now = _tokens(old), _tokens(new)
    pieces, i, j = [], 0, 0
    for x, y in [*_pairs(was, now), (len(was), len(now))]:
        if i < x:
            pieces.append(("gone", "".join(was[i:x])))
        if j < y:
            pieces.append(("new", "".join(now[j:y])))
        if x < len(was):
            pieces.append(("same", was[x]))
        i, j = x + 1, y + 1
    return _joined(pieces)


def differences_by(old, steps):
    """As `differences`, for a text that several people typed in: `steps` is [(person, text after their save)].

    What is new tells whose it is: "new council", "new municipality" or "new neutral".
    """
    words = [(token, None) for token in _tokens(old)]
    for person, text in steps:
        now = _tokens(text)
        known = {j: i for i, j in _pairs([token for token, _ in words], now)}
        words = [words[known[j]] if j in known else (token, person) for j, token in enumerate(now)]
    marked, place = [], 0
    for kind, text in differences(old, "".join(token for token, _ in words)):
        if kind == "gone":
            marked.append((kind, text))
            continue
        there = words[place : place + len(_tokens(text))]
        place += len(there)
        marked += [(f"new {owner.party}" if kind == "new" and owner else kind, token) for token, owner in there]
    return _joined(marked)


def by_sentence(pieces):
    """The same pieces for who reads them: a sentence of which less than half stayed is told as gone and written anew.

    Word by word, the few words that a rewritten sentence shares with the old one would lie between two halves of each.
    """
    told, sentence, ended = [], [], {"gone": True, "new": True}
    for kind, text in pieces:
        for token in _tokens(text):
            # A place where both the old text and the new one begin a sentence.
            if all(ended.values()) and not token.isspace() and kind == "same":
                told += _rewritten(sentence)
                sentence = []
            sentence.append((kind, token))
            if not token.isspace() or "\n" in token:
                for text_of in ("gone", "new"):
                    if kind == "same" or kind.startswith(text_of):
                        ended[text_of] = token.isspace() or bool(ENDS.match(token))
    return _joined(told + _rewritten(sentence))


def _rewritten(sentence):
    """One sentence, as it is or as the old one and then the new one."""
    # What several people wrote into one sentence stays word by word: it tells whose each word is.
    hands = {kind for kind, _ in sentence if kind.startswith("new")}
    words = Counter(kind if kind in ("same", "gone") else "new" for kind, token in sentence if not token.isspace())
    if len(hands) != 1 or words["same"] >= min(words["gone"], words["new"]):
        return sentence
    end = len(sentence)
    while sentence[end - 1][0] == "same" and sentence[end - 1][1].isspace():
        end -= 1
    body, hand = sentence[:end], hands.pop()
    was = [("gone", token) for kind, token in body if kind in ("same", "gone")]
    return was + [(hand, token) for kind, token in body if kind != "gone"] + sentence[end:]


def _joined(pieces):
    """Neighbours of one kind become one piece."""
    joined = []
    for kind, text in pieces:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        else:
            joined.append((kind, text))
    return joined


def _tokens(text):
    return TOKEN.findall(text)


def _parts(token):
    """Does this token hold two changes apart? A word does, and a new line; a blank between words does not."""
    return not token.isspace() or "\n" in token


def _settle(base, mine, theirs):
    """One stretch that somebody changed: the words that satisfy both, or None when there are none."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if base:
        return None
    # Both only added something here. A retry finds its own words already there and must not add them again.
    if _within(mine, theirs):
        return theirs
    if _within(theirs, mine):
        return mine
    if all("\n" in added[0] and added[0].isspace() for added in (mine, theirs)) or all(
        "\n" in added[-1] and added[-1].isspace() for added in (mine, theirs)
    ):
        return theirs + mine
    return None


def _beside(base, mine, theirs, goes_on, at_once=False):
    """Both only added to the same words: theirs, then mine; who goes on with a half word keeps that word whole."""
    if not (mine.startswith(base) and theirs.startswith(base)):
        # One began right before the word at which the other is.
        for before, after in ((mine, theirs), (theirs, mine)):
            if at_once and base and before.endswith(base) and after.startswith(base):
                own = before.removesuffix(base)
                return [own + ("" if own[-1:].isspace() else " ") + after]
        return None
    own, other = mine[len(base) :], theirs[len(base) :]
    half = bool(base) and not base[-1].isspace()
    own_half, other_half = (half and not added[0].isspace() for added in (own, other))
    if own_half and other_half:
        if not at_once:
            return None
        # The word is of whoever wrote it so far, and the other begins one of their own at its end; unless both went on
        # with the same letter: then each wrote that whole word.
        if own[0] == other[0]:
            own, other = mine, theirs
        return _both(mine, other, goes_on=True) if goes_on else _both(own, theirs, goes_on=False)
    first, second = (own, other) if own_half or (goes_on and not other_half) else (other, own)
    # Also after a blank: whoever typed it is about to go on with a word.
    between = "" if second[0].isspace() else " "
    return [base + first + between + second]


def _apart(base, mine, theirs, goes_on):
    """Each changed one piece, and no word that the other changed: both pieces, each in its place."""
    pieces = [_piece(base, mine), _piece(base, theirs)]
    if not goes_on:
        pieces.reverse()
    (start, end, words), (after, upto, others) = sorted(pieces, key=itemgetter(0, 1))
    if after < end:
        return None
    told = [*base[:start], *words, *base[end:after]]
    glued = told and others and not told[-1].isspace() and not others[0].isspace()
    return [*told, *([" "] if glued else []), *others, *base[upto:]]


def _twins(base, mine, theirs):
    """Whether both wrote the same words where these did not stand; a sentence, or a mended word, of both is one."""
    short, long = sorted((mine, theirs), key=len)
    if not "".join(short).strip() or (mine == theirs and ENDS.match(mine[-1])):
        return False
    is_mended = bool("".join(base).strip()) and base[0][0] in (mine[0][0], theirs[0][0])
    return not is_mended and _within(short, long)


def _both(mine, theirs, goes_on):
    """Both wrote something else in one place: theirs, then mine; nothing of who only took words out."""
    first, second = (mine, theirs) if goes_on else (theirs, mine)
    if not first.strip() or not second.strip():
        return [second if second.strip() else first]
    return [first + ("" if first[-1].isspace() or second[0].isspace() else " ") + second]


def _piece(old, new):
    """From which to which word `old` was changed, and what stands there in `new`."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    end = next((at for at in range(most - start) if old[-1 - at] != new[-1 - at]), most - start)
    return start, len(old) - end, new[start : len(new) - end]


def _within(few, many):
    """Whether these words stand in the other ones, next to each other."""
    return any(many[i : i + len(few)] == few for i in range(len(many) - len(few) + 1))


def _stretches(base, mine, theirs):
    """The three texts from front to back: (kept words, None) where all agree, (None, three versions) elsewhere."""
    in_mine, in_theirs = dict(_pairs(base, mine)), dict(_pairs(base, theirs))
    runs = []
    for x in sorted(in_mine.keys() & in_theirs.keys()):
        place = x, in_mine[x], in_theirs[x]
        if runs and place == runs[-1][1]:
            runs[-1][1] = tuple(n + 1 for n in place)
        else:
            runs.append([place, tuple(n + 1 for n in place)])
    done = 0, 0, 0
    for start, end in runs:
        kept = base[start[0] : end[0]]
        if not any(_parts(token) for token in kept):
            continue  # changes on both sides of a lone blank touch each other: one stretch
        if start != done:
            yield None, _cut(base, mine, theirs, done, start)
        yield kept, None
        done = end
    if done != (len(base), len(mine), len(theirs)):
        yield None, (base[done[0] :], mine[done[1] :], theirs[done[2] :])


def _cut(base, mine, theirs, start, end):
    return base[start[0] : end[0]], mine[start[1] : end[1]], theirs[start[2] : end[2]]


def _pairs(a, b):
    """Which word of `a` is which word of `b`: pairs of places, both rising.

    Words that occur once in both hold the texts together (patience diff), so that twenty thousand words stay
    quick; the standard library's matcher alone compares every blank with every blank.
    """
    pairs, work = [], [(0, len(a), 0, len(b))]
    while work:
        low_a, high_a, low_b, high_b = work.pop()
        while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
            pairs.append((low_a, low_b))
            low_a, low_b = low_a + 1, low_b + 1
        while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
            high_a, high_b = high_a - 1, high_b - 1
            pairs.append((high_a, high_b))
        if low_a == high_a or low_b == high_b:
            continue
        part_a, part_b = a[low_a:high_a], b[low_b:high_b]
        anchors = _anchors(part_a, part_b)
        if not anchors and len(part_a) * len(part_b) <= SMALL:
            for i, j, size in SequenceMatcher(None, part_a, part_b, autojunk=False).get_matching_blocks():
                pairs.extend((low_a + i + n, low_b + j + n) for n in range(size))
        elif anchors:
            edge_a, edge_b = low_a, low_b
            for i, j in anchors:
                pairs.append((low_a + i, low_b + j))
                work.append((edge_a, low_a + i, edge_b, low_b + j))
                edge_a, edge_b = low_a + i + 1, low_b + j + 1
            work.append((edge_a, high_a, edge_b, high_b))
    return _slid(a, b, sorted(pairs))


def _slid(a, b, pairs):
    """The same pairs, with every word that only came or only went moved as far back as it will go.

    "x y" from "x" may have gained " y" or, seen otherwise, "y" after a blank of its own. One habit for all, or two
    people who added the same words seem to have added them in two places.
    """
    before_a, before_b = -1, -1
    for n, (i, j) in enumerate(pairs):
        came, went = before_b + 1 < j and before_a + 1 == i, before_a + 1 < i and before_b + 1 == j
        if came and b[before_b + 1] == b[j]:
            pairs[n] = i, before_b + 1
        elif went and a[before_a + 1] == a[i]:
            pairs[n] = before_a + 1, j
        before_a, before_b = pairs[n]
    return pairs


def _anchors(a, b):
    """Words that occur once on both sides; failing those, words that occur equally often, in their order."""
    count_a, count_b = Counter(a), Counter(b)
    for may in (lambda word: count_a[word] == 1 == count_b[word], lambda word: count_a[word] == count_b[word]):
        places_b = {}
        for j, word in enumerate(b):
            if may(word) and not word.isspace():
                places_b.setdefault(word, []).append(j)
        taken, both = Counter(), []
        for i, word in enumerate(a):
            if word in places_b:
                both.append((i, places_b[word][taken[word]]))
                taken[word] += 1
        if both:
            return _rising(both)
    return []


def _rising(pairs):
    """The longest row of pairs that rises on both sides: what was moved past it counts as changed."""
    tails, at, before = [], [], []
    for n, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        if place == len(tails):
            tails.append(j)
            at.append(n)
        else:
            tails[place], at[place] = j, n
        before.append(at[place - 1] if place else None)
    row, n = [], at[-1]
    while n is not None:
        row.append(pairs[n])
        n = before[n]
    return row[::-1]
