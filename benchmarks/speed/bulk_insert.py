"""Rows by the hundred thousand, straight into the tables: what is measured is the ranking, not the transitions."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """PostgreSQL's COPY, in its text format."""
    text = io.StringIO("".join("\t".join(map(_written, row)) + "\n" for row in rows))
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', text)


def _written(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(value) + "}"
    text = str(value)
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t") if isinstance(value, str) else text


def usual(thing: models.Model) -> dict[str, Any]:
    """Column and value of a row as the model would write it, without its number."""
    fields = [field for field in thing._meta.concrete_fields if not field.primary_key]
    return {str(field.column): getattr(thing, field.attname) for field in fields}


def one(query: str, *values: Any) -> Any:
    """The first value of a query's first row."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def run(query: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def after_loading(*tables: str) -> None:
    """What autovacuum would have done by the next morning."""
    word = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    for table in tables:
        run(f'{word} "{table}"')


def settle_sequences(*tables: str) -> None:
    """The next number of a table that was given its numbers."""
    for table in tables:
        run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
