"""Small numbers, tried by somebody who knows the rule by heart and subtracts whatever there is to subtract."""

import ast
from collections import defaultdict
from itertools import combinations, product
from pathlib import Path

import pytest

from dialoog.small_numbers import FEWEST, shown, shown_apart, shown_total
from experiences import report
from experiences.models import Interview, SharedCount
from experiences.models.counted import _heard
from projects.models import Phase
from tests.experiences import make
from tests.projects import make as rounds

ROOT = Path(__file__).resolve().parents[2]


def naive(counts, total=None):
    """Hiding small groups and nothing else: what everybody does first."""
    return {group: number if number >= FEWEST else None for group, number in counts.items()}


def worlds(groups, most):
    """Every way in which people can lie in these groups, and outside them, with the total that stands beside it."""
    for numbers in product(range(most + 1), repeat=groups + 1):
        if sum(numbers) >= FEWEST:
            yield numbers


def found_out(rule, groups, most):
    """The worlds in which somebody finds the number of one or two people in a group, or in some groups together."""
    same = defaultdict(list)
    for numbers in worlds(groups, most):
        named, total = dict(enumerate(numbers[:groups])), sum(numbers)
        same[total, tuple(rule(named, total=total).items())].append(numbers)
    places = [part for size in range(1, groups + 1) for part in combinations(range(groups + 1), size)]
    caught = []
    for alike in same.values():
        for part in places:
            sums = {sum(numbers[place] for place in part) for numbers in alike}
            if len(sums) == 1 and 0 < min(sums) < FEWEST:
                caught.append((alike[0], part))
    return caught


@pytest.mark.promise("P4")
@pytest.mark.parametrize(("groups", "most"), [(1, 14), (2, 8), (3, 5), (4, 3)])
def test_whoever_knows_the_rule_and_subtracts_finds_no_small_number(groups, most):
    assert found_out(shown, groups, most) == []


@pytest.mark.promise("P4", control=True)
def test_hiding_the_small_ones_alone_is_found_out():
    assert found_out(naive, 2, 5)


@pytest.mark.promise("P4")
def test_no_number_of_fewer_than_three_is_ever_shown():
    for numbers in worlds(2, 7):
        told = shown({"a": numbers[0], "b": numbers[1]}, total=sum(numbers)).values()
        assert all(number is None or number >= FEWEST for number in told)
    assert shown({"a": 2, "b": 3, "c": 0}) == {"a": None, "b": 3, "c": None}
    assert [shown_total(number) for number in (0, 1, 2, 3)] == [None, None, None, 3]


def test_one_small_group_takes_the_next_smallest_along_and_leaves_the_others():
    assert shown({"a": 9, "b": 6, "c": 2}, total=17) == {"a": 9, "b": None, "c": None}
    # Two small groups that hold three people cover each other.
    assert shown({"a": 9, "b": 2, "c": 1}, total=12) == {"a": 9, "b": None, "c": None}
    # Two equal ones do not: both would be two.
    assert shown({"a": 9, "b": 2, "c": 2}, total=13) == {"a": None, "b": None, "c": None}
    # Who is in no group is a group too: of eleven, nine and none leaves two.
    assert shown({"a": 9}, total=11) == {"a": None}


def test_groups_that_overlap_are_shown_apart():
    with pytest.raises(ValueError, match="they overlap"):
        shown({"a": 5, "b": 6}, total=8)
    assert shown_apart({"a": 5, "b": 6}, total=8) == {"a": 5, "b": None}


@pytest.fixture
def project(bram, anna):
    return rounds.project(bram, Phase.COLLECT)


def listened(project):
    return next(one for one in report.chapters(project) if one.slot == "luisteren").context


def bundled(project):
    project.phase = Phase.DELIBERATE
    project.save()
    return project


@pytest.mark.promise("P4")
def test_the_report_tells_nothing_about_fewer_than_three(bram, project):
    for place in ["food_bank"] * 4 + ["home"] * 3 + ["library"]:
        make.interview(bram, project, place=place)
    told = listened(bundled(project))
    # Three at home, one at the library: naming the four of the food bank leaves no number to find.
    assert (told["talks"], told["places"]) == (8, ["bij de voedselbank"])


@pytest.mark.promise("P4")
def test_two_conversations_are_not_counted_in_the_report(bram, project):
    for _ in range(2):
        make.interview(bram, project)
    assert listened(bundled(project))["talks"] is None


