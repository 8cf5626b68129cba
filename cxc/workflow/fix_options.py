"""Ways to put a requirement right that lead over transitions: whoever may perform one of them may put it right."""

from collections.abc import Callable, Iterable
from typing import Any

from cxc.access.scoped import NOBODY
from cxc.workflow.context import TransitionContext
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.todo import Todo
from cxc.workflow.transitions import StatefulModel, transitions_of


def by_transitions(
    *names: str,
    page: Callable[[Any], str],
    on: Callable[[Any], StatefulModel | None] = lambda thing: thing,
    todo: Todo | None = None,
) -> Fix:
    """A fix by whoever may perform one of these transitions.

    page  the path of the form, from the thing on which it is fixed
    on    from the thing of the requirement to that thing; None where there is none
    """

    def options(context: TransitionContext) -> list[FixOption]:
        thing = on(context.thing)
        return [] if thing is None or thing.pk is None else options_on(thing, names, page(thing))

    return Fix(options, todo)


def options_on(thing: StatefulModel | None, names: Iterable[str], address: str) -> list[FixOption]:
    """The option of whoever may perform one of these transitions from the thing's state; none where nobody can."""
    if thing is None:
        return []
    declared = [transitions_of(type(thing))[name] for name in names]
    open_now = [may for transition in declared if thing.state in transition.source for may in transition.sides]
    # What is required of one side alone says whose turn it is.
    sides = [
        may.side
        for may in open_now
        if all(not need.unmet(TransitionContext(thing, NOBODY, may.side)) for need in may.requires)
    ]
    return [FixOption(thing, tuple(dict.fromkeys(sides)), address)] if sides else []
