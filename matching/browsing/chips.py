"""What a list is narrowed down by, in words, each with the address without it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import MultipleChoiceField
from django.utils.formats import date_format

from matching.browsing.address import canonical
from matching.browsing.form import ORDERS, CatalogueForm

# Not narrowing: they stand elsewhere on the page.
ELSEWHERE = frozenset({"order", "for", "hidden", "kind"})


@dataclass(frozen=True)
class Chip:
    """A link to the list as it would be: without a filter, or in an order (the present one `is_on`)."""

    label: str
    query: str
    is_on: bool = False


def chips(form: CatalogueForm) -> Iterator[Chip]:
    """Every value of a valid form that narrows the list."""
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if name in ELSEWHERE or not value:
            continue
        if isinstance(field, MultipleChoiceField):
            yield from _each(form, name, field, value)
        else:
            yield Chip(_words(field, value), canonical(form, **{name: None}))


def orders(form: CatalogueForm, *, with_fit: bool) -> list[Chip]:
    """The orders that the list can take; by fit where it is clear for which profile."""
    now = form.cleaned_data["order"] or "date"
    return [
        Chip(str(label), canonical(form, order=name), is_on=name == now)
        for name, label in ORDERS
        if name != "fit" or with_fit
    ]


def _each(form: CatalogueForm, name: str, field: Any, values: list[str]) -> Iterator[Chip]:
    labels = dict(_flat(field.choices))
    for value in values:
        others = [other for other in values if other != value]
        yield Chip(f"{field.label}: {labels[value]}", canonical(form, **{name: others}))


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label


def _words(field: Any, value: Any) -> str:
    if value is True:
        return str(field.label)
    if hasattr(field, "choices"):
        return f"{field.label}: {dict(_flat(field.choices)).get(str(value), value)}"
    return f"{field.label}: {date_format(value) if hasattr(value, 'isoformat') else value}"
