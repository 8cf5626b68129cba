"""Reads the things of one derivation, each once, whatever number of subjects asks for it."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any

from django.db.models import QuerySet

from cxc.todo.subjects import TodoSubject
from cxc.workflow.batch import Batch, reading_together


class Reading:
    """The things that were read so far, and the batch in which their requirements read together."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._known: dict[int, dict[int, Any]] = {}

    def things(self, subject: TodoSubject, rows: QuerySet) -> list[Any]:
        """The subject's things among these rows, each with the thing to which it belongs, if it belongs to one."""
        found = list(rows)
        if subject.belongs_to is not None:
            self._attach(found, subject.belongs_to.path, subject.belongs_to.subject)
        self._batch.add(found)
        self._known.setdefault(id(subject), {}).update({thing.pk: thing for thing in found})
        return found

    def ids_of(self, subject: TodoSubject) -> Set[int]:
        """The ids of the subject's things that were read so far."""
        return self._known.get(id(subject), {}).keys()

    def _attach(self, things: list[Any], path: str, owner: TodoSubject) -> None:
        """Give each of the things its owner, as the owner's subject reads it."""
        ids = {getattr(thing, f"{path}_id") for thing in things}
        known = self._known.setdefault(id(owner), {})
        if ids - known.keys():
            self.things(owner, owner.things().filter(pk__in=ids - known.keys()).order_by())
        for thing in things:
            if getattr(thing, f"{path}_id") in known:
                setattr(thing, path, known[getattr(thing, f"{path}_id")])


@contextmanager
def reading() -> Iterator[Reading]:
    """Within the block things are read together."""
    with reading_together() as batch:
        yield Reading(batch)
