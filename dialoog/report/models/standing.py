"""What the versions of a report are made of, at one moment."""

from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Standing:
    """All that the versions are made of, small enough to compare: the text that is signed, what each card allows."""

    fingerprint: str
    allowed: tuple


@contextmanager
def of_one_moment():
    """What is read here is how things stood at one moment, whoever saves meanwhile."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        # On SQLite nobody else writes within a transaction. PostgreSQL must be told before the first question.
        if connection.vendor == "postgresql" and is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
