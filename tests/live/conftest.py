"""Real server processes on the test's own database, and pages that listen to them."""

import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent.parent


def database_url():
    """The address of the test's own database, for another process."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{quote(str(at['NAME']))}"
    host, password = quote(at["HOST"], safe=""), quote(at["PASSWORD"], safe="")
    return f"postgresql://{at['USER']}:{password}@:{at['PORT']}/{at['NAME']}?host={host}"


class Server:
    """One process of Dialoog."""

    def __init__(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        environment = os.environ | {"DIALOOG_DATABASE_URL": database_url(), "DIALOOG_THREADS": "4"}
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)

    def wait_until_open(self, patience=90):
        deadline = time.monotonic() + patience
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                assert self.process.poll() is None and time.monotonic() < deadline, "the server did not start"
                time.sleep(0.05)

    def stop(self):
        """Ask this process to end; gives how long that took."""
        asked = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=15)
        return time.monotonic() - asked


class Page:
    """An open page: it hears bells until it is closed or shown the door."""

    def __init__(self, server, seat, heard="", last_event_id="", session=None, words=""):
        self.heard, self.mark, self.marked, self.ended_at = [], None, 0, None
        self.news = threading.Condition()
        self.connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session or session_of(seat)}"}
        if last_event_id:
            headers["Last-Event-ID"] = last_event_id
        self.connection.request(
            "GET", f"/{seat.partnership.slug}/stroom/?{urlencode({'heard': heard, 'words': words})}", headers=headers
        )
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status = self.response.status
        if self.status == 200:
            self.response.readline()  # The stream begins with how soon to come back: it is open now.
            threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            while line := self.response.readline():
                with self.news:
                    if line.startswith(b"data: "):
                        self.heard.append((time.monotonic(), line[6:].decode().strip()))
                    elif line.startswith(b"id: "):
                        self.mark, self.marked = line[4:].decode().strip(), len(self.heard)
                    self.news.notify_all()
        except (OSError, ValueError, AttributeError):
            pass  # Closed from our side.
        with self.news:
            self.ended_at = time.monotonic()
            self.news.notify_all()

    @property
    def topics(self):
        return self.topics_of(len(self.heard))

    def topics_of(self, count):
        # Making the cast rings too, and that may be heard a moment later.
        return [topic for _, topic in self.heard[:count] if not topic.startswith("member")]

    def wait_for(self, topic, timeout=20):
        """The moment at which this page heard this topic."""
        with self.news:
            assert self.news.wait_for(lambda: topic in self.topics, timeout), f"{topic} was not heard: {self.topics}"
        return next(at for at, heard in self.heard if heard == topic)

    def wait_for_mark(self, topic):
        """What this page remembers once the message with this topic has come in whole."""
        self.wait_for(topic)
        with self.news:
            assert self.news.wait_for(lambda: topic in self.topics_of(self.marked), 20)
            return self.mark

    def wait_for_end(self, timeout):
        with self.news:
            return self.news.wait_for(lambda: self.ended_at, timeout)

    def close(self):
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.connection.close()


def session_of(seat):
    """A session in which this member is logged in."""
    client = Client()
    client.force_login(seat.user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture(scope="session")
def two_servers(django_db_setup):
    """Two processes that all tests share, each test with a database of its own making in the same place."""
    servers = [Server(), Server()]
    yield servers
    for server in servers:
        server.stop()


@pytest.fixture
def serve(transactional_db, two_servers):
    """The server processes, one or both."""
    return lambda count=1: [server.wait_until_open() for server in two_servers[:count]]


@pytest.fixture
def short_lived(transactional_db):
    """A server process that the test itself ends."""
    server = Server().wait_until_open()
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture
def listen():
    """Open pages, and close them."""
    opened = []

    def open_page(*args, **kwargs):
        opened.append(Page(*args, **kwargs))
        return opened[-1]

    yield open_page
    for page in opened:
        page.close()
