"""The one way in which templates show a moment (`tests/core/test_moments.py` reads them all)."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.tz import do_timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
def period(first: date | None, last: date | None) -> SafeString:
    """“3 Nov 2026 – 5 Nov 2026”: a line may end between the two days, not within one."""
    return format_html(
        '<span class="text-nowrap">{}</span> – <span class="text-nowrap">{}</span>', _day(first), _day(last)
    )


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else "–"


@register.simple_tag
def office_zone() -> str:
    """The name of the zone in which the Django admin shows moments."""
    return moments.zone_name(moments.OFFICE_ZONE)
