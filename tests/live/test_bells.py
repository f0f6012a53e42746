"""Bells are rows: what is committed has rung, in an order that no reader can miss."""

import threading
import time

import pytest
from django.db import connection, transaction

from dialoog.live import bells
from dialoog.live.models import Bell
from dialoog.partnerships.models import Event

# A place before all bells.
START = {"sqlite": "0", "postgresql": "1:1:"}


def test_bram_hears_the_table_and_his_own_side(transactional_db, table, bram):
    heard = bells.mark_now()
    for channel in ("", ":council", ":municipality"):
        bells.ring(f"table:{table.pk}{channel}", f"value{channel}")
    assert bells.missed(heard, bram.channels())[1] == ["value", "value:council"]


@pytest.mark.promise("P1")
def test_anna_cannot_count_what_the_council_writes_in_secret(bram, anna, browse):
    marks = []
    for _ in range(3):
        page = browse(anna).at("start").content.decode()
        marks.append(page.split("stroom/?heard=")[1].split('"')[0])
        Event.record(bram, "schreef iets in het geheim", audience="council")
    assert len(set(marks)) == 3 and len({len(mark) for mark in marks}) == 1
    assert bells.opened(marks[0][:-4] + "AAAA") is None


def test_nico_hears_the_table_only(table, nico):
    assert nico.channels() == [f"table:{table.pk}"]


def test_a_slow_transaction_is_not_missed_by_who_looked_in_between(transactional_db):
    """Keys are handed out before a commit: a later key may be visible while an earlier one is still on its way."""
    rung, may_commit = threading.Event(), threading.Event()

    def slowly():
        with transaction.atomic():
            bells.ring("kanaal", "eerst")
            rung.set()
            may_commit.wait(10)
        connection.close()

    writer = threading.Thread(target=slowly)
    writer.start()
    rung.wait(10)
    if connection.vendor == "postgresql":  # SQLite lets one writer in at a time.
        bells.ring("kanaal", "daarna")
    heard = bells.mark_now()
    may_commit.set()
    writer.join()
    assert bells.missed(heard, ["kanaal"])[1] == ["eerst"]
    everything, rung = bells.since(START[connection.vendor], bells.execute, connection.vendor)
    later = [topic for _, topic, moment in rung if bells.comes_after(moment, bells.opened(heard)[0])]
    assert later == ["eerst"]
    assert not any(bells.comes_after(moment, everything) for _, _, moment in rung)


def test_old_bells_are_thrown_away_and_who_asks_for_them_reads_everything(bram):
    Event.record(bram, "zei iets")
    Bell.objects.update(at="2020-01-01T00:00:00Z")
    Event.record(bram, "zei nog iets")
    bells.forget_old(lambda question: connection.cursor().execute(question))
    assert {bell.at.year for bell in Bell.objects.all()} == {time.gmtime().tm_year}
    long_ago = bells.mark(bells.opened(bells.mark_now())[0], time.time() - 3500)
    assert bells.missed(long_ago, bram.channels())[1] == [bells.EVERYTHING]


def test_a_server_without_streams_tells_once_what_rang(transactional_db, bram, anna, browse):
    heard = bells.mark_now()
    Event.record(anna, "zei iets")
    Event.record(anna, "zei iets binnenskamers", audience="municipality")
    answer = browse(bram).at("partnerships:stream", {"heard": heard})
    assert answer["Content-Type"].startswith("text/event-stream")
    shared = Event.objects.get(party="").topic
    told = [line[6:] for line in answer.content.decode().splitlines() if line.startswith("data: ")]
    assert told == ["event", shared]


def test_a_bell_never_says_what_changed(bram):
    Event.record(bram, "een geheim woord")
    assert {field.name for field in Bell._meta.fields} == {"id", "channel", "topic", "at", "moment"}
    assert not any("geheim" in f"{bell.channel}{bell.topic}" for bell in Bell.objects.all())
