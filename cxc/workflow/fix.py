"""How an unmet requirement is put right: where, by whom, and what somebody owes for it.

A fix leads to the form or the part of a page where the requirement is met, down to its field. Who may
do it is read from the sides; whoever may not is told who can.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cxc.access.role_labels import who_can
from cxc.access.scoped import Actor, Scoped, Side, sides_of
from cxc.workflow.context import TransitionContext
from cxc.workflow.todo import Todo


@dataclass(frozen=True)
class FixOption:
    """One way to put it right: on `thing`, by one of `sides`, at `address` (a path with an anchor)."""

    thing: Scoped
    sides: tuple[Side, ...]
    address: str

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor may do it."""
        return actor.may_write and bool(sides_of(actor, self.thing) & set(self.sides))


@dataclass(frozen=True)
class Help:
    """What stands beside an unmet requirement: a link, or who can put it right; both empty: the sentence says all."""

    url: str = ""
    who: str = ""


NO_HELP = Help()

FixOptions = Callable[[TransitionContext], Iterable[FixOption]]


@dataclass(frozen=True)
class Fix:
    """How a requirement is put right.

    options  the ways to do so, the nearest first, whoever may take them
    todo     what is owed while the requirement is not met; None where the transitions of another thing say so
    """

    options: FixOptions
    todo: Todo | None = None

    def help_for(self, context: TransitionContext) -> Help:
        """For the person who asked for the transition: a link, or who can do it."""
        found = list(self.options(context))
        if not found:
            return NO_HELP
        mine = next((one for one in found if one.is_open_to(context.actor)), None)
        if mine is not None:
            return Help(url=mine.address)
        sides = [side for one in found for side in one.sides]
        return Help(who=who_can(sides, context.actor, context.thing))


def field(address: str, name: str) -> str:
    """A form's address with the field in which to begin: the browser puts the cursor there, without a script."""
    return f"{address}#id_{name}" if name else address


def first_gap(thing: Any, names: Iterable[str]) -> str:
    """The first of these fields that is empty; '' when none is."""
    return next((name for name in names if getattr(thing, name) in (None, "", [])), "")
