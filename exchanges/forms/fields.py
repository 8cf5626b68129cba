"""Fields that several forms here share."""

from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

SKIPPED_ZONES = ("Etc/", "US/", "Canada/", "Brazil/", "Mexico/", "Chile/", "SystemV/", "Antarctica/")


def day_field(label: Any, *, required: bool = True, initial: Any = None, help_text: Any = "") -> forms.DateField:
    """A local date, picked in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, initial=initial, help_text=help_text, widget=widget)


def hour_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """A time of the day, local to the visit."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def text_field(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def reason_field(*, required: bool = True) -> forms.CharField:
    """Why: kept in the history."""
    label = _("Reason (compulsory)") if required else _("Reason or remark (if you like)")
    return text_field(label, rows=3, required=required)


def amount_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DecimalField:
    """An amount in EUR, to the cent."""
    return forms.DecimalField(
        label=label, required=required, help_text=help_text, min_value=Decimal(0), max_digits=8, decimal_places=2
    )


def zone_choices() -> list[tuple[str, str]]:
    """The IANA zones of places."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(SKIPPED_ZONES))
    return [(zone, zone.replace("_", " ")) for zone in zones]
