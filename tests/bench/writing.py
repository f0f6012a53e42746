"""Words at the other screens: `python -m tests.bench.writing [words typed] [processes]`.

One person types in a text that both sides write, through a real server; twenty others have it open. It prints how long
the words are on their way: from the moment the browser sends them until they are at a reader, saving included. Then a
change that each of 50 pages has to read again from its own seat, over two processes, from the change until the region
that shows it has come in, with the 60 ms in which a page gathers bells: on a light page, and on the fullest one. Then
200 open pages: whether all of them hear a change, and on how many lines to the database the processes listen.

All of it on the database of DIALOOG_DATABASE_URL (SQLite when that is empty). Writers, readers and servers share this
machine: what is measured includes what the readers themselves cost.
"""

# ruff: noqa: E402
import json
import os
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection, HTTPException
from statistics import quantiles
from urllib.parse import urlencode

import tests.environment  # noqa: F401

os.environ["DIALOOG_VAR"] = tempfile.mkdtemp(prefix="dialoog-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.middleware.csrf import get_token
from django.test import RequestFactory

from tests import make
from tests.live.conftest import Page, Server, session_of
from tests.tables import lay_tables
from tests.values import make as values

READERS, REREADERS, LISTENERS = 20, 50, 200
PATIENCE = 0.025
WORDS = ("Wie", "binnenkomt", "wordt", "begroet", "en", "hoort", "meteen", "hoe", "lang", "het", "duurt.")


class Person:
    """Somebody with a session and one open line to a server."""

    def __init__(self, server, seat, session=None):
        request = RequestFactory().get("/")
        self.token = get_token(request)
        cookies = {settings.SESSION_COOKIE_NAME: session or session_of(seat), "csrftoken": request.META["CSRF_COOKIE"]}
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self.line = HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, method, path, fields=None, **extra):
        headers = self.headers | extra
        if fields is not None:
            fields = urlencode(fields | {"csrfmiddlewaretoken": self.token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self.line.request(method, path, fields, headers)
            answer = self.line.getresponse()
        except HTTPException:
            # The server hung up on a line that was idle for a while; a browser opens another one too.
            self.line.close()
            self.line.request(method, path, fields, headers)
            answer = self.line.getresponse()
        told = answer.read()
        assert answer.status == 200, (answer.status, told[:300])
        return told


class Reader(Page):
    """A page that shows the text: when which version came in."""

    def seen(self, version, timeout=20):
        """The moment at which this version, or a later one, stood on the page."""
        with self.news:
            assert self.news.wait_for(lambda: self._at(version), timeout), f"version {version} did not come in"
            return self._at(version)

    def _at(self, version):
        words = ((at, json.loads(data)) for at, data in self.heard if data.startswith('{"thing"'))
        return next((at for at, told in words if told.get("version", 0) >= version), None)


class Rereader(threading.Thread):
    """A page that reads itself again when it hears of a change."""

    def __init__(self, server, seat, session, path, region):
        super().__init__(daemon=True)
        self.page, self.person, self.path = Page(server, seat, session=session), Person(server, seat, session), path
        self.region, self.readings, self.heard, self.stopping = region, [], 0, False

    def run(self):
        while not self.stopping:
            with self.page.news:
                if not self.page.news.wait_for(lambda: len(self.page.topics) > self.heard, 1):
                    continue
            time.sleep(PATIENCE)
            self.heard = len(self.page.topics)
            # As dialoog.js says it: what stands around the region is there already.
            told = self.person.ask("GET", self.path, **{"Reads-Again": self.region})
            assert f'id="{self.region}"'.encode() in told
            self.readings.append(time.monotonic())


def told(what, waits):
    cuts = quantiles(waits, n=100)
    print(f"{connection.vendor}: {what}: p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, slowest {max(waits):.0f} ms")


def type_words(servers, seats, practice, typed):
    """One types word after word, as the page sends them; twenty read along."""
    pages = [Reader(servers[n % len(servers)], seats[n % len(seats)], words=practice.topic) for n in range(READERS)]
    time.sleep(1)
    bram = Person(servers[0], seats[0])
    path = seats[0].url("partnerships:type_in", kind="valuepractice", thing=practice.pk)
    text, version, waits, saves = practice.behaviour, practice.version, [], []
    for number in range(typed):
        text = f"{text} {WORDS[number % len(WORDS)]}"[-1900:]
        sent = time.monotonic()
        answer = json.loads(bram.ask("POST", path, {"unit": "behaviour", "text": text, "version": version}))
        version = answer["version"]
        saves.append((time.monotonic() - sent) * 1000)
        waits += [(page.seen(version) - sent) * 1000 for page in pages]
        time.sleep(0.15)
    told(f"saving while typing, {len(servers)} process(es)", saves)
    told(f"words at {READERS} readers, {len(servers)} process(es)", waits)
    for page in pages:
        page.close()


def read_again(servers, seats, practice, changes, what, path, region):
    """Fifty pages hear of a change and each reads its own page again."""
    sessions = [session_of(seats[n]) for n in range(len(seats))]
    pages = [
        Rereader(servers[n % len(servers)], seats[n % len(seats)], sessions[n % len(seats)], path, region)
        for n in range(REREADERS)
    ]
    for page in pages:
        page.start()
    time.sleep(2)
    waits = []
    for number in range(changes):
        before = [len(page.readings) for page in pages]
        practice.write(seats[0], practice.version, place=f"bij balie {number}")
        changed = time.monotonic()
        while not all(len(page.readings) > had for page, had in zip(pages, before, strict=True)):
            assert time.monotonic() - changed < 60, "a page did not read itself again"
            time.sleep(0.01)
        waits += [(page.readings[had] - changed) * 1000 for page, had in zip(pages, before, strict=True)]
        time.sleep(0.6)
    told(f"{REREADERS} pages read again per seat ({what}), {len(servers)} processes", waits)
    for page in pages:
        page.stopping = True
        page.page.close()


def listen(servers, seats, practice):
    """Two hundred open pages, and the lines on which the processes listen."""
    sessions = [session_of(seats[n % len(seats)]) for n in range(LISTENERS // 10)]
    pages = [
        Page(servers[n % len(servers)], seats[(n // 10) % len(seats)], session=sessions[n // 10])
        for n in range(LISTENERS)
    ]
    time.sleep(1)
    waits = []
    for number in range(5):
        heard = [len(page.topics) for page in pages]
        practice.write(seats[0], practice.version, place=f"bij loket {number}")
        changed = time.monotonic()
        while not all(len(page.topics) > had for page, had in zip(pages, heard, strict=True)):
            assert time.monotonic() - changed < 20, "a page did not hear"
            time.sleep(0.005)
        waits.append((time.monotonic() - changed) * 1000)
        time.sleep(0.3)
    lines = "one file each"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT application_name, count(*) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() GROUP BY 1 ORDER BY 1"
            )
            lines = ", ".join(f"{name or 'pages'}: {count}" for name, count in cursor.fetchall())
    print(f"{connection.vendor}: {LISTENERS} open pages on {len(servers)} processes all heard each change, "
          f"the last after {max(waits):.0f} ms; lines to the database: {lines}")  # fmt: skip
    for page in pages:
        page.close()


def main(typed=60, processes=2):
    """All three, in one run."""
    lay_tables()
    table = make.partnership(f"bench-{time.time_ns()}")
    seats = [(make.council, make.municipal)[number % 2](table, f"Mens{number} de Wit") for number in range(10)]
    value = values.shared(seats[0], seats[1])
    practice = values.practice(seats[0], value, "Eerst luisteren.")
    servers = [Server() for _ in range(processes)]
    try:
        for server in servers:
            server.wait_until_open()
        type_words(servers[:1], seats, practice, typed)
        type_words(servers, seats, values.practice(seats[0], value, "Dan het formulier."), typed)
        practice.refresh_from_db()
        changes = max(5, typed // 4)
        read_again(servers, seats, practice, changes, "a light page", seats[0].url("partnerships:members"), "mensen")
        full = practice.address(seats[0]).split("#")[0]
        read_again(servers, seats, practice, changes, "a full page", full, "voorbeelden")
        listen(servers, seats, practice)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
