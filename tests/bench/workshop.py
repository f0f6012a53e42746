"""How a full room votes: `python -m tests.bench.workshop [phones] [seconds to join] [seconds to vote]`.

So many phones join by the drawing, tell an example and then vote, spread over those seconds, through a real server
process on the database of DIALOOG_DATABASE_URL (SQLite when that is empty). A big screen listens to the bells as a
browser does and reads its page again at most three times a second. It prints how long a phone waits, how far the wall
lags behind each vote (from the answer to the phone until a reading of the wall that holds it), and what was counted.
"""

# ruff: noqa: E402
import os
import re
import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from statistics import quantiles
from urllib.parse import urlencode

import tests.environment  # noqa: F401

os.environ["DIALOOG_VAR"] = tempfile.mkdtemp(prefix="dialoog-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dialoog.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests import make
from tests.live.conftest import Page, Server, session_of
from tests.values import make as rooms
from values.models import Choice, Stage, Tally

PATIENCE = 0.3
WORDS = ["Respect", "Vertrouwen", "Klantgerichtheid", "Gelijkwaardigheid", "Deskundigheid", "Humor", "Geduld", "Tijd"]


class Wall(threading.Thread):
    """The big screen: on a bell it reads itself again, and notes how many votes it then showed."""

    def __init__(self, server, seat, room):
        super().__init__(daemon=True)
        session = session_of(seat)
        self.page = Page(server, seat, session=session)
        self.headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        self.path, self.server, self.topic = seat.url("values:workshop_screen", workshop=room.pk), server, room.topic
        self.readings, self.took, self.stopping = [], [], False

    def run(self):
        heard = 0
        while not self.stopping:
            number = len(self.page.heard)
            if number == heard:
                time.sleep(0.01)
                continue
            time.sleep(PATIENCE)
            heard, begun = len(self.page.heard), time.monotonic()
            text = ask(self.server, "GET", self.path, headers=self.headers)[1]
            now = time.monotonic()
            self.took.append(now - begun)
            if shown := re.search(r"(\d+) van de \d+ mensen", text):
                self.readings.append((now, int(shown[1])))


class Phone(threading.Thread):
    """One person: comes in, joins, tells, and votes at their own moment."""

    def __init__(self, server, room, number, joins_at, votes_at):
        super().__init__(daemon=True)
        self.server, self.room, self.number = server, room, number
        self.joins_at, self.votes_at = joins_at, votes_at
        self.cookies, self.waits, self.voted, self.fault = {}, [], None, None

    def run(self):
        try:
            pause_until(self.joins_at)
            self.get(f"/zaal/{self.room.door_key}/")
            page = self.get(f"/zaal/{self.room.code}/")
            groups = re.findall(r'name="group" value="([^"]+)"', page)
            self.send("groep", group=groups[self.number % 4])
            self.send("voorbeeld", example=f"Voorbeeld van mens {self.number}", may_show="on")
            self.get(f"/zaal/{self.room.code}/stand/?fase=0")
            pause_until(self.votes_at)
            chosen = {f"word_{place}": WORDS[(self.number * 3 + place) % 8] for place in range(1, 6)}
            self.send("waarden", **chosen)
            self.voted = time.monotonic()
        except (OSError, AssertionError, KeyError, IndexError) as fault:
            self.fault = fault

    def get(self, path):
        return self._ask("GET", path)

    def send(self, step, **fields):
        token = self.cookies[settings.CSRF_COOKIE_NAME]
        self._ask("POST", f"/zaal/{self.room.code}/{step}/", urlencode(fields | {"csrfmiddlewaretoken": token}))

    def _ask(self, method, path, body=None):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        begun = time.monotonic()
        response, text = ask(self.server, method, path, body, headers)
        self.waits.append((time.monotonic() - begun) * 1000)
        assert response.status in (200, 204, 302), (path, response.status)
        for kept in response.headers.get_all("Set-Cookie") or ():
            name, _, value = kept.split(";")[0].partition("=")
            self.cookies[name] = value
        return text


def ask(server, method, path, body=None, headers=None):
    """One request on a connection of its own, as each phone has."""
    line = HTTPConnection("127.0.0.1", server.port, timeout=60)
    if body is not None:
        headers = headers | {"Content-Type": "application/x-www-form-urlencoded"}
    line.request(method, path, body, headers or {})
    response = line.getresponse()
    text = response.read().decode()
    line.close()
    return response, text


def pause_until(moment):
    time.sleep(max(0, moment - time.monotonic()))


def main(phones=300, joining=60, voting=10):
    """Fill a room, let it vote, and measure."""
    call_command("migrate", verbosity=0)
    nico = make.neutral(make.partnership(f"bench-{time.time_ns()}"), "Nico Blom")
    room = rooms.room(nico, Stage.VALUES)
    server = Server().wait_until_open()
    wall = Wall(server, nico, room)
    wall.start()
    begun = time.monotonic() + 1
    people = [
        Phone(server, room, number, begun + joining * number / phones, begun + joining + 3 + voting * number / phones)
        for number in range(phones)
    ]
    threading.stack_size(512 * 1024)
    for phone in people:
        phone.start()
    for phone in people:
        phone.join()
    time.sleep(1.5)
    wall.stopping = True
    faults = [str(phone.fault) for phone in people if phone.fault]
    moments = sorted(phone.voted for phone in people if phone.voted)
    lags = [lag for place, moment in enumerate(moments, 1) if (lag := _lag(wall, place, moment)) is not None]
    tally = Tally(room)
    waits = [wait for phone in people for wait in phone.waits]
    votes = [phone.waits[-1] for phone in people if phone.voted]
    size = f"{phones} phones, {joining} s to join, {voting} s to vote"
    print(f"{connection.vendor}: {size}; {len(faults)} faults {faults[:2]}")
    print(f"  counted {tally.people} people, {tally.voted} votes, {Choice.objects.filter(workshop=room).count()} words")
    print(f"  a phone waits: {cuts(waits)}; for its vote: {cuts(votes)}")
    behind = [lag * 1000 for lag in lags]
    print(f"  the wall behind a vote: {cuts(behind)}, slowest {max(behind):.0f} ms, {len(moments) - len(lags)} never")
    print(f"  {len(wall.took)} readings of the wall: {cuts([one * 1000 for one in wall.took])}")
    wall.page.close()
    server.stop()


def _lag(wall, place, moment):
    """How long after this vote the wall showed at least this many."""
    return next((max(0, at - moment) for at, shown in wall.readings if shown >= place), None)


def cuts(times):
    parts = quantiles(times, n=100)
    return f"p50 {parts[49]:.0f} ms, p95 {parts[94]:.0f} ms"


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:]))
