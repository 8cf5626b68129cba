"""Only plain values may reach a document's template.

A model would let a template query the database and print something else tomorrow; a lazy
translation would print the reader's language. Neither could give the same bytes again.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal

_LEAVES = (str, bool, int, Decimal, date, datetime, time, type(None))


def plain(value: object, *, where: str = "context") -> None:
    """Return when the value is text, number, date, None, or a list, mapping or frozen dataclass of such.

    TypeError names the first place that is not (`context.parties[2].country`).
    """
    if isinstance(value, Mapping):
        for key, inner in value.items():
            plain(inner, where=f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            plain(inner, where=f"{where}[{index}]")
    elif _frozen_dataclass(value):
        for field in fields(value):  # type: ignore[arg-type]
            plain(getattr(value, field.name), where=f"{where}.{field.name}")
    elif not isinstance(value, _LEAVES):
        raise TypeError(f"{where} is a {type(value).__name__}: a document takes plain values only.")


def _frozen_dataclass(value: object) -> bool:
    params = getattr(value, "__dataclass_params__", None)
    return is_dataclass(value) and not isinstance(value, type) and bool(params and params.frozen)
