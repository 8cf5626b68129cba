"""The things of a page, with what their names, links and days read: one query for each kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps

from cxc.access.scoped import VisibleQuerySet
from cxc.todo.subjects import subjects_of
from cxc.workflow.transitions import kind_of

Key = tuple[str, int]


def things_of(keys: Iterable[Key]) -> dict[Key, Any]:
    """The things of these kinds and ids, whatever has become of them; in a constant number of queries for each kind.

    What goes by the name of another thing (a document, by its exchange) is read first, then all that give names.
    """
    ids = ids_by_kind(keys)
    named = _read({kind: ids.pop(kind) for kind in list(ids) if _path_to_name(kind)})
    names = {key: _key_of_name(thing, _path_to_name(key[0])) for key, thing in named.items()}
    for kind, pk in names.values():
        ids[kind].add(pk)
    found = _read(ids)
    for key, name in names.items():
        if name in found:
            setattr(named[key], _path_to_name(key[0]), found[name])
            found[key] = named[key]
    return found


def ids_by_kind(keys: Iterable[Key]) -> dict[str, set[int]]:
    """The ids of each kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        ids[kind].add(pk)
    return ids


def _read(ids: Mapping[str, set[int]]) -> dict[Key, Any]:
    return {
        (kind, thing.pk): thing for kind, pks in ids.items() for thing in _shown(kind).filter(pk__in=pks).order_by()
    }


def _shown(kind: str) -> VisibleQuerySet:
    shown = next((one.shown for one in subjects_of(kind)), None)
    rows: VisibleQuerySet = apps.get_model(kind).objects.with_labels() if shown is None else shown()
    return rows


def _path_to_name(kind: str) -> str:
    return next((one.name_path for one in subjects_of(kind)), "")


def _key_of_name(thing: Any, path: str) -> Key:
    return kind_of(thing._meta.get_field(path).related_model), getattr(thing, f"{path}_id")
