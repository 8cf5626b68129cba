"""The filters in use as chips: each with its label and the address without it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import MultipleChoiceField
from django.utils.formats import date_format

from matching.catalogue.form import ORDERS, CatalogueForm
from matching.catalogue.query_string import canonical_query

# Not narrowing: they stand elsewhere on the page.
NOT_FILTERS = frozenset({"order", "for", "hidden", "kind"})


@dataclass(frozen=True)
class FilterChip:
    """A link to the list as it would be: without a filter, or in an order (the present one `is_on`)."""

    label: str
    query: str
    is_on: bool = False


def filter_chips(form: CatalogueForm) -> Iterator[FilterChip]:
    """Every value of a valid form that narrows the list."""
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in NOT_FILTERS or not value:
            continue
        if isinstance(field, MultipleChoiceField):
            yield from _chip_per_value(form, name, field, value)
        else:
            yield FilterChip(_chip_label(field, value), canonical_query(form, **{name: None}))


def order_links(form: CatalogueForm, *, with_fit: bool) -> list[FilterChip]:
    """The orders that the list can take; by fit where it is clear for which profile."""
    now = form.cleaned_data["order"] or "date"
    return [
        FilterChip(str(label), canonical_query(form, order=name), is_on=name == now)
        for name, label in ORDERS
        if name != "fit" or with_fit
    ]


def _chip_per_value(form: CatalogueForm, name: str, field: Any, values: list[str]) -> Iterator[FilterChip]:
    labels = dict(_flat_choices(field.choices))
    for value in values:
        others = [other for other in values if other != value]
        yield FilterChip(f"{field.label}: {labels[value]}", canonical_query(form, **{name: others}))


def _flat_choices(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat_choices(label)
        else:
            yield str(value), label


def _chip_label(field: Any, value: Any) -> str:
    if value is True:
        return str(field.label)
    if hasattr(field, "choices"):
        return f"{field.label}: {dict(_flat_choices(field.choices)).get(str(value), value)}"
    return f"{field.label}: {date_format(value) if hasattr(value, 'isoformat') else value}"
