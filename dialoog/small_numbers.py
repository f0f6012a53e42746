"""Small numbers: nothing is told about fewer than three people, also not by what is left over after subtracting.

Every number of tellers, conversations or traits that the municipality reads, or that is printed, goes through `shown`
(groups that exclude each other) or `shown_apart` (groups that overlap, filters, search). The council's own pages count
freely. Two breakdowns of the same people may stand side by side; a combination ("jong en alleen") is a group of its
own, given as one key: `shown({("jong", "alleen"): 4, …})`, without sums per row or column beside it.
"""

# Nothing is told about fewer people than this.
FEWEST = 3


def shown(counts, total=None):
    """The numbers that may be shown: `{group: number}` gives `{group: number, or None where it stays hidden}`.

    `counts` are groups of people of which each person is in one at most. `total` is the number of all people, when that
    stands anywhere near; who is in no group then counts as one more group, of which nothing is shown. With a total
    beside them, small groups could be found by subtracting: the smallest others are then hidden too, until what is
    hidden holds at least three people who cannot be told apart.

    Hiding goes by number alone, never by the order of the groups: hidden groups can change places without a trace, so
    also somebody who knows this rule finds no number back. None, one and two look the same.
    """
    if total is None:
        return {group: number if number >= FEWEST else None for group, number in counts.items()}
    rest = total - sum(counts.values())
    if rest < 0:
        raise ValueError("These groups hold more people than there are: they overlap. Use shown_apart.")
    limit = _limit([*counts.values(), *([rest] if rest else [])])
    return {group: number if number > limit else None for group, number in counts.items()}


def shown_apart(counts, total):
    """The same for groups that overlap, and for filters: each is shown only when those outside are not few either."""
    return {group: shown({group: number}, total)[group] for group, number in counts.items()}


def shown_total(total):
    """How many people there are in all, or None when that would tell of fewer than three."""
    return total if total >= FEWEST else None


def _limit(numbers):
    """Up to which number a group is hidden."""
    limit = FEWEST - 1
    while True:
        hidden = [number for number in numbers if number <= limit]
        others = [number for number in numbers if number > limit]
        # Nobody hidden is nothing to find; else there must be enough of them, in groups that differ in size.
        if not sum(hidden) or not others or (sum(hidden) >= FEWEST and len(set(hidden)) > 1):
            return limit
        limit = min(others)
