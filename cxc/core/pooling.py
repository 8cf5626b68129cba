"""What the database does for longer than one statement, so that it also works behind a pooler.

A pooler such as PgBouncer gives each transaction any of its connections: what belongs to a connection rather than to a
transaction (a lock of the session, a cursor that outlives its transaction) would be somebody else's afterwards.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Row = TypeVar("Row")


@contextmanager
def advisory_lock(*key: int) -> Iterator[bool]:
    """Whether nobody else holds the lock with this key (one number, or two of four bytes); nobody does meanwhile.

    For work of many transactions. The lock belongs to a transaction on a connection of its own that does nothing else,
    and so holds up no vacuuming; it waits for as long as the work lasts; a worker that dies gives it back.
    """
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute(f"SELECT pg_try_advisory_xact_lock({', '.join(['%s'] * len(key))})", key)
            is_held = bool(cursor.fetchone()[0])
        yield is_held
    finally:
        other.close()


def in_parts(rows: "QuerySet[M, Row]", size: int = 2000) -> Generator[Row, None, None]:
    """All rows, fetched so many at a time by a cursor in one transaction.

    It lasts until the last is read, or until the reader closes it; that is no reason to roll back.
    """
    with transaction.atomic(), suppress(GeneratorExit):
        yield from rows.iterator(chunk_size=size)
