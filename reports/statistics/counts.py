"""Counts by one key, in one query each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, QuerySet


def counts_by(rows: "QuerySet[Any]", key: Any) -> dict[str, int]:
    """How many rows have each value of `key`; most frequent first, then by value. Empty keys are left out."""
    found = rows.values_list(key).annotate(number=Count("pk")).order_by("-number", key)
    return {str(value): number for value, number in found if value is not None}


def counts_by_two(rows: "QuerySet[Any]", outer: Any, inner: Any) -> dict[str, dict[str, int]]:
    """The same within each value of `outer`, for instance by type within each modality."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted = rows.values_list(outer, inner).annotate(number=Count("pk")).order_by(outer, "-number", inner)
    for first, second, number in counted:
        if second is not None:
            found[str(first)][str(second)] = number
    return found


def largest_first(numbers: Mapping[str, int], order: Iterable[str] = ()) -> dict[str, int]:
    """The most frequent first, equal ones in this order, else by value. What is counted no more is left out."""
    places = {value: place for place, value in enumerate(order or sorted(numbers))}
    found = [(value, number) for value, number in numbers.items() if number]
    return dict(sorted(found, key=lambda one: (-one[1], places[one[0]])))
