"""Reads what is owed as it is stored. Pages ask these for everybody, so each query is compiled once in a process."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, Window

from cxc.access.scoped import Actor
from cxc.core.compiled_queries import compiled_once
from cxc.todo.models import OwedBy, TodoItem, TodoItemQuerySet, kinds_and_ids
from cxc.todo.subjects import by_code
from cxc.workflow.todo import Needs

Key = tuple[str, int]


def owed_by(actor: Actor) -> OwedBy:
    """Which items wait for this actor: signing is for signatories, and for those who enter the scan."""
    listed = [one for _subject, one in by_code().values() if one.is_listed]
    if not actor.may_write:
        listed = [one for one in listed if actor.signatory and one.todo.needs is Needs.SIGN]
    return OwedBy.actor(actor, (one.todo.code for one in listed))


def first_owed(actor: Actor, now: datetime, most: int | None) -> Sequence[Any]:
    """What waits for the actor, the soonest first, at most so many.

    Each with `number` and `late`: how many there are in all, and how many of these are late.
    """
    return _first_owed(most, now=now, **_values_of(owed_by(actor))) if actor.is_signed_in else []


@compiled_once
def _first_owed(most: int | None, *, now: datetime, **mine: Any) -> TodoItemQuerySet:
    counts = {
        "number": Window(Count("pk")),
        "late": Window(Count("pk", filter=Q(overdue_from__lte=now))),
    }
    found = TodoItem.objects.filter(_owed_by(mine).condition).visible_at(now)
    return found.annotate(**counts).in_order()[:most]


def items_on(things: Collection[Key], actor: Actor, now: datetime) -> list[Any]:
    """What is owed on these things, the soonest first, each with `is_mine`: whether it waits for the actor."""
    found = _items_on(**kinds_and_ids(things), now=now, **_values_of(owed_by(actor))) if things else ()
    return [item for item in found if item.key in things]


@compiled_once
def _items_on(*, kinds: Iterable[str], ids: Iterable[int], now: datetime, **mine: Any) -> TodoItemQuerySet:
    found = TodoItem.objects.filter(kind__in=kinds, thing_id__in=ids).visible_at(now)
    return found.annotate(is_mine=_owed_by(mine).condition).in_order()


def items_under(owners: Collection[Key], codes: Iterable[str], now: datetime) -> list[TodoItem]:
    """What is owed by these codes on these things and on what belongs to them."""
    found = _items_under(**kinds_and_ids(owners), codes=list(codes), now=now) if owners else ()
    return [item for item in found if item.owner in owners]


@compiled_once
def _items_under(*, kinds: Iterable[str], ids: Iterable[int], codes: Iterable[str], now: datetime) -> TodoItemQuerySet:
    return TodoItem.objects.filter(owner_kind__in=kinds, owner_id__in=ids, code__in=codes).visible_at(now)


def _values_of(owed: OwedBy) -> dict[str, Any]:
    """What makes out these items, by name."""
    parties = {f"{kind}_id": pk for kind, pk in sorted(owed.parties)}
    # No code is empty: where nothing waits for this kind of actor the query looks the same and finds nothing.
    return {**parties, "organisations": sorted(owed.organisations), "codes": sorted(owed.codes) or [""]}


def _owed_by(values: dict[str, Any]) -> OwedBy:
    """The same from these values."""
    parties = {(name.removesuffix("_id"), pk) for name, pk in values.items() if name.endswith("_id")}
    return OwedBy(frozenset(parties), frozenset(values["organisations"]), frozenset(values["codes"]))
