"""How soon 50 open pages over two processes hear a change: `python -m tests.bench.streams [pages] [changes]`.

It prints p50 and p95 in milliseconds, on the database of DIALOOG_DATABASE_URL (SQLite when that is empty).
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
from django.utils import timezone

from dialoog.partnerships.models import Event
from tests import make
from tests.live.conftest import Page, Server, session_of


def main(pages=50, changes=40):
    """Write changes in this process, and time when each of the pages hears them."""
    call_command("migrate", verbosity=0)
    table = make.partnership(f"bench-{time.time_ns()}")
    bram = make.council(table)
    sessions = [session_of(bram) for _ in range(pages // 10 + 1)]
    servers = [Server() for _ in range(2)]
    for server in servers:
        server.wait_until_open()
    opened = [Page(servers[number % 2], bram, session=sessions[number // 10]) for number in range(pages)]
    time.sleep(1)
    waits = []
    for number in range(changes):
        Event.record(bram, f"zei iets, {number}")
        written = time.monotonic()
        topic = Event.objects.filter(partnership=table).latest("at").topic
        waits += [(page.wait_for(topic) - written) * 1000 for page in opened]
        time.sleep(0.05)
    cuts = quantiles(waits, n=100)
    print(f"{connection.vendor}: {pages} pages, {changes} changes, two processes: "
          f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, slowest {max(waits):.0f} ms")  # fmt: skip
    leaver = make.council(table, "Lies Weg")
    leaving = [Page(server, leaver) for server in servers for _ in range(5)]
    leaver.active_to = timezone.now()
    leaver.save()
    removed = time.monotonic()
    assert all(page.wait_for_end(timeout=60) for page in leaving)
    print(
        f"pages of a removed member closed after {max(page.ended_at for page in leaving) - removed:.1f} s at the latest"
    )
    for page in opened:
        page.close()
    for server in servers:
        server.stop()


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
