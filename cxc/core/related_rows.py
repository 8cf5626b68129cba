"""Gives a thing the rows that belong to it, as `prefetch_related` does, where these were read already."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model


def give_rows(thing: Model, name: str, rows: Sequence[Model]) -> None:
    """The thing knows these rows by this name from now on, and each row the thing, to which a foreign key leads."""
    relation: Any = thing._meta.get_field(name)
    found = getattr(thing, name).all()
    found._result_cache = list(rows)
    found._prefetch_done = True
    vars(thing).setdefault("_prefetched_objects_cache", {})[name] = found
    for row in rows:
        relation.field.set_cached_value(row, thing)
