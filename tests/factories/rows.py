"""Rows as a transaction has written them: taken out, and put back in another one."""

from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import connection


def is_untouched() -> bool:
    """Whether this transaction has written nothing so far: PostgreSQL numbers it when it first does."""
    ((number,),) = _select("SELECT pg_current_xact_id_if_assigned()::text")
    return number is None


def written() -> int:
    """How many rows were written so far, in all tables; it grows with each that this transaction writes."""
    return sum(counts().values())


def counts() -> dict[str, int]:
    """The same by table. What the last transactions wrote may be in it: PostgreSQL sums up once a second."""
    return dict(
        _select(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
    )


def transaction_number() -> int:
    """The number of this (sub)transaction; later ones have higher. A row is written as it was, which gives it one."""
    ((number,),) = _select(
        "UPDATE django_migrations SET name = name WHERE id = (SELECT min(id) FROM django_migrations)"
        " RETURNING xmin::text::bigint"
    )
    return int(number)


def written_since(since: int, before: dict[str, int]) -> dict[str, str]:
    """What was inserted or changed since then, as JSON by table; what was there before is not deleted by a builder."""
    found = {}
    for name in [name for name, number in counts().items() if number != before.get(name, 0)]:
        ((json,),) = _select(f"SELECT jsonb_agg(t)::text FROM {name} AS t WHERE xmin::text::bigint >= %s", [since])
        if json is not None:
            found[name] = json
    return {name: found[name] for name in sorted(found, key=_order)}


def restore(rows: dict[str, str]) -> None:
    """Insert them with their numbers; a row that is there is changed to what it became."""
    _execute(" ".join(_statement(name) for name in rows), list(rows.values()))


@cache
def _statement(name: str) -> str:
    columns = [
        column
        for (column,) in _select(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [name],
        )
    ]
    key = _key(name)
    names = ", ".join(f'"{column}"' for column in columns)
    changed = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column not in key)
    conflict = f"ON CONFLICT ({', '.join(key)}) DO {f'UPDATE SET {changed}' if changed else 'NOTHING'}"
    source = f"jsonb_populate_recordset(NULL::{name}, %s::jsonb)"
    insert = f"INSERT INTO {name} ({names}) OVERRIDING SYSTEM VALUE SELECT {names} FROM {source} {conflict};"
    return insert + _numbering(name, key)


def _numbering(name: str, key: tuple[str, ...]) -> str:
    """New rows get higher numbers than those put back, should the sequence be behind them."""
    ((sequence,),) = _select("SELECT pg_get_serial_sequence(%s, %s)", [name, key[0]])
    if sequence is None:
        return ""
    return (
        f" SELECT setval('{sequence}', highest) FROM {sequence}, (SELECT max({key[0]}) AS highest FROM {name}) AS rows"
        " WHERE last_value < highest OR (last_value = highest AND NOT is_called);"
    )


@cache
def _key(name: str) -> tuple[str, ...]:
    found = _select(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)"
        " WHERE i.indrelid = %s::regclass AND i.indisprimary",
        [name],
    )
    return tuple(column for (column,) in found)


@cache
def _tables() -> dict[str, int]:
    """The models' tables, each behind those it points to."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for model in apps.get_models(include_auto_created=True):
        pointed = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
        above = {str(other._meta.db_table) for other in pointed if other is not None and not isinstance(other, str)}
        sorter.add(model._meta.db_table, *(above - {model._meta.db_table}))
    return {name: number for number, name in enumerate(sorter.static_order())}


def _order(name: str) -> int:
    return _tables().get(name, len(_tables()))


def _select(query: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _execute(statements: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements, values)
