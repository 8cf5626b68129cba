"""The newest rows of several narrow queries, read in one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet, Value


def newest_of_each(queries: Sequence["QuerySet[Any]"], most: int) -> "QuerySet[Any, tuple]":
    """The place of each of these queries, and the ids of its newest rows; `most` of each."""
    first, *others = [
        rows.order_by("-pk").annotate(_place=Value(place)).values_list("_place", "pk")[:most]
        for place, rows in enumerate(queries)
    ]
    return first.union(*others, all=True) if others else first


def by_place(rows: Sequence[tuple[int, int]], number: int) -> list[list[int]]:
    """The ids of each of so many queries, the newest first."""
    found: list[list[int]] = [[] for _place in range(number)]
    for place, pk in rows:
        found[place].append(pk)
    return [sorted(ids, reverse=True) for ids in found]
