"""The cast: Anna (municipality) and Bram (council) share a table, Dora is of Bram's side, Nico is neutral.

Chris sits at another table.
"""

import gc
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.sessions.backends.db import SessionStore
from django.core.signals import setting_changed
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from dialoog.asgi import remember_addresses
from dialoog.live import bells
from tests import make
from tests.report import verapdf


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="the sizes of docs/security.md, which need minutes")


def pytest_collection_modifyitems(config, items):
    """Leave out what cannot be tried here, and say so; start with what takes longest, so that no worker ends alone."""
    here = {connection.vendor, "full" if config.getoption("--full") else ""}
    elsewhere = [item for item in items if (only := item.get_closest_marker("only")) and only.args[0] not in here]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]
    longest = ("test_round.py", "browser/test_every_page.py", "test_every_page.py", "test_backup.py", "test_demo.py")
    places = {path: place for place, path in enumerate(longest)}
    items.sort(key=lambda item: min((places[path] for path in longest if str(item.path).endswith(path)), default=9))


def pytest_collection_finish():
    """All that was loaded by now stays: to look through it for garbage over and over costs a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """At the end nobody holds on to PostgreSQL's test database: a thread that was just answering keeps its line."""
    # Django would make its own permissions anew after each test that commits; Dialoog has seats, and asks for none.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def full(request):
    """Whether a test runs at the full size of its promise, or in its smaller, seeded form."""
    return request.config.getoption("--full")


@pytest.fixture(autouse=True)
def own_ear(request, monkeypatch):
    """The server of the browser tests listens in this process: its ear says nothing about a test's transaction."""
    if "address" not in request.fixturenames:
        monkeypatch.setattr(bells, "ear", None)


@pytest.fixture
def table(db):
    return make.partnership("oosterhage")


@pytest.fixture
def other_table(db):
    return make.partnership("nieuwerdam")


@pytest.fixture
def anna(table):
    return make.municipal(table, "Anna de Wit", function="beleidsmedewerker", is_coordinator=True)


@pytest.fixture
def joost(table):
    return make.municipal(table, "Joost Kramer", function="teamleider Inkomen", can_decide=True)


@pytest.fixture
def bram(table):
    return make.council(table, "Bram Hoekstra", function="voorzitter", is_coordinator=True)


@pytest.fixture
def dora(table):
    return make.council(table, "Dora Vermeulen", function="lid")


@pytest.fixture
def nico(table):
    return make.neutral(table, "Nico Blom", function="gespreksleider")


@pytest.fixture
def chris(other_table):
    return make.council(other_table, "Chris Terpstra", function="lid", is_coordinator=True)


@pytest.fixture
def gone(table):
    """Somebody of the municipality who was removed yesterday."""
    return make.municipal(table, "Gerda Prins", active_to=timezone.now() - timedelta(days=1))


@cache
def handler():
    """The application behind all browsers: to build it anew for each of them takes longer than what most tests do."""
    remember_addresses()
    return ClientHandler(enforce_csrf_checks=False)


@receiver(setting_changed)
def build_anew(**kwargs):
    """Middleware reads the settings when it is built."""
    handler.cache_clear()


class Browser(Client):
    """A browser in which one member is logged in (or nobody)."""

    def __init__(self, seat=None, **kwargs):
        super().__init__(**kwargs)
        if not kwargs:
            self.handler = handler()
        self.seat = seat
        if seat is not None:
            self.sit_down(seat.user)

    def sit_down(self, user):
        """Log in as `force_login` does, without most of its questions to the database: that adds up."""
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save(must_create=True)
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    def at(self, route, query=None, **kwargs):
        """Open the page of this route at the member's own table."""
        return self.get(self.seat.url(route, **kwargs), query or {})

    def do(self, route, data=None, follow=False, headers=None, **kwargs):
        """Send a form to this route at the member's own table."""
        return self.post(self.seat.url(route, **kwargs), data or {}, follow=follow, headers=headers)


@pytest.fixture
def browse(db):
    return Browser


@pytest.fixture
def anonymous(db):
    return Browser()


@dataclass
class World:
    """The whole cast at once, for tests that try every door."""

    table: object
    other_table: object
    seats: dict
    things: dict = field(default_factory=dict)

    def __getattr__(self, name):
        if name in ("seats", "things"):
            raise AttributeError(name)
        if name in self.seats:
            return self.seats[name]
        raise AttributeError(name)


@pytest.fixture
def world(table, other_table, anna, joost, bram, dora, nico, chris, gone):
    seats = {"anna": anna, "joost": joost, "bram": bram, "dora": dora, "nico": nico, "chris": chris, "gone": gone}
    return World(table, other_table, seats)


def pytest_terminal_summary(terminalreporter):
    """Say in one sentence what this machine could not check."""
    if sentence := verapdf.left_out():
        terminalreporter.write_line(sentence)
