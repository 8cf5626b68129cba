"""What requirements read from the database, for many things at once: the number of queries stays the same.

Outside of `reading_together` each call reads anew, so that a transition is checked against the rows as they are.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.db.models import Prefetch, prefetch_related_objects

V = TypeVar("V")
Loader = Callable[[Sequence[Any]], Mapping[int, V]]


class Batch:
    """Things that are read together, and what was read of them or of reference data."""

    def __init__(self) -> None:
        self._things: dict[type, list[Any]] = defaultdict(list)
        self._ids: set[int] = set()
        self._values: dict[tuple[Any, type], dict[int, Any]] = defaultdict(dict)
        self.shared: dict[Hashable, Any] = {}

    def add(self, things: Iterable[Any]) -> None:
        """Read these together with the others of their kind, from the next loader on."""
        for thing in things:
            self._things[type(thing)].append(thing)
            self._ids.add(id(thing))

    def holds(self, thing: Any) -> bool:
        return id(thing) in self._ids

    def same_kind(self, thing: Any) -> list[Any]:
        """All things of its kind."""
        return self._things[type(thing)]

    def value(self, thing: Any, load: Loader[V]) -> V:
        """What the loader gives for the thing: asked once for all things of its kind."""
        values = self._values[load, type(thing)]
        if thing.pk not in values:
            values.update(load([one for one in self._things[type(thing)] if one.pk not in values]))
        value: V = values[thing.pk]
        return value


_batch: ContextVar[Batch | None] = ContextVar("things that are read together", default=None)


@contextmanager
def reading_together() -> Iterator[Batch]:
    """Within the block the things that are added to the batch are read by one query for each loader and kind."""
    batch = Batch()
    token = _batch.set(batch)
    try:
        yield batch
    finally:
        _batch.reset(token)


@contextmanager
def read_once(thing: Any) -> Iterator[None]:
    """Within the block each loader is asked once for this thing.

    Inside `reading_together` it does nothing: what is read once there are the things that were added.
    """
    if _batch.get() is not None:
        yield
        return
    with reading_together() as batch:
        batch.add([thing])
        yield


def loaded(thing: Any, load: Loader[V]) -> V:
    """What `load` gives for this thing: from the primary keys of the things it is called with to their values."""
    batch = _batch.get()
    if batch is None or not batch.holds(thing):
        return load([thing])[thing.pk]
    return batch.value(thing, load)


def prefetched(thing: Any, *lookups: str | Prefetch) -> Any:
    """The thing, with these relations prefetched for all that are read together, the first time one is asked for."""
    batch = _batch.get()
    if batch is not None and batch.holds(thing):
        prefetch_related_objects(batch.same_kind(thing), *lookups)
    return thing


def shared(key: Hashable, read: Callable[[], V]) -> V:
    """What `read` gives, read once for all things that are read together: for reference data."""
    batch = _batch.get()
    if batch is None:
        return read()
    if key not in batch.shared:
        batch.shared[key] = read()
    value: V = batch.shared[key]
    return value
