"""The things of a page, with what their names, links and days read: one query for each kind."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS

from cxc.access.scoped import VisibleQuerySet
from cxc.core.compiled_queries import compiled_once
from cxc.todo.subjects import TodoSubject, subjects_of
from cxc.workflow.transitions import kind_of

Key = tuple[str, int]


def things_of(keys: Iterable[Key], *, with_links: bool = True, items: Iterable[Any] = ()) -> dict[Key, Any]:
    """The things of these kinds and ids, whatever has become of them; in a constant number of queries for each kind.

    With what links read that lead to what is owed; without it a link asks for it, of all things in its batch.
    Of what these items say only names and links are shown: things of which these read ids alone are not read at all,
    their other columns are deferred.
    What goes by the name of another thing (a document, by its exchange) is read first, then all that give names.
    """
    ids = ids_by_kind(keys)
    named = _known_by_ids(ids, items)
    named |= _read({kind: ids.pop(kind) for kind in list(ids) if _path_to_name(kind)}, with_links)
    names = {key: _key_of_name(thing, _path_to_name(key[0])) for key, thing in named.items()}
    for kind, pk in names.values():
        ids[kind].add(pk)
    found = _read(ids, with_links)
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


def _known_by_ids(ids: dict[str, set[int]], items: Iterable[Any]) -> dict[Key, Any]:
    """Takes those out of `ids` that need not be read: whose owner is what they are named by."""
    shown: dict[tuple[Key, Key], set[str]] = defaultdict(set)
    for item in items:
        shown[item.key, item.owner].add(item.code)
    found: dict[Key, Any] = {}
    for ((kind, pk), (owner_kind, owner_id)), codes in shown.items():
        if pk in ids.get(kind, ()) and _is_named_by(kind, owner_kind, codes):
            columns = ["id", f"{_path_to_name(kind)}_id"]
            found[kind, pk] = apps.get_model(kind).from_db(DEFAULT_DB_ALIAS, columns, [pk, owner_id])
            ids[kind].discard(pk)
    return found


def _is_named_by(kind: str, owner_kind: str, codes: Set[str]) -> bool:
    """Whether the links of these codes read nothing of a thing of this kind but what names it."""
    path = next((one.name_path for one in subjects_of(kind) if _reads_ids_alone(one, codes)), "")
    return bool(path) and kind_of(apps.get_model(kind)._meta.get_field(path).related_model) == owner_kind


def _reads_ids_alone(subject: TodoSubject, codes: Set[str]) -> bool:
    return subject.read_for is not None and codes.isdisjoint(subject.read_for)


def _read(ids: Mapping[str, set[int]], with_links: bool) -> dict[Key, Any]:
    return {
        (kind, thing.pk): thing for kind, pks in ids.items() if pks for thing in _shown_by_id(kind, with_links, ids=pks)
    }


@compiled_once
def _shown_by_id(kind: str, with_links: bool, *, ids: Iterable[int]) -> VisibleQuerySet:
    return _shown(kind, with_links).filter(pk__in=ids).order_by()


def _shown(kind: str, with_links: bool) -> VisibleQuerySet:
    subject = next(iter(subjects_of(kind)), None)
    if subject is None or subject.shown is None:
        rows: VisibleQuerySet = apps.get_model(kind).objects.with_labels()
    else:
        rows = subject.shown()
    return subject.with_links(rows) if subject is not None and with_links else rows


def _path_to_name(kind: str) -> str:
    return next((one.name_path for one in subjects_of(kind)), "")


def _key_of_name(thing: Any, path: str) -> Key:
    return kind_of(thing._meta.get_field(path).related_model), getattr(thing, f"{path}_id")
