"""Fields that several forms here share."""

from collections.abc import Collection, Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.text import format_lazy

from cxc.core.text_fields import REASON_LABELS, FreeTextFormField
from cxc.web.fields import AmountField, DayField, HourField

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


def add_help_texts(
    form: forms.BaseForm, help_texts: Mapping[str, Any], needed: Collection[str] = (), *, before: Any = ""
) -> None:
    """Say beside each field what belongs in it, and which ones have to be filled in `before` the next step."""
    for name, field in form.fields.items():
        texts = [help_texts.get(name, field.help_text)]
        if name in needed and not field.required:
            texts.append(before)
            field.label = format_lazy("{} *", field.label)
        field.help_text = " ".join(str(one) for one in texts if one)


def reason_field(*, required: bool = True) -> FreeTextFormField:
    """Why: kept in the history."""
    return text_field(REASON_LABELS[required], rows=3, required=required)


def amount_field(label: Any, *, required: bool = True, help_text: Any = "") -> AmountField:
    """An amount in EUR, to the cent."""
    return AmountField(label=label, required=required, help_text=help_text)


def zone_choices() -> list[tuple[str, str]]:
    """The IANA zones of places."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(SKIPPED_ZONES))
    return [(zone, zone.replace("_", " ")) for zone in zones]
