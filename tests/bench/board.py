"""How long the server works on the shared board: `python -m tests.bench.board [cards] [people]`.

Every person lays a card elsewhere and then reads the board, in turn, on the database of DIALOOG_DATABASE_URL (SQLite
when that is empty). It prints p50 and p95 in milliseconds of one answer, from request to bytes, without a
network; and how long the processor worked on it, for a machine that is busy with other things.
"""

# ruff: noqa: E402
import os
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
from django.db import connection

from analysis.models import Placing, Stage, Theme
from analysis.models.board import Board
from tests import make
from tests.analysis import make as bundling
from tests.conftest import Browser


def main(cards=40, people=12, rounds=10):
    """Let all of them move and read, and time each answer."""
    call_command("migrate", verbosity=0)
    table = make.partnership(f"bench-{time.time_ns()}")
    seats = [
        (make.council if number % 2 else make.municipal)(table, f"Mens{number} de Wit") for number in range(people)
    ]
    meeting = bundling.together(seats[1], *seats, count=cards)
    board = Board(meeting)
    for number in range(6):
        board.add_theme(seats[0], f"Dit is de naam van stapel nummer {number}")
    themes = list(Theme.objects.of(meeting.project))
    for number, card in enumerate(bundling.Fragment.objects.filter(project=meeting.project)):
        bundling.move(seats[number % people], meeting, card, themes[number % 6])
    assert meeting.stage == Stage.TOGETHER
    browsers = [Browser(seat, SERVER_NAME="127.0.0.1") for seat in seats]
    placings = list(Placing.objects.filter(project=meeting.project).order_by("fragment__number"))
    reads, moves = [], []
    for turn in range(rounds * people):
        browser, placing = browsers[turn % people], placings[turn % cards]
        placing.refresh_from_db()
        data = {"card": placing.fragment_id, "seen": placing.version, "theme": themes[(turn + turn // cards) % 6].pk}
        by_script = {"HX-Request": "true"}
        moves.append(_timed(browser.do, "analysis:move", data, headers=by_script, session=meeting.pk))
        reads.append(_timed(browser.at, "analysis:board", session=meeting.pk))
    for name, times in (("read", reads), ("move", moves)):
        waited, worked = (quantiles(column, n=100) for column in zip(*times, strict=True))
        print(f"{connection.vendor}: {cards} cards, {people} people, {name}: "
              f"p50 {waited[49]:.0f} ms, p95 {waited[94]:.0f} ms "
              f"(processor p50 {worked[49]:.0f} ms, p95 {worked[94]:.0f} ms)")  # fmt: skip


def _timed(act, *given, **named):
    begun, worked = time.perf_counter(), time.process_time()
    answer = act(*given, **named)
    assert answer.status_code in (200, 302), answer.status_code
    return (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
