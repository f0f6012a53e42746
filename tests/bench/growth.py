"""What grows with what on the shared board: `python -m tests.bench.growth [most moves] [most cards]`.

One move after more and more earlier moves, and the board with more and more cards: how long the processor works on one
answer (median, milliseconds) and how many questions the database gets, on the database of DIALOOG_DATABASE_URL (SQLite
when that is empty).
"""

# ruff: noqa: E402
import os
import sys
import tempfile
import time
from statistics import median

import tests.environment  # noqa: F401

os.environ["DIALOOG_VAR"] = tempfile.mkdtemp(prefix="dialoog-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

import django

django.setup()

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analysis.models import Move, Placing, Theme
from analysis.models.board import Board
from tests import make
from tests.analysis import make as bundling
from tests.bench.board import _timed
from tests.conftest import Browser
from tests.tables import lay_tables

TRIES = 15


def meeting_with(cards):
    """A board at which two sides sit, with six piles and this many cards in them."""
    table = make.partnership(f"bench-{time.time_ns()}")
    bram, anna = make.council(table, "Bram Hoekstra"), make.municipal(table, "Anna de Wit")
    meeting = bundling.together(bram, bram, anna, count=cards)
    for number in range(6):
        Board(meeting).add_theme(bram, f"Dit is de naam van stapel nummer {number}")
    themes = list(Theme.objects.of(meeting.project))
    for number, card in enumerate(bundling.Fragment.objects.filter(project=meeting.project)):
        bundling.move(bram, meeting, card, themes[number % 6])
    return meeting, bram, anna, themes


def worked(act):
    """The processor time of one answer, in the middle of some, and what one asks of the database."""
    times = [_timed(act, turn)[1] for turn in range(TRIES)]
    with CaptureQueriesContext(connection) as caught:
        act(TRIES)
    return f"{median(times):5.1f} ms of processor, {len(caught)} questions"


def main(most_moves=2000, most_cards=160):
    """Let the past grow, then the board."""
    if "live_bell" not in connection.introspection.table_names():
        lay_tables()
    meeting, bram, anna, themes = meeting_with(20)
    browser, card = Browser(bram, SERVER_NAME="127.0.0.1"), bundling.Fragment.objects.get(
        project=meeting.project, number=1
    )  # fmt: skip

    def move(turn):
        placing = Placing.objects.get(fragment=card)
        target = next(theme for theme in themes if theme.pk != placing.theme_id)
        data = {"card": card.pk, "seen": placing.version, "theme": target.pk}
        return browser.do("analysis:move", data, headers={"HX-Request": "true"}, session=meeting.pk)

    while (earlier := Move.objects.filter(project=meeting.project).count()) < most_moves:
        print(f"{connection.vendor}: a move after {earlier:5} others: {worked(move)}", flush=True)
        others = [
            Move(partnership=meeting.partnership, project=meeting.project, fragment_id=card.pk, by=anna, version=1,
                 from_theme=themes[0], to_theme=themes[1], at=timezone.now())
            for _ in range(max(200, earlier * 3))
        ]  # fmt: skip
        Move.objects.bulk_create(others)
    print(f"{connection.vendor}: a move after {earlier:5} others: {worked(move)}", flush=True)
    cards = 20
    while cards <= most_cards:
        meeting, bram, _, _ = meeting_with(cards)
        browser = Browser(bram, SERVER_NAME="127.0.0.1")
        said = worked(lambda turn, at=browser, pk=meeting.pk: at.at("analysis:board", session=pk))
        print(f"{connection.vendor}: the board with {cards:4} cards: {said}", flush=True)
        cards *= 2


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
