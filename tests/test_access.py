"""Every route of a table, with the answer for each of the cast. A missing row fails, and so does a stale one."""

import importlib
import uuid

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, URLPattern, get_resolver

from dialoog.partnerships.models import MemberQuerySet
from tests.access import CAST, Access, everyone
from tests.conftest import Browser

APPS = ("partnerships", "values", "projects", "experiences", "analysis", "advice", "report")

ROUTES = {"start": Access(get=everyone()), "handover": Access(get=everyone())}
for app in APPS:
    ROUTES |= importlib.import_module(f"tests.{app}.access").ROUTES


def table_routes(patterns=None, namespace="", inside=False):
    """The names of all routes under a table's address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = inside or "<slug:table>" in str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if here:
                yield namespace + pattern.name
        else:
            name = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from table_routes(pattern.url_patterns, name, here)


def test_every_route_is_listed_and_no_row_is_stale():
    assert set(table_routes()) == set(ROUTES)


@pytest.mark.promise("S1")
@pytest.mark.parametrize("route", sorted(ROUTES))
def test_each_of_the_cast_gets_the_answer_of_the_table(world, route):
    # Chris and the anonymous visitor try the address of the other table's thing.
    kwargs = ROUTES[route].kwargs(world)
    address, things = world.bram.url(route, **kwargs), dict(world.things)
    faults = elsewhere(world, route, kwargs)
    for who in CAST:
        # What one person does is taken back before the next one tries.
        with transaction.atomic():
            faults += surprises(world, route, address, who)
            transaction.set_rollback(True)
        world.things = dict(things)
    assert faults == []


@pytest.mark.promise("S1", control=True)
def test_a_door_that_takes_everyone_for_anna_is_seen(world, monkeypatch):
    monkeypatch.setattr(MemberQuerySet, "seat_of", lambda self, user, slug: world.anna)
    for who in ("chris", "gone"):
        assert list(surprises(world, "start", world.bram.url("start"), who)) == [f"{who} get start: 200, expected 404"]


def surprises(world, route, address, who):
    """Where the answer to this person is another one than the row promises."""
    row = ROUTES[route]
    browser = Browser(None if who == "anonymous" else getattr(world, who))
    for method in ("get", "post"):
        data = row.data(world) if method == "post" else {}
        code, expected = getattr(browser, method)(address, data).status_code, row.expected(method, who)
        if code != expected:
            yield f"{who} {method} {route}: {code}, expected {expected}"


def elsewhere(world, route, kwargs):
    """Where an address at another table, or of what is not there, answers unlike any address that does not exist."""
    ids = {name: value for name, value in kwargs.items() if isinstance(value, uuid.UUID)}
    chris = Browser(world.chris)
    # A route that only takes acts is tried with an act.
    reach = chris.get if ROUTES[route].get else chris.post
    tried = [world.bram.url(route, **kwargs)]
    if ids:
        tried += [world.chris.url(route, **(kwargs | changed)) for changed in ({}, dict.fromkeys(ids, uuid.uuid4()))]
    nowhere = reach("/bestaat-niet/ook-niet/").content
    return [f"{address} tells that it is there" for address in tried if reach(address).content != nowhere]


def test_a_route_that_is_not_there_has_no_address(world):
    with pytest.raises(NoReverseMatch):
        world.bram.url("values:bestaat-niet")
