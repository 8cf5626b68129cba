"""Which days of a visit may be marked as worked, or as not worked. Rule: docs/rules.md, Working days."""

from datetime import date
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exchanges.rules.stay import working_dates
from profiles.models import Country


class Visit(Protocol):
    """What is read of a visit."""

    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def host_country(self) -> Country: ...


def outside_problem(visit: Visit, day: date) -> str:
    """Says that the day is not one of the visit's; '' when it is."""
    if visit.first_day <= day <= visit.last_day:
        return ""
    return _("Choose a day within the visit, %(first)s to %(last)s: %(day)s is not.") % {
        "day": date_format(day),
        "first": date_format(visit.first_day),
        "last": date_format(visit.last_day),
    }


def mark_problem(visit: Visit, day: date, *, is_worked: bool, reason: str, has_item: bool) -> str:
    """Why the day can't be marked so; '' when it can. `has_item`: whether something is on its agenda."""
    if problem := outside_problem(visit, day):
        return problem
    values = {"day": date_format(day)}
    counts = bool(working_dates(visit.host_country.pk, day, day))  # by the calendar alone, without any mark
    if is_worked and counts:
        return (
            _("Leave %(day)s unmarked: it counts anyway, and only a weekend or a holiday is marked as worked.") % values
        )
    if is_worked and not has_item:
        return _("Add an agenda item on %(day)s first: a day is worked when the agenda says so.") % values
    if not is_worked and not counts:
        return _("Leave %(day)s unmarked: it is a weekend or a holiday and does not count anyway.") % values
    if not is_worked and not reason:
        return _("Say why %(day)s is not worked.") % values
    return ""
