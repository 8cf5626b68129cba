"""A run, from the selected rows to the confirmation. Each step can be asked for twice.

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
from cxc.bulk.models import BulkItem, BulkRun, RunStatus
from cxc.core.after_commit import after_commit, hand_over
from cxc.core.refusals import Refused
from cxc.workflow import NotAllowed, ReasonMissing

# The largest number of rows in a run.
MOST_ROWS = 5_000
# The largest number of items that are worked on while the person waits; more are left to a worker, with progress.
MOST_AT_ONCE = 20
# The number of days after which a run that was never confirmed, and a finished one, is erased.
UNCONFIRMED_DAYS, FINISHED_DAYS = 7, 90


def create_run(action: BulkAction, rows: QuerySet, *, by: Actor, next_url: str = "") -> BulkRun:
    """A run on the items of these rows of a list; previewed at once where nothing is to be filled in.

    Refused where nothing or too much is selected, NotAllowed where the actor can't do this with anything.
    """
    if not action.may_be_used_by(by) or by.user is None:
        raise NotAllowed(_("You may not do this: %(action)s.") % {"action": action.label})
    selected = _count(rows)
    found = action.items_of_rows(rows).visible_to(by, action.permission)
    items = action.load(found.values_list("pk", flat=True), by)
    with transaction.atomic():
        run = BulkRun.objects.create(
            action=action.code,
            language=translation.get_language() or "en",
            by_user=by.user,
            principal=str(by.principal),
            principal_id=by.principal_id,
            principal_label=str(by.label)[:200],
            next_url=next_url[:2000],
            left_out=selected - action.count_rows(found, rows),
        )
        BulkItem.objects.bulk_create(_items(run, action, items.values()))
    if action.form is None:
        request_preview(run)
    return run


def _count(rows: QuerySet) -> int:
    selected = rows.count()
    if not selected:
        raise Refused(_("Select at least one row."))
    if selected > MOST_ROWS:
        raise Refused(_("Select at most %(most)d rows: narrow the list down by its filter.") % {"most": MOST_ROWS})
    return selected


def _items(run: BulkRun, action: BulkAction, items: Iterable[Any]) -> list[BulkItem]:
    labelled = sorted(((action.label_of(item), item) for item in items), key=lambda one: (one[0], one[1].pk))
    return [
        BulkItem(run=run, position=number, thing_id=item.pk, label=label[:500], read=dict(action.initial(item)))
        for number, (label, item) in enumerate(labelled)
    ]


def write_values(run: BulkRun, values: Mapping[int, Mapping[str, Any]]) -> None:
    """Keep what was typed, by the ids of the items. Refused once the run is confirmed.

    A preview of other values says nothing of these: it is dropped where something differs.
    """
    with transaction.atomic():
        locked = _locked(run)
        changed = [item for item in locked.items.filter(pk__in=values) if _take(item, values[item.pk])]
        if changed:
            _refuse_confirmed(locked)
            BulkItem.objects.bulk_update(changed, ["values"])
            locked.preview_requested_at = locked.previewed_at = None
            locked.save(update_fields=["preview_requested_at", "previewed_at"])
    run.refresh_from_db()


def _take(item: BulkItem, typed: Mapping[str, Any]) -> bool:
    """Whether what was typed differs from what its form held."""
    differing = {name: value for name, value in typed.items() if str(item.form_data.get(name, "")) != value}
    item.values = {**item.values, **differing}
    return bool(differing)


def write_shared_values(run: BulkRun, values: Mapping[str, Any]) -> None:
    """Keep what was typed for all items at once. Refused once the run is confirmed.

    A preview of other values is dropped.
    """
    with transaction.atomic():
        locked = _locked(run)
        if locked.values != values:
            _refuse_confirmed(locked)
            locked.values, locked.preview_requested_at, locked.previewed_at = dict(values), None, None
            locked.save(update_fields=["values", "preview_requested_at", "previewed_at"])
    run.refresh_from_db()


def set_for_all(run: BulkRun, values: Mapping[str, Any]) -> None:
    """The same values for every item: those that are not empty."""
    given = {name: value for name, value in values.items() if value}
    write_values(run, dict.fromkeys(run.items.values_list("pk", flat=True), given))


def request_preview(run: BulkRun) -> None:
    """Preview every item, now or by a worker."""
    with transaction.atomic():
        locked = _locked(run)
        _refuse_confirmed(locked)
        locked.preview_requested_at, locked.previewed_at = clock.now(), None
        locked.save(update_fields=["preview_requested_at", "previewed_at"])
        locked.items.update(can_be_done=None, reason_required=False, sentences=[], mails=[])
    _work_now_or_soon(run)


def confirm(run: BulkRun, reason: str = "", *, preview_key: str | None = None) -> None:
    """Carry out what can be done, now or by a worker. Confirming twice has no further effect.

    `preview_key`: of the preview that the person has seen; nothing happens where there is another one now.
    ReasonMissing where a reason is required and none is given, Refused where it would send too many mails.
    """
    with transaction.atomic():
        locked = _locked(run)
        if locked.status is RunStatus.PREVIEWED and preview_key in (None, locked.preview_key):
            if locked.reason_required and not reason.strip():
                raise ReasonMissing
            _check_mails(locked)
            locked.confirmed_at, locked.reason = clock.now(), reason
            locked.save(update_fields=["confirmed_at", "reason"])
            locked.items.filter(can_be_done=False).update(outcome=BulkItem.Outcome.SKIPPED)
    _work_now_or_soon(run)


def _check_mails(run: BulkRun) -> None:
    if run.declared is not None and run.declared.check_mails is not None:
        run.declared.check_mails(run.by_user, run.mails_count)


def _locked(run: BulkRun) -> BulkRun:
    return BulkRun.objects.select_for_update().get(pk=run.pk)


def _refuse_confirmed(run: BulkRun) -> None:
    if run.confirmed_at is not None:
        raise Refused(_("Select the rows again to do something else with them: this is confirmed already."))


def _work_now_or_soon(run: BulkRun) -> None:
    if run.items.count() <= MOST_AT_ONCE:
        work.work_on(run.pk)
    else:
        after_commit(hand_over, "cxc.bulk.tasks.work_on_run", (run.pk,))
    run.refresh_from_db()


def unfinished() -> list[int]:
    """The runs that a lost task or a killed worker left undone."""
    found = BulkRun.objects.filter(finished_at=None, preview_requested_at__isnull=False).order_by("pk")
    return [run.pk for run in found if run.is_at_work]


def erase_old() -> int:
    """Erase runs that were never confirmed, and old results: the history of each item keeps what was done."""
    now = clock.now()
    unconfirmed = BulkRun.objects.filter(confirmed_at=None, made_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    finished = BulkRun.objects.filter(finished_at__lt=now - timedelta(days=FINISHED_DAYS))
    return sum(found.delete()[1].get("bulk.BulkRun", 0) for found in (unconfirmed, finished))
