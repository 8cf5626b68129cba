"""What is late on a Partnership's things, by what is to be done, from what is owed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from cxc import clock
from cxc.access.scoped import PARTNERSHIP_SIDES, Side, list_path, principals_on
from cxc.todo.models import TodoItem, TodoItemQuerySet
from cxc.todo.overdue import Seen, owed_by
from cxc.todo.subjects import Declaration, TodoSubject, by_code, owner_kinds
from cxc.todo.things import things_of
from cxc.workflow.todo import Todo
from profiles.models import Profile
from reports.dashboard.scope import KINDS, SIDES, Figure, Row, Scope


@dataclass(frozen=True)
class ListPaths:
    """Things that can be late: the list they stand in, the way to its row, and to the generation."""

    url_name: str
    row: str
    generation: str


LISTS = {
    "profiles.profile": ListPaths("profiles", "pk", "generation_id"),
    "matching.match": ListPaths("matches", "pk", "generation_id"),
    "exchanges.visit": ListPaths("visits", "pk", "host_profile.generation_id"),
    "exchanges.sharedpart": ListPaths("visits", "visit_id", "visit.host_profile.generation_id"),
    "exchanges.visitmove": ListPaths("visits", "visit_id", "visit.host_profile.generation_id"),
    "exchanges.visitmoveconsent": ListPaths("visits", "move.visit_id", "move.visit.host_profile.generation_id"),
    "exchanges.exchange": ListPaths("exchanges", "pk", "generation_id"),
    "exchanges.ownpart": ListPaths("exchanges", "exchange_id", "exchange.generation_id"),
    "exchanges.financialagreement": ListPaths("exchanges", "exchange_id", "exchange.generation_id"),
    "exchanges.finalactivityreport": ListPaths("exchanges", "exchange_id", "exchange.generation_id"),
    "exchanges.evidence": ListPaths("exchanges", "exchange_id", "exchange.generation_id"),
    "exchanges.payment": ListPaths("payments", "pk", "exchange.generation_id"),
}

# So many kinds of late tasks stand beside what waits, within one window of 1280 x 800.
MAX_UNFOLDED = 5
# The sides of a thing on which a Partnership stands by its own visitors and hosts.
_SIDES = frozenset({Side.PARTNERSHIP, *SIDES})


@dataclass(frozen=True)
class Overdue:
    """What is late in the scope, by what is owed and by side; whether something is late in another generation too."""

    rows: tuple[Row, ...]
    number: int
    in_other_generations: bool

    @property
    def first_rows(self) -> tuple[Row, ...]:
        return self.rows[:MAX_UNFOLDED]

    @property
    def further_rows(self) -> tuple[Row, ...]:
        return self.rows[MAX_UNFOLDED:]


def find_overdue(scope: Scope) -> Overdue:
    """What the Partnership itself owes first; constant queries.

    A thing of which it is VOP and HOP counts on both sides.
    """
    found: dict[tuple[str, str], dict[Side, set[int]]] = defaultdict(lambda: defaultdict(set))
    known = by_code()
    in_other_generations = False
    for kind, code, thing in _late_things(scope):
        paths = LISTS[kind]
        if scope.generation and _value_at(thing, paths.generation) != scope.generation.pk:
            in_other_generations = True
            continue
        for side in _sides(thing, scope):
            found[paths.url_name, code][side].add(_value_at(thing, paths.row))
    kinds = list(LISTS)
    order = sorted(found, key=lambda key: (not _is_own(known[key[1]][1].todo), kinds.index(known[key[1]][0].kind)))
    rows = tuple(_row(scope, key[0], known[key[1]][1], found[key]) for key in order)
    number = len({(name, pk) for (name, _code), sides in found.items() for pks in sides.values() for pk in pks})
    return Overdue(rows, number, in_other_generations)


def _late_things(scope: Scope) -> Iterator[tuple[str, str, Any]]:
    """Kind, code and thing of all that is late on the Partnership's things.

    One query finds the items by what owns their things, of which there are few kinds.
    """
    first, *others = (_late_items(kind, scope) for kind in owner_kinds(LISTS))
    items = list(first.union(*others, all=True))
    things, known, kinds = things_of({item.key for item in items}, items=items), by_code(), list(LISTS)
    tasks = {item.task_key for item in items if item.key in things and item.code in known}
    for kind, pk, code in sorted(tasks, key=lambda task: (kinds.index(task[0]), task[2], task[1])):
        if known[code][1].is_listed and _may_know(*known[code], things[kind, pk], scope):
            yield kind, code, things[kind, pk]


def _late_items(owner_kind: str, scope: Scope) -> TodoItemQuerySet:
    """What is late on things that belong to one of this kind on a side of which the Partnership stands."""
    model = apps.get_model(owner_kind)
    own = model._base_manager.filter(_stands_on(model, scope, _SIDES)).values("pk")
    late = TodoItem.objects.overdue_at(clock.now()).order_by()
    return late.filter(kind__in=LISTS, owner_kind=owner_kind, owner_id__in=own)


def _may_know(subject: TodoSubject, one: Declaration, thing: Any, scope: Scope) -> bool:
    """Whether one of the sides on which the Partnership stands may see that this is owed."""
    readers = _SIDES.intersection(thing.read_permissions[subject.permission_of(one.todo)])
    return any(scope.partnership.pk in principals_on(thing, side) for side in readers if side in thing.side_paths)


def own_things(scope: Scope) -> Seen:
    """The Partnership's things: of its visitors or hosts, where that side may read them."""

    def own(model: Any, permission: str) -> QuerySet:
        rows: QuerySet = model._base_manager.filter(_stands_on(model, scope, model.read_permissions[permission]))
        return rows

    return own


def _stands_on(model: Any, scope: Scope, sides: Iterable[Side]) -> Q:
    """The condition: the Partnership stands on one of these sides of the thing."""
    condition = Q(pk__in=[])
    for side in _SIDES.intersection(sides, model.side_paths):
        condition |= Q(**{list_path(model, side): scope.partnership.pk})
    return condition


def _sides(thing: Any, scope: Scope) -> Iterable[Side]:
    if isinstance(thing, Profile):
        return [side for side, kind in KINDS.items() if kind == thing.kind]
    return [side for side in SIDES if scope.partnership.pk in principals_on(thing, side)]


def _row(scope: Scope, url_name: str, one: Declaration, found: dict[Side, set[int]]) -> Row:
    figures = tuple(_figure(scope, url_name, one.todo, side, found[side]) for side in SIDES)
    return Row(one.label, figures, owed_by(one.todo))


def _figure(scope: Scope, url_name: str, todo: Todo, side: Side, ids: set[int]) -> Figure | None:
    if url_name == "payments" and side is Side.HOP:
        return None  # a host's Partnership has nothing to do with the money
    link = scope.profiles_link if url_name == "profiles" else None
    url = link(side, late=todo.code) if link else scope.link(url_name, side, late=todo.code)
    return Figure(len(ids), url)


def _is_own(todo: Todo) -> bool:
    return bool(set(todo.owed_by) & PARTNERSHIP_SIDES)


def _value_at(thing: Any, path: str) -> Any:
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing
