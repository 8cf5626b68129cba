"""The transitions of an exchange that lead out of it, and back."""

from django.utils.translation import gettext_lazy as _

from cxc.workflow import Allowed, transition
from cxc.workflow.todo import Escalation, Todo
from exchanges import deadlines, notifications
from exchanges.enums import ExchangeState
from exchanges.models.exchange.figures import ExchangeFigures
from exchanges.models.sides import HO, HOP, PORTAL, SO, VO, VOP
from exchanges.requirements import completion, preparation

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState


class CancellationTransitions(ExchangeFigures):
    """Asked to cancel, cancelled, reopened."""

    class Meta(ExchangeFigures.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Ask to cancel"),
        source=(PREPARATION, READY),
        sides=(VO, HO),
        reason=True,
        requires=(preparation.before_start, preparation.no_open_request),
        notify=(notifications.ASKED_TO_CANCEL,),
    )
    def ask_to_cancel(self) -> None:
        self.cancel_asked_at = self.moment
        self.cancel_asked_by = self.context.side
        self.cancel_asked_why = self.context.reason

    @transition(
        "state",
        label=_("Refuse the request to cancel"),
        source=(PREPARATION, READY),
        sides=(VOP, HOP, SO),
        reason=True,
        requires=(preparation.request_open,),
        hides_when=(preparation.request_open,),
        todo=Todo(
            "answer_request",
            (VOP, HOP),
            _("Answer the request to cancel"),
            due=deadlines.DAY_BEFORE_START,
            remind=(-7, -3, 0, 3),
            text=_("The start waits for your answer."),
            anchor="cancel",
            since=lambda exchange: exchange.cancel_asked_at,
            escalate=Escalation(
                "start_waits",
                (SO,),
                _("Answer the request to cancel, or ask for an answer: the start day has come"),
                anchor="cancel",
            ),
        ),
        notify=(notifications.REQUEST_REFUSED,),
    )
    def refuse_to_cancel(self) -> None:
        self._answer_request()

    @transition(
        "state",
        label=_("Cancel the exchange"),
        source=(DRAFT, PREPARATION, READY),
        target=CANCELLED,
        sides=(VOP, HOP, SO, PORTAL),
        reason=True,
        notify=(notifications.CANCELLED,),
    )
    def cancel(self) -> None:
        """By the portal when its visit moves to days on which it can't take place."""
        self._cancel()

    @transition(
        "state",
        label=_("Cancel the ongoing exchange"),
        source=ONGOING,
        target=CANCELLED,
        sides=(SO,),
        reason=True,
        notify=(notifications.CANCELLED,),
    )
    def cancel_ongoing(self) -> None:
        self._cancel()

    @transition(
        "state",
        label=_("Reopen in preparation"),
        source=CANCELLED,
        target=PREPARATION,
        sides=(Allowed(VOP, preparation.cancelled_lately), SO),
        reason=True,
        requires=(
            *preparation.TO_PREPARE,
            preparation.only_exchange_of_match,
            preparation.host_place_available,
            completion.nothing_paid,
        ),
        notify=(notifications.REOPENED,),
    )
    def reopen_cancelled(self) -> None:
        self.cancelled_at = None
        self._clear_actual_figures()
        self._enter_preparation()

    def _cancel(self) -> None:
        self.cancelled_at = self.moment
        self._answer_request()

    def _answer_request(self) -> None:
        self.cancel_asked_at, self.cancel_asked_by, self.cancel_asked_why = None, "", ""
