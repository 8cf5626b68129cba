"""Dates, working days and money of an exchange. Rule: the things, Working days; lifecycles, Money.

Amounts are EUR with cents; days are local dates of the host country.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from cxc.ground import calendar
from cxc.ground.models import HolidayChange

if TYPE_CHECKING:
    from exchanges.models import Exchange

NEXT_DAY = timedelta(days=1)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figures:
    """Start, end (local dates), working days and lump sum (EUR) of one stage."""

    start: date | None
    end: date | None
    working_days: int | None
    lump_sum: Decimal | None


def figures_of(exchange: "Exchange", stage: str) -> Figures:
    """The planned, agreed or actual figures; the actual lump sum is the payable amount."""
    lump_sum = exchange.payable if stage == "actual" else getattr(exchange, f"{stage}_lump_sum")
    return Figures(
        getattr(exchange, f"{stage}_start"),
        getattr(exchange, f"{stage}_end"),
        getattr(exchange, f"{stage}_working_days"),
        lump_sum,
    )


def stay_problem(exchange: "Exchange", figures: Figures) -> str:
    """Why this stay is not possible; '' when it is."""
    start, end = figures.start, figures.end
    if start is None or end is None:
        return _("Enter the first and the last day of the stay.")
    if end < start:
        return _("The last day, %(end)s, is before the first, %(start)s.") % {"end": end, "start": start}
    return _length_problem(exchange, figures, start, end) or _frame_problem(exchange, start, end)


def _length_problem(exchange: "Exchange", figures: Figures, start: date, end: date) -> str:
    generation = exchange.generation
    if end >= start + relativedelta(months=generation.max_stay_months):
        return _("The stay is longer than %(months)s month: it must end before %(limit)s.") % {
            "months": generation.max_stay_months,
            "limit": start + relativedelta(months=generation.max_stay_months),
        }
    if (figures.working_days or 0) < generation.min_working_days:
        return _("The stay has %(days)s working days; at least %(least)s are needed.") % {
            "days": figures.working_days or 0,
            "least": generation.min_working_days,
        }
    return ""


def _frame_problem(exchange: "Exchange", start: date, end: date) -> str:
    visit, generation, participation = exchange.visit, exchange.generation, exchange.participation
    if not (visit.first_day <= start and end <= visit.last_day):
        return _("The stay is not within the visit, %(first)s to %(last)s.") % {
            "first": visit.first_day,
            "last": visit.last_day,
        }
    if start < generation.first_day:
        return _("%(generation)s begins on %(day)s only.") % {"generation": generation, "day": generation.first_day}
    last = participation.last_day_for(exchange.modality) if participation else generation.last_day
    return "" if end <= last else _("The stay must end by %(day)s in this generation.") % {"day": last}


def working_days(
    country_code: str, start: date, end: date, *, worked: Collection[date] = (), not_worked: Collection[date] = ()
) -> int:
    """Working days in a country, with the holidays the Support Office added or removed."""
    added, removed = holiday_changes(country_code)
    return calendar.working_days(
        start, end, country=country_code, added=added, removed=removed, worked=worked, not_worked=not_worked
    )


def holiday_changes(country_code: str) -> tuple[frozenset[date], frozenset[date]]:
    """The days added to, and removed from, a country's national holidays."""
    changes = list(HolidayChange.objects.filter(country_code=country_code))
    return (
        frozenset(change.day for change in changes if change.is_holiday),
        frozenset(change.day for change in changes if not change.is_holiday),
    )


def share_of(ceiling: Decimal, percent: Decimal) -> Decimal:
    """A percentage of the ceiling, to the cent."""
    return (ceiling * percent / 100).quantize(CENT, ROUND_HALF_UP)
