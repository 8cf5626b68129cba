"""Reminding now of what somebody owes, in place of waiting for the portal's own reminder."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Side, sides_of
from cxc.comms.recipients import addressees_on
from cxc.core.languages import in_the_portals_language
from cxc.core.refusals import Refused
from cxc.todo.models import TodoItem
from cxc.todo.reminders import queue_reminder
from cxc.todo.returns import with_returned_at
from cxc.todo.subjects import Declaration, TodoSubject, by_code
from cxc.todo.things import things_of
from cxc.workflow import NotAllowed
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.models import StateEvent
from cxc.workflow.todo import Todo
from cxc.workflow.transitions import kind_of
from cxc.workflow.unit_of_work import unit_of_work

# The name under which the history of a thing records it.
REMIND = "remind"


def can_remind(actor: Actor, thing: Any, todo: Todo) -> bool:
    """Whether the actor, who may write for another party of the thing, can remind those who owe this."""
    mine = sides_of(actor, thing)
    return actor.may_write and bool(mine - {Side.OBSERVER}) and not mine & set(todo.owed_by)


def remind_now(kind: str, pk: int, code: str, *, by: Actor) -> Any:
    """Write one message to those who owe it and record it in the history of the thing that is returned.

    Http404 or PermissionDenied for whoever does not see it, NotAllowed for whoever owes it too or may not write.
    Refused where nothing is owed any more, or somebody has reminded of it on the same day.
    """
    subject, owed = by_code().get(code, (None, None))
    if subject is None or owed is None or subject.kind != kind:
        raise Http404
    seen: Any = subject.model.objects.get_for(by, subject.permission_of(owed.todo), pk=pk)
    if not can_remind(by, seen, owed.todo):
        raise NotAllowed(
            _("Ask an owner, editor or coordinator: you can only remind others, and only where you may edit.")
        )
    with unit_of_work():
        items, thing = _items_owed(kind, pk, code), things_of([(kind, pk)]).get((kind, pk))
        if not items or thing is None:
            raise Refused(_("Reload the page: this is no longer owed, and nobody was reminded."))
        if not (readers := addressees_on(thing, *(Side(item.side) for item in items))):
            raise Refused(_("Ask the Support Office for help: nobody who has to do this can be reached by mail."))
        deadlines, first = Deadlines(), items[0]
        key = f"reminded:{code}:{pk}:{deadlines.today():%Y%m%d}"
        due, returned_at = first.due, first.returned_at
        if not queue_reminder(subject, owed, thing, due, deadlines, to=readers, key=key, returned_at=returned_at):
            raise Refused(_("Wait until tomorrow: a reminder of this was already sent today."))
        recorded_on = history_owner(subject, thing)
        _record(recorded_on, owed, thing, by)
    return recorded_on


def _items_owed(kind: str, pk: int, code: str) -> list[Any]:
    return list(with_returned_at(TodoItem.objects.on([(kind, pk)]).visible_at(clock.now()).filter(code=code)))


def history_owner(subject: TodoSubject, thing: Any) -> Any:
    """The thing whose history records the reminder: the exchange for its parts, the visit for its shared part."""
    holds = subject.holds_up
    return thing if holds is None else getattr(thing, holds.relation)


@in_the_portals_language
def _record(thing: Any, owed: Declaration, owed_on: Any, by: Actor) -> None:
    now = clock.now()
    StateEvent.objects.create(
        kind=kind_of(thing),
        thing_id=thing.pk,
        label=thing.event_label(),
        transition=REMIND,
        from_state=thing.state,
        to_state=thing.state,
        by_user=by.user,
        side=min(sides_of(by, thing)),
        principal_label=str(by.label),
        reason=str(owed.label),
        details={"kind": kind_of(owed_on), "id": owed_on.pk, "code": owed.todo.code},
        happened_at=now,
        recorded_at=now,
    )
