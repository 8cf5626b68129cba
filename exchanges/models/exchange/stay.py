"""The transitions of an exchange from its start to where it is closed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.workflow import Allowed, transition
from exchanges.enums import ExchangeState
from exchanges.models.exchange.figures import ExchangeFigures
from exchanges.models.sides import PORTAL, SO, VOP
from exchanges.requirements import completion as f
from exchanges.requirements import preparation as b

DRAFT, PREPARATION, READY, ONGOING, CLOSED, CANCELLED = ExchangeState


class StayTransitions(ExchangeFigures):
    """Ongoing, closed."""

    class Meta(ExchangeFigures.Meta):
        abstract = True

    @transition(
        "state",
        label=_("Start"),
        source=READY,
        target=ONGOING,
        sides=(Allowed(PORTAL, b.start_reached, b.no_open_request), Allowed(SO, reason=True)),
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
        requires=(f.nothing_paid,),
    )
    def undo_start(self) -> None:
        self._clear_actual_figures()

    @transition(
        "state",
        label=_("Correct the actual figures"),
        source=ONGOING,
        sides=(Allowed(VOP, f.only_downwards), SO),
        reason=True,
        requires=(f.nothing_paid,),
        invariants=(f.actual_stay_fits, f.not_above_agreed, f.days_off_are_valid, b.host_place_available),
        button=False,
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
        sides=(Allowed(VOP, f.enough_days_for_partnership), Allowed(SO, f.so_decides_payable)),
        requires=(f.is_physical, f.no_conflict, f.exchange_has_ended, f.nothing_paid),
        invariants=(f.payable_is_valid,),
        button=False,
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
        requires=(f.exchange_has_ended, f.far_accepted, f.evidence_accepted, f.payable_accepted),
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
        requires=(f.exchange_has_ended, f.nothing_paid),
    )
    def close_unpaid(self) -> None:
        self.closed_at = self.moment
        if self.is_physical:
            self.payable, self.payable_why = Decimal(0), self.context.reason
            self.payable_accepted_at = self.moment

    @transition("state", label=_("Reopen"), source=CLOSED, target=ONGOING, sides=(SO,), reason=True)
    def reopen(self) -> None:
        self.closed_at = None
