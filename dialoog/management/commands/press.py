"""Make the files that people wait for."""

import contextlib
import os
import time

from django.core.management.base import BaseCommand

from dialoog.report import press

LINGER, LOOK = 30, 0.5


class Command(BaseCommand):
    help = "Make the PDF files that wait. Dialoog starts this by itself; --stay keeps it running as a service."

    def add_arguments(self, parser):
        parser.add_argument("--stay", action="store_true", help="do not stop when nothing waits")
        parser.add_argument("--once", action="store_true", help="stop as soon as nothing waits")

    def handle(self, *, stay, once, **options):
        # Whoever reads a page goes before whoever waits for paper.
        with contextlib.suppress(OSError):
            os.nice(5)
        idle_since = time.monotonic()
        while stay or time.monotonic() - idle_since < LINGER:
            if press.work():
                idle_since = time.monotonic()
            elif once or (not stay and os.getppid() == 1):
                break
            else:
                time.sleep(LOOK)
