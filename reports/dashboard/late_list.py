"""The late list: one row for each late task on each thing, as a page and as a file."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from cxc import clock
from cxc.access.scoped import Actor, Principal, Side
from cxc.core.links import absolute
from cxc.todo import overdue
from cxc.todo.late_tasks import late_tasks
from cxc.todo.models import TodoItem, TodoItemQuerySet
from cxc.todo.subjects import subjects_of
from cxc.web.listing import Column, Layout, ListFilter
from cxc.web.listing.cells import link_to
from cxc.web.listing.late import LATE_COLUMNS
from profiles.models import Generation, Partnership
from reports.dashboard.overdue import LISTS, own_things
from reports.dashboard.scope import Scope

SIDES = [(side.value, side.label) for side in Side if side not in {Side.PORTAL, Side.OBSERVER, Side.ASKER}]

# The columns of a late task by which the list is ordered.
_SORTS = {"since": ("overdue_from",)}


class LateFilter(ListFilter):
    """What is late, who owes it, on whose things, in which generation."""

    what = django_filters.ChoiceFilter(
        label=_("What is late"), field_name="code", choices=lambda: overdue.choices(dict.fromkeys(LISTS, "pk"))[1:]
    )
    side = django_filters.ChoiceFilter(label=_("Owed by"), choices=SIDES, method="by_side")
    partnership = django_filters.ModelChoiceFilter(
        label=_("Partnership"),
        queryset=lambda request: _partnerships(request.actor),
        to_field_name="acronym",
        method="by_partnership",
    )
    generation = django_filters.ModelChoiceFilter(
        label=_("Generation"), queryset=Generation.objects.all(), to_field_name="code", method="by_generation"
    )

    def by_side(self, rows: TodoItemQuerySet, _name: str, side: str) -> TodoItemQuerySet:
        """Those that this side owes, alone or with others."""
        return rows.filter(Exists(_of_same_task().filter(side=side)))

    def by_partnership(self, rows: TodoItemQuerySet, _name: str, partnership: Partnership) -> TodoItemQuerySet:
        """Those on the things of its visitors and hosts."""
        return rows.filter(overdue.items_seen(LISTS, own_things(Scope(partnership))))

    def by_generation(self, rows: TodoItemQuerySet, _name: str, generation: Generation) -> TodoItemQuerySet:
        """Those on the things of one generation."""
        return rows.filter(_on({kind: _in_generation(kind, generation) for kind in LISTS}))


def late_columns(_actor: Actor) -> Sequence[Column]:
    """The page leads to the address instead of showing it, and has a button that reminds."""
    return (
        Column(
            _("Where"),
            lambda row: row.task.label,
            name="where",
            cell=lambda row, where: link_to(row.task.path, where),
        ),
        *(_of_task(column) for column in LATE_COLUMNS),
        Column(_("Days late"), lambda row: row.task.days, name="days"),
        Column(_("Address"), lambda row: absolute(row.task.path)),
        Column(_("Remind"), name="remind", cell="todo/remind_cell.html"),
    )


def late_rows(actor: Actor) -> TodoItemQuerySet:
    """One item of each late task that the actor sees: a Partnership those on its own things, the offices all."""
    own = _partnerships(actor).first() if actor.principal is Principal.PARTNERSHIP else None
    late = TodoItem.objects.overdue_at(clock.now()).filter(overdue.items_seen(LISTS, _seen(actor, own)))
    found: TodoItemQuerySet = late.exclude(Exists(_of_same_task().filter(pk__lt=OuterRef("pk"))))
    return found


def attach_tasks(rows: Sequence[Any], actor: Actor) -> Sequence[Any]:
    """Give each row its `task`; without those whose thing owes nothing any more, until the to-do follows."""
    tasks = late_tasks([_key(row) for row in rows], actor)
    for row in rows:
        row.task = tasks.get(_key(row))
    return [row for row in rows if row.task]


def _partnerships(actor: Actor) -> QuerySet:
    """Those whose late tasks the actor may ask for: a Partnership's its own, the offices' all."""
    every = Partnership.objects.all()
    return every.filter(pk__in=[actor.principal_id]) if actor.principal is Principal.PARTNERSHIP else every


def _seen(actor: Actor, partnership: Partnership | None) -> overdue.Seen:
    """What the actor may read; of a Partnership its own things."""
    visible = overdue.seen_by(actor)
    if partnership is None:
        return visible
    own = own_things(Scope(partnership))
    return lambda model, permission: visible(model, permission).filter(
        Exists(own(model, permission).filter(pk=OuterRef("pk")))
    )


def _in_generation(kind: str, generation: Generation) -> Any:
    path = LISTS[kind].generation.replace(".", "__")
    return subjects_of(kind)[0].model._base_manager.filter(**{path: generation.pk})


def _on(things: dict[str, Any]) -> Q:
    found = Q(pk__in=[])
    for kind, rows in things.items():
        found |= Q(kind=kind, thing_id__in=rows.values("pk"))
    return found


def _of_same_task() -> TodoItemQuerySet:
    """All who owe the same on the same thing."""
    same = {name: OuterRef(name) for name in ("kind", "thing_id", "code")}
    found: TodoItemQuerySet = TodoItem.objects.filter(**same)
    return found


def _key(row: Any) -> tuple[str, int, str]:
    return row.kind, row.thing_id, row.code


def _of_task(column: Column) -> Column:
    return replace(column, value=lambda row: column.value_of(row.task), sort=_SORTS.get(column.name, ()))


LATE = Layout(
    title=_("What is late"),
    lead=_(
        "One row for each late task, whoever has to do it. Dates follow the local time of each exchange, visit or"
        " organisation."
    ),
    counted=ngettext_lazy("%(number)s late task", "%(number)s late tasks", "number"),
    empty=_("Nothing is late."),
    template="reports/dashboard/late_list.html",
    filter=LateFilter,
    columns=late_columns,
    on_page=("where", "what", "since", "owed_by", "days", "remind"),
    first="since",
    name="late",
    attach=attach_tasks,
)
