"""The bulk action that reminds those who owe the same on each of its items."""

from functools import partial
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Actor, Side
from cxc.bulk.actions import BulkAction, BulkInput, action_factory
from cxc.todo.remind import remind_now
from cxc.todo.subjects import by_code

PREFIX = "remind:"


def reminder_code(code: str) -> str:
    """The code of the action that reminds of what is owed by this code."""
    return f"{PREFIX}{code}"


@action_factory(PREFIX)
def reminder(code: str) -> BulkAction | None:
    """The action that reminds of it; None where nothing is owed by this code."""
    subject, owed = by_code().get(code, (None, None))
    if subject is None or owed is None:
        return None
    paths = {} if subject.holds_up is None else {subject.holds_up.kind: subject.holds_up.path}
    return BulkAction(
        code=reminder_code(code),
        label=format_lazy("{}: {}", _("Remind"), owed.label),
        kind=subject.kind,
        carry_out=partial(_remind, subject.kind, code),
        # Who owes it on one item may remind others of it on another; who may is asked for each.
        sides=tuple(Side),
        accepts_comment=False,
        paths_to_rows=paths,
        permission=subject.permission,
    )


def _remind(kind: str, code: str, thing: Any, actor: Actor, _entered: BulkInput) -> None:
    remind_now(kind, thing.pk, code, by=actor)
