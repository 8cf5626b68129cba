"""What a list is narrowed down by, in words, each with the address without it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms import MultipleChoiceField
from django.utils.formats import date_format

from matching.browsing.address import canonical
from matching.browsing.form import CatalogueForm

# Not narrowing: they stand elsewhere on the page.
ELSEWHERE = frozenset({"order", "for", "hidden", "kind"})


@dataclass(frozen=True)
class Chip:
    """One filter that is on."""

    label: str
    without: str


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
