"""What requirements read from the database, for many things at once: the number of queries stays the same.

Outside of `reading_together` each call reads anew, so that a transition is checked against the rows as they are.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

V = TypeVar("V")
Loader = Callable[[Sequence[Any]], Mapping[int, V]]


@dataclass
class _Batch:
    """Things that are read together, and what was read of them or of reference data."""

    things: Sequence[Any]
    ids: frozenset[int]
    by_thing: dict[Any, Mapping[int, Any]] = field(default_factory=dict)
    shared: dict[Hashable, Any] = field(default_factory=dict)


_batch: ContextVar[_Batch | None] = ContextVar("things that are read together", default=None)


@contextmanager
def reading_together(things: Sequence[Any]) -> Iterator[None]:
    """Within the block these things, all of one kind, are read by one query for each loader."""
    token = _batch.set(_Batch(things, frozenset(map(id, things))))
    try:
        yield
    finally:
        _batch.reset(token)


def loaded(thing: Any, load: Loader[V]) -> V:
    """What `load` gives for this thing: from the primary keys of the things it is called with to their values."""
    batch = _batch.get()
    if batch is None or id(thing) not in batch.ids:
        return load([thing])[thing.pk]
    if load not in batch.by_thing:
        batch.by_thing[load] = load(batch.things)
    value: V = batch.by_thing[load][thing.pk]
    return value


def shared(key: Hashable, read: Callable[[], V]) -> V:
    """What `read` gives, read once for all things that are read together: for reference data."""
    batch = _batch.get()
    if batch is None:
        return read()
    if key not in batch.shared:
        batch.shared[key] = read()
    value: V = batch.shared[key]
    return value
