"""An exchange as it could be: dates and sums for a visitor of one country and a host of another.

Days are local dates of the host's country; what is owed afterwards is counted by the calendar of the visitor's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cxc.workflow.deadlines import Deadlines, days
from exchanges.rules.money import share_of
from profiles.models import Country, Generation, LumpSumCeiling
from profiles.queries import scheme_values
from profiles.queries.scheme_values import PayoutRule
from profiles.rules import percent_for
from public.queries.host_map import numbers_by_country, published_hosts

_MONDAY = 0
_WEEK = timedelta(days=7)
# Profile, match and papers take about this long before the days at which the papers have to be in.
_PREPARATION = timedelta(days=42)
# Two usual stays: the shortest, and a whole working week.
_WEEK_OF_WORK = 5


@dataclass(frozen=True)
class Payout:
    """What so many working days earn (EUR): least and most, where the Partnerships' rules differ."""

    working_days: int
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class Example:
    """The days in their order. `payouts` is empty where the host country has no ceiling on the first day."""

    visitor: Country
    host: Country
    profile_day: date
    papers_day: date
    first_day: date
    last_day: date
    report_day: date
    answer_day: date
    payment_day: date
    working_days: int
    ceiling: Decimal | None
    payouts: tuple[Payout, ...]


def example_exchange(generation: Generation, visitor: Country, host: Country) -> Example | None:
    """The first week from Monday on that is free of holidays and leaves time for papers.

    None where it would end after the last day of every Partnership that takes part.
    """
    deadlines = Deadlines()
    scheme, least = deadlines.scheme, generation.min_working_days
    papers = days(scheme.ctq_days_before_start)
    stay = _stay(deadlines, deadlines.today(host.time_zone) + papers + _PREPARATION, host, generation)
    if stay is None:
        return None
    first, last = stay
    report = last + days(scheme.far_days)
    answer = deadlines.after_working_days(report, scheme.far_answer_working_days, visitor.pk)
    ceiling = LumpSumCeiling.amount_for(host.pk, first)
    return Example(
        visitor=visitor,
        host=host,
        profile_day=deadlines.today(visitor.time_zone),
        papers_day=first - papers,
        first_day=first,
        last_day=last,
        report_day=report,
        answer_day=answer,
        payment_day=deadlines.after_working_days(answer, scheme.payment_working_days, visitor.pk),
        working_days=least,
        ceiling=ceiling,
        payouts=_payouts(
            ceiling,
            scheme_values.payout_rules(generation, until=last),
            sorted({least, max(least, _WEEK_OF_WORK)}),
        ),
    )


def _stay(deadlines: Deadlines, earliest: date, host: Country, generation: Generation) -> tuple[date, date] | None:
    """First and last day of the first shortest stay from a Monday on with no day off in it.

    It begins in the generation, and a Partnership's participation holds until it has ended (as of `stay_problem`).
    """
    end = generation.last_day_for_profiles()
    if end is None:
        return None
    least = generation.min_working_days
    first = max(earliest, generation.first_day)
    first += days((_MONDAY - first.weekday()) % 7)
    while (last := first + days(_span(least))) <= end:
        if deadlines.working_days(first, last, host.pk) == least:
            return first, last
        first += _WEEK
    return None


def _span(working_days: int) -> int:
    """Calendar days from a Monday to the day that is the so many-th weekday."""
    weeks, rest = divmod(working_days - 1, 5)
    return weeks * 7 + rest


def _payouts(ceiling: Decimal | None, rules: list[PayoutRule], stays: Iterable[int]) -> tuple[Payout, ...]:
    if ceiling is None or not rules:
        return ()
    return tuple(_payout(ceiling, rules, stay) for stay in stays)


def _payout(ceiling: Decimal, rules: list[PayoutRule], working_days: int) -> Payout:
    sums = [share_of(ceiling, percent_for(rule.steps, working_days)) for rule in rules]
    return Payout(working_days, min(sums), max(sums))


def usual_pair(countries: list[Country]) -> tuple[Country, Country] | None:
    """A visitor's and a host's country where nobody has chosen: the two with most hosts.

    None where fewer than two countries participate.
    """
    numbers = numbers_by_country(published_hosts())
    in_order = sorted(countries, key=lambda country: (-numbers.get(country, 0), country.pk))
    return (in_order[1], in_order[0]) if len(in_order) > 1 else None
