"""Limits a queryset to the columns that are read, its own and those of related rows (`select_related`, `only`)."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

# Path to a related row -> names of its columns; "" for the row's own, without which all of them are fetched.
Columns = Mapping[str, tuple[str, ...]]
Rows = TypeVar("Rows", bound=QuerySet[Any])


def narrow(rows: Rows, columns: Columns) -> Rows:
    """These rows with the related rows at the end of these paths, and these columns of them.

    A column left out here is deferred: reading it costs one query for each row.
    """
    paths = [path for path in columns if path]
    if not paths and "" not in columns:
        return rows
    own = columns.get("") or every_column(rows.model)
    related = [f"{path}__{name}" for path in paths for name in columns[path]]
    return rows.select_related(*paths).only(*own, *related)


def every_column(model: type[Model]) -> tuple[str, ...]:
    """The names of all its columns."""
    return tuple(field.name for field in model._meta.concrete_fields)


def prefixed(path: str, columns: Columns) -> Columns:
    """The same columns for a row that reaches the described row by this path: every path begins with it."""
    return {f"{path}__{rest}" if rest else path: names for rest, names in columns.items()}
