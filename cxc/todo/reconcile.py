"""Keeps the stored to-do equal to what the declarations say. Rule: docs/todo.md.

Triggers note every row that changes. The outermost unit of work derives anew what depends on these rows as its last
step; what is too much for that, and what was written outside a unit of work, a job works off. Every derivation
locks its things in one order, reads them anew and writes, so that writers in parallel leave the right items.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from cxc.access.scoped import Side, principals_on
from cxc.core import last_runs
from cxc.core.after_commit import after_commit, hand_over
from cxc.core.compiled_queries import compiled_once
from cxc.todo.dependents import Key, things_depending_on
from cxc.todo.derive import OwedItem, owed_on
from cxc.todo.models import NO_ID, ReconcileRequest, TodoItem, TodoItemQuerySet, kinds_and_ids, party_on
from cxc.todo.reading import reading
from cxc.todo.subjects import subjects, subjects_of
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.unit_of_work import last_step

# More than so many changed rows, or things that depend on them, are left to the job: nobody waits for them.
MOST_ROWS = 500
MOST_AT_ONCE = 50
# The job derives so many things in one transaction.
PAGE = 200

# Reads and removes the requests of this transaction at once.
TAKE_OWN = """
DELETE FROM todo_reconcilerequest WHERE id IN (
    SELECT id FROM todo_reconcilerequest WHERE transaction_id = pg_current_xact_id()::text::bigint LIMIT %s
) RETURNING *
"""

logger = logging.getLogger(__name__)

COMPARED_FIELDS = (
    *("due", "queue_day", "since", "visible_from", "visible_until", "overdue_from", "conflict_id", "side"),
    *("owner_kind", "owner_id"),
)


@last_step
def reconcile_own_changes() -> None:
    """Derive anew what depends on the rows that this transaction changed, where that is not too much."""
    mine = list(ReconcileRequest.objects.raw(TAKE_OWN, [MOST_ROWS + 1]))
    keys = things_depending_on(mine, limit=MOST_AT_ONCE + 1) if len(mine) <= MOST_ROWS else set()
    if len(mine) <= MOST_ROWS and len(keys) <= MOST_AT_ONCE:
        reconcile_safely(keys)
        return
    ReconcileRequest.objects.bulk_create(mine)
    after_commit(hand_over, "cxc.todo.tasks.work_off_requests")


def work_off() -> int:
    """Derive anew what was asked for, page by page; how many items changed. Can run beside itself."""
    changed = 0
    while True:
        with transaction.atomic():
            requests = list(ReconcileRequest.objects.select_for_update(skip_locked=True).order_by("pk")[:PAGE])
            if not requests:
                return changed
            keys = things_depending_on(requests, limit=PAGE + 1)
            if len(keys) > PAGE:
                _ask_for_each(requests)
            else:
                changed += reconcile_safely(keys)
            ReconcileRequest.objects.filter(pk__in=[one.pk for one in requests]).delete()


def reconcile_safely(keys: Iterable[Key]) -> int:
    """As `reconcile`; what fails on one thing is logged, and stops neither the others nor whoever changed it.

    The nightly job tries again.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return 0
    try:
        with transaction.atomic():
            return reconcile(wanted)
    except Exception:
        if len(wanted) == 1:
            logger.exception("The to-do of %s %s could not be derived", *wanted[0])
            return 0
    return sum(reconcile_safely([key]) for key in wanted)


def reconcile(keys: Iterable[Key]) -> int:
    """Write the items of these things as they are derived now; how many rows differed. Within a transaction."""
    ordered = sorted(set(keys))
    _lock(ordered)
    wanted = {_identity(row): row for row in _derived(ordered)}
    stored = {_identity(row): row for row in _stored_on(ordered)}
    stale = [row.pk for identity, row in stored.items() if not _is_same(row, wanted.get(identity))]
    fresh = [row for identity, row in wanted.items() if not _is_same(stored.get(identity), row)]
    if stale:
        TodoItem.objects.filter(pk__in=stale).delete()
    if fresh:
        TodoItem.objects.bulk_create(fresh)
    return max(len(stale), len(fresh))


def differences(keys: Iterable[Key]) -> list[str]:
    """What of these things is stored otherwise than it is derived, in words for whoever runs the check."""
    ordered = sorted(set(keys))
    wanted = {_identity(row): row for row in _derived(ordered)}
    stored = {_identity(row): row for row in _stored_on(ordered)}
    missing = [f"missing: {row}" for identity, row in wanted.items() if identity not in stored]
    left = [f"left over: {row}" for identity, row in stored.items() if identity not in wanted]
    other = [
        f"other dates: {row}"
        for identity, row in stored.items()
        if identity in wanted and not _is_same(row, wanted[identity])
    ]
    return missing + left + other


