"""Reads the things of one derivation, each once, whatever number of subjects asks for it."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from typing import Any

from cxc.todo.subjects import BelongsTo, TodoSubject
from cxc.workflow.batch import Batch, reading_together


class Reading:
    """The things that were read so far, and the batch in which their requirements read together."""

    def __init__(self, batch: Batch) -> None:
        self._batch = batch
        self._known: dict[int, dict[int, Any]] = {}

    def things(self, subject: TodoSubject, ids: Set[int]) -> list[Any]:
        """The subject's things among these, each with the thing to which it belongs, if it belongs to one."""
        if subject.belongs_to is None:
            return self._read(subject, "pk", ids)
        found = [part for part in self._parts(subject.belongs_to, ids) if part.state in subject.states]
        self._batch.add(found)
        return found

    def ids_of(self, subject: TodoSubject) -> Set[int]:
        """The ids of the subject's things that were read so far."""
        return self._known.get(id(subject), {}).keys()

    def _read(self, subject: TodoSubject, path: str, ids: Set[int]) -> list[Any]:
        found = subject.things_by(path, ids=ids)
        self._batch.add(found)
        self._known.setdefault(id(subject), {}).update({thing.pk: thing for thing in found})
        return found

    def _parts(self, belongs: BelongsTo, ids: Set[int]) -> list[Any]:
        """These parts of things, each as it comes with the thing to which it belongs."""
        owners = self._known.setdefault(id(belongs.subject), {})
        if missing := ids - belongs.parts_of(owners.values()).keys():
            self._read(belongs.subject, belongs.name, missing)
        return [part for pk, part in belongs.parts_of(owners.values()).items() if pk in ids]


@contextmanager
def reading() -> Iterator[Reading]:
    """Within the block things are read together."""
    with reading_together() as batch:
        yield Reading(batch)
