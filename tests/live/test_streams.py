"""Live is live: two server processes, a third process that writes, and pages that hear what is theirs."""

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from dialoog.live import bells
from dialoog.live.streams import Stream, Streams, Visitor
from dialoog.partnerships.listening import enter, still_welcome
from dialoog.partnerships.models import Event
from tests.live.conftest import session_of


@pytest.mark.promise("R7")
def test_a_change_is_heard_on_both_servers_and_only_by_those_it_concerns(serve, listen, anna, bram, dora, nico):
    one, two = serve(2)
    at = {"anna": listen(one, anna), "bram": listen(two, bram), "dora": listen(one, dora), "nico": listen(two, nico)}
    Event.record(bram, "schreef iets voor de eigen kant", audience="council")
    secret = Event.objects.get().topic
    written = time.monotonic()
    assert at["bram"].wait_for(secret) - written < 1
    at["dora"].wait_for(secret)
    Event.record(bram, "zei iets tegen iedereen")
    shared = Event.objects.get(party="").topic
    for page in at.values():
        page.wait_for(shared)
    # What came after the secret bell has arrived, so the secret one would have too.
    assert {name: secret in page.topics for name, page in at.items()} == {
        "anna": False, "bram": True, "dora": True, "nico": False,
    }  # fmt: skip


def test_another_table_hears_nothing(serve, listen, bram, chris):
    (server,) = serve()
    bram_page, chris_page = listen(server, bram), listen(server, chris)
    Event.record(bram, "zei iets")
    bram_page.wait_for("event")
    Event.record(chris, "zei ook iets")
    chris_page.wait_for("event")
    theirs = {Event.objects.get(sentence="zei ook iets").topic, "event"}
    assert set(chris_page.topics) == theirs


def test_what_is_rolled_back_never_rings(serve, listen, bram):
    (server,) = serve()
    page = listen(server, bram)
    with suppress(InterruptedError), transaction.atomic():
        Event.record(bram, "bedacht zich")
        undone = Event.objects.get().topic
        raise InterruptedError
    Event.record(bram, "zei iets")
    page.wait_for(Event.objects.get().topic)
    assert undone not in page.topics


@pytest.mark.promise("R7", control=True)
def test_without_bells_no_page_hears_a_change(serve, listen, bram, monkeypatch):
    (server,) = serve()
    page = listen(server, bram)
    with monkeypatch.context() as silence:
        silence.setattr(bells, "ring", lambda *args: None)
        Event.record(bram, "zei iets in stilte")
    unheard = Event.objects.get().topic
    Event.record(bram, "zei iets hardop")
    page.wait_for(Event.objects.exclude(sentence__contains="stilte").get().topic)
    assert unheard not in page.topics


@pytest.mark.promise("R7")
def test_a_removed_member_hears_nothing_more(serve, listen, bram, dora, joost):
    one, two = serve(2)
    removed, stays, colleague = listen(one, joost), listen(one, bram), listen(two, dora)
    joost.active_to = timezone.now()
    joost.save()
    # How soon is measured in tests/bench/streams.py; here it only has to happen.
    assert removed.wait_for_end(timeout=60)
    Event.record(bram, "ging verder")
    topic = Event.objects.get().topic
    stays.wait_for(topic)
    colleague.wait_for(topic)
    assert topic not in removed.topics
    assert listen(one, joost).status == 404


def test_who_logs_out_hears_nothing_more(serve, listen, bram):
    (server,) = serve()
    session = session_of(bram)
    page, other_computer = listen(server, bram, session=session), listen(server, bram)
    Session.objects.get(pk=session).delete()
    assert page.wait_for_end(timeout=60)
    assert other_computer.ended_at is None


@pytest.mark.promise("S5")
@pytest.mark.django_db
def test_a_new_password_ends_the_streams_of_before_it_too(bram, dora):
    def ticket(seat):
        cookie = f"{settings.SESSION_COOKIE_NAME}={session_of(seat)}".encode()
        where = {"path": seat.url("partnerships:stream"), "headers": [(b"cookie", cookie), (b"host", b"testserver")]}
        return enter({"type": "http", "method": "GET", "query_string": b"", **where}).ticket

    thief, colleague = ticket(bram), ticket(dora)
    assert still_welcome({thief, colleague}) == {thief, colleague}
    bram.user.set_password("nog een heel ander lang wachtwoord")
    bram.user.save()
    own = ticket(bram)
    # The session itself still lies there: it goes when somebody asks a page with it.
    assert Session.objects.count() == 3
    assert still_welcome({thief, colleague, own}) == {colleague, own}


