"""What things wait for, whoever owes it: on themselves, and on what belongs to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cxc.access.scoped import Actor, Side, sides_of
from cxc.todo.models import OwedBy, TodoItem, by_task
from cxc.todo.state_changes import StateChanges
from cxc.todo.stored import items_under, owed_by
from cxc.todo.subjects import by_code, subjects
from cxc.todo.things import Key
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.transitions import kind_of

# Where items are found that hold a thing up: their kind, and the owner of their things.
Place = tuple[str, Key]


@dataclass(frozen=True)
class Holder:
    """What one thing waits for: what is owed, by which sides, and whether it waits for the actor.

    returned_at  when what is to be handed in was returned (UTC); None where it was not
    """

    label: Any
    sides: tuple[Side, ...]
    is_mine: bool
    code: str = ""
    returned_at: datetime | None = None


@dataclass(frozen=True)
class Waiting:
    """The items for which things wait, which things wait for those of a place, and which of them are the actor's.

    sides  on which the actor stands, by thing: on what belongs to it they are the same
    """

    items: Sequence[Any] = ()
    things: Mapping[Place, Sequence[Key]] = field(default_factory=dict)
    sides: Mapping[Key, frozenset[Side]] = field(default_factory=dict)
    mine: OwedBy | None = None


def waiting_for(things: Iterable[Any], actor: Actor, deadlines: Deadlines) -> Waiting:
    """What holds up these things of the actor, in one query.

    The things belong to nothing themselves.
    """
    waiting: dict[Place, list[Key]] = defaultdict(list)
    sides: dict[Key, frozenset[Side]] = {}
    for thing in things:
        key = kind_of(thing), thing.pk
        sides[key] = frozenset(sides_of(actor, thing))
        for place in places_of(thing):
            waiting[place].append(key)
    if not waiting:
        return Waiting()
    blocking = [code for code, (_subject, one) in by_code().items() if one.is_listed and one.todo.blocks]
    items = items_under({owner for _kind, owner in waiting}, blocking, deadlines.now)
    found = [item for item in items if place_of(item) in waiting]
    return Waiting(found, waiting, sides, owed_by(actor))


def holders_of(waiting: Waiting, changes: StateChanges) -> dict[Key, list[Holder]]:
    """What each of these things waits for, as far as the actor may know, in the order of the declarations."""
    known, found = by_code(), defaultdict[Key, list[Holder]](list)
    order = list(known)
    for _task, items in sorted(by_task(waiting.items).items(), key=lambda one: order.index(one[0][2])):
        first = items[0]
        subject, owed = known[first.code]
        readers = set(subject.model.read_permissions[subject.permission_of(owed.todo)])
        holder = Holder(
            owed.label,
            tuple(Side(item.side) for item in items),
            waiting.mine is not None and any(waiting.mine.includes(item) for item in items),
            first.code,
            changes.return_of(first),
        )
        for key in waiting.things[place_of(first)]:
            if waiting.sides[key] & readers:
                found[key].append(holder)
    return found


def places_of(thing: Any) -> Iterator[Place]:
    """Where items are found that hold this thing up: on itself, and on what belongs to it."""
    kind = kind_of(thing)
    yield kind, (kind, thing.pk)
    for subject in subjects():
        holds = subject.holds_up
        if holds is not None and holds.kind == kind and holds.is_held(thing):
            yield subject.kind, subject.owner_through(thing)


def place_of(item: TodoItem) -> Place:
    """Where this item is found."""
    return item.kind, item.owner