def _stored_on(keys: Sequence[Key]) -> list[TodoItem]:
    """All that is stored on these things, whether it is owed at this moment or not."""
    wanted = set(keys)
    found = _items_by(**kinds_and_ids(keys)) if keys else ()
    return [item for item in found if item.key in wanted]


@compiled_once
def _items_by(*, kinds: Iterable[str], ids: Iterable[int]) -> TodoItemQuerySet:
    return TodoItem.objects.filter(kind__in=kinds, thing_id__in=ids)


def all_differences() -> list[str]:
    """What of all things is stored otherwise than it is derived, as `differences` says it."""
    return [line for page in pages_of_everything() for line in differences(page)]


def pages_of_everything() -> Iterator[list[Key]]:
    """All things that owe something, or on which something is stored, page by page."""
    for kind in dict.fromkeys(subject.kind for subject in subjects()):
        last = 0
        while ids := _next_ids(kind, last):
            yield [(kind, pk) for pk in ids]
            last = ids[-1]


def reconcile_everything() -> int:
    """Derive everything anew, one page a transaction; how many rows differed, which is noted for `/metrics`."""
    changed = 0
    for page in pages_of_everything():
        with transaction.atomic():
            changed += reconcile_safely(page)
    last_runs.note(last_runs.RECONCILE, changed)
    return changed


def _next_ids(kind: str, last: int) -> list[int]:
    live = [
        subject.things().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PAGE]
        for subject in subjects_of(kind)
    ]
    stored = (
        TodoItem.objects.filter(kind=kind, thing_id__gt=last).order_by("thing_id").values_list("thing_id", flat=True)
    )
    return sorted({pk for ids in (*live, stored.distinct()[:PAGE]) for pk in ids})[:PAGE]


def _ask_for_each(requests: Iterable[ReconcileRequest]) -> None:
    """Ask for each thing by itself, in place of what so many depend on."""
    keys = sorted(things_depending_on(requests, limit=None))
    ReconcileRequest.objects.bulk_create(
        (ReconcileRequest(kind=kind, thing_id=pk, transaction_id=0, names_subject=True) for kind, pk in keys),
        batch_size=1000,
    )


def _lock(keys: list[Key]) -> None:
    """Wait until nobody else derives these things; in one order, to avoid deadlocks. Held to the transaction's end.

    Until then `join_collapse_limit = 1` makes PostgreSQL join tables in the order of the query: things are read by
    their keys, and planning fifteen joins takes longer than reading the rows.
    """
    names = [f"todo {kind} {pk}" for kind, pk in keys]
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL join_collapse_limit = 1;"
            "SELECT pg_advisory_xact_lock(key) FROM (SELECT DISTINCT hashtextextended(name, 0) AS key"
            " FROM unnest(%s) AS name ORDER BY key) AS keys",
            [names],
        )


def _derived(keys: list[Key]) -> Iterator[TodoItem]:
    """The items as the declarations say now, for each party that owes one."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        ids[kind].add(pk)
    deadlines = Deadlines()
    with reading() as together:
        for subject in subjects():
            if ids[subject.kind]:
                for item in owed_on(subject, ids[subject.kind], deadlines, together):
                    yield from _rows_of(item, deadlines)
            if subject.states:  # where several share a kind, each thing is one subject's
                ids[subject.kind] -= together.ids_of(subject)


def _rows_of(item: OwedItem, deadlines: Deadlines) -> Iterator[TodoItem]:
    todo, thing = item.todo, item.thing
    owner_kind, owner_id = item.subject.owner_of(thing)
    for side in item.sides:
        for principal_id in {NO_ID} if side is Side.SO else principals_on(thing, side):
            yield TodoItem(
                kind=item.subject.kind,
                thing_id=thing.pk,
                code=todo.code,
                owner_kind=owner_kind,
                owner_id=owner_id,
                side=side,
                principal=party_on(side),
                principal_id=principal_id,
                due=item.due,
                queue_day=todo.queue_by(thing, deadlines) if todo.queue_by else item.due,
                since=todo.since(thing) if todo.since else None,
                visible_from=item.visible_from,
                visible_until=item.visible_until,
                overdue_from=item.overdue_from,
                conflict_id=item.conflict or NO_ID,
            )


def _identity(row: TodoItem) -> tuple[Any, ...]:
    return row.kind, row.thing_id, row.code, row.principal, row.principal_id


def _is_same(stored: TodoItem | None, wanted: TodoItem | None) -> bool:
    """Whether nothing has to be written."""
    if stored is None or wanted is None:
        return False
    return all(getattr(stored, name) == getattr(wanted, name) for name in COMPARED_FIELDS)