def test_who_was_away_for_a_moment_hears_exactly_what_was_missed(serve, listen, bram, anna):
    one, two = serve(2)
    page = listen(one, bram)
    Event.record(bram, "zei iets")
    mark = page.wait_for_mark(Event.objects.get().topic)
    page.close()
    Event.record(anna, "zei iets terug")
    Event.record(anna, "hield iets voor de eigen kant", audience="municipality")
    missed = Event.objects.get(sentence="zei iets terug").topic
    back = listen(two, bram, last_event_id=mark)
    back.wait_for(missed)
    assert set(back.topics) == {"event", missed}


def test_a_page_remembers_what_rang_while_it_was_being_drawn(serve, listen, bram, browse):
    (server,) = serve()
    drawn = browse(bram).at("start").content.decode()
    heard = drawn.split("stroom/?heard=")[1].split('"')[0]
    Event.record(bram, "was net te vroeg")
    listen(server, bram, heard=heard).wait_for(Event.objects.get().topic)


@pytest.mark.parametrize(
    "heard", ["1@1", "onzin", "é" * 12, "A" * 9000, bells.mark("0", 1), bells.mark("1;drop"), bells.mark("x")]
)
def test_who_was_away_too_long_reads_everything_again(serve, listen, bram, heard):
    (server,) = serve()
    page = listen(server, bram, heard=heard)
    page.wait_for(bells.EVERYTHING)
    assert page.topics == [bells.EVERYTHING]


def test_a_burst_is_told_once(serve, listen, bram, table):
    (server,) = serve()
    page = listen(server, bram)
    with transaction.atomic():
        for _ in range(200):
            bells.ring(table.channel(), "value", "value-1")
    page.wait_for("value-1")
    bells.ring(table.channel(), "laatste")
    page.wait_for("laatste")
    assert sorted(page.topics) == ["laatste", "value", "value-1"]


EARS = "application_name = 'dialoog bells' AND datname = current_database()"


def test_the_ear_comes_back_after_the_database_hung_up(serve, listen, bram):
    (server,) = serve()
    page = listen(server, bram)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # Also the ears of another server of this process, if there is one: they come back just as well.
            cursor.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {EARS}")
            assert cursor.rowcount >= 2
    Event.record(bram, "zei iets")
    page.wait_for("event", timeout=10)


def connections_of(server):
    """How many connections to the database this server process holds."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return cursor.fetchone()[0]
    name = str(connection.settings_dict["NAME"])
    count = 0
    for file in os.listdir(f"/proc/{server.process.pid}/fd"):
        with suppress(OSError):
            count += os.readlink(f"/proc/{server.process.pid}/fd/{file}") == name
    return count


def test_forty_open_pages_hold_no_connections(serve, listen, bram):
    (server,) = serve()
    sessions = [session_of(bram) for _ in range(4)]
    listen(server, bram, session=sessions[0])
    one = connections_of(server)
    for number in range(40):
        listen(server, bram, session=sessions[number % 4])
    # The door is checked on four threads, which let go when they are done; a pool may keep a few at hand.
    assert connections_of(server) <= one + 8


def test_a_session_that_opens_pages_without_end_loses_the_oldest(serve, listen, bram):
    (server,) = serve()
    session = session_of(bram)
    pages = [listen(server, bram, session=session) for _ in range(22)]
    assert pages[0].wait_for_end(timeout=5) and pages[1].wait_for_end(timeout=5)
    Event.record(bram, "zei iets")
    for page in pages[2:]:
        page.wait_for("event")


def test_a_server_with_open_pages_stops_at_once(short_lived, listen, bram):
    pages = [listen(short_lived, bram) for _ in range(5)]
    assert short_lived.stop() < 4
    assert all(page.wait_for_end(timeout=1) for page in pages)


def test_without_a_seat_there_is_no_stream(serve, listen, bram, gone, chris):
    (server,) = serve()
    assert listen(server, gone).status == 404
    assert listen(server, bram, session=session_of(chris)).status == 404
    assert listen(server, bram, session="x" * 32).status == 302
    assert listen(server, bram).status == 200


@pytest.mark.parametrize("heard, told", [("5", ["daarna"]), ("4", ["eerst", "daarna"])])
def test_an_ear_that_is_late_tells_a_page_nothing_twice(heard, told):
    """The bell with moment 5 reaches this server after the page came back to it."""

    async def late():
        page = Stream(Visitor(("kanaal",), ticket=None, heard=bells.mark(heard)))
        streams = Streams(None, None, None)
        streams.hearing["kanaal"].add(page)
        streams._fan_out("merk", [("kanaal", "eerst", 5), ("kanaal", "daarna", 6)])
        return list(page.topics)

    # In a thread of its own: where a browser is open, this one has a loop already.
    with ThreadPoolExecutor(1) as elsewhere:
        assert elsewhere.submit(asyncio.run, late()).result() == told
