"""When things changed their state last, and whether that was a return: read once for all things of a page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import F, QuerySet

from cxc.core.compiled_queries import compiled_once
from cxc.todo.models import TodoItem, kinds_and_ids
from cxc.todo.subjects import by_code
from cxc.todo.things import Key
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import HandsIn
from cxc.workflow.transitions import StatefulModel, kind_of, transitions_of

# What is handed in: a thing itself, or all that belongs in this way to the thing with this id.
HandedIn = Key | tuple[HandsIn, int]


@dataclass
class StateChanges:
    """The last changes of state (UTC): of each thing, and of what was handed in the return, if the last was one."""

    moved_at: dict[Key, datetime] = field(default_factory=dict)
    _returned_at: dict[HandedIn, datetime | None] = field(default_factory=dict)

    def add(self, key: Key, handed_in: Iterable[HandedIn], transition: str, moment: datetime) -> None:
        """The next change of this thing, which stands for what was handed in."""
        self.moved_at[key] = max(moment, self.moved_at.get(key, moment))
        is_return = (key[0], transition) in _returns()
        self._returned_at |= dict.fromkeys(handed_in, moment if is_return else None)

    def return_of(self, item: TodoItem) -> datetime | None:
        """When what is handed in by doing this was returned; None where it was not."""
        handed_in = _handed_in(item)
        return None if handed_in is None else self._returned_at.get(handed_in)


def state_changes_of(keys: Iterable[Key], items: Sequence[TodoItem]) -> StateChanges:
    """The last changes of these things, and of what is handed in by doing what these items say."""
    wanted = _things_handed_in([found for item in items if (found := _handed_in(item)) is not None])
    for key in keys:
        wanted[key].add(key)
    changes = StateChanges()
    for kind, pk, transition, moment in _changes_of(**kinds_and_ids(wanted)) if wanted else ():
        if handed_in := wanted.get((kind, pk)):
            changes.add((kind, pk), handed_in, transition, moment)
    return changes


@compiled_once
def _changes_of(*, kinds: Iterable[str], ids: Iterable[int]) -> "QuerySet[Any, tuple]":
    changes = StateEvent.objects.filter(kind__in=kinds, thing_id__in=ids).exclude(from_state=F("to_state"))
    return changes.order_by("pk").values_list("kind", "thing_id", "transition", "happened_at")


def _handed_in(item: TodoItem) -> HandedIn | None:
    known = by_code().get(item.code)
    hands_in = known[1].todo.hands_in if known else None
    if hands_in is None:
        return None
    return (hands_in, item.thing_id) if hands_in.kind else item.key


def _things_handed_in(handed_in: Iterable[HandedIn]) -> dict[Key, set[HandedIn]]:
    """The things of which this is made up, each with what it stands for; one query for each kind that belongs."""
    found: dict[Key, set[HandedIn]] = defaultdict(set)
    owners: dict[HandsIn, set[int]] = defaultdict(set)
    for one in handed_in:
        if isinstance(one[0], HandsIn):
            owners[one[0]].add(one[1])
        else:
            found[one[0], one[1]].add(one)
    for hands_in, ids in owners.items():
        rows = apps.get_model(hands_in.kind)._base_manager.filter(**{f"{hands_in.path}__in": ids}).order_by()
        for pk, owner in rows.values_list("pk", hands_in.path):
            found[hands_in.kind, pk].add((hands_in, owner))
    return found


@cache
def _returns() -> frozenset[tuple[str, str]]:
    """The transitions that return a thing with comments, by its kind and their names."""
    stateful = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    return frozenset(
        (kind_of(model), name)
        for model in stateful
        for name, declared in transitions_of(model).items()
        if declared.returns
    )
