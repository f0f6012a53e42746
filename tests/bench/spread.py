"""How long the council waits for the picture of whom it spoke: `python -m tests.bench.spread [conversations]`.

Every conversation has three traits in the vault under a key of its own. It prints p50 and p95 of the page in
milliseconds, from request to bytes, without a network, how long the processor worked on it, and how many queries it
took.
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

from django.conf import settings

settings.ALLOWED_HOSTS = ["testserver"]

from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dialoog.asgi import spare_the_collector
from experiences.models import SUGGESTED
from projects.models import Phase
from tests import make
from tests.conftest import Browser
from tests.experiences import make as stories
from tests.projects import make as rounds


def main(conversations=500, looks=20):
    """Fill a round, and look at its picture again and again."""
    call_command("migrate", verbosity=0)
    table = make.partnership(f"bench-{time.time_ns()}")
    bram, _ = make.council(table, "Bram Hoekstra"), make.municipal(table, "Anna de Wit")
    with transaction.atomic():
        project = rounds.project(bram, Phase.COLLECT)
        traits = [stories.trait(bram, project, name, SUGGESTED[name]) for name in list(SUGGESTED)[:3]]
        for number in range(conversations):
            held = stories.interview(bram, project, code=f"{chr(65 + number // 100)}{number % 10}K{number % 100:02}")
            stories.consent(bram, held)
            for trait in traits:
                stories.falls_in(bram, held, trait.bands[number % len(trait.bands)])
    # As the server does at its start: without it one look in twenty waits for garbage, three times as long.
    spare_the_collector()
    browser, took = Browser(bram), []
    browser.at("experiences:spread", project=project.pk)
    for _ in range(looks):
        begin, worked = time.perf_counter(), time.process_time()
        answer = browser.at("experiences:spread", project=project.pk)
        took.append(((time.perf_counter() - begin) * 1000, (time.process_time() - worked) * 1000))
        assert answer.status_code == 200, (answer.status_code, answer.headers)
    with CaptureQueriesContext(connection) as seen:
        browser.at("experiences:spread", project=project.pk)
    waited, worked = (quantiles(column, n=20) for column in zip(*took, strict=True))
    print(f"{conversations} conversations: p50 {waited[9]:.0f} ms, p95 {waited[18]:.0f} ms "
          f"(processor p50 {worked[9]:.0f} ms, p95 {worked[18]:.0f} ms), {len(seen)} queries")  # fmt: skip


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
