"""The transitions of an exchange from its start to where it is closed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow import Allowed, transition
from cxc.workflow.notify import Notify
from cxc.workflow.todo import Todo
from exchanges import deadlines, links, notifications
from exchanges.enums import ExchangeState
from exchanges.models.exchange.figures import ExchangeFigures
from exchanges.models.sides import PORTAL, SO, VO, VOP
from exchanges.requirements import completion, money, preparation, stay_as_it_was
from matching.notifications import ALL_PARTIES

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState
IS_CLOSED = Notify(to=ALL_PARTIES, subject=_("The exchange is closed"))


def _visitor_id(exchange: Any) -> int:
    """Nobody decides on the money of an organisation they belong to."""
    found: int = exchange.organisation_id
    return found


def _is_payable_accepted(exchange: Any) -> bool:
    return exchange.payable_accepted_at is not None


class StayTransitions(ExchangeFigures):
    """Ongoing, closed."""

    class Meta(ExchangeFigures.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Start"),
        source=READY,
        target=ONGOING,
        sides=(Allowed(PORTAL, preparation.start_reached, preparation.no_open_request), Allowed(SO, reason=True)),
        notify=(
            Notify(
                to=ALL_PARTIES,
                subject=_("The exchange has started"),
                text=_(
                    "Visitor: collect evidence of your stay while you are there, and write your report within"
                    " %(far_days)s days."
                ),
            ),
        ),
    )
    def begin_stay(self) -> None:
        self.started_at = self.moment
        self.actual_start, self.actual_end = self.agreed_start, self.agreed_end
        self.actual_working_days = self.agreed_working_days

    @transition(
        "state",
        label=_("Undo the start"),
        source=ONGOING,
        target=PREPARATION,
        sides=(SO,),
        reason=True,
        requires=(completion.nothing_paid,),
        notify=(notifications.SET_BACK,),
    )
    def undo_start(self) -> None:
        self._clear_actual_figures()

    @transition(
        "state",
        label=_("Correct the actual figures"),
        source=ONGOING,
        sides=(Allowed(VOP, stay_as_it_was.only_downwards), SO),
        reason=True,
        requires=(completion.nothing_paid,),
        invariants=(
            stay_as_it_was.actual_stay_fits,
            stay_as_it_was.not_above_agreed,
            stay_as_it_was.days_off_are_valid,
            preparation.host_place_available,
        ),
        button=False,
        notify=(Notify(to=(VO,), subject=_("Actual figures corrected"), text=notifications.actual_days),),
    )
    def correct_actual(self, *, start: date, end: date, days_off: Mapping[date, str]) -> dict[str, Any]:
        """`days_off`: days not worked, each with its reason. The days stay counted by the portal.

        A payable amount that was accepted is to be accepted anew.
        """
        self.days_not_worked.all().delete()
        for day, reason in days_off.items():
            if reason.strip():  # `days_off_are_valid` refuses the others, with a sentence
                self.days_not_worked.create(day=day, reason=reason)
        self.actual_start, self.actual_end = start, end
        self.actual_working_days = self._count_actual()
        self._clear_payable()
        return {
            "start": start.isoformat(),
            "end": end.isoformat(),
            "days_off": {day.isoformat(): reason for day, reason in days_off.items()},
            "working_days": self.actual_working_days,
        }

    @transition(
        "state",
        label=_("Accept the payable amount"),
        source=ONGOING,
        sides=(Allowed(VOP, money.enough_days_for_partnership), Allowed(SO, money.so_decides_payable)),
        requires=(
            completion.is_physical,
            completion.no_conflict,
            completion.exchange_has_ended,
            completion.nothing_paid,
        ),
        invariants=(money.payable_is_valid,),
        button=False,
        todo=(
            Todo(
                "accept_payable",
                (VOP,),
                _("Accept the payable amount"),
                due=deadlines.REPORT,
                page=links.payable,
                conflict=_visitor_id,
                after=(completion.far_accepted, completion.evidence_accepted),
                hides_when=_is_payable_accepted,
                permission="money",
            ),
            Todo(
                "decide_payable",
                (SO,),
                _("Decide the payable amount of a stay below the minimum of working days"),
                due=deadlines.REPORT,
                page=links.payable,
                after=(completion.far_accepted, completion.evidence_accepted),
                hides_when=lambda exchange: _is_payable_accepted(exchange) or money.has_enough_days(exchange),
                permission="money",
            ),
        ),
        notify=(Notify(to=(VO,), subject=_("The payable amount is decided"), text=notifications.payable_amount),),
    )
    def accept_payable(self, *, amount: Decimal | None = None, why: str = "") -> dict[str, str]:
        """`amount` None takes the rule's; a departure from it carries why. Never above the agreement."""
        self.payable = self.payable_by_rule() if amount is None else amount
        self.payable_why = why.strip()
        self.payable_accepted_at = self.moment
        return {"amount": str(self.payable), "why": why}

    @transition(
        "state",
        label=_("Close"),
        source=ONGOING,
        target=CLOSED,
        sides=(VOP, SO),
        requires=(
            completion.exchange_has_ended,
            completion.far_accepted,
            completion.evidence_accepted,
            completion.payable_accepted,
        ),
        todo=Todo("close", (VOP,), _("Everything is there: close the exchange"), anchor="state"),
        notify=(IS_CLOSED,),
    )
    def close(self) -> None:
        self.closed_at = self.moment

    @transition(
        "state",
        label=_("Close without report or evidence: nothing is paid"),
        source=ONGOING,
        target=CLOSED,
        sides=(SO,),
        reason=True,
        requires=(completion.exchange_has_ended, completion.nothing_paid),
        notify=(IS_CLOSED,),
    )
    def close_unpaid(self) -> None:
        self.closed_at = self.moment
        if self.is_physical:
            self.payable, self.payable_why = Decimal(0), self.context.reason
            self.payable_accepted_at = self.moment

    @transition(
        "state",
        label=_("Reopen"),
        source=CLOSED,
        target=ONGOING,
        sides=(SO,),
        reason=True,
        notify=(Notify(to=ALL_PARTIES, subject=_("The exchange is open again")),),
    )
    def reopen(self) -> None:
        self.closed_at = None
