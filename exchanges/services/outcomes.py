"""What became of several things asked for at once: done, or skipped with the reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cxc.workflow import Refused, StatefulModel
from cxc.workflow.unit_of_work import unit_of_work

Thing = TypeVar("Thing", bound=StatefulModel)
Result = TypeVar("Result")


@dataclass(frozen=True)
class Skipped(Generic[Thing]):
    """One that was not done, and why, in sentences for the person."""

    thing: Thing
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Outcome(Generic[Thing, Result]):
    """What was done, and what was skipped."""

    done: list[Result] = field(default_factory=list)
    skipped: list[Skipped[Thing]] = field(default_factory=list)


def perform_each(things: Iterable[Thing], do: Callable[[Thing], Result]) -> Outcome[Thing, Result]:
    """Do one after the other; a refusal of one undoes that one and stops nobody else."""
    outcome: Outcome[Thing, Result] = Outcome()
    for thing in things:
        try:
            with unit_of_work():
                outcome.done.append(do(thing))
        except Refused as refusal:
            outcome.skipped.append(Skipped(thing, refusal.sentences))
    return outcome
