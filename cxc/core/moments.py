"""Moments for people: by the clock of a place, which is named beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.core.zone_names import NAMES

OFFICE_ZONE = "Europe/Brussels"  # the Support Office's, and of people who belong to no body yet

_reader: ContextVar[Callable[[], str] | None] = ContextVar("zone of the reader", default=None)


@contextmanager
def read_by(zone: Callable[[], str]) -> Iterator[None]:
    """Within the block moments are told by this reader's clock, unless a place is named; asked when needed."""
    token = _reader.set(zone)
    try:
        yield
    finally:
        _reader.reset(token)


def reader_zone() -> str:
    """The IANA zone of the reader; the Support Office's where no reader is known."""
    known = _reader.get()
    return known() if known else OFFICE_ZONE


def local(moment: datetime, zone: str = "") -> datetime:
    """The same moment by the clock of that IANA zone; the reader's where none is said."""
    return moment.astimezone(ZoneInfo(zone or reader_zone()))


def local_day(moment: datetime, zone: str = "") -> date:
    """The day it is there at that moment."""
    return local(moment, zone).date()


@lru_cache(maxsize=4096)
def day_text(day: date, form: str, language: str | None) -> str:
    """The day in one of Django's forms, as this language writes it, which must be the active one.

    A page shows the same few days again and again, so texts are cached.
    """
    return date_format(day, form)


def moment_text(moment: datetime, zone: str = "") -> str:
    """Day, time and whose time it is: “3 Nov 2026, 10:05 (Brussels time)”."""
    there = date_format(local(moment, zone), "DATETIME_FORMAT")
    return f"{there} ({zone_name(zone)})"


def zone_name(zone: str = "") -> str:
    """What people call a zone: by its city."""
    zone = zone or reader_zone()
    if zone in NAMES:
        return str(NAMES[zone])
    return zone if zone == "UTC" else _("%(city)s time") % {"city": zone.rpartition("/")[2].replace("_", " ")}
