"""Amounts and days of the money of an exchange: EUR with cents, days at the seat of the Partnership."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.core import calendar
from cxc.core.amounts import in_eur
from cxc.core.days import future_day_error
from exchanges.rules.stay import holiday_changes
from profiles.deadlines import seat_date
from profiles.models import Partnership

CENT = Decimal("0.01")


class Exchange(Protocol):
    """What the rules of money read of an exchange."""

    @property
    def vop(self) -> Partnership: ...
    @property
    def agreed_lump_sum(self) -> Decimal | None: ...
    @property
    def ceiling(self) -> Decimal | None: ...
    @property
    def host_country(self) -> object: ...


class Payment(Protocol):
    """What the rules of money read of a payment."""

    @property
    def exchange(self) -> Exchange: ...
    @property
    def created_at(self) -> datetime: ...
    @property
    def amount_due(self) -> Decimal: ...


def seat_day_after(partnership: Partnership, day: date, working_days: int) -> date:
    """So many working days after a day, by the calendar of the Partnership's seat."""
    added, removed = holiday_changes(partnership.seat_id)
    return calendar.add_working_days(day, working_days, country=partnership.seat_id, added=added, removed=removed)


def payment_day_problem(payment: Payment, paid_on: date, now: datetime) -> str:
    """Why a payment can't have been made on this day at the seat of the visitor's Partnership; '' when it can."""
    vop = payment.exchange.vop
    if problem := future_day_error(paid_on, vop.seat, now):
        return problem
    first = seat_date(vop, payment.created_at)
    if paid_on < first:
        return _("Enter a day from %(first)s on: the payment arose then, so it can't have been made on %(day)s.") % {
            "first": date_format(first),
            "day": date_format(paid_on),
        }
    return ""


def amount_problem(exchange: Exchange) -> str:
    """Why the agreed lump sum (EUR) can't be; '' when it is within the ceiling, or not entered."""
    amount, ceiling = exchange.agreed_lump_sum, exchange.ceiling
    if ceiling is None:
        return no_ceiling(exchange)
    if amount is None or amount <= ceiling:
        return ""
    return _("Lower the lump sum of %(amount)s: it is above the ceiling of %(ceiling)s.") % {
        "amount": in_eur(amount),
        "ceiling": in_eur(ceiling),
    }


def no_ceiling(exchange: Exchange) -> str:
    """What to say where the host country has no ceiling on the start date."""
    return _("Ask the Support Office to enter a lump sum ceiling for %(country)s: there is none on that day.") % {
        "country": exchange.host_country
    }


def share_of(ceiling: Decimal, percent: Decimal) -> Decimal:
    """A percentage of the ceiling, to the cent."""
    return (ceiling * percent / 100).quantize(CENT, ROUND_HALF_UP)


def payment_amount_problem(payment: Payment, amount: Decimal) -> str:
    """Why this can't have been paid; '' for more than 0 and at most what is still due."""
    if 0 < amount <= payment.amount_due:
        return ""
    return _("Enter more than 0 and at most the %(amount)s that are still due.") % {
        "amount": in_eur(payment.amount_due)
    }
