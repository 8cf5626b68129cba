"""A run, from the choice of its things to what the person confirmed. Each step can be asked for twice.

Rule: docs/bulk.md.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor
from cxc.bulk import work
from cxc.bulk.actions import BulkAction
from cxc.bulk.models import BulkItem, BulkRun, Stage
from cxc.core.after_commit import after_commit, hand_over
from cxc.core.refusals import Refused
from cxc.workflow import NotAllowed, ReasonMissing

# So many rows can be chosen.
MOST_ROWS = 5_000
# Up to so many things are worked on while the person waits; more by a worker, with progress.
MOST_AT_ONCE = 20
# A run that was never confirmed is erased after so many days, a finished one after so many.
UNCONFIRMED_DAYS, FINISHED_DAYS = 7, 90


def begin(action: BulkAction, rows: QuerySet, *, by: Actor, next_url: str = "") -> BulkRun:
    """Choose the things of these rows of a list; try them at once where nothing is to be filled in.

    Refused where nothing or too much is chosen, NotAllowed where the actor can't do this with anything.
    """
    if not action.is_for(by) or by.user is None:
        raise NotAllowed(_("You may not do this: %(action)s.") % {"action": action.label})
    chosen = _count(rows)
    found = action.things_of(rows).visible_to(by, action.permission)
    things = action.things(found.values_list("pk", flat=True))
    with transaction.atomic():
        run = BulkRun.objects.create(
            action=action.code,
            language=translation.get_language() or "en",
            by_user=by.user,
            principal=str(by.principal),
            principal_id=by.principal_id,
            principal_label=str(by.label)[:200],
            next_url=next_url[:2000],
            left_out=chosen - action.count_rows(found, rows),
        )
        BulkItem.objects.bulk_create(_items(run, action, things.values()))
    if action.form is None:
        hand_in(run)
    return run


def _count(rows: QuerySet) -> int:
    chosen = rows.count()
    if not chosen:
        raise Refused(_("Choose at least one row."))
    if chosen > MOST_ROWS:
        raise Refused(_("Choose at most %(most)d rows: narrow the list down by its filter.") % {"most": MOST_ROWS})
    return chosen


def _items(run: BulkRun, action: BulkAction, things: Iterable[Any]) -> list[BulkItem]:
    labelled = sorted(((action.label_of(thing), thing) for thing in things), key=lambda one: (one[0], one[1].pk))
    return [
        BulkItem(run=run, position=number, thing_id=thing.pk, label=label[:500], values=dict(action.initial(thing)))
        for number, (label, thing) in enumerate(labelled)
    ]


def write_values(run: BulkRun, values: Mapping[int, Mapping[str, Any]]) -> None:
    """Keep what was typed for single things, by the ids of their items. Refused once the run is confirmed."""
    with transaction.atomic():
        locked = _locked(run)
        _refuse_confirmed(locked)
        items = list(locked.items.filter(pk__in=values))
        for item in items:
            item.values = {**item.values, **values[item.pk]}
        BulkItem.objects.bulk_update(items, ["values"])
        # What was tried with other values says nothing of these.
        locked.tried_from = locked.tried_at = None
        locked.save(update_fields=["tried_from", "tried_at"])
    run.refresh_from_db()


def fill_in(run: BulkRun, values: Mapping[str, Any]) -> None:
    """The same values for every thing: those that are not empty."""
    given = {name: value for name, value in values.items() if value not in ("", [], None)}
    write_values(run, dict.fromkeys(run.items.values_list("pk", flat=True), given))


def hand_in(run: BulkRun) -> None:
    """All is filled in: try every thing, now or by a worker."""
    with transaction.atomic():
        locked = _locked(run)
        _refuse_confirmed(locked)
        locked.tried_from, locked.tried_at, locked.wants_reason = clock.now(), None, False
        locked.save(update_fields=["tried_from", "tried_at", "wants_reason"])
        locked.items.update(is_possible=None, sentences=[], mails=[])
    _work_now_or_soon(run)


def confirm(run: BulkRun, reason: str = "") -> None:
    """Carry out what is possible, now or by a worker. Who asks twice asks once.

    ReasonMissing where a reason is compulsory and none is given.
    """
    with transaction.atomic():
        locked = _locked(run)
        if locked.stage is Stage.TRIED:
            if locked.wants_reason and not reason.strip():
                raise ReasonMissing
            locked.confirmed_at, locked.reason = clock.now(), reason
            locked.save(update_fields=["confirmed_at", "reason"])
            locked.items.filter(is_possible=False).update(outcome=BulkItem.Outcome.SKIPPED)
    _work_now_or_soon(run)


def _locked(run: BulkRun) -> BulkRun:
    return BulkRun.objects.select_for_update().get(pk=run.pk)


def _refuse_confirmed(run: BulkRun) -> None:
    if run.confirmed_at is not None:
        raise Refused(_("This is confirmed already: choose the rows again to do something else with them."))


def _work_now_or_soon(run: BulkRun) -> None:
    if run.items.count() <= MOST_AT_ONCE:
        work.work_on(run.pk)
    else:
        after_commit(hand_over, "cxc.bulk.tasks.work_on_run", (run.pk,))
    run.refresh_from_db()


def unfinished() -> list[int]:
    """The runs that a lost task or a killed worker left undone."""
    found = BulkRun.objects.filter(finished_at=None, tried_from__isnull=False).order_by("pk")
    return [run.pk for run in found if run.is_at_work]


def erase_old() -> int:
    """Erase runs that were never confirmed, and results that nobody needs any more: the history keeps what was done."""
    now = clock.now()
    unconfirmed = BulkRun.objects.filter(confirmed_at=None, made_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    finished = BulkRun.objects.filter(finished_at__lt=now - timedelta(days=FINISHED_DAYS))
    return sum(found.delete()[1].get("bulk.BulkRun", 0) for found in (unconfirmed, finished))
