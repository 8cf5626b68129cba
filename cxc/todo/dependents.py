"""Which things depend on rows that changed: found in one statement, after every unit of work.

Django takes longer to build its parts, one for each path from a subject to what changed, than PostgreSQL to answer
them. So each part is compiled once in a process, and only the numbers of the changed rows are put in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from cxc.core.compiled_queries import with_any
from cxc.todo.models import ReconcileRequest, TodoItem
from cxc.todo.subjects import TodoSubject, subjects, subjects_of

Key = tuple[str, int]

# Stands for the numbers of the changed rows while a query is compiled; no row has it.
ANY_ROW = -(2**62)


@dataclass(frozen=True)
class DependentsQuery:
    """A query for pairs of kind and primary key.

    place       where among the parameters the numbers of the changed rows are put; None: it reads all rows
    is_lasting  whether it is the same at any time: none of its parameters is a day or a moment
    """

    sql: str
    parameters: tuple[Any, ...]
    place: int | None
    is_lasting: bool

    def with_rows(self, ids: Iterable[int]) -> list[Any]:
        """Its parameters, for these changed rows."""
        found = list(self.parameters)
        if self.place is not None:
            found[self.place] = sorted(ids)
        return found


def things_depending_on(requests: Iterable[ReconcileRequest], limit: int | None) -> set[Key]:
    """The things whose items may have changed with these rows; at most `limit` by each path, in one query."""
    asked = list(requests)
    found = {(one.kind, one.thing_id) for one in asked if one.thing_id is not None and subjects_of(one.kind)}
    parts, parameters = [], []
    for query, ids in _queries_for(asked):
        parts.append(f"({query.sql} LIMIT %s)")
        parameters += [*query.with_rows(ids), limit]
    if not parts:
        return found
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return found | set(cursor.fetchall())


def _queries_for(requests: Iterable[ReconcileRequest]) -> Iterator[tuple[DependentsQuery, set[int]]]:
    """One query for each path from a subject to what changed, with the rows that changed.

    Each path by itself, so that each uses its index.
    """
    ids, wholes = _by_kind(requests)
    for subject in subjects():
        if _reads_all(subject, ids, wholes):
            yield from ((query, set()) for query in compiled_queries(subject))
            continue
        for kind, paths in subject.inputs.items():
            for path in paths if kind in ids else ():
                yield from ((query, ids[kind]) for query in compiled_queries(subject, kind, path))


def compiled_queries(subject: TodoSubject, kind: str = "", path: str = "") -> list[DependentsQuery]:
    """Those for the things that read a changed row of this kind by this path; without a kind, for all its things."""
    known: list[DependentsQuery] | None = subject.compiled_queries.get((kind, path))
    if known is not None:
        return known
    rows = _readers(subject, kind)
    if kind:
        rows = [one.filter(**{f"{path}__in": [ANY_ROW]}) for one in rows]
    compiled = [query for one in rows if (query := _compiled(one)) is not None]
    if all(query.is_lasting for query in compiled):
        subject.compiled_queries[kind, path] = compiled
    return compiled


def _compiled(rows: QuerySet) -> DependentsQuery | None:
    """None where Django knows that it finds nothing."""
    kind = Value(rows.model._meta.label_lower)
    keys = rows.order_by().prefetch_related(None).annotate(_kind=kind).values_list("_kind", "pk").distinct()
    try:
        sql, parameters = keys.query.sql_with_params()
    except EmptyResultSet:
        return None
    is_lasting = not any(isinstance(value, date) for value in parameters)
    if ANY_ROW not in parameters:
        return DependentsQuery(sql, parameters, None, is_lasting)
    place = parameters.index(ANY_ROW)
    return DependentsQuery(with_any(sql, [place]), parameters, place, is_lasting)


def _reads_all(subject: TodoSubject, ids: Mapping[str, set[int]], wholes: set[str]) -> bool:
    """Whether all its things may have changed: a whole kind did that they read, or one that all of them read."""
    inputs = subject.inputs.items()
    return subject.kind in wholes or any(kind in wholes or (kind in ids and not paths) for kind, paths in inputs)


def _readers(subject: TodoSubject, kind: str) -> list[QuerySet]:
    """The rows among which those that read a changed row are looked for.

    What changes in the subject's own app can make a thing owe something, or nothing any more. A row of an app below is
    read by many things that are over: only those that owe something, or have items, are derived.
    """
    if kind.partition(".")[0] == subject.kind.partition(".")[0]:
        return [subject.model._base_manager.all()]
    return [subject.things(), _with_items(subject)]


def _with_items(subject: TodoSubject) -> QuerySet:
    return subject.model._base_manager.filter(pk__in=TodoItem.objects.filter(kind=subject.kind).values("thing_id"))


def _by_kind(requests: Iterable[ReconcileRequest]) -> tuple[Mapping[str, set[int]], set[str]]:
    """The rows asked for, by kind, and the kinds of which all rows are meant."""
    ids: dict[str, set[int]] = defaultdict(set)
    wholes = set()
    for one in requests:
        if one.names_subject:
            continue
        if one.thing_id is None:
            wholes.add(one.kind)
        else:
            ids[one.kind].add(one.thing_id)
    return ids, wholes
