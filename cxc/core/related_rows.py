"""Sets the rows that belong to a thing, as `prefetch_related` does, where they were read already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model


def set_prefetched(thing: Model, name: str, rows: Sequence[Model]) -> None:
    """Make these rows what the thing has by this name, and the thing what each row's foreign key leads to."""
    relation: Any = thing._meta.get_field(name)
    found = getattr(thing, name).all()
    found._result_cache = list(rows)
    found._prefetch_done = True
    vars(thing).setdefault("_prefetched_objects_cache", {})[name] = found
    for row in rows:
        relation.field.set_cached_value(row, thing)


def set_prefetched_of_all(things: Sequence[Model], name: str, rows: Iterable[Model]) -> None:
    """The same of several things of a kind: each gets those of the rows that are its own."""
    if not things:
        return
    relation: Any = things[0]._meta.get_field(name)
    own: dict[Any, list[Model]] = defaultdict(list)
    for row in rows:
        own[getattr(row, relation.field.attname)].append(row)
    for thing in things:
        set_prefetched(thing, name, own[thing.pk])
