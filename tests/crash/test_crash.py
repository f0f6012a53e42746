"""A crash loses nothing that was acknowledged: the server is killed, the database is killed, the disk is full."""

import contextlib
import http.client
import json
import os
import random
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from tests.crash import ground
from tests.live.conftest import database_url

TOKEN = "k" * 32
ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as here:
        here.bind(("127.0.0.1", 0))
        return here.getsockname()[1]


class Server:
    """The web process, to be killed and started again."""

    def __init__(self, url):
        self.port, self.url, self.process = free_port(), url, None

    def start(self, most=None):
        """Start it; `most` is the size in bytes above which no file may grow, as on a disk that is full."""
        environment = os.environ | {
            "DIALOOG_DATABASE_URL": self.url, "DIALOOG_HTTPS": "no", "DIALOOG_PLAIN_STATIC": "yes",
            "DIALOOG_VAULT_DIR": str(settings.VAULT_DIR), "DJANGO_SETTINGS_MODULE": "dialoog.settings",
        }  # fmt: skip
        limit = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))) if most else None
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "dialoog.asgi:application", "--port", str(self.port)],
            env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=limit,
        )  # fmt: skip
        begun = time.monotonic()
        while time.monotonic() - begun < 90:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return time.monotonic() - begun
            time.sleep(0.05)
        raise AssertionError("the server did not come back")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Writer(threading.Thread):
    """Somebody who types on and on: one more word each time, and remembers what was acknowledged."""

    def __init__(self, port, who, name, before=None):
        super().__init__(daemon=True)
        self.port, self.who, self.mark = port, who, name
        self.acknowledged, self.stop, self.refused = [], False, 0
        self.text, self.version, self.number = "", 0, 0
        if before:
            self.acknowledged, self.text, self.version = before.acknowledged, before.text, before.version
            self.number = before.number

    def ask(self, method, path, body=None):
        # A writer waits for an answer no longer than the page does.
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            cookies = f"{settings.SESSION_COOKIE_NAME}={self.who['session']}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
            heads = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
            line.request(method, path, body, heads)
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def run(self):
        while not self.stop:
            self.number += 1
            word = f"{self.mark}w{self.number}"
            self.text = f"{self.text} {word}".strip()
            while not self.stop:
                sent = {"csrfmiddlewaretoken": TOKEN, "field": "happened", "text": self.text, "version": self.version}
                try:
                    status, told = self.ask("POST", self.who["save"], urlencode(sent))
                except (OSError, http.client.HTTPException):
                    time.sleep(0.05)
                    continue
                if status == 200:
                    self.version = json.loads(told)["version"]
                    self.acknowledged.append(word)
                    break
                self.refused += 1
                time.sleep(0.05)

    def standing(self):
        """The words that stand on the page now."""
        status, page = self.ask("GET", self.who["page"])
        assert status == 200, page[:300]
        return unescape(re.search(r'<textarea[^>]*name="happened"[^>]*>\n?(.*?)</textarea>', page, re.S)[1]).split()


def lost(acknowledged, standing):
    return [word for word in acknowledged if word not in standing]


def typing(server, people, before=()):
    """The writers begin, or go on where these stopped."""
    before = before or [None] * len(people)
    writers = [Writer(server.port, who, f"s{place}", before[place]) for place, who in enumerate(people)]
    for one in writers:
        one.start()
    return writers


def settle(writers, more=2):
    """Let each writer get an answer again, then let all rest."""
    want = [len(one.acknowledged) + more for one in writers]
    deadline = time.monotonic() + 60
    while any(len(one.acknowledged) < number for one, number in zip(writers, want, strict=True)):
        assert time.monotonic() < deadline, "nobody is served"
        time.sleep(0.05)
    for one in writers:
        one.stop = True
    for one in writers:
        one.join(timeout=30)


def nothing_lost(writers):
    for one in writers:
        assert lost(one.acknowledged, one.standing()) == []
        assert one.standing() == list(dict.fromkeys(one.standing())), "a word stands twice"


@pytest.fixture
def base(transactional_db, tmp_path):
    """The address of a database with a table to type at, and its people; on SQLite a file of this test alone."""
    people = ground.lay(3)
    if connection.vendor != "sqlite":
        return database_url(), people
    file = tmp_path / "dialoog.sqlite3"
    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
    return f"sqlite://{file}", people


HALVES = (
    "SELECT p.id FROM experiences_passage p WHERE p.version != (SELECT COUNT(*) "
    "FROM experiences_passageversion v WHERE v.passage_id = p.id AND NOT v.is_copy)"
)


