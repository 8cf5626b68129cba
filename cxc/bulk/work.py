"""What is done with the items of a run, by one worker or several.

Each item is claimed, worked on and noted in one transaction: after a crash the next worker does it exactly once.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.actors import actor_for_principal
from cxc.access.scoped import Actor
from cxc.bulk.actions import BulkAction, BulkInput
from cxc.bulk.models import BulkItem, BulkRun, RunStatus
from cxc.bulk.preview import PORTAL_ERROR, combined, dry_run
from cxc.core.pooling import in_parts
from cxc.core.refusals import Refused
from cxc.workflow import NotAllowed
from cxc.workflow.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)

# An item that fails with an unexpected error is tried so often.
MOST_ATTEMPTS = 3
_CHUNK = 100

Outcome = BulkItem.Outcome
TO_PREVIEW, TO_CARRY_OUT = Q(can_be_done=None), Q(outcome=Outcome.WAITING)


def work_on(pk: int) -> int:
    """Preview, or carry out, the items that are left; with how many it was done."""
    run = BulkRun.objects.select_related("by_user").filter(pk=pk).first()
    if run is None or not run.is_at_work:
        return 0
    with translation.override(run.language):
        return _preview_all(run) if run.status is RunStatus.PREVIEWING else _carry_out_all(run)


def _preview_all(run: BulkRun) -> int:
    count = _each(run, TO_PREVIEW, _preview_one)
    previewing = BulkRun.objects.filter(pk=run.pk, preview_requested_at=run.preview_requested_at, previewed_at=None)
    ended = previewing.filter(_none_left(TO_PREVIEW))
    if ended.exists():
        possible = run.items.filter(can_be_done=True).exclude(mails=[]).order_by("position")
        number, mails = combined(in_parts(possible.values_list("mails", flat=True)))
        ended.update(previewed_at=clock.now(), mails_count=number, mails=mails)
    return count


def _carry_out_all(run: BulkRun) -> int:
    count = _each(run, TO_CARRY_OUT, _carry_out_one)
    running = BulkRun.objects.filter(pk=run.pk, finished_at=None)
    running.filter(_none_left(TO_CARRY_OUT)).update(finished_at=clock.now())
    return count


def _each(run: BulkRun, which: Q, work: Callable[[BulkRun, int], bool | None]) -> int:
    """Until none of these items is left, or other workers hold all that are: they finish the run then."""
    count = 0
    while ids := list(run.items.filter(which).order_by("attempts", "position").values_list("pk", flat=True)[:_CHUNK]):
        worked_on = [work(run, pk) for pk in ids]
        count += worked_on.count(True)
        if all(result is None for result in worked_on):
            break
    return count


def _none_left(which: Q) -> Any:
    """A condition on runs: none of their items is like that."""
    return ~Exists(BulkItem.objects.filter(which, run=OuterRef("pk")))


def _claimed(pk: int, which: Q) -> BulkItem | None:
    """The item under its lock; None where another worker is at it, or was."""
    return BulkItem.objects.select_for_update(skip_locked=True, of=("self",)).filter(which, pk=pk).first()


def _preview_one(run: BulkRun, pk: int) -> bool | None:
    with unit_of_work():
        item = _claimed(pk, TO_PREVIEW & Q(run__preview_requested_at=run.preview_requested_at))
        if item is None:
            return None
        found = dry_run(lambda reason: _perform_on(run, item, reason))
        item.can_be_done, item.sentences = not found.sentences, list(found.sentences)
        item.mails, item.reason_required = found.mails, found.reason_required
        item.save(update_fields=["can_be_done", "sentences", "mails", "reason_required"])
    return True


def _carry_out_one(run: BulkRun, pk: int) -> bool | None:
    """True when it is done, False when it was skipped or failed, None where another worker is at it, or was."""
    try:
        with unit_of_work():
            item = _claimed(pk, TO_CARRY_OUT)
            if item is None:
                return None
            _perform_on(run, item, run.reason)
            item.outcome, item.sentences = Outcome.DONE, []
            item.save(update_fields=["outcome", "sentences"])
    except Refused as refusal:
        _end(pk, Outcome.SKIPPED, refusal.sentences)
        return False
    except Exception:
        if not connection.is_usable():
            raise  # the database is away: the job of beat goes on later
        logger.exception("Item %s of run %s failed", pk, run.pk)
        _count_failure(pk)
        return False
    return True


def _end(pk: int, outcome: str, sentences: Any) -> None:
    BulkItem.objects.filter(TO_CARRY_OUT, pk=pk).update(outcome=outcome, sentences=list(map(str, sentences)))


def _count_failure(pk: int) -> None:
    item = BulkItem.objects.get(pk=pk)
    item.attempts += 1
    item.save(update_fields=["attempts"])
    if item.attempts >= MOST_ATTEMPTS:
        _end(pk, Outcome.FAILED, [PORTAL_ERROR])


# --- one item ----------------------------------------------------------------------------------


def _perform_on(run: BulkRun, item: BulkItem, reason: str) -> None:
    """As the person may now: the membership is looked up anew, and the item as it stands."""
    action = run.declared
    if action is None:
        raise Refused(_("Select the rows and an action again: this action no longer exists."))
    actor = actor_for_principal(run.by_user, run.principal, run.principal_id)
    if actor is None:
        raise NotAllowed(_("You no longer act for %(principal)s.") % {"principal": run.principal_label})
    thing = action.load([item.thing_id], actor).get(item.thing_id)
    if thing is None:
        raise Refused(_("Select the rows again: it no longer exists, or you may no longer see it."))
    if dict(action.initial(thing)) != item.read:
        raise Refused(_("Select the rows again: somebody has changed it since, and what you entered was not written."))
    values = cleaned(action, thing, actor, run.values if action.shared_form else item.form_data)
    is_single = not run.items.exclude(pk=item.pk).exists()
    action.carry_out(thing, actor, BulkInput(values, reason, run.pk, is_single))


def cleaned(action: BulkAction, thing: Any, actor: Actor, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of the action's form for this item; Refused with what is wrong with each field."""
    if action.form is None:
        return {}
    form = action.form(data=typed, thing=thing, actor=actor)
    if form.is_valid():
        values: Mapping[str, Any] = form.cleaned_data
        return values
    raise Refused(*[_field_error(form, name, error) for name, errors in form.errors.items() for error in errors])


def _field_error(form: Any, name: str, error: str) -> str:
    return f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
