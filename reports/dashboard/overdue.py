"""What is late on a Partnership's things, by what is to be done, from the duties."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from cxc.access.scoped import PARTNERSHIP_SIDES, Side, VisibleQuerySet, principals_on
from cxc.todo.duties import Duty, Frame, Watch
from cxc.todo.overdue import late_on, owed_by, watched
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
    "exchanges.exchange": ListPaths("exchanges", "pk", "generation_id"),
    "exchanges.payment": ListPaths("payments", "pk", "exchange.generation_id"),
}


@dataclass(frozen=True)
class Overdue:
    """What is late in the scope, by duty and side; whether something is late in another generation too."""

    rows: tuple[Row, ...]
    number: int
    in_other_generations: bool


def find_overdue(scope: Scope, frame: Frame) -> Overdue:
    """The Partnership's own tasks first; constant queries. A thing of which it is VOP and HOP counts on both sides."""
    found: dict[tuple[str, str], dict[Side, set[int]]] = defaultdict(lambda: defaultdict(set))
    duties: dict[tuple[str, str], tuple[Watch, Duty]] = {}
    in_other_generations = False
    for one in watched(LISTS):
        kind = LISTS[one.kind]
        for duty, thing in late_on(one, _own(one, scope), frame):
            if scope.generation and _value_at(thing, kind.generation) != scope.generation.pk:
                in_other_generations = True
                continue
            duties[kind.url_name, duty.name] = one, duty
            for side in _sides(thing, scope):
                found[kind.url_name, duty.name][side].add(_value_at(thing, kind.row))
    order = sorted(found, key=lambda key: (not _is_own(duties[key][1]), list(LISTS).index(duties[key][0].kind)))
    rows = tuple(_row(scope, key[0], duties[key][1], found[key]) for key in order)
    number = len({(name, pk) for (name, _duty), sides in found.items() for pks in sides.values() for pk in pks})
    return Overdue(rows, number, in_other_generations)


def _own(one: Watch, scope: Scope) -> VisibleQuerySet:
    """The Partnership's things: of its visitors or hosts, where that side may see them at all."""
    things = one.things()
    seen = set(things.model.read_permissions["see"]) & {Side.PARTNERSHIP, *SIDES}
    condition = Q()
    for side in seen & set(things.model.side_paths):
        condition |= Q(**{things.model.side_paths[side]: scope.partnership.pk})
    # By a subquery: a path through many rows must not list a thing twice.
    return things.filter(pk__in=things.model._base_manager.filter(condition).values("pk"))


def _sides(thing: Any, scope: Scope) -> Iterable[Side]:
    if isinstance(thing, Profile):
        return [side for side, kind in KINDS.items() if kind == thing.kind]
    return [side for side in SIDES if scope.partnership.pk in principals_on(thing, side)]


def _row(scope: Scope, url_name: str, duty: Duty, found: dict[Side, set[int]]) -> Row:
    figures = tuple(_figure(scope, url_name, duty, side, found[side]) for side in SIDES)
    return Row(duty.title, figures, owed_by(duty))


def _figure(scope: Scope, url_name: str, duty: Duty, side: Side, ids: set[int]) -> Figure | None:
    if url_name == "payments" and side is Side.HOP:
        return None  # a host's Partnership has nothing to do with the money
    link = scope.profiles_link if url_name == "profiles" else None
    url = link(side, late=duty.name) if link else scope.link(url_name, side, late=duty.name)
    return Figure(len(ids), url)


def _is_own(duty: Duty) -> bool:
    return bool(set(duty.who) & PARTNERSHIP_SIDES)


def _value_at(thing: Any, path: str) -> Any:
    for name in path.split("."):
        thing = getattr(thing, name)
    return thing
