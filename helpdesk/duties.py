"""What is owed on questions. Who answers: docs/help.md."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.access.scoped import Side, VisibleQuerySet
from cxc.todo.duties import Duty, Frame, Watch
from helpdesk.enums import HelpState
from helpdesk.models import HelpRequest

# The Support Office's working days, where no Partnership's seat says otherwise: those of the Union's institutions.
OFFICE_COUNTRY = "BE"


def _questions() -> VisibleQuerySet:
    waiting = (HelpState.OPEN, HelpState.ANSWERED)
    return HelpRequest.objects.filter(state__in=waiting).select_related("partnership", "asked_by")


def _due(request: HelpRequest, frame: Frame) -> date | None:
    country = request.partnership.seat_id if request.partnership else OFFICE_COUNTRY
    return frame.after_working_days(request.waiting_since.date(), frame.scheme.help_answer_working_days, country)


def _waits_for_partnership(request: HelpRequest, _frame: Frame) -> bool:
    return request.state == HelpState.OPEN and not request.is_for_support_office


def _waits_for_office(request: HelpRequest, _frame: Frame) -> bool:
    return request.state == HelpState.OPEN and request.is_for_support_office


def _stuck(request: HelpRequest, frame: Frame) -> bool:
    due = _due(request, frame)
    return _waits_for_partnership(request, frame) and due is not None and due < frame.today()


def _unread(request: HelpRequest, _frame: Frame) -> bool:
    if request.state != HelpState.ANSWERED or request.asked_by_id is None or request.answered_at is None:
        return False
    return request.read_at is None or request.read_at < request.answered_at


def _since(request: Any) -> Any:
    return request.waiting_since


_DUE_SAYS = _("3 working days after it was asked")

QUESTIONS = Watch(
    "helpdesk.helprequest",
    _("Questions"),
    _questions,
    (
        Duty(
            "answer_question",
            _("Answer the question, or pass it on"),
            (Side.PARTNERSHIP,),
            _waits_for_partnership,
            due=_due,
            due_says=_DUE_SAYS,
            reminds=(0, 2, 7),
            words=_("Somebody whose organisation your Partnership looks after waits for an answer."),
            place="write",
            since=_since,
        ),
        Duty(
            "answer_question_so",
            _("Answer the question"),
            (Side.SO,),
            _waits_for_office,
            due=_due,
            due_says=_DUE_SAYS,
            reminds=(0, 2, 7),
            words=_("Somebody waits for an answer of the Support Office."),
            place="write",
            since=_since,
        ),
        Duty(
            "question_stuck",
            _("Its Partnership has not answered in time: send a reminder, or answer instead"),
            (Side.SO,),
            _stuck,
            due=_due,
            place="write",
            since=_since,
        ),
        Duty(
            "read_answer",
            _("Read the answer to your question"),
            (Side.ASKER,),
            _unread,
            since=lambda request: request.answered_at,
        ),
    ),
)
