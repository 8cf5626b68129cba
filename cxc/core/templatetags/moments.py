"""The one way in which templates show a moment (`tests/core/test_moments.py` reads them all)."""

from datetime import datetime
from typing import Any

from django import template
from django.templatetags.tz import do_timezone

from cxc.core import moments

register = template.Library()


@register.filter
def moment(value: Any, zone: str = "") -> str:
    """Day and time by the clock of that zone, with its name; the reader's where none is said."""
    return moments.moment_text(value, zone) if isinstance(value, datetime) else ""


@register.filter
def local(value: Any, zone: str = "") -> Any:
    """The moment by the clock of that zone, for `|date`, where the day alone is shown."""
    return do_timezone(value, zone or moments.reader_zone())


@register.simple_tag
def office_zone() -> str:
    """The name of the zone in which the Django admin shows moments."""
    return moments.zone_name(moments.OFFICE_ZONE)
