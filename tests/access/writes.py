"""The tables that a request has changed in the database."""

from django.db import connection

from tests.factories import rows

# A request of anybody may change these: the session, and the stored to-do, which is derived anew when it is read.
NOT_COUNTED = frozenset({"django_session", "django_migrations"})
NOT_COUNTED_PREFIXES = ("todo_",)


class Writes:
    """Compares PostgreSQL's count of written rows before and after a request, within one transaction."""

    def __init__(self) -> None:
        self._before = rows.counts()
        self.tables: list[str] = []
        self._number = 0
        self._now: dict[str, tuple[int, int]] = {}

    def record(self) -> None:
        """Before the transaction ends: note the tables that it has written to."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id_if_assigned()::text")
            number = cursor.fetchone()[0]
        if number is None:
            return
        self._number = int(number) % 2**32
        self.tables = sorted(
            name
            for name, count in rows.counts().items()
            if count != self._before.get(name, 0)
            and name not in NOT_COUNTED
            and not name.startswith(NOT_COUNTED_PREFIXES)
        )
        self._now = self._state()

    def changed(self) -> tuple[str, ...]:
        """After the rollback: the tables that the transaction had changed at its end."""
        before = self._state()
        return tuple(name for name in self.tables if self._now[name] != before[name])

    def _state(self) -> dict[str, tuple[int, int]]:
        """The number of rows of each table, and the number of them that this transaction has written."""
        if not self.tables:
            return {}
        one = 'SELECT %s, count(*), count(*) FILTER (WHERE xmin::text::bigint >= %s) FROM "{}"'
        query = " UNION ALL ".join(one.format(name) for name in self.tables)
        with connection.cursor() as cursor:
            cursor.execute(query, [value for name in self.tables for value in (name, self._number)])
            return {name: (number, new) for name, number, new in cursor.fetchall()}
