"""The lock that keeps two workers from one plan."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# Any number, the same in every process: it keeps these locks apart from other ones.
LOCK_CLASS = 30_003


@contextmanager
def plan_lock(pk: int) -> Iterator[bool]:
    """Whether nobody else is at this plan; nobody else is while the block runs.

    A lock of the session, not of a row: the page reads and the progress is written meanwhile, and a
    worker that dies gives it back.
    """
    key = [LOCK_CLASS, pk % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        is_locked = bool(cursor.fetchone()[0])
    try:
        yield is_locked
    finally:
        if is_locked:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)
