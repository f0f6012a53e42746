"""The front of a real server: what is broken off, too large or dressed up does not get in."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection

import pytest
import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from dialoog.management.commands.serve import proxied
from dialoog.settings import proxies
from tests.live.conftest import session_of

TOKEN = 'name="csrfmiddlewaretoken" value="'


class Visitor:
    """Bram's browser, as bytes on a line."""

    def __init__(self, server, seat):
        self.server, self.address = server, seat.url("partnerships:profile")
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(seat)}"
        with closing(self.connect()) as line:
            line.request("GET", self.address, headers={"Cookie": self.cookie})
            page = line.getresponse()
            self.cookie += "; " + page.headers["Set-Cookie"].split(";")[0]
            self.token = page.read().decode().split(TOKEN)[1].split('"')[0]

    def connect(self):
        return HTTPConnection("127.0.0.1", self.server.port, timeout=30)

    def begin(self, line, length, **headers):
        """Announce a form of this length."""
        line.putrequest("POST", self.address)
        kind = "application/x-www-form-urlencoded"
        for name, value in {"Cookie": self.cookie, "Content-Type": kind, "Content-Length": str(length)}.items():
            line.putheader(name, value)
        line.endheaders()


@pytest.fixture
def visitor(serve, bram):
    (server,) = serve()
    return Visitor(server, bram)


def test_a_text_that_was_broken_off_halfway_is_not_saved_as_if_it_were_whole(visitor, bram):
    half = f"csrfmiddlewaretoken={visitor.token}&function=lid&name=Bram+Half".encode()
    whole = half + b"+en+heel"
    with closing(visitor.connect()) as line:
        visitor.begin(line, len(whole))
        line.send(half)
    bram.user.refresh_from_db()
    assert bram.user.name == "Bram Hoekstra"
    with closing(visitor.connect()) as line:
        visitor.begin(line, len(whole))
        line.send(half)
        line.send(b"+en+heel")
        assert line.getresponse().status == 302
    bram.user.refresh_from_db()
    assert bram.user.name == "Bram Half en heel"


def test_a_giant_gets_one_sentence(visitor):
    with closing(visitor.connect()) as line:
        visitor.begin(line, 13 * 1024 * 1024)
        for _ in range(13):
            line.send(b"x" * 1024 * 1024)
        answer = line.getresponse()
        assert (answer.status, "te groot" in answer.read().decode()) == (413, True)


def test_only_the_proxy_can_say_what_the_proxy_says(visitor):
    """As variables, HX_Request and HX-Request are the same; a name with an underscore is dropped at the door."""
    answers = []
    for name in ("HX_Request", "HX-Request"):
        with closing(visitor.connect()) as line:
            line.request("GET", visitor.address, headers={name: "true"})
            answers.append(line.getresponse().status)
    assert answers == [302, 401]


@pytest.mark.parametrize(
    ("named", "sender", "told", "found"),
    [
        ("127.0.0.1", "127.0.0.1", "203.0.113.7", "203.0.113.7"),
        # Who already lied to the proxy is where the proxy saw them.
        ("127.0.0.1", "127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.0/8", "10.1.2.3", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("", "127.0.0.1", "198.51.100.1", "127.0.0.1"),
    ],
)
def test_who_asks_is_whom_a_known_proxy_says_and_nobody_else(settings, named, sender, told, found):
    settings.PROXIES = proxies(named)
    seen = []

    async def application(scope, receive, send):
        seen.append(scope["client"][0])

    config = uvicorn.Config(application, log_config=None, lifespan="off", **proxied())
    config.load()
    scope = {"type": "http", "client": (sender, 5000), "headers": [(b"x-forwarded-for", told.encode())]}
    # In a thread of its own: where a browser was before, this one has a running loop.
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, config.loaded_app(scope, None, None)).result()
    assert seen == [found]


def test_a_proxy_that_is_everybody_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="DIALOOG_PROXIES must be addresses"):
        proxies("*")
