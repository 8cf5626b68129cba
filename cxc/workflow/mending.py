"""Where a missing piece is put right, and by whom: each requirement has a way, declared by its app.

A way leads to the form or the part of a page where the piece is put right, down to its field. Who
may take it is read from the sides; whoever may not is told who can. Requirements that nobody puts
right (time passes, or the sentence says all) are declared as such: a test finds one that is neither.
"""

from collections.abc import Callable, Iterable

from cxc.access.role_labels import who_can
from cxc.workflow.fix import NO_HELP, Help, field, first_gap
from cxc.workflow.fix import FixOption as Way
from cxc.workflow.fix_options import options_on
from cxc.workflow.requirements import TransitionContext

__all__ = [
    "NO_HELP",
    "Help",
    "Way",
    "by_moves",
    "field",
    "first_gap",
    "help_for",
    "is_declared",
    "says_all",
    "way",
    "ways_for",
]


Finder = Callable[[TransitionContext], Iterable[Way]]
_finders: dict[tuple[str, str], Finder] = {}
_said: set[tuple[str, str]] = set()


def way(kind: str, *names: str) -> Callable[[Finder], Finder]:
    """The ways to put these requirements of a kind ('exchanges.exchange') right, the nearest first."""

    def register(finder: Finder) -> Finder:
        for name in names:
            _finders[kind, name] = finder
        return finder

    return register


def says_all(kind: str, *names: str) -> None:
    """Nobody puts these right in a form: a day has to come, or the sentence itself says what to do instead."""
    _said.update((kind, name) for name in names)


def is_declared(kind: str, name: str) -> bool:
    """Whether an app has said how this requirement is put right, or that it is not."""
    return (kind, name) in _finders or (kind, name) in _said


def ways_for(name: str, context: TransitionContext) -> list[Way]:
    """The ways to put one requirement right, whoever may take them."""
    finder = _finders.get((context.thing._meta.label_lower, name))
    return list(finder(context)) if finder else []


def help_for(name: str, context: TransitionContext) -> Help:
    """For one missing piece and the person who asked for the transition."""
    found = ways_for(name, context)
    if not found:
        return NO_HELP
    open_way = next((one for one in found if one.is_open_to(context.actor)), None)
    if open_way is not None:
        return Help(url=open_way.address)
    sides = [side for one in found for side in one.sides]
    return Help(who=who_can(sides, context.actor, context.thing))


by_moves = options_on
