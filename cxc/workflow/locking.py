"""Row locks: a thing with all that stands above it, always in the same order."""

from functools import cache
from typing import Any, TypeVar

from cxc.workflow.transitions import StatefulModel

T = TypeVar("T", bound=StatefulModel)

Held = dict[tuple[type[StatefulModel], Any], StatefulModel]


def lock(thing: T, held: Held | None = None, *, keep_known: bool = False) -> T:
    """The thing read anew under a row lock, what stands above it locked before it, in one query.

    Everything under one host profile locks that profile first, so that no two transitions deadlock.
    `held`: what is locked already. `keep_known` keeps the caller's copies of what it belongs to and
    is not locked, for many records in a row.
    """
    locked = _lock_row(type(thing), thing.pk, {} if held is None else held)
    if keep_known:
        _take_known(locked, thing)
    return locked


def _lock_row(model: type[T], pk: Any, held: Held) -> T:
    if (model, pk) not in held:
        # A kind that is held already is most often that very row: it is not read again to find out.
        above = _above(model, frozenset(kind for kind, _pk in held))
        # PostgreSQL locks in the order in which `of` names them, and reads anew what it had to wait for.
        rows = model._base_manager.select_related(*above).select_for_update(no_key=True, of=(*above, "self"))
        _hold(rows.get(pk=pk), held)
    return held[model, pk]  # type: ignore[return-value]


@cache
def _above(model: type[StatefulModel], known: frozenset[type[StatefulModel]]) -> tuple[str, ...]:
    """Paths to what is locked before a row of this kind, in that order, each kind once."""
    seen, found = set(known), []
    for name in model.locks_first:
        related: Any = model._meta.get_field(name).related_model
        if related not in seen:
            higher = _above(related, frozenset(seen))
            found += [*(f"{name}__{path}" for path in higher), name]
            seen |= {related, *(_kind_at(related, path) for path in higher)}
    return tuple(found)


def _kind_at(model: Any, path: str) -> Any:
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


def _hold(row: StatefulModel, held: Held) -> None:
    """Remember what was locked with this row; one instance for one row, wherever it is reached from."""
    for name in row.locks_first:
        field: Any = row._meta.get_field(name)
        if field.is_cached(row):
            _hold(getattr(row, name), held)
        else:
            setattr(row, name, _lock_row(field.related_model, getattr(row, field.attname), held))
    held[type(row), row.pk] = row


def _take_known(locked: StatefulModel, copy: StatefulModel) -> None:
    """What the caller's copy has read already of the rows it points to."""
    for name in copy._state.fields_cache:
        field: Any = copy._meta.get_field(name)
        attname = getattr(field, "attname", None)
        if attname is None or getattr(locked, attname) != getattr(copy, attname):
            continue
        if name in locked.locks_first:
            _take_known(getattr(locked, name), getattr(copy, name))
        else:
            locked._state.fields_cache[name] = copy._state.fields_cache[name]


def lock_above(thing: StatefulModel, *, keep_known: bool = False) -> None:
    """Lock and reread what stands above a thing not saved yet, so that its creation is checked against facts."""
    held: Held = {}
    for name in thing.locks_first:
        if (related := getattr(thing, name)) is not None and related.pk is not None:
            setattr(thing, name, lock(related, held, keep_known=keep_known))
