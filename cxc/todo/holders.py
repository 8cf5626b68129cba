"""What things wait for, whoever owes it: on themselves, and on what belongs to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cxc.access.scoped import Actor, Side, sides_of
from cxc.todo.items import owed_by
from cxc.todo.models import OwedBy, TodoItem, by_task
from cxc.todo.state_changes import StateChanges
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
    """The items for which things wait, which things wait for those of a place, and which of them are the actor's."""

    items: Sequence[Any] = ()
    things: Mapping[Place, Sequence[Key]] = field(default_factory=dict)
    mine: OwedBy | None = None


def waiting_for(things: Iterable[Any], actor: Actor, deadlines: Deadlines) -> Waiting:
    """What holds up these things of the actor, in one query: of what belongs to them only what the actor sees.

    The things belong to nothing themselves.
    """
    waiting: dict[Place, list[Key]] = defaultdict(list)
    for thing in things:
        for place in _places(thing, actor):
            waiting[place].append((kind_of(thing), thing.pk))
    if not waiting:
        return Waiting()
    blocking = [code for code, (_subject, one) in by_code().items() if one.is_listed and one.todo.blocks]
    items = TodoItem.objects.on_or_under(owner for _kind, owner in waiting).visible_at(deadlines.now)
    found = [item for item in items.filter(code__in=blocking) if _place_of(item) in waiting]
    return Waiting(found, waiting, owed_by(actor))


def holders_of(waiting: Waiting, changes: StateChanges) -> dict[Key, list[Holder]]:
    """What each of these things waits for, in the order of the declarations."""
    known, found = by_code(), defaultdict[Key, list[Holder]](list)
    order = list(known)
    for _task, items in sorted(by_task(waiting.items).items(), key=lambda one: order.index(one[0][2])):
        first = items[0]
        holder = Holder(
            known[first.code][1].label,
            tuple(Side(item.side) for item in items),
            waiting.mine is not None and any(waiting.mine.includes(item) for item in items),
            first.code,
            changes.return_of(first),
        )
        for key in waiting.things[_place_of(first)]:
            found[key].append(holder)
    return found


def _places(thing: Any, actor: Actor) -> Iterator[Place]:
    kind, mine = kind_of(thing), sides_of(actor, thing)
    yield kind, (kind, thing.pk)
    for subject in subjects():
        holds = subject.holds_up
        if holds is None or holds.kind != kind or not holds.is_held(thing):
            continue
        # Who stands on a side of the thing stands on the same side of what belongs to it.
        if mine & set(subject.model.read_permissions[subject.permission]):
            yield subject.kind, subject.owner_through(thing)


def _place_of(item: TodoItem) -> Place:
    return item.kind, item.owner
