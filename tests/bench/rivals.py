"""Two servers that can do the same work: Taguette, installed from PyPI, and Dialoog; for tests/bench/comparison.py."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection

from analysis.models import Tag
from experiences.models import Fragment
from projects.models import Project
from tests import make
from tests.analysis import make as bundling
from tests.live.conftest import Page, Server, session_of
from tests.values import make as values

CARDS = 40
TEXT = "Bij het eerste loket was ik ondernemer. Bij het tweede juist niet meer. Drie loketten, drie antwoorden. " * 2
VALUES = ["Respect", "Vertrouwen", "Klantgerichtheid"]
CSRF = "b" * 32
# Kept between runs: installing takes longer than measuring.
HOME = Path(tempfile.gettempdir()) / "dialoog-bench-taguette"
VERSION = "1.5.2"


class Line:
    """One person's connection to a server; it stays open, as a browser's does."""

    def __init__(self, port, headers):
        self.headers, self.line, self.used = headers, HTTPConnection("127.0.0.1", port, timeout=600), 0

    def ask(self, method, path, body=None, kind=None):
        """Send this and read the answer whole."""
        # A server ends what was silent for some seconds; a browser then opens a new connection too.
        if time.monotonic() - self.used > 3:
            self.line.close()
        self.used = time.monotonic()
        headers = self.headers | ({"Content-Type": kind} if kind else {})
        self.line.request(method, path, body, headers)
        response = self.line.getresponse()
        return response, response.read()


def processor_of(pid):
    """How many seconds of processor a process used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Taguette:
    """Taguette's multi-user server: one process, as its manual says."""

    name, follows = "Taguette", False

    def __init__(self, people):
        self.people, self.python = people, HOME / "bin" / "python"
        if not (HOME / "bin" / "taguette").exists():
            subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
            wanted = [f"taguette=={VERSION}", "psycopg2-binary"]
            subprocess.run([self.python, "-m", "pip", "install", "-q", *wanted], check=True)
        self.folder = Path(tempfile.mkdtemp(prefix="dialoog-bench-"))
        self.database, self.secret, self.port = self._database(), uuid.uuid4().hex, free_port()
        (self.folder / "config.py").write_text(
            f"NAME = 'bench'\nBIND_ADDRESS = '127.0.0.1'\nPORT = {self.port}\nSECRET_KEY = {self.secret!r}\n"
            f"DATABASE = {self.database!r}\nTOS_FILE = None\nDOMAIN = 'localhost'\nX_HEADERS = False\n"
            "EMAIL = 'a@b.example'\nMAIL_SERVER = {'host': 'localhost', 'port': 25}\nCOOKIES_PROMPT = False\n"
        )
        with open(self.folder / "log", "w") as log:
            command = [HOME / "bin" / "taguette", "server", "config.py"]
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log)
        wait_for(self.port, self.process)
        self.made = self._fill("Ronde", 0)
        self.lines = [self._line(person) for person in range(people)]

    def _database(self):
        at = connection.settings_dict
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.folder}/taguette.sqlite3"
        name = f"taguette_{uuid.uuid4().hex[:8]}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        # Its settings take a percent sign for something else, so the address is written without.
        return f"postgresql://{at['USER']}:{at['PASSWORD']}@:{at['PORT']}/{name}?host={at['HOST']}"

    def _fill(self, name, highlights):
        asked = {"database": self.database, "people": self.people, "name": name, "tags": VALUES, "secret": self.secret,
                 "texts": [TEXT] * CARDS, "highlights": highlights}  # fmt: skip
        file = self.folder / "fill.json"
        file.write_text(json.dumps(asked))
        fill = Path(__file__).with_name("taguette_fill.py")
        done = subprocess.run([self.python, fill, file], check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    def _line(self, person):
        cookie = f'user="{self.made["cookies"][person % self.people]}"; _xsrf=00ff00ff'
        return Line(self.port, {"Cookie": cookie, "X-XSRFToken": "00ff00ff"})

    def tag(self, person, turn):
        """Somebody highlights a passage with a tag; gives which highlight it became."""
        document = self.made["documents"][(turn * self.people + person) % CARDS]
        start = len(TEXT) // 2 if turn % 2 else 0
        said = {"start_offset": start, "end_offset": start + 38, "tags": [self.made["tags"][turn % 3]]}
        path = f"/api/project/{self.made['project']}/document/{document}/highlight/new"
        response, body = self.lines[person].ask("POST", path, json.dumps(said), "application/json")
        assert response.status == 200, (response.status, body)
        return json.loads(body)["id"]

    def say(self, turn):
        return self.tag(0, turn)

    def fill(self, total):
        """A project with this many highlights."""
        self.shown, self.pages = self._fill(f"Ronde met {total}", total), total // 50

    def read(self, person, turn):
        """A page of fifty of them, somewhere."""
        place = (person * 7 + turn * 13) % self.pages + 1
        path = f"/api/project/{self.shown['project']}/highlights/?page={place}"
        response, body = self.lines[person].ask("GET", path)
        assert response.status == 200 and len(json.loads(body)["highlights"]) == 50

    @contextmanager
    def listening(self, pages):
        """So many open pages that ask again and again what is new, as its own script does."""
        listeners = [Poll(self._line(number), self.made) for number in range(pages)]
        time.sleep(2)
        yield listeners
        for listener in listeners:
            listener.stopping = True

    def worked(self):
        return processor_of(self.process.pid)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


class Poll(threading.Thread):
    """One open page of Taguette."""

    def __init__(self, line, made):
        super().__init__(daemon=True)
        self.line, self.made, self.stopping = line, made, False
        self.heard, self.news = {}, threading.Condition()
        self.start()

    def run(self):
        known = None
        while not self.stopping:
            query = urlencode({"version": self.made["version"], "from": known or self.last()})
            try:
                told = json.loads(self.line.ask("GET", f"/api/project/{self.made['project']}/events?{query}")[1])
            except (OSError, HTTPException):
                # The server ended while this page still asked.
                if self.stopping:
                    return
                raise
            if told.get("reload"):
                known = None
            now = time.monotonic()
            with self.news:
                for event in told.get("events", ()):
                    known = event["id"]
                    self.heard[event.get("highlight_id")] = now
                self.news.notify_all()

    def last(self):
        """Where the project stands, as its own page says when it opens."""
        page = self.line.ask("GET", f"/project/{self.made['project']}")[1].decode()
        return page.partition("last_event = ")[2].partition(";")[0] or "-1"

    def moment_of(self, word):
        """When this page had it."""
        with self.news:
            assert self.news.wait_for(lambda: word in self.heard, 30), word
        return self.heard[word]


class Dialoog:
    """The two processes of docs/running.md."""

    name, follows = "Dialoog", True

    def __init__(self, people):
        self.table = make.partnership(f"bench-{time.time_ns()}")
        self.seats = [
            (make.council if number % 2 else make.municipal)(self.table, f"Mens{number} de Wit")
            for number in range(people)
        ]
        bram, anna = self.seats[1], self.seats[0]
        self.values = [values.shared(bram, anna, name) for name in VALUES]
        self.project = bundling.together(bram, *self.seats[:6], count=CARDS).project
        self.cards = list(Fragment.objects.filter(project=self.project))
        for card in self.cards:
            card.text = TEXT.strip()
            card.save()
        self.servers = [Server() for _ in range(2)]
        for server in self.servers:
            wait_for(server.port, server.process)
        self.sessions = [session_of(seat) for seat in self.seats]
        self.lines = [Line(self.servers[number % 2].port, self._cookies(number)) for number in range(people)]
        for person in range(people):
            self.tag_and_follow(person, 99)

    def _cookies(self, person):
        names = {settings.SESSION_COOKIE_NAME: self.sessions[person], settings.CSRF_COOKIE_NAME: CSRF}
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in names.items()), "X-CSRFToken": CSRF}

    def tag(self, person, turn):
        """Somebody says that a value is at stake in a sentence."""
        seat, card = self.seats[person], self.cards[(turn * len(self.seats) + person) % CARDS]
        # Each time another word than the one before, so that each time something is written.
        said = {"value": self.values[turn % 3].pk, "stake": ("harmed", "upheld", "not")[turn // 6 % 3], "sentence": "1"}
        path = seat.url("analysis:tag", fragment=card.pk)
        kind = "application/x-www-form-urlencoded"
        response, body = self.lines[person].ask("POST", path, urlencode(said), kind)
        assert response.status == 302, (response.status, body[:300])
        return response.headers["Location"]

    def tag_and_follow(self, person, turn):
        """And the page that follows is read."""
        path = urlsplit(self.tag(person, turn)).path
        response, _ = self.lines[person].ask("GET", path)
        assert response.status == 200

    def say(self, turn):
        seat, card = self.seats[0], self.cards[turn * len(self.seats) % CARDS]
        value = self.values[turn % 3]
        said = {"value": value.pk, "stake": ("harmed", "upheld", "not")[int(time.monotonic() * 10) % 3]}
        known = Tag.objects.filter(fragment=card, value=value, by=seat).values_list("stake", flat=True).first()
        if known == said["stake"]:
            said["stake"] = "upheld" if known == "harmed" else "harmed"
        self.lines[0].ask("POST", seat.url("analysis:tag", fragment=card.pk), urlencode(said),
                          "application/x-www-form-urlencoded")  # fmt: skip
        return f"tag-{uuid.uuid5(card.pk, f'tag-{value.pk}-{seat.pk}')}"

    def fill(self, total):
        """A round with this many words on values, three on a card."""
        project = Project.objects.get(pk=self.project.pk)
        project.pk, project.number = uuid.uuid4(), Project.objects.count() + 1
        project._state.adding = True
        project.save()
        cards = [
            Fragment(partnership=self.table, project=project, number=number, heading="Ik wist het niet", text=TEXT)
            for number in range(1, total // 3 + 1)
        ]
        Fragment.objects.bulk_create(cards, batch_size=500)
        tags = [
            Tag(partnership=self.table, fragment=card, value=value, stake="harmed", first=0, last=0,
                by=self.seats[(place + number) % len(self.seats)])
            for place, card in enumerate(cards) for number, value in enumerate(self.values)
        ]  # fmt: skip
        Tag.objects.bulk_create(tags, batch_size=500)
        self.shown, self.total = project, total

    def read(self, person, turn):
        """A page of fifty of them, somewhere."""
        start = (person * 7 + turn * 13) % (self.total // 50) * 50 // 3 + 1
        path = self.seats[person].url("analysis:highlights", project=self.shown.pk)
        response, body = self.lines[person].ask("GET", f"{path}?vanaf={start}")
        assert response.status == 200 and body.count(b'id="kaartje-') >= 16, response.status

    @contextmanager
    def listening(self, pages):
        """So many open pages, spread over both processes."""
        opened = []
        for number in range(pages):
            person = number % len(self.seats)
            page = Page(self.servers[number % 2], self.seats[person], session=self.sessions[person])
            opened.append(Heard(page))
        time.sleep(2)
        yield opened
        for heard in opened:
            heard.page.close()

    def worked(self):
        return sum(processor_of(server.process.pid) for server in self.servers)

    def stop(self):
        for server in self.servers:
            server.stop()


class Heard:
    """One open page of Dialoog: when it had a word."""

    def __init__(self, page):
        self.page, self.read = page, 0

    def moment_of(self, word):
        with self.page.news:
            assert self.page.news.wait_for(lambda: self._place(word) is not None, 30), word
            place = self._place(word)
        self.read = place + 1
        return self.page.heard[place][0]

    def _place(self, word):
        return next((at for at in range(self.read, len(self.page.heard)) if self.page.heard[at][1] == word), None)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def wait_for(port, process):
    """Until this server answers."""
    # A machine that is busy with other things takes its time.
    deadline = time.monotonic() + 240
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert process.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.1)
