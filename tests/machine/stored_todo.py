"""The whole stored to-do, compared in a few requests to what the declarations say."""

from functools import cache

from django.db import connection

from cxc.todo import reconcile
from cxc.todo.models import TodoItem
from cxc.todo.subjects import subjects


def differences() -> list[str]:
    """What is stored otherwise than it is derived now, of every thing that there is or on which something is stored.

    As `reconcile.pages_of_everything` and `reconcile.differences` have it, for few things: all are read together.
    """
    with connection.cursor() as cursor:
        cursor.execute(_every_thing())
        return reconcile.differences(cursor.fetchall())


@cache
def _every_thing() -> str:
    """Kind and number of all rows on which something can be owed, whatever their state, or is stored."""
    tables = {subject.kind: subject.model._meta.db_table for subject in subjects()}
    rows = [f"SELECT '{kind}', id FROM {table}" for kind, table in tables.items()]
    return " UNION ".join([*rows, f"SELECT kind, thing_id FROM {TodoItem._meta.db_table}"])
