"""R6: merging drops nothing. The merge is pure, so these tests need no table."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialoog.partnerships.merge import Merged, by_sentence, differences, merge

TRIPLES, SOME = 10_000, 1_500


def side_by_side(base, mine, theirs, goes_on=False):
    """As for people who see each other type."""
    return merge(base, mine, theirs, beside=True, goes_on=goes_on)


def at_once(base, mine, theirs):
    """As for people who type over the same words at the same moment: nothing of it becomes a copy."""
    merged = merge(base, mine, theirs, beside=True, at_once=True)
    assert not merged.conflicts
    return merged


text = st.text(alphabet="ab \n", max_size=24)


def edited(dice, words, mark):
    """The words as one person leaves them, and which of them are new: each new word occurs nowhere else."""
    words, new = list(words), []
    for n in range(dice.randint(0, 4)):
        at = dice.randint(0, len(words))
        if dice.random() < 0.6:
            added = [f"{mark}{n}.{k}" for k in range(dice.randint(1, 3))]
            new += added
            words[at:at] = added
        elif words:
            del words[at : at + dice.randint(1, 3)]
    return words, [word for word in new if word in words]


def triples(seed, count):
    dice = random.Random(seed)
    for _ in range(count):
        base = [f"w{n}" for n in range(dice.randint(0, 12))]
        mine, my_words = edited(dice, base, "m")
        theirs, their_words = edited(dice, base, "t")
        joint = "\n" if dice.random() < 0.2 else " "
        yield joint.join(base), joint.join(mine), joint.join(theirs), my_words, their_words


def lost(merging, seed, count):
    """How many triples lose a word that somebody added, or that nobody removed."""
    losers = 0
    for base, mine, theirs, my_words, their_words in triples(seed, count):
        merged = merging(base, mine, theirs)
        result = set(merged.text.split())
        copies = {word for clash in merged.conflicts for word in clash.mine.split()}
        untouched = set(base.split()) & set(mine.split()) & set(theirs.split())
        if not (set(my_words) <= result | copies and set(their_words) | untouched <= result):
            losers += 1
    return losers


@pytest.mark.promise("R6")
@pytest.mark.parametrize("merging", [merge, side_by_side, at_once])
def test_of_many_random_triples_no_word_is_lost(merging, full):
    assert lost(merging, seed=1, count=TRIPLES if full else SOME) == 0


@pytest.mark.promise("R6", control=True)
def test_letting_the_first_one_win_does_lose_words():
    assert lost(lambda base, mine, theirs: Merged(theirs, (), theirs), seed=1, count=SOME) > SOME / 4


@pytest.mark.promise("R6")
def test_losing_text_holds_all_words_of_the_one_who_came_later():
    for base, mine, theirs, my_words, _ in triples(seed=2, count=1_000):
        assert set(my_words) <= set(merge(base, mine, theirs).losing.split())


@pytest.mark.promise("R6")
@settings(max_examples=200, deadline=None)
@given(base=text, mine=text, theirs=text, merge=st.sampled_from([merge, side_by_side]))
def test_laws_hold_for_texts_of_which_the_words_repeat(base, mine, theirs, merge):
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs
    assert merge(base, mine, mine).text == mine
    merged = merge(base, mine, theirs)
    assert merged == merge(base, mine, theirs)
    kept = Counter(merged.text.split()) + Counter(" ".join(clash.mine for clash in merged.conflicts).split())
    added = (Counter(mine.split()) - Counter(base.split())) | (Counter(theirs.split()) - Counter(base.split()))
    assert not set(added) - set(kept)
    assert bool(merged.conflicts) == (merged.losing != merged.text)


@settings(max_examples=200, deadline=None)
@given(old=text, new=text)
def test_marked_differences_give_back_both_texts(old, new):
    pieces = differences(old, new)
    assert "".join(part for kind, part in pieces if kind != "new") == old
    assert "".join(part for kind, part in pieces if kind != "gone") == new


def test_changes_in_two_sentences_both_stay():
    merged = merge(
        "Eerst luisteren. Dan het formulier.",
        "Altijd eerst luisteren. Dan het formulier.",
        "Eerst luisteren. Dan pas het formulier.",
    )
    assert merged == Merged("Altijd eerst luisteren. Dan pas het formulier.", (), merged.text)


def test_of_one_word_changed_twice_the_first_stays_and_the_other_is_told():
    merged = merge("Binnen een week.", "Binnen twee weken.", "Binnen drie dagen.")
    assert merged.text == "Binnen drie dagen."
    assert merged.losing == "Binnen twee weken."
    assert [(clash.base, clash.mine, clash.theirs) for clash in merged.conflicts] == [
        ("een week.", "twee weken.", "drie dagen.")
    ]


def test_two_lines_added_at_the_end_both_stay():
    assert merge("Regel", "Regel\nvan mij", "Regel\nvan u").text == "Regel\nvan u\nvan mij"


def test_two_who_type_on_at_the_same_place_come_to_stand_beside_each_other():
    assert side_by_side("De rij", "De rij is lang", "De rij buiten").text == "De rij buiten is lang"
    assert side_by_side("", "Ik", "Hal").text == "Hal Ik"
    # Who goes on with half a word keeps that word whole.
    assert side_by_side("hal", "hallo daar", "hal ik ben").text == "hallo daar ik ben"
    assert side_by_side("een dag", "een week", "een jaar").conflicts


def test_two_who_type_in_words_that_touch_each_keep_their_own():
    assert side_by_side("Wie b Terug", "Wie b Terugbellen", "Wie belt,  Terug").text == "Wie belt,  Terugbellen"
    assert side_by_side("Wie Teru", "Wie Terugbell", "Wie belt, Teru").text == "Wie belt, Terugbell"
    # A word of the other never sticks to a blank after which somebody is about to go on.
    assert side_by_side("", "Teru", "Wie ").text == "Wie  Teru"
    assert merge("Wie b Terug", "Wie b Terugbellen", "Wie belt,  Terug").conflicts
    # Who wrote the words at the end goes on there; what somebody else put there meanwhile comes after them.
    assert side_by_side("De rij is", "De rij is te", "De rij is Wij zien", goes_on=True).text == "De rij is te Wij zien"


def test_removing_a_sentence_somebody_mended_is_told():
    merged = merge("Bel maandag. Bel terug.", "Bel maandag.", "Bel maandag. Bel altijd terug vandaag.")
    assert merged.text == "Bel maandag. Bel altijd terug vandaag."
    assert len(merged.conflicts) == 1


@pytest.mark.parametrize("vocabulary", [40, 4_000])
def test_twenty_thousand_words_merge_at_once(vocabulary):
    dice = random.Random(vocabulary)
    base = [f"w{dice.randrange(vocabulary)}" for _ in range(20_000)]
    mine, theirs = list(base), list(base)
    for n in range(100):
        mine[dice.randrange(10_000)] = f"m{n}"
        theirs[10_100 + dice.randrange(9_000)] = f"t{n}"
    began = time.perf_counter()
    merged = merge(" ".join(base), " ".join(mine), " ".join(theirs))
    assert time.perf_counter() - began < 3
    assert not merged.conflicts
    assert set(mine) | set(theirs) <= set(merged.text.split()) | set(base)


def test_a_rewritten_sentence_is_told_as_the_old_one_and_then_the_new_one():
    kept, old = "Eerst de vraag. ", "Aan de balie lukt dat nog niet: het is er druk."
    new = "Aan de balie staat op drukke dagen een gastvrouw, die de weg wijst."
    told = by_sentence(differences(f"{kept}{old} Tot slot.", f"{kept}{new} Tot slot."))
    assert told == [("same", kept), ("gone", old), ("new", new), ("same", " Tot slot.")]
    # A word more or another word is still told as that word.
    for other in (f"{old[:-1]}, op woensdag.", old.replace("nog", "meestal")):
        assert by_sentence(differences(kept + old, kept + other)) == differences(kept + old, kept + other)
    # Of what two people wrote in one sentence each word keeps its own mark.
    both = [("gone", "oud een twee "), ("same", "en "), ("new council", "nieuw "), ("new municipality", "woord hier")]
    assert by_sentence(both) == both


@given(text, text)
@settings(max_examples=60, deadline=None)
def test_told_by_sentence_both_texts_are_still_whole(old, new):
    told = by_sentence(differences(old, new))
    assert "".join(words for kind, words in told if kind != "new").split() == old.split()
    assert "".join(words for kind, words in told if kind != "gone").split() == new.split()
