"""The newest rows of several narrow queries, read in one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet, Value


def newest_of_each(queries: Sequence["QuerySet[Any]"], most: int) -> "QuerySet[Any, tuple]":
    """The position of each of these queries, and the ids of its newest rows; `most` of each."""
    first, *others = [
        rows.order_by("-pk").annotate(_query=Value(number)).values_list("_query", "pk")[:most]
        for number, rows in enumerate(queries)
    ]
    return first.union(*others, all=True) if others else first


def by_query(rows: Sequence[tuple[int, int]], count: int) -> list[list[int]]:
    """The ids of each of so many queries, the newest first."""
    found: list[list[int]] = [[] for _query in range(count)]
    for number, pk in rows:
        found[number].append(pk)
    return [sorted(ids, reverse=True) for ids in found]
