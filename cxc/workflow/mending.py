"""Where a missing piece is put right, and by whom: each requirement has a way, declared by its app.

A way leads to the form or the part of a page where the piece is put right, down to its field. Who
may take it is read from the sides; whoever may not is told who can. Requirements that nobody puts
right (time passes, or the sentence says all) are declared as such: a test finds one that is neither.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cxc.access.role_labels import who_can
from cxc.access.scoped import NOBODY, Actor, Scoped, Side, sides_of
from cxc.workflow.requirement import TransitionContext
from cxc.workflow.transition import StatefulModel, transitions_of


@dataclass(frozen=True)
class Way:
    """Put right on `thing`, by one of `sides`, at `address` (a path with the place on it)."""

    thing: Scoped
    sides: tuple[Side, ...]
    address: str

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor may take it."""
        return actor.may_write and bool(sides_of(actor, self.thing) & set(self.sides))


@dataclass(frozen=True)
class Help:
    """What stands beside a missing piece: a link, or who can put it right; both empty: the sentence says all."""

    url: str = ""
    who: str = ""


NO_HELP = Help()

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


def by_moves(thing: StatefulModel | None, names: Iterable[str], address: str) -> list[Way]:
    """The way for whoever may perform one of these transitions from where the thing stands; none where nobody can."""
    if thing is None:
        return []
    declared = [transitions_of(type(thing))[name] for name in names]
    open_now = [may for transition in declared if thing.state in transition.source for may in transition.sides]
    # What is asked of one side alone says whose turn it is.
    sides = [
        may.side
        for may in open_now
        if all(not need.unmet(TransitionContext(thing, NOBODY, may.side)) for need in may.requires)
    ]
    return [Way(thing, tuple(dict.fromkeys(sides)), address)] if sides else []


def field(address: str, name: str) -> str:
    """A form's address with the field in which to begin: the browser puts the cursor there, without a script."""
    return f"{address}#id_{name}" if name else address


def first_gap(thing: Any, names: Iterable[str]) -> str:
    """The first of these fields that is empty; '' when none is."""
    return next((name for name in names if getattr(thing, name) in (None, "", [])), "")
