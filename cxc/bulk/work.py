"""What is done with the things of a run, each in a transaction of its own, by one worker or several.

A thing is done in the transaction that says so: a worker that dies leaves it waiting, and the next one does it once.
"""

import logging
from collections.abc import Mapping
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.actors import actor_again
from cxc.access.scoped import Actor, may_see
from cxc.bulk.actions import BulkAction
from cxc.bulk.models import BulkItem, BulkRun, Stage
from cxc.bulk.trial import FAILED, try_out
from cxc.core.refusals import Refused
from cxc.workflow import NotAllowed, ReasonMissing
from cxc.workflow.unit_of_work import unit_of_work

logger = logging.getLogger(__name__)

# A thing whose action fails for no reason of its own is tried so often.
MOST_ATTEMPTS = 3
# The reason that stands in a trial for the one that the person has yet to give.
_REASON = "…"
_CHUNK = 100

Outcome = BulkItem.Outcome


def work_on(pk: int) -> int:
    """Try, or carry out, what of the run is left; with how many things it was done."""
    run = BulkRun.objects.select_related("by_user").filter(pk=pk).first()
    if run is None or not run.is_at_work:
        return 0
    actor = actor_again(run.by_user, run.principal, run.principal_id)
    with translation.override(run.language):
        return _try_all(run, actor) if run.stage is Stage.BEING_TRIED else _carry_out_all(run, actor)


# --- trying ------------------------------------------------------------------------------------


def _try_all(run: BulkRun, actor: Actor | None) -> int:
    count = 0
    for item in run.items.filter(is_possible=None).iterator(chunk_size=_CHUNK):
        sentences, mails = try_out(lambda item=item: _try(run, item, actor))  # type: ignore[misc]
        # Not where the values were handed in anew meanwhile.
        count += BulkItem.objects.filter(pk=item.pk, run__tried_from=run.tried_from).update(
            is_possible=not sentences, sentences=list(sentences), mails=mails
        )
    if run.wants_reason:
        BulkRun.objects.filter(pk=run.pk, tried_from=run.tried_from).update(wants_reason=True)
    being_tried = BulkRun.objects.filter(pk=run.pk, tried_from=run.tried_from, tried_at=None)
    being_tried.filter(_none_left(is_possible=None)).update(tried_at=clock.now())
    return count


def _try(run: BulkRun, item: BulkItem, actor: Actor | None) -> None:
    """As without a reason; where none will not do, the run is marked, and it is tried as with one."""
    try:
        with unit_of_work():
            _act(run, item, actor, "")
    except ReasonMissing:
        run.wants_reason = True
        _act(run, item, actor, _REASON)


# --- carrying out ------------------------------------------------------------------------------


def _carry_out_all(run: BulkRun, actor: Actor | None) -> int:
    """Until nothing is left, or all that is left is held by somebody else, who finishes it."""
    count = 0
    while ids := list(_waiting(run).values_list("pk", flat=True)[:_CHUNK]):
        worked_on = [_carry_out(run, pk, actor) for pk in ids]
        count += worked_on.count(True)
        if all(result is None for result in worked_on):
            break
    under_way = BulkRun.objects.filter(pk=run.pk, finished_at=None)
    under_way.filter(_none_left(outcome=Outcome.WAITING)).update(finished_at=clock.now())
    return count


def _none_left(**which: Any) -> Any:
    """A condition on runs: none of their items is like that."""
    return ~Exists(BulkItem.objects.filter(run=OuterRef("pk"), **which))


def _waiting(run: BulkRun) -> Any:
    return run.items.filter(outcome=Outcome.WAITING).order_by("attempts", "position")


def _carry_out(run: BulkRun, pk: int, actor: Actor | None) -> bool | None:
    """True when it is done, False when it was skipped or failed, None where somebody else is at it, or was."""
    try:
        with unit_of_work():
            item = BulkItem.objects.select_for_update(skip_locked=True).filter(pk=pk, outcome=Outcome.WAITING).first()
            if item is None:
                return None
            _act(run, item, actor, run.reason)
            item.outcome, item.sentences = Outcome.DONE, []
            item.save(update_fields=["outcome", "sentences"])
    except Refused as refusal:
        _end(pk, Outcome.SKIPPED, refusal.sentences)
        return False
    except (OperationalError, InterfaceError):
        raise  # the database is away: the job of beat goes on later
    except Exception:
        logger.exception("Item %s of run %s failed", pk, run.pk)
        _count_failure(pk)
        return False
    return True


def _end(pk: int, outcome: str, sentences: Any) -> None:
    BulkItem.objects.filter(pk=pk, outcome=Outcome.WAITING).update(outcome=outcome, sentences=list(map(str, sentences)))


def _count_failure(pk: int) -> None:
    item = BulkItem.objects.get(pk=pk)
    item.attempts += 1
    item.save(update_fields=["attempts"])
    if item.attempts >= MOST_ATTEMPTS:
        _end(pk, Outcome.FAILED, [FAILED])


# --- one thing ---------------------------------------------------------------------------------


def _act(run: BulkRun, item: BulkItem, actor: Actor | None, reason: str) -> None:
    action = run.declared
    if action is None:
        raise Refused(_("The portal no longer offers this: choose the rows again."))
    if actor is None:
        raise NotAllowed(_("You no longer act for %(body)s.") % {"body": run.principal_label})
    thing = action.things([item.thing_id]).get(item.thing_id)
    if thing is None or not may_see(actor, thing, action.permission):
        raise Refused(_("It is no longer there."))
    action.carry_out(thing, actor, cleaned(action, thing, item.values), reason)


def cleaned(action: BulkAction, thing: Any, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The values of the action's form for this thing; Refused with what is wrong with each field."""
    if action.form is None:
        return {}
    form = action.form(data=typed, thing=thing)
    if form.is_valid():
        values: Mapping[str, Any] = form.cleaned_data
        return values
    raise Refused(*[_said(form, name, error) for name, errors in form.errors.items() for error in errors])


def _said(form: Any, name: str, error: str) -> str:
    return f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
