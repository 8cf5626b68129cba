"""What is owed on questions beside their transitions, and where questions stand."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.subjects import TodoRule, TodoSubject, register
from cxc.workflow.deadlines import Deadlines
from cxc.workflow.todo import Todo
from helpdesk.enums import HelpState
from helpdesk.models import HelpRequest
from profiles.todo_inputs import SCHEME, together


def _questions() -> VisibleQuerySet:
    waiting = (HelpState.OPEN, HelpState.ANSWERED)
    return HelpRequest.objects.filter(state__in=waiting).select_related("partnership", "asked_by")


def _is_unread(request: Any, _deadlines: Deadlines) -> bool:
    if request.state != HelpState.ANSWERED or request.asked_by_id is None or request.answered_at is None:
        return False
    return request.read_at is None or request.read_at < request.answered_at


READ_ANSWER = TodoRule(
    Todo(
        "read_answer",
        (Side.ASKER,),
        _("Read the answer to your question"),
        since=lambda request: request.answered_at,
    ),
    _is_unread,
)

# Working days are counted at the Partnership's seat.
INPUTS = together({"profiles.partnership": ("partnership",)}, SCHEME)
register(TodoSubject("helpdesk.helprequest", _("Questions"), _questions, rules=(READ_ANSWER,), inputs=INPUTS))
