"""Dialoog and Taguette at the same work: `python -m tests.bench.comparison [tagging] [hearing] [reading]`.

Taguette is installed from PyPI into an environment of its own and runs as its multi-user server; Dialoog runs as the
two processes of docs/running.md. Both work on the kind of database of DIALOOG_DATABASE_URL (SQLite when that is empty;
Taguette gets a database of its own on the same server). What is timed, p50 and p95 in milliseconds, both in turn:

tagging: somebody says a word on a passage, alone and twenty at once; for Dialoog also with the page that follows.
hearing: from sending that word until 20 and 100 other open pages have it.
reading: a page of fifty such words out of 3,000 and out of 30,000, twenty at once.

Beside it stands how much processor the servers used for one, and the load of the machine when it began.
"""

# ruff: noqa: E402
import os
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from statistics import quantiles

import tests.environment  # noqa: F401

os.environ["DIALOOG_VAR"] = tempfile.mkdtemp(prefix="dialoog-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

import django

django.setup()

from django.db import connection

from tests.bench import rivals
from tests.tables import lay_tables

PEOPLE = 20


def at_once(people, act, rounds):
    """Let this many people do this over and over, all at the same time; gives how long each answer took."""
    took, faults, start = [], [], threading.Barrier(people)

    def work(person):
        try:
            start.wait()
            for turn in range(rounds):
                begun = time.perf_counter()
                act(person, turn)
                took.append((time.perf_counter() - begun) * 1000)
        except Exception as fault:
            faults.append(fault)
            raise

    threads = [threading.Thread(target=work, args=(person,)) for person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults[0]
    return took


def cuts(times):
    parts = quantiles(times, n=100)
    return f"p50 {parts[49]:6.0f}  p95 {parts[94]:6.0f}"


@contextmanager
def counted(side, name, times):
    """Print what was measured, with the processor time that the servers of this side used meanwhile."""
    before = side.worked()
    yield
    each = (side.worked() - before) * 1000 / max(1, len(times))
    print(f"  {side.name:9} {name:34} {cuts(times)}   processor per one {each:5.1f}", flush=True)


def measure(side, name, people, act, rounds):
    # Once before, for both: a server that runs has opened its lines to the database.
    at_once(people, act, 1)
    times = []
    with counted(side, name, times):
        times += at_once(people, act, rounds)


def tagging(sides):
    """A word on a passage, by one and by twenty at once."""
    for people, rounds in ((1, 200), (PEOPLE, 12)):
        for side in sides:
            measure(side, f"tagging, {people} at once", people, side.tag, rounds)
            if side.follows:
                measure(side, f"  with the page that follows, {people}", people, side.tag_and_follow, rounds)


def hearing(sides):
    """The word at other open pages."""
    for pages in (20, 100):
        for side in sides:
            with side.listening(pages) as listeners:
                waits = []
                with counted(side, f"heard by {pages} pages", waits):
                    for turn in range(12):
                        begun = time.monotonic()
                        word = side.say(turn)
                        waits += [(listener.moment_of(word) - begun) * 1000 for listener in listeners]
                        time.sleep(0.15)


def reading(sides):
    """A page of fifty words out of many."""
    for total in (3000, 30000):
        for side in sides:
            side.fill(total)
            # Each process of a server has made this page once: the first time it reads its templates.
            for person in (0, 1):
                side.read(person, 0)
            for people, rounds in ((1, 20), (PEOPLE, 6)):
                measure(side, f"a page out of {total}, {people} at once", people, side.read, rounds)


def main(*wanted):
    """Start both, and let them do the same work in turn."""
    if "live_bell" not in connection.introspection.table_names():
        lay_tables()
    parts = [part for part in (tagging, hearing, reading) if not wanted or part.__name__ in wanted]
    sides = [rivals.Taguette(PEOPLE), rivals.Dialoog(PEOPLE)]
    print(f"{connection.vendor}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    try:
        for part in parts:
            part(sides)
    finally:
        for side in sides:
            side.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
