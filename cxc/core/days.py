"""Days that people type, compared with today at the place where they count."""

from datetime import date, datetime
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.core.moments import local_day


class Country(Protocol):
    """Anything with a time zone and a name."""

    time_zone: str


def today_in(country: Country, moment: datetime | None = None) -> date:
    """The local date there, now or at another moment."""
    return local_day(moment or clock.now(), country.time_zone)


def future_day_error(day: date, country: Country, moment: datetime | None = None) -> str:
    """Why this day can't have passed yet in that country; '' for today there and before."""
    today = today_in(country, moment)
    if day <= today:
        return ""
    return _("%(day)s is still to come: in %(country)s it is %(today)s.") % {
        "day": date_format(day),
        "country": country,
        "today": date_format(today),
    }
