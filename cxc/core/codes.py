"""Codes that stand for something outside the portal: countries (ISO 3166) and time zones (IANA)."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from zoneinfo import available_timezones

import holidays
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Kosovo's is not in ISO 3166; everybody uses it, and the calendar knows it.
_OWN = frozenset({"XK"})


def country_code(typed: str) -> str:
    """The code in capital letters; ValidationError for what is the code of no country."""
    code = typed.strip().upper()
    if code not in _countries():
        raise ValidationError(
            _(
                "“%(code)s” is not the code of a country: write two letters, for example BE for Belgium or XK for"
                " Kosovo*."
            )
            % {"code": typed}
        )
    return code


def check_time_zone(typed: str) -> None:
    """ValidationError for what is no time zone; an empty one is left to the field, which is required."""
    if typed and typed not in available_timezones():
        raise ValidationError(
            _("“%(zone)s” is not a time zone: write its name with its capital letters, for example Europe/Brussels.")
            % {"zone": typed}
        )


@contextmanager
def errors_at(field: str) -> Iterator[None]:
    """Within the block the error of a check belongs to this field of the form."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError({field: error}) from None


@cache
def _countries() -> frozenset[str]:
    return frozenset(holidays.list_supported_countries(include_aliases=False)) | _OWN
