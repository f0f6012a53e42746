"""One ear per process: it notices every committed bell and hands it on."""

import logging
import sqlite3
import threading
import time

import psycopg
from django.db import connections

from dialoog.live import bells

logger = logging.getLogger(__name__)

# What another process rang is heard this late at most; a look at an unchanged file costs a tenth of a millisecond.
LOOK_EVERY = 0.01
# Between two looks: when many do something at once, one look hears of all of them.
BREATH = 0.02
TIDY_EVERY = 600


class Listener(threading.Thread):
    """Listens on a connection of its own; calls `deliver(mark, rung)` from its own thread, in the order of commits."""

    def __init__(self, deliver):
        super().__init__(name="bells", daemon=True)
        self.deliver = deliver
        self.vendor = connections["default"].vendor
        self.stopping = threading.Event()
        self.place = None
        self.tidied_at = 0

    def start(self):
        bells.ear = self
        super().start()

    def stop(self):
        """End the thread and its connection."""
        bells.ear = None
        self.stopping.set()
        bells.knock.set()
        self.join(timeout=5)

    def mark(self):
        """Up to where this process has heard; None until the first look."""
        return self.place and bells.mark(self.place)

    def run(self):
        listen = self._listen_postgresql if self.vendor == "postgresql" else self._listen_sqlite
        pause = 0.2
        while not self.stopping.is_set():
            began = time.monotonic()
            try:
                listen()
            except (psycopg.Error, sqlite3.Error) as trouble:
                # Rows stay, so nothing is missed: after reconnecting the ear goes on where it was.
                logger.warning("The bells cannot reach the database (%s); trying again.", trouble)
                pause = 0.2 if time.monotonic() - began > 10 else min(pause * 2, 5)
                self.stopping.wait(pause)

    def _look(self, execute):
        if self.place is None:
            self.place = bells.place_now(execute, self.vendor)
        elif self.vendor == "sqlite" and int(bells.place_now(execute, self.vendor)) < int(self.place):
            # The file was emptied or put back under us, and keys began anew.
            self.place = "0"
        self.place, rung = bells.since(self.place, execute, self.vendor)
        if rung:
            self.deliver(bells.mark(self.place), rung)
        if time.monotonic() - self.tidied_at > TIDY_EVERY or not self.tidied_at:
            self.tidied_at = time.monotonic()
            bells.forget_old(execute)

    def _listen_sqlite(self):
        file = sqlite3.connect(connections["default"].settings_dict["NAME"], timeout=2, isolation_level=None)
        seen = None
        try:
            while not self.stopping.is_set():
                # Clear before looking: what rings during the look is looked at once more, never skipped.
                bells.knock.clear()
                version = file.execute("PRAGMA data_version").fetchone()[0]
                if version != seen:
                    seen = version
                    self._look(lambda question: file.execute(question).fetchall())
                    self.stopping.wait(BREATH)
                bells.knock.wait(LOOK_EVERY)
        finally:
            file.close()

    def _listen_postgresql(self):
        params = connections["default"].get_connection_params()
        params = {name: value for name, value in params.items() if name not in ("cursor_factory", "context")}
        with psycopg.connect(**params, autocommit=True, application_name="dialoog bells") as own:
            own.execute(f"LISTEN {bells.NOTIFY_CHANNEL}")

            def execute(question):
                cursor = own.execute(question)
                return cursor.fetchall() if cursor.description else []

            self._look(execute)
            while not self.stopping.is_set():
                if list(own.notifies(timeout=0.5, stop_after=1)):
                    self._look(execute)
                    self.stopping.wait(BREATH)
