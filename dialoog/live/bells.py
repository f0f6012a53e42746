"""Bells: a saved change rings by name, and open pages that care read themselves again.

A bell is a row, written in the transaction of the change itself: what is rolled back never rings, and what is
committed is never silent, also when this process ends a moment later. NOTIFY (PostgreSQL) or a changed file (SQLite)
only says "look now"; what rang is always read from the rows, so no reader can miss one.
"""

import base64
import functools
import hashlib
import re
import secrets
import threading
import time
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

NOTIFY_CHANNEL = "dialoog_bells"
# How long a bell is kept. Who was away longer reads everything again: topic "*".
KEPT = timedelta(hours=1)
EVERYTHING = "*"

# Set when this process rang itself, so that its own pages do not wait for the next look at the file.
knock = threading.Event()
# The listener of this process, once there is one.
ear = None

SNAPSHOT = re.compile(r"\d{1,18}:\d{1,18}:[\d,]*")
NUMBER = re.compile(r"\d{1,18}")
PADDED_TO = 96
LONGEST_MARK = 8000

SINCE_POSTGRESQL = """
    SELECT DISTINCT pg_current_snapshot()::text, bell.channel, bell.topic, bell.moment
    FROM (SELECT 1) AS always LEFT JOIN live_bell AS bell
      ON bell.moment >= pg_snapshot_xmin('{place}'::pg_snapshot)::text::bigint
     AND NOT pg_visible_in_snapshot(bell.moment::text::xid8, '{place}'::pg_snapshot)
"""
SINCE_SQLITE = """
    SELECT (SELECT coalesce(max(id), 0) FROM live_bell), bell.channel, bell.topic, max(bell.id)
    FROM (SELECT 1) AS always LEFT JOIN live_bell AS bell ON bell.id > {place}
    GROUP BY bell.channel, bell.topic
"""


def ring(channel, *topics):
    """Ring these topics on this channel: heard when the surrounding transaction commits, and only then."""
    if connection.vendor == "postgresql":
        _ring_postgresql(channel, topics)
        return
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    rows = ", ".join(["(%s, %s, %s)"] * len(topics))
    values = [value for topic in topics for value in (channel, topic, now)]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO live_bell (channel, topic, at) VALUES {rows}", values)
    transaction.on_commit(knock.set)


def _ring_postgresql(channel, topics):
    rows = ", ".join(["(%s, %s, now(), pg_current_xact_id()::text::bigint)"] * len(topics))
    values = [value for topic in topics for value in (channel, topic)]
    # One statement, so that outside a transaction too a row and its notification are one.
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH rung AS (INSERT INTO live_bell (channel, topic, at, moment) VALUES {rows}) SELECT pg_notify(%s, '')",
            [*values, NOTIFY_CHANNEL],
        )


def place_now(execute, vendor):
    """Where the row of bells stands now, as text: on SQLite the last key, on PostgreSQL what is visible to us."""
    question = "pg_current_snapshot()::text" if vendor == "postgresql" else "coalesce(max(id), 0) FROM live_bell"
    return str(execute(f"SELECT {question}")[0][0])


def since(place, execute, vendor):
    """What rang after `place`: the new place, and (channel, topic, moment) for each that rang; see `comes_after`.

    `execute` takes SQL and gives all rows, so that the listener can use a connection of its own. `place` is ours.
    """
    question = SINCE_POSTGRESQL if vendor == "postgresql" else SINCE_SQLITE
    rows = execute(question.format(place=place))
    return str(rows[0][0]), [tuple(bell) for _, *bell in rows if bell[0] is not None]


def comes_after(moment, place):
    """Whether a bell of this moment rang after a place: a later key, or a transaction that place had not seen end."""
    if ":" not in place:
        return moment > int(place)
    first_open, unborn, still_open = place.split(":")
    return moment >= int(unborn) or (moment >= int(first_open) and str(moment) in still_open.split(","))


def execute(question):
    """Ask Django's connection of this thread."""
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def mark(place, second=None):
    """What a page remembers as "heard up to here", sealed.

    A place grows with every bell, also with those in another party's channel; read by a page, it would count what
    that party writes in secret. So it is sealed, never twice alike, and always as long.
    """
    plain = f"{place}@{int(time.time() if second is None else second)}".encode()
    nonce = secrets.token_bytes(12)
    padded = plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO)
    return base64.urlsafe_b64encode(nonce + _key().encrypt(nonce, padded, None)).decode().rstrip("=")


def opened(sealed):
    """The place and the second in a mark, or None when we did not make it."""
    try:
        raw = base64.urlsafe_b64decode(sealed[:LONGEST_MARK] + "=" * (-len(sealed) % 4))
        place, second = _key().decrypt(raw[:12], raw[12:], None).decode().strip().split("@")
    except (ValueError, InvalidTag):
        return None
    return place, int(second)


@functools.cache
def _key():
    return AESGCM(hashlib.sha256(b"dialoog.live.mark" + settings.SECRET_KEY.encode()).digest())


def mark_now():
    """The mark for a page that is about to be read: this process's ear knows it; without one, the database does."""
    return (ear and ear.mark()) or mark(place_now(execute, connection.vendor))


def missed(heard, channels):
    """What rang on these channels since a page's mark: the new mark and the topics; everything after too long."""
    known = opened(heard)
    looks_right = SNAPSHOT if connection.vendor == "postgresql" else NUMBER
    oldest = time.time() - KEPT.total_seconds() * 0.9
    if known is None or not looks_right.fullmatch(known[0]) or known[1] < oldest:
        return mark_now(), [EVERYTHING]
    place, rung = since(known[0], execute, connection.vendor)
    return mark(place), sorted({topic for channel, topic, _ in rung if channel in channels})


def forget_old(execute):
    """Throw away the bells that nobody can ask for any more."""
    before = datetime.now(UTC) - KEPT
    execute(f"DELETE FROM live_bell WHERE at < '{before:%Y-%m-%d %H:%M:%S.%f}'")