def whole(url):
    """No page of the database is broken, and each version of a passage has its text."""
    if not url.startswith("sqlite"):
        with connection.cursor() as cursor:
            cursor.execute(HALVES)
            assert cursor.fetchall() == []
        return
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite://"))) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute(HALVES).fetchall() == []


@pytest.mark.promise("R3")
def test_a_web_process_that_is_killed_while_writing_loses_nothing(base, full):
    url, people = base
    server, dice = Server(url), random.Random(3)
    server.start()
    writers = typing(server, people)
    slowest = 0
    for _ in range(100 if full else 2):
        time.sleep(dice.uniform(0.1, 0.8))
        server.kill()
        slowest = max(slowest, server.start())
    settle(writers)
    nothing_lost(writers)
    server.kill()
    whole(url)
    print(f"slowest start {slowest:.1f} s, {sum(len(one.acknowledged) for one in writers)} saves acknowledged")
    assert slowest < 30


@pytest.mark.promise("R3", control=True)
def test_a_word_that_was_acknowledged_and_is_gone_would_be_seen():
    assert lost(["s0w1", "s0w2"], ["s0w1"]) == ["s0w2"]


@pytest.mark.only("sqlite")
@pytest.mark.promise("R3")
def test_a_full_disk_refuses_and_loses_nothing(base, full):
    url, people = base
    file = Path(url.removeprefix("sqlite://"))
    server, writers = Server(url), ()
    for _ in range(10 if full else 1):
        # Room for what is there and a little more: the next pages do not fit.
        size = max(os.path.getsize(one) for one in file.parent.glob("dialoog.sqlite3*"))
        server.start(most=size + 60_000)
        writers = typing(server, people, writers)
        deadline = time.monotonic() + 60
        while not all(one.refused for one in writers):
            assert time.monotonic() < deadline, "the disk never got full"
            time.sleep(0.05)
        server.kill()
        server.start()
        settle(writers)
        nothing_lost(writers)
        server.kill()
        whole(url)


POSTGRES = next(Path("/usr/lib/postgresql").glob("*/bin"), None)


class Postgres:
    """A PostgreSQL of this test alone, to be killed and started again."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
        self.run(f"{POSTGRES}/initdb -D {folder}/data -A trust -E UTF8 --no-sync")
        self.start()
        self.run(f"{POSTGRES}/createdb -h {folder} -p {self.port} dialoog")

    def run(self, command):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["su", "postgres", "-c", command], check=True, **quiet)

    def start(self):
        begun = time.monotonic()
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.run(f'{POSTGRES}/pg_ctl -D {self.folder}/data -w -t 60 -l {self.folder}/log -o "{options}" start')
        return time.monotonic() - begun

    def kill(self):
        main = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        children = subprocess.run(["pgrep", "-P", str(main)], capture_output=True, check=False).stdout.split()
        os.kill(main, signal.SIGKILL)
        # Its children notice that it is gone and end by themselves; before that a new one refuses to start.
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{number}").exists() for number in (main, *map(int, children))):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    @property
    def url(self):
        return f"postgresql://postgres@127.0.0.1:{self.port}/dialoog"

    def end(self):
        self.run(f"{POSTGRES}/pg_ctl -D {self.folder}/data -m immediate stop")


@pytest.fixture
def postgres():
    # Not in the folder of the tests: another run that begins meanwhile closes that one to everybody but itself.
    folder = Path(tempfile.mkdtemp(prefix="dialoog-postgres-"))
    server = Postgres(folder)
    yield server
    server.end()
    shutil.rmtree(folder)


def people_of(url):
    environment = os.environ | {
        "DIALOOG_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "dialoog.settings",
        "DIALOOG_VAULT_DIR": str(settings.VAULT_DIR),
    }  # fmt: skip
    for command in (["manage.py", "migrate", "-v0"], ["-m", "tests.crash.ground"]):
        done = subprocess.run(
            [sys.executable, *command], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
        )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.only("full")
@pytest.mark.promise("R3")
def test_on_postgresql_the_web_process_and_the_database_may_be_killed(postgres):
    """Only in full, as root and with PostgreSQL installed: it makes a database server of its own."""
    people = people_of(postgres.url)
    server, dice = Server(postgres.url), random.Random(5)
    server.start()
    writers = typing(server, people)
    slowest = 0
    for turn in range(120):
        time.sleep(dice.uniform(0.1, 0.8))
        if turn % 6 == 5:
            postgres.kill()
            slowest = max(slowest, postgres.start())
        else:
            server.kill()
            slowest = max(slowest, server.start())
    settle(writers)
    nothing_lost(writers)
    server.kill()
    print(f"slowest start {slowest:.1f} s, {sum(len(one.acknowledged) for one in writers)} saves acknowledged")
    assert slowest < 30
