"""An exchange's figures: its ceiling, what its days give, how planned, agreed and actual ones are set."""

from datetime import date
from decimal import Decimal
from typing import Any

from exchanges.enums import VALIDATED_STATES
from exchanges.models.exchange.fields import ExchangeFields
from exchanges.models.visit import Visit
from exchanges.rules.money import share_of
from exchanges.rules.stay import working_dates
from exchanges.rules.visit_move import Days
from profiles.models import ExchangeType, LumpSumCeiling


class ExchangeFigures(ExchangeFields):
    """Days are counted by the portal, never typed; amounts are EUR. Rule: docs/rules.md, Working days; Money."""

    class Meta(ExchangeFields.Meta):
        abstract = True

    # --- money -------------------------------------------------------------------------------

    @property
    def ceiling(self) -> Decimal | None:
        """The most that may be paid, in EUR: frozen with the agreement, else the host country's
        on the start date, or the higher one that the Support Office set. None: there is none."""
        if self.frozen_ceiling is not None:
            return self.frozen_ceiling
        return self.live_ceiling(self.agreed_start or self.planned_start)

    def live_ceiling(self, day: date | None) -> Decimal | None:
        """Looked up for a start on this day: the host country's, or the higher one set for this exchange."""
        known = self._country_ceiling_on(day)
        if self.ceiling_override is None:
            return known
        return max(self.ceiling_override, known or Decimal(0))

    def country_ceiling(self) -> Decimal | None:
        """The host country's on the start date, in EUR."""
        return self._country_ceiling_on(self.agreed_start or self.planned_start)

    def _country_ceiling_on(self, day: date | None) -> Decimal | None:
        return LumpSumCeiling.amount_for(self.host.country_id, day) if day else None

    def _pay_out_share(self, ceiling: Decimal | None, days: int | None) -> Decimal | None:
        """What the Partnership's pay-out rule gives of a ceiling for this many working days, in EUR."""
        if ceiling is None or days is None:
            return None
        return share_of(ceiling, self.vop.payout_percent(days))

    def payable_by_rule(self) -> Decimal | None:
        """Pay-out rule on the actual working days, at most the agreement's amount, in EUR."""
        by_rule = self._pay_out_share(self.ceiling if self.is_physical else None, self.actual_working_days)
        if by_rule is None or self.agreed_lump_sum is None:
            return None
        return min(by_rule, self.agreed_lump_sum)

    def days_counted(self, start: date, end: date) -> list[date]:
        """The days that count at the host's, with the visit's marked days, before this visitor's days off."""
        worked, not_worked = self.visit.marked_days()
        return working_dates(self.host.country_id, start, end, worked=worked, not_worked=not_worked)

    def count_days(self, start: date, end: date) -> int:
        """How many of them there are from start to end."""
        return len(self.days_counted(start, end))

    # --- how they are set ---------------------------------------------------------------------

    def _change_plan(self, start: date, end: date, type: ExchangeType | None) -> dict[str, Any]:
        self.type = type
        self._plan(start, end)
        return {"start": start.isoformat(), "end": end.isoformat(), "type": type.name if type else ""}

    def _plan(self, start: date, end: date) -> None:
        """Take over planned dates; days are counted and the lump sum follows the pay-out rule."""
        self.planned_start, self.planned_end = start, end
        self.planned_working_days = self.count_days(start, end) if start <= end else 0
        ceiling = self.live_ceiling(start) if self.is_physical else None
        self.planned_lump_sum = self._pay_out_share(ceiling, self.planned_working_days)

    def _recount(self) -> dict[str, Any]:
        """The agreed amount stays: the visitor's Partnership sets it."""
        before = self.agreed_working_days
        if self.planned_start and self.planned_end:
            self._plan(self.planned_start, self.planned_end)
        self.agreed_working_days = self.agreed_days_now()
        return {
            "planned": self.planned_working_days,
            "agreed": self.agreed_working_days,
            "dates_changed": before != self.agreed_working_days,
        }

    def _move(self, visit: Visit, planned: Days | None, agreed: Days | None) -> dict[str, Any]:
        """Take over other days, on this visit: days and amounts are counted anew, sector and texts stay.

        An agreed amount that followed the pay-out rule follows it again; another one stays, at most the new ceiling.
        """
        before = self.agreed_lump_sum
        by_rule = before is not None and before == self._pay_out_share(self.ceiling, self.agreed_working_days)
        self.visit, self.frozen_ceiling = visit, None
        if planned is not None:
            self._plan(planned.first, planned.last)
        if agreed is not None:
            self.agreed_start, self.agreed_end = agreed.first, agreed.last
            self.agreed_working_days = self.count_days(agreed.first, agreed.last)
        self._adapt_amount(by_rule=by_rule)
        return self._moved_figures() | {"amount_changed": before != self.agreed_lump_sum}

    def _adapt_amount(self, *, by_rule: bool) -> None:
        ceiling = self.ceiling
        if self.agreed_lump_sum is None or ceiling is None:
            return
        share = self._pay_out_share(ceiling, self.agreed_working_days) if by_rule else None
        self.agreed_lump_sum = min(self.agreed_lump_sum, ceiling) if share is None else share

    def _moved_figures(self) -> dict[str, Any]:
        days = {name: getattr(self, name) for name in ("planned_start", "planned_end", "agreed_start", "agreed_end")}
        return {
            "visit": self.visit_id,
            **{name: day.isoformat() if day else "" for name, day in days.items()},
            "working_days": self.planned_working_days if self.agreed_start is None else self.agreed_working_days,
        }

    def agreed_days_now(self) -> int | None:
        """The agreed working days counted anew, unless they stand in a validated CTQ."""
        if self._ctq_is_validated() or self.agreed_start is None or self.agreed_end is None:
            return self.agreed_working_days
        return self.count_days(self.agreed_start, self.agreed_end)

    def set_agreed_lump_sum(self, amount: Decimal) -> None:
        """The agreement's amount, in EUR; what was accepted as payable above it is to be accepted anew."""
        self.frozen_ceiling, self.agreed_lump_sum = None, amount
        if self.payable is not None and self.payable > amount:
            self._clear_payable()
        names = ["agreed_lump_sum", "frozen_ceiling", "payable", "payable_why", "payable_accepted_at"]
        self.save(update_fields=names)

    def _enter_preparation(self) -> None:
        """Agreed figures start as a copy of the planned."""
        if self.agreed_start is None:
            self.agreed_start, self.agreed_end = self.planned_start, self.planned_end
            self.agreed_working_days = self.planned_working_days
            self.agreed_lump_sum = self.planned_lump_sum

    def _ctq_is_validated(self) -> bool:
        """A validated CTQ keeps the count it was validated with, whatever becomes of the holidays."""
        own = self.own_part_or_none
        return own is not None and own.state in VALIDATED_STATES

    def _clear_actual_figures(self) -> None:
        self.started_at = self.ready_at = None
        self.actual_start = self.actual_end = self.actual_working_days = None
        self.days_not_worked.all().delete()
        self._clear_payable()

    def _count_actual(self) -> int:
        """As agreed while the stay is as agreed: a count that was signed stays, whatever becomes of holidays."""
        as_agreed = (self.actual_start, self.actual_end) == (self.agreed_start, self.agreed_end)
        if as_agreed and self.agreed_working_days is not None:
            return max(0, self.agreed_working_days - self.days_not_worked.count())
        assert self.actual_start is not None
        assert self.actual_end is not None
        off = {row.day for row in self.days_not_worked.all()}
        return len(set(self.days_counted(self.actual_start, self.actual_end)) - off)

    def _raise_ceiling(self, ceiling: Decimal) -> dict[str, str]:
        self.ceiling_override = ceiling
        if self.planned_start is not None:
            self.planned_lump_sum = self._pay_out_share(
                self.live_ceiling(self.planned_start), self.planned_working_days
            )
        return {"ceiling": str(ceiling)}

    def _clear_payable(self) -> None:
        self.payable, self.payable_why, self.payable_accepted_at = None, "", None
