"""Queries that Django composes once in a process; afterwards only the values they ask for are put in.

Composing a query with many joins takes Django longer than PostgreSQL needs to answer it, and a page asks the same
queries for everybody who opens it. `composed_once` makes of a function that returns a queryset one that returns rows:

    @composed_once
    def things_by_id(kind: str, *, ids: Iterable[int]) -> QuerySet:
        return apps.get_model(kind).objects.with_labels().filter(pk__in=ids)

    things = things_by_id("exchanges.exchange", ids={7, 9})

What is given by place decides what the query looks like: it is composed once for each (a kind, whether links are
wanted, the day of today). What is given by name is a value in it: a number, a text, a day, a moment (UTC), or a set or
list of numbers or texts for a filter with `__in`. Whatever else the query depends on has to be one of the two: a number
of the settings, for instance. A query that turns a value into another one, or that contains a day or a moment that was
not given, is composed anew for each call.
"""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, update_wrapper
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.utils.translation import get_language

# So many queries of one function are kept; those that were not asked for the longest go.
KEPT = 256
# How a value is given: its type, and whether it is one of several.
Kind = tuple[type, bool]


@dataclass(frozen=True)
class ComposedQuery:
    """A query with its SQL.

    parameters  what is put into the SQL: constants, and `None` where a value belongs
    names       the name of the value that belongs at each place, or ""
    """

    rows: "QuerySet[Any]"
    compiler: Any
    sql: str
    parameters: Sequence[Any]
    names: Sequence[str]

    def fetch(self, values: Mapping[str, Any]) -> list[Any]:
        """The rows for these values, and what is prefetched with them."""
        pairs = zip(self.parameters, self.names, strict=True)
        parameters = tuple(_parameter(values[name]) if name else constant for constant, name in pairs)
        query: Any = _KnownQuery(self, parameters)
        found = self.rows.__class__(self.rows.model, query=query, using=self.rows.db)
        for name in ("_iterable_class", "_fields", "_prefetch_related_lookups", "_known_related_objects"):
            setattr(found, name, getattr(self.rows, name))
        return list(found)


class _KnownQuery:
    """Stands in a queryset for a query whose SQL is known."""

    def __init__(self, composed: ComposedQuery, parameters: Sequence[Any]) -> None:
        self._composed = composed
        self._parameters = parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._composed.rows.query, name)

    def get_compiler(self, using: str, **_options: Any) -> Any:
        """Django's compiler, which asks itself for the SQL before it executes it and reads the rows."""
        compiler = copy.copy(self._composed.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_args, **_options: (self._composed.sql, self._parameters)
        return compiler


class ComposedOnce:
    """A function that returns a queryset, which gives its rows instead."""

    def __init__(self, build: Callable[..., "QuerySet[Any]"]) -> None:
        self._build = build
        self._known = lru_cache(maxsize=KEPT)(self._compose)
        update_wrapper(self, build)

    def __call__(self, *shape: Any, **values: Any) -> list[Any]:
        """The rows for these values, of the query that looks like this."""
        composed = self.composed(*shape, **values)
        return list(self._build(*shape, **values)) if composed is None else composed.fetch(values)

    def composed(self, *shape: Any, **values: Any) -> ComposedQuery | None:
        """The query itself; None where it can't be kept."""
        return self._known(shape, tuple((name, _kind_of(value)) for name, value in values.items()), get_language())

    def _compose(
        self, shape: Sequence[Any], kinds: Sequence[tuple[str, Kind]], _language: str | None
    ) -> ComposedQuery | None:
        """Composed twice, with other marks for the values: what else differs was not given as a value."""
        marks, others = (
            {name: _mark(kind, 2 * place + turn) for place, (name, kind) in enumerate(kinds)} for turn in (0, 1)
        )
        rows = self._build(*shape, **marks)
        compiler, sql, parameters = _compiled(rows)
        _compiler, other_sql, other_parameters = _compiled(self._build(*shape, **others))
        if sql != other_sql:
            return None
        lasts = any(isinstance(one, date) for one in shape)
        names = [_name_of(pair, marks, others, lasts) for pair in zip(parameters, other_parameters, strict=True)]
        if None in names:
            return None
        several = {name for name, (_type, is_several) in kinds if is_several}
        places = [place for place, name in enumerate(names) if name in several]
        return ComposedQuery(rows, compiler, with_any(sql, places), parameters, [name or "" for name in names])


def composed_once(build: Callable[..., "QuerySet[Any]"]) -> ComposedOnce:
    """Of a function that returns a queryset, one that returns its rows and composes the query once (see above)."""
    return ComposedOnce(build)


def _compiled(rows: "QuerySet[Any]") -> tuple[Any, str, Sequence[Any]]:
    """The compiler that knows what the columns are, its SQL and parameters; no SQL where Django knows of no rows."""
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return compiler, "", ()
    return compiler, sql, parameters


def _kind_of(value: Any) -> Kind:
    if not isinstance(value, list | set | frozenset | tuple):
        return type(value), False
    return (str if value and isinstance(next(iter(value)), str) else int), True


def _mark(kind: Kind, place: int) -> Any:
    """Something of this kind that stands for a value while a query is composed; no query contains it otherwise."""
    of_type, is_several = kind
    marks: Iterator[Any] = (
        mark
        for base, mark in (
            (str, f"the-value-{place}"),
            (int, 1_987_654_321 + place),
            (datetime, datetime(8888, 1, 1, tzinfo=UTC) + timedelta(hours=place)),
            (date, date(8888, 1, 1) + timedelta(days=place)),
        )
        if issubclass(of_type, base)
    )
    mark = next(marks, None)
    return [mark] if is_several else mark


def _name_of(pair: tuple[Any, Any], marks: Mapping[str, Any], others: Mapping[str, Any], lasts: bool) -> str | None:
    """The name of the value whose marks these are, "" for a constant; None for what is neither."""
    for name, mark in marks.items():
        known = (mark, others[name])
        if pair in (known, tuple(one[0] for one in known if isinstance(one, list))):
            return name
    is_constant = pair[0] == pair[1] and (lasts or not isinstance(pair[0], date))
    return "" if is_constant else None


def with_any(sql: str, places: Sequence[int]) -> str:
    """The SQL with `= ANY (%s)` instead of `IN (%s)` at these parameters, which then take a list."""
    parts = sql.split("%s")
    for place in places:
        before = parts[place].removesuffix("IN (")
        assert before != parts[place], sql
        parts[place] = f"{before}= ANY ("
    return "%s".join(parts)


def _parameter(value: Any) -> Any:
    return list(value) if isinstance(value, set | frozenset | tuple) else value
