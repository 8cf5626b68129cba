"""The one address of a view: the same filters give the same address, and that brings the same view to anybody."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from matching.catalogue.form import CatalogueForm

MAX_LENGTH = 4000


def canonical_query(form: CatalogueForm, **changes: Any) -> str:
    """The query string of a valid form, filters in the form's order, values in theirs.

    `kind` always stands in it, for whoever asks without has a default of their own.
    """
    values = form.cleaned_data | changes
    pairs = [(name, value) for name in form.fields for value in _values(values.get(name))]
    if not values.get("kind"):
        pairs.insert(1 if values.get("q") else 0, ("kind", ""))
    return urlencode([pair for pair in pairs if pair != ("order", "date")])


def clean_query(query: str) -> str:
    """A query string of somebody else's making, written anew: nothing but names and values."""
    return urlencode(parse_qsl(query[:MAX_LENGTH], keep_blank_values=True, errors="replace"))


def _values(value: Any) -> list[str]:
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, date):
        return [value.isoformat()]
    if value is True:
        return ["on"]
    return [str(value)] if value else []
