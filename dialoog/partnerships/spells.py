"""Versions that people typed in one go, told as one line of the history."""

from datetime import timedelta

# Why a version is there: its writer typed on, and it saved itself.
TYPED = "typed"
# What somebody types without leaving this much time between two saves is one spell of writing.
SPELL = timedelta(minutes=10)
# Two people who type through each other's words more often than this are at one version together; and what stood this
# long before its words went was more than a step on the way.
TURN = timedelta(seconds=30)
# A handful of words that somebody wipes out again was a try, not a version.
SHORT = 30


def spells(rows, length, holds, ends):
    """Versions that were typed in one go, by one person or by people at the same time, told as one.

    `rows` are the history rows of one thing, oldest first; `length(row)` is how many letters stand in one, and
    `holds(row, before)` whether all words of the one before still stand in it. What was written and then thrown away
    for the most part was a version too, and so was what stood for a while before somebody wrote something else there:
    who wants it back finds it. A finished sentence is no try, however short: `ends(row)`.
    """
    found, full = [], 0
    for row in rows:
        if not found or not _goes_on(found[-1][-1], row, holds):
            found.append([row])
            full = 0
            continue
        spell = found[-1]
        spell.append(row)
        if length(row) >= length(spell[full]):
            full = len(spell) - 1
        elif length(spell[full]) > max(0 if ends(spell[full]) else SHORT, 2 * length(row)):
            # A text that is wiped out letter by letter grows less little by little: the fullest one is the version.
            found[-1:] = [spell[: full + 1], spell[full + 1 :]]
            full = len(found[-1]) - 1
    return found


def _goes_on(last, row, holds):
    if (last.history_change_reason, row.history_change_reason) != (TYPED, TYPED):
        return False
    pause = row.history_date - last.history_date
    if pause < TURN:
        return True
    if pause >= SPELL or row.history_user_id != last.history_user_id:
        return False
    # Where versions were thinned out between the two, somebody was typing on.
    return row.version > last.version + 1 or holds(row, last)