@pytest.mark.promise("P4")
def test_the_report_counts_nothing_while_collecting_and_keeps_its_number_after_a_withdrawal(bram, project):
    held = [make.told(bram, project) for _ in range(4)]
    assert (listened(project)["talks"], listened(project)["places"]) == (None, [])
    before = listened(bundled(project))
    assert (before["talks"], before["places"]) == (4, ["bij de voedselbank"])
    # The difference between two looks would be one person.
    held[0].teller.withdraw(bram)
    after = listened(project)
    assert (after["talks"], after["places"]) == (4, ["bij de voedselbank"])


def looks(browse, anna, bram, look):
    """What the lead of the municipality reads, at first and after taking the round back for two more conversations."""
    project = rounds.project(anna, Phase.COLLECT)
    for place in ["food_bank"] * 3 + ["home"] * 3:
        make.told(bram, project, place=place)
    yield look(bundled(project))
    for phase in (Phase.DELIBERATE, Phase.BUNDLE):
        told = {"reason": "Nog een verhaal erbij", "expected": phase}
        assert browse(anna).do("projects:go_back", told, project=project.pk).status_code == 302
    project.refresh_from_db()
    yield look(project)
    for place in ("home", "library"):
        make.told(bram, project, place=place)
    yield look(bundled(project))
    moved = Interview.objects.filter(project=project, place="food_bank").first()
    moved.place = "home"
    moved.change(bram, moved.teller.code, moved.teller.whose)
    yield look(project)


def numbers(told):
    return told["talks"], tuple(told["places"])


@pytest.mark.promise("P4")
def test_a_step_back_and_forward_gives_no_second_look_at_the_numbers(browse, anna, bram):
    seen = looks(browse, anna, bram, lambda project: numbers(listened(project)))
    assert set(seen) == {(6, ("bij de voedselbank", "bij iemand thuis"))}


@pytest.mark.promise("P4")
def test_while_collecting_no_part_of_a_report_tells_that_somebody_spoke_or_took_it_back(anna, bram):
    project = rounds.project(bram, Phase.COLLECT)
    looks = [[chapter.slot for chapter in report.chapters(project)]]
    held = make.told(bram, project)
    looks.append([chapter.slot for chapter in report.chapters(project)])
    held.teller.withdraw(bram)
    looks.append([chapter.slot for chapter in report.chapters(project)])
    assert looks == [["luisteren"]] * 3


@pytest.mark.promise("P4", control=True)
def test_the_text_that_was_heard_would_tell_it(bram):
    project = rounds.project(bram, Phase.COLLECT)
    assert _heard(project) is None
    make.told(bram, project)
    assert _heard(project)


@pytest.mark.promise("P4", control=True)
def test_counting_again_at_each_look_would_tell_that_somebody_spoke_and_where(browse, anna, bram):
    def counted_again(project):
        SharedCount.objects.all().delete()
        return numbers(listened(project))

    seen = list(looks(browse, anna, bram, counted_again))
    assert [talks for talks, _ in seen] == [6, None, 8, 8] and len({places for _, places in seen}) > 2


def counted_by_hand(source):
    """Where a report or an export counts tellers, conversations or consents without asking whether it may be told."""
    tree = ast.parse(source)
    text = ast.unparse(tree)
    counts = ("Interview.objects", "Teller.objects", "Consent.objects", "Story.objects", "Trait")
    people = any(name in text for name in counts) and ("Counter(" in text or ".count()" in text or "len(" in text)
    return people and not ("small_numbers" in text or "SharedCount" in text)


@pytest.mark.promise("P4")
def test_every_chapter_and_export_that_counts_people_asks_the_one_function():
    files = [
        *ROOT.glob("*/report.py"),
        ROOT / "experiences/models/counted.py",
        *ROOT.glob("*/export*.py"),
        *(ROOT / "dialoog").rglob("*.py"),
    ]
    # Two pages that show the council its own conversations; and the invented people of the demo tell nothing.
    own = ("start.py", "withdrawing.py")
    files = [file for file in files if file.name not in own and file.parent.name != "demo"]
    assert [file.name for file in files if counted_by_hand(file.read_text())] == []


@pytest.mark.promise("P4", control=True)
def test_a_chapter_that_counts_by_hand_is_seen():
    assert counted_by_hand("held = len(Interview.objects.filter(project=project))")
