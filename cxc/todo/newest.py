"""The newest rows of several narrow queries, read in one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet, Value


def newest(queries: Sequence["QuerySet[Any]"], most: int) -> list[list[int]]:
    """The ids of the newest rows of each of these queries, the newest first; `most` of each."""
    if not queries:
        return []
    first, *others = [
        rows.order_by("-pk").annotate(_place=Value(place)).values_list("_place", "pk")[:most]
        for place, rows in enumerate(queries)
    ]
    found: list[list[int]] = [[] for _rows in queries]
    for place, pk in first.union(*others, all=True) if others else first:
        found[place].append(pk)
    return [sorted(ids, reverse=True) for ids in found]
