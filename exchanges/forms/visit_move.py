"""The form by which a visit is asked to move: new days, days of single exchanges, and why."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.enums import MOVABLE_STATES
from exchanges.forms.fields import day_field, reason_field
from exchanges.models import Exchange, Visit
from exchanges.rules.visit_move import Days


class VisitMoveForm(forms.Form):
    """New first and last day of a visit. Each exchange keeps its place in it, unless it is given days of its own."""

    first_day = day_field(gettext_lazy("New first day"))
    last_day = day_field(gettext_lazy("New last day"))

    def __init__(self, *args: Any, visit: Visit, may_name: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reason_field()
        rows = visit.exchanges.filter(state__in=MOVABLE_STATES, pk__in=may_name.values("pk"))
        self.exchanges = list(rows.select_related("organisation").order_by("organisation__legal_name", "pk"))
        for exchange in self.exchanges:
            self._add_days_of(exchange)

    def _add_days_of(self, exchange: Exchange) -> None:
        labels = {"first": _("%(who)s: first day"), "last": _("%(who)s: last day")}
        for edge, label in labels.items():
            text = _("Leave empty to keep its distance from the first day of the visit.")
            field = day_field(label % {"who": exchange.organisation}, required=False, help_text=text)
            self.fields[f"{edge}_{exchange.pk}"] = field

    @property
    def visit_fields(self) -> list[forms.BoundField]:
        """The days of the visit, and why."""
        return [self[name] for name in ("first_day", "last_day", "reason")]

    @property
    def exchange_fields(self) -> list[forms.BoundField]:
        """The days of single exchanges."""
        return [self[f"{edge}_{exchange.pk}"] for exchange in self.exchanges for edge in ("first", "last")]

    @property
    def has_exchange_days(self) -> bool:
        """Whether days of a single exchange were entered, or have an error."""
        return any(field.value() or field.errors for field in self.exchange_fields)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self._check_order("first_day", "last_day")
        for exchange in self.exchanges:
            first, last = f"first_{exchange.pk}", f"last_{exchange.pk}"
            if bool(values.get(first)) != bool(values.get(last)) and not {first, last} & set(self.errors):
                self.add_error(last if values.get(first) else first, _("Enter both days, or none."))
            self._check_order(first, last)
        return values

    def _check_order(self, first: str, last: str) -> None:
        begins, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if begins and ends and ends < begins:
            self.add_error(last, _("The last day is before the first."))

    def days(self) -> dict[str, date]:
        """The new days of the visit, by name."""
        return {name: self.cleaned_data[name] for name in ("first_day", "last_day")}

    def given(self) -> dict[int, Days]:
        """Days of single exchanges, by primary key."""
        pairs = {
            exchange.pk: (self.cleaned_data[f"first_{exchange.pk}"], self.cleaned_data[f"last_{exchange.pk}"])
            for exchange in self.exchanges
        }
        return {pk: Days(first, last) for pk, (first, last) in pairs.items() if first and last}

    def previewed(self) -> str:
        """What the preview showed: asking for anything else is previewed first."""
        days, given = self.days(), self.given()
        own = [f"{pk}:{one.first}:{one.last}" for pk, one in sorted(given.items())]
        return "|".join([str(days["first_day"]), str(days["last_day"]), *own])
