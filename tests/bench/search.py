"""How long the council's search through raw stories takes: `python -m tests.bench.search [conversations] [words]`.

Every story is opened with its own key and looked through, on the database of DIALOOG_DATABASE_URL (SQLite when that is
empty); the search is written in the reading log, as always. It prints p50 and p95 in milliseconds of one answer, from
request to bytes, without a network; and how long the processor worked on it, for a machine that is busy.
"""

# ruff: noqa: E402
import os
import random
import sys
import tempfile
import time
from statistics import quantiles

import tests.environment  # noqa: F401

os.environ["DIALOOG_VAR"] = tempfile.mkdtemp(prefix="dialoog-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction

from experiences.models import Reading
from projects.models import Phase
from tests import make as people
from tests.bench.board import _timed
from tests.conftest import Browser
from tests.experiences import corpus, make
from tests.projects import make as rounds


def main(conversations=500, words=400, tries=20):
    """Hold so many conversations, and look through all of them for a word that one holds, and one that none holds."""
    call_command("migrate", verbosity=0)
    table = people.partnership(f"bench-{time.time_ns()}")
    bram = people.council(table, "Bram Hoekstra", is_coordinator=True)
    people.council(table, "Dora Vermeulen")
    people.municipal(table, "Anna de Wit", is_coordinator=True)
    project = rounds.project(bram, Phase.COLLECT)
    said = " ".join(text for text, _ in corpus.sentences()).split()
    dice = random.Random(1)
    with transaction.atomic():
        for number in range(conversations):
            text = " ".join(dice.choices(said, k=words)) + (" speldenkussen" if number == conversations // 2 else "")
            make.told(bram, project, text=text, code=f"B{2 + number // 1500}{'BCDFGHJKLMNPRSTVWXZ'[number % 19]}"
                      f"{2 + number // 19 % 8}{2 + number // 152 % 8}")  # fmt: skip
    browser = Browser(bram, SERVER_NAME="127.0.0.1")
    times = []
    # A server that was just started reads its addresses and templates once: that is no search.
    browser.do("experiences:list", {"zoek": "walvisvaarder"})
    for turn in range(tries):
        word = "speldenkussen" if turn % 2 else "walvisvaarder"
        times.append(_timed(browser.do, "experiences:list", {"zoek": word}))
    assert "speldenkussen" in browser.do("experiences:list", {"zoek": "speldenkussen"}).content.decode()
    assert Reading.objects.filter(what=Reading.What.ROUND).exists()
    waited, worked = (quantiles(column, n=100) for column in zip(*times, strict=True))
    print(f"{connection.vendor}: {conversations} conversations of {words} words: p50 {waited[49]:.0f} ms, "
          f"p95 {waited[94]:.0f} ms (processor p50 {worked[49]:.0f} ms, p95 {worked[94]:.0f} ms)")  # fmt: skip


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
