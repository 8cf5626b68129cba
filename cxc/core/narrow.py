"""Fetches rows with only those columns of what they lead to that are read."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import QuerySet

# Path to a related row -> names of its columns; "" for the row's own, without which all of them are fetched.
Columns = Mapping[str, tuple[str, ...]]
Rows = TypeVar("Rows", bound=QuerySet[Any])


def narrow(rows: Rows, columns: Columns) -> Rows:
    """These rows with the related rows at the end of these paths, and these columns of them.

    A column that is missing is read all the same, by a query of its own for each row.
    """
    paths = [path for path in columns if path]
    if not paths and "" not in columns:
        return rows
    own = columns.get("") or tuple(field.name for field in rows.model._meta.concrete_fields)
    related = [f"{path}__{name}" for path in paths for name in columns[path]]
    return rows.select_related(*paths).only(*own, *related)


def at(path: str, columns: Columns) -> Columns:
    """The same columns, seen from a row that leads by this path to the one they are described for."""
    return {f"{path}__{rest}" if rest else path: names for rest, names in columns.items()}
