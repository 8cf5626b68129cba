"""Fields that several forms here share."""

from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from cxc.ground.fields import AmountField, DayField, HourField
from cxc.ground.text_fields import FreeTextFormField

SKIPPED_ZONES = ("Etc/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/", "SystemV/", "Antarctica/")


def day_field(label: Any, *, required: bool = True, initial: Any = None, help_text: Any = "") -> DayField:
    """A local date, typed day first or picked in the browser's own calendar."""
    return DayField(label=label, required=required, initial=initial, help_text=help_text)


def hour_field(label: Any, *, required: bool = True) -> HourField:
    """A time of the day, local to the visit."""
    return HourField(label=label, required=required)


def text_field(label: Any, *, rows: int = 4, required: bool = False, **options: Any) -> FreeTextFormField:
    """Some lines of text."""
    return FreeTextFormField(label=label, rows=rows, required=required, **options)


def reason_field(*, required: bool = True) -> FreeTextFormField:
    """Why: kept in the history."""
    label = _("Reason (compulsory)") if required else _("Reason or remark (if you like)")
    return text_field(label, rows=3, required=required)


def amount_field(label: Any, *, required: bool = True, help_text: Any = "") -> AmountField:
    """An amount in EUR, to the cent."""
    return AmountField(label=label, required=required, help_text=help_text)


def zone_choices() -> list[tuple[str, str]]:
    """The IANA zones of places."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(SKIPPED_ZONES))
    return [(zone, zone.replace("_", " ")) for zone in zones]
