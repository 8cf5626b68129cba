"""Queries that Django compiles once in a process; afterwards only their values are put in.

Building and compiling a query with many joins takes Django longer than PostgreSQL needs to answer it, and a page asks
the same queries for everybody who opens it. `compiled_once` makes of a function that returns a queryset one that
returns its rows:

    @compiled_once
    def things_by_id(kind: str, *, ids: Iterable[int]) -> QuerySet:
        return apps.get_model(kind).objects.with_labels().filter(pk__in=ids)

    things = things_by_id("exchanges.exchange", ids={7, 9})

Positional arguments decide what the query looks like: it is compiled once for each variant (a kind, whether links are
wanted, today's date). Keyword arguments are values in it: a number, a text, a day, a moment (UTC), None, or several
numbers or texts for a filter with `__in`. Whatever else the query depends on, such as a number of the settings, has to
be one of the two.

Each query is compiled twice with different marks in place of its values. Where anything but the marks differs (a value
was changed on its way into the query), where a `Prefetch` contains a value, or where a date stands that was not given,
nothing is cached: the query is built for each call, as without this module.
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

# So many variants of one function are cached; the least recently used go first.
MAX_CACHED = 256
# The type of a value, and whether it is a collection of them.
ValueType = tuple[type, bool]


@dataclass(frozen=True)
class CompiledQuery:
    """A query with its SQL.

    parameters  of the SQL: constants, and a mark where a value is put in
    names       the name of the value at each position, or "" for a constant
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

    def __init__(self, compiled: CompiledQuery, parameters: Sequence[Any]) -> None:
        self._compiled = compiled
        self._parameters = parameters

    def __getattr__(self, name: str) -> Any:
        return getattr(self._compiled.rows.query, name)

    def get_compiler(self, using: str, **_options: Any) -> Any:
        """Django's compiler, which asks itself for the SQL before it executes it and reads the rows."""
        compiler = copy.copy(self._compiled.compiler)
        compiler.connection = connections[using]
        compiler.as_sql = lambda *_args, **_options: (self._compiled.sql, self._parameters)
        return compiler


class CompiledOnce:
    """A function that returns a queryset, which gives its rows instead."""

    def __init__(self, build: Callable[..., "QuerySet[Any]"]) -> None:
        self._build = build
        self._cache = lru_cache(maxsize=MAX_CACHED)(self._compile)
        update_wrapper(self, build)

    def __call__(self, *variant: Any, **values: Any) -> list[Any]:
        """The rows for these values, of this variant of the query. TypeError for a value of another type."""
        compiled = self.compiled(*variant, **values)
        return list(self.queryset(*variant, **values)) if compiled is None else compiled.fetch(values)

    def queryset(self, *variant: Any, **values: Any) -> "QuerySet[Any]":
        """What the function itself gives, built anew."""
        return self._build(*variant, **values)

    def compiled(self, *variant: Any, **values: Any) -> CompiledQuery | None:
        """The query itself; None where it can't be cached."""
        return self._cache(variant, tuple((name, _type_of(value)) for name, value in values.items()), get_language())

    def _compile(
        self, variant: Sequence[Any], types: Sequence[tuple[str, ValueType]], _language: str | None
    ) -> CompiledQuery | None:
        marks, others = (
            {name: _mark(of_type, 2 * number + variation) for number, (name, of_type) in enumerate(types)}
            for variation in (0, 1)
        )
        rows, other_rows = self._build(*variant, **marks), self._build(*variant, **others)
        (compiler, sql, parameters), (_compiler, other_sql, other_parameters) = _sql_of(rows), _sql_of(other_rows)
        # A mark may be out of a column's range, for which Django knows of no row: no reason to know of none ever.
        if sql != other_sql or (types and not sql):
            return None
        dates_are_given = any(isinstance(one, date) for one in variant)
        if not _prefetches_are_constant(rows, other_rows, dates_are_given):
            return None
        pairs = zip(parameters, other_parameters, strict=True)
        names = [_name_of(pair, marks, others, dates_are_given) for pair in pairs]
        if None in names:
            return None
        several = {name for name, (_type, is_several) in types if is_several}
        positions = [position for position, name in enumerate(names) if name in several]
        return CompiledQuery(rows, compiler, with_any(sql, positions), parameters, [name or "" for name in names])


def compiled_once(build: Callable[..., "QuerySet[Any]"]) -> CompiledOnce:
    """Of a function that returns a queryset, one that returns its rows and compiles the query once (see above)."""
    return CompiledOnce(build)


def _sql_of(rows: "QuerySet[Any]") -> tuple[Any, str, Sequence[Any]]:
    """The compiler that knows what the columns are, its SQL and parameters; no SQL where Django knows of no rows."""
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return compiler, "", ()
    return compiler, sql, parameters


def _prefetches_are_constant(rows: "QuerySet[Any]", other_rows: "QuerySet[Any]", dates_are_given: bool) -> bool:
    """Whether querysets in `Prefetch` contain none of the values, nor a date that was not given."""
    prefetched = list(_prefetched(rows))
    dates = [one for _sql, parameters in prefetched for one in parameters if isinstance(one, date)]
    return prefetched == list(_prefetched(other_rows)) and (dates_are_given or not dates)


def _prefetched(rows: "QuerySet[Any]") -> Iterator[tuple[str, Sequence[Any]]]:
    """SQL and parameters of each queryset in a `Prefetch`, of those within them too."""
    for lookup in getattr(rows, "_prefetch_related_lookups", ()):
        if (queryset := getattr(lookup, "queryset", None)) is not None:
            yield _sql_of(queryset)[1:]
            yield from _prefetched(queryset)


def _type_of(value: Any) -> ValueType:
    is_several = isinstance(value, list | set | frozenset | tuple)
    sample = next(iter(value), 0) if is_several else value
    if isinstance(sample, bool) or not isinstance(sample, int | str | date | None):
        raise TypeError(f"{sample!r} can't be a value of a compiled query; give it as a positional argument.")
    return next((base for base in (str, int, datetime, date) if isinstance(sample, base)), type(None)), is_several


def _mark(of_type: ValueType, number: int) -> Any:
    """Stands for a value while a query is compiled, and is in no query otherwise.

    It has a sign, or small letters and an accent, so that what changes these changes it.
    """
    marks = {
        str: f"mark-é-{number}",
        int: -1_987_654_321 - number,
        datetime: datetime(8888, 1, 1, tzinfo=UTC) + timedelta(hours=number),
        date: date(8888, 1, 1) + timedelta(days=number),
    }
    mark = marks.get(of_type[0])
    return [mark] if of_type[1] else mark


def _name_of(
    pair: tuple[Any, Any], marks: Mapping[str, Any], others: Mapping[str, Any], dates_are_given: bool
) -> str | None:
    """The name of the value whose marks these are, "" for a constant; None for what is neither."""
    for name, mark in marks.items():
        known = (mark, others[name])
        if mark is not None and pair in (known, tuple(one[0] for one in known if isinstance(one, list))):
            return name
    is_constant = pair[0] == pair[1] and (dates_are_given or not isinstance(pair[0], date))
    return "" if is_constant else None


def with_any(sql: str, positions: Sequence[int]) -> str:
    """The SQL with `= ANY (%s)` instead of `IN (%s)` for these parameters, which then take a list."""
    parts = sql.split("%s")
    for position in positions:
        before = parts[position].removesuffix("IN (")
        assert before != parts[position], sql
        parts[position] = f"{before}= ANY ("
    return "%s".join(parts)


def _parameter(value: Any) -> Any:
    return list(value) if isinstance(value, set | frozenset | tuple) else value
