"""What became of several things asked for at once: done, or skipped with the reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db import transaction

from cxc.workflow import Refused, StatefulModel

Asked = TypeVar("Asked", bound=StatefulModel)
Made = TypeVar("Made")


@dataclass(frozen=True)
class Skipped(Generic[Asked]):
    """One that was not done, and why, in sentences for the person."""

    thing: Asked
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Outcome(Generic[Asked, Made]):
    """What was done, and what was skipped."""

    done: list[Made] = field(default_factory=list)
    skipped: list[Skipped[Asked]] = field(default_factory=list)


def each(things: Iterable[Asked], do: Callable[[Asked], Made]) -> Outcome[Asked, Made]:
    """Do one after the other; a refusal of one undoes that one and stops nobody else."""
    outcome: Outcome[Asked, Made] = Outcome()
    for thing in things:
        try:
            with transaction.atomic():
                outcome.done.append(do(thing))
        except Refused as refusal:
            outcome.skipped.append(Skipped(thing, refusal.sentences))
    return outcome
