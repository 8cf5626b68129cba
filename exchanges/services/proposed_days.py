"""The days that a new visit proposes: the first ahead that fit host and visitor. Rule: docs/rules.md, Visits."""

from collections.abc import Iterable
from datetime import date

from dateutil.relativedelta import relativedelta

from cxc import clock
from cxc.core.models import SchemeSettings
from exchanges.rules.stay import NEXT_DAY, working_dates
from matching.models import Match

Stay = tuple[date, date]


def proposed_days(match: Match) -> Stay | None:
    """First and last local day at the host; None where no stay fits any more.

    As many working days as the visitor asks, at least the generation's; within the periods of both profiles,
    the generation and the participation of the visitor's Partnership. Late enough for the Commitment to Quality
    to reach the Support Office in time, where that leaves a stay, else from tomorrow.
    """
    least = match.generation.min_working_days
    wanted = max(match.visiting_profile.working_days or least, least)
    for days in dict.fromkeys((wanted, least)):
        for first, last in _spans(match):
            if stay := _first_stay(match, first, last, days):
                return stay
    return None


def _spans(match: Match) -> Iterable[Stay]:
    """The spans in which the stay may lie, the best first."""
    tomorrow = clock.today(match.host_profile.organisation.country.time_zone) + NEXT_DAY
    in_time = tomorrow + NEXT_DAY * SchemeSettings.current().ctq_days_before_start
    firsts = _given(match, "available_from")
    lasts = _given(match, "available_to")
    participation = match.visiting_profile.participation
    end = participation.last_day_for(match.modality) if participation else match.generation.last_day
    for from_day in (in_time, tomorrow):
        yield max([from_day, match.generation.first_day, *firsts]), min([end, *lasts])


def _given(match: Match, name: str) -> list[date]:
    days = (getattr(profile, name) for profile in (match.host_profile, match.visiting_profile))
    return [day for day in days if day is not None]


def _first_stay(match: Match, first: date, last: date, days: int) -> Stay | None:
    country = match.host_profile.organisation.country_id
    working = working_dates(country, first, last)
    for start, end in zip(working, working[days - 1 :], strict=False):
        if end < start + relativedelta(months=match.generation.max_stay_months):
            return start, end
    return None
