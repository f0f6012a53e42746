"""The press: a process of its own that makes the files, so that the pages stay quick while one is made."""

import subprocess
import sys
import threading
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings


@dataclass
class _Started:
    """The process that this one started, if any."""

    process: subprocess.Popen | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_started = _Started()


def start():
    """See to it that somebody works: here and now, or in a process beside this one; never two from the same place."""
    if settings.PRESS == "here":
        work()
    elif settings.PRESS == "beside":
        with _started.lock:
            if _started.process is None or _started.process.poll() is not None:
                _started.process = subprocess.Popen([sys.executable, "manage.py", "press"], cwd=settings.BASE_DIR)


def work():
    """Make whatever waits, one by one, until nothing does. Gives how many were made."""
    printing = apps.get_model("report", "Printing")
    made = 0
    while (taken := printing.next()) is not None:
        taken.make()
        made += 1
    return made
