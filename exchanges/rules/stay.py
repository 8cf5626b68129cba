"""Dates and working days of an exchange: local dates of the host country. Rule: docs/rules.md, Working days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from dateutil.relativedelta import relativedelta
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cxc.core import calendar
from cxc.core.models import HolidayChange
from profiles.models import Generation, Participation

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figures:
    """Start, end (local dates), working days and lump sum (EUR) of one stage."""

    start: date | None
    end: date | None
    working_days: int | None
    lump_sum: Decimal | None


class Stages(Protocol):
    """What has planned, agreed and actual figures, each under a name that begins with its stage."""

    @property
    def payable(self) -> Decimal | None: ...


class Days(Protocol):
    """A visit's first and last day, local to it."""

    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...


class Exchange(Protocol):
    """What the rules of a stay read of an exchange."""

    @property
    def visit(self) -> Days: ...
    @property
    def generation(self) -> Generation: ...
    @property
    def participation(self) -> Participation | None: ...
    @property
    def modality(self) -> str: ...


def figures_of(exchange: Stages, stage: str) -> Figures:
    """The planned, agreed or actual figures; the actual lump sum is the payable amount."""
    lump_sum = exchange.payable if stage == "actual" else getattr(exchange, f"{stage}_lump_sum")
    return Figures(
        getattr(exchange, f"{stage}_start"),
        getattr(exchange, f"{stage}_end"),
        getattr(exchange, f"{stage}_working_days"),
        lump_sum,
    )


def stay_problem(exchange: Exchange, figures: Figures) -> str:
    """Why this stay is not possible; '' when it is."""
    if problem := order_problem(figures):
        return problem
    return (
        _longest_problem(exchange, figures)
        or _least_problem(exchange, figures)
        or visit_problem(exchange, figures)
        or _generation_problem(exchange, figures)
    )


def actual_stay_problem(exchange: Exchange, figures: Figures) -> str:
    """Why a stay can't have been like this; '' when it can. It may fall below the least working days."""
    return order_problem(figures) or _longest_problem(exchange, figures) or _generation_problem(exchange, figures)


def order_problem(figures: Figures) -> str:
    """Whether both days are there, the first before the last."""
    if figures.start is None or figures.end is None:
        return _("Enter the first and the last day of the stay.")
    if figures.end < figures.start:
        return _("Enter a last day that is not before the first: %(end)s is before %(start)s.") % {
            "end": date_format(figures.end),
            "start": date_format(figures.start),
        }
    return ""


def visit_problem(exchange: Exchange, figures: Figures) -> str:
    """Whether the stay lies within the visit's dates."""
    visit, (start, end) = exchange.visit, _days(figures)
    if visit.first_day <= start and end <= visit.last_day:
        return ""
    return _("Choose days within the visit, %(first)s to %(last)s.") % {
        "first": date_format(visit.first_day),
        "last": date_format(visit.last_day),
    }


def _days(figures: Figures) -> tuple[date, date]:
    assert figures.start is not None
    assert figures.end is not None
    return figures.start, figures.end


def _longest_problem(exchange: Exchange, figures: Figures) -> str:
    """One month: the end before the start plus one calendar month."""
    start, end = _days(figures)
    months = exchange.generation.max_stay_months
    limit = start + relativedelta(months=months)
    if end < limit:
        return ""
    sentence = ngettext(
        "Shorten the stay: it must end before %(limit)s, because a stay lasts at most %(months)s month.",
        "Shorten the stay: it must end before %(limit)s, because a stay lasts at most %(months)s months.",
        months,
    )
    return sentence % {"months": months, "limit": date_format(limit)}


def _least_problem(exchange: Exchange, figures: Figures) -> str:
    days, least = figures.working_days or 0, exchange.generation.min_working_days
    if days >= least:
        return ""
    return _("Make the stay longer: it has %(days)s working days, and at least %(least)s are needed.") % {
        "days": days,
        "least": least,
    }


def _generation_problem(exchange: Exchange, figures: Figures) -> str:
    """Start not before the generation's first day, end not after the last day of the visitor's Partnership."""
    generation, participation, (start, end) = exchange.generation, exchange.participation, _days(figures)
    if start < generation.first_day:
        first = date_format(generation.first_day)
        return _("Choose later days: %(generation)s begins on %(day)s.") % {"generation": generation, "day": first}
    last = participation.last_day_for(exchange.modality) if participation else generation.last_day
    return (
        ""
        if end <= last
        else _("Choose earlier days: the stay must end by %(day)s in this generation.") % {"day": date_format(last)}
    )


def working_dates(
    country_code: str, start: date, end: date, *, worked: Collection[date] = (), not_worked: Collection[date] = ()
) -> list[date]:
    """The days that count in a country, with the holidays the Support Office added or removed."""
    added, removed = holiday_changes(country_code)
    return calendar.working_dates(
        start, end, country=country_code, added=added, removed=removed, worked=worked, not_worked=not_worked
    )


def holiday_changes(country_code: str) -> tuple[frozenset[date], frozenset[date]]:
    """The days added to, and removed from, a country's national holidays."""
    changes = list(HolidayChange.objects.filter(country_code=country_code))
    return (
        frozenset(change.day for change in changes if change.is_holiday),
        frozenset(change.day for change in changes if not change.is_holiday),
    )
