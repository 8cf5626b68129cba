"""Forms of a stay: its plan, the agreed and the actual figures."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.text_fields import OneLineFormField
from exchanges.forms.fields import amount_field, day_field, reason_field
from exchanges.models import Exchange
from profiles.models import ExchangeType, Sector


class StayForm(forms.Form):
    """First and last day of a stay."""

    start = day_field(gettext_lazy("First day"))
    end = day_field(gettext_lazy("Last day"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        start, end = values.get("start"), values.get("end")
        if start and end and end < start:
            self.add_error("end", _("The last day is before the first."))
        return values


class PlanForm(StayForm):
    """What is planned: type and dates. The portal counts the days."""

    type = forms.ModelChoiceField(
        label=gettext_lazy("Type of exchange"), queryset=ExchangeType.objects.all(), required=False
    )

    @staticmethod
    def initial_of(exchange: Exchange) -> dict[str, Any]:
        return {"start": exchange.planned_start, "end": exchange.planned_end, "type": exchange.type_id}


class AgreedForm(StayForm):
    """What was agreed: dates, sector, and the lump sum of a physical exchange."""

    sector = forms.ModelChoiceField(label=gettext_lazy("Sector"), queryset=Sector.objects.all(), required=False)
    lump_sum = amount_field(gettext_lazy("Lump sum"), required=False)

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not exchange.is_physical:
            self.fields["lump_sum"].widget = forms.HiddenInput()
            self.fields["lump_sum"].disabled = True

    @staticmethod
    def initial_of(exchange: Exchange) -> dict[str, Any]:
        sector = exchange.sector_id or exchange.organisation.sector_id
        amount = exchange.agreed_lump_sum
        return {"start": exchange.agreed_start, "end": exchange.agreed_end, "sector": sector, "lump_sum": amount}


class ActualForm(StayForm):
    """What happened: dates, the days not worked with the reason of each, and why it is corrected."""

    field_order = ("start", "end")

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        off = {row.day: row.reason for row in exchange.days_not_worked.all()}
        self.days = days_that_could_be_off(exchange)
        for day in self.days:
            label = _("%(day)s not worked, because") % {"day": date_format(day, "D j F Y")}
            self.fields[f"off_{day}"] = OneLineFormField(label=label, required=False, initial=off.get(day, ""))
        self.fields["reason"] = reason_field()

    @staticmethod
    def initial_of(exchange: Exchange) -> dict[str, Any]:
        return {"start": exchange.actual_start, "end": exchange.actual_end}

    def days_off(self) -> dict[date, str]:
        """The days not worked within the stay, each with its reason."""
        values = self.cleaned_data
        off = {day: values[f"off_{day}"].strip() for day in self.days if values["start"] <= day <= values["end"]}
        return {day: reason for day, reason in off.items() if reason}


def days_that_could_be_off(exchange: Exchange) -> list[date]:
    """The days of the stay that count, so that one could be missing."""
    first = exchange.agreed_start or exchange.visit.first_day
    last = exchange.agreed_end or exchange.visit.last_day
    return exchange.days_counted(first, last)
