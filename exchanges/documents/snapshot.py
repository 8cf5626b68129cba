"""A document's plain values as JSON, to be kept with its version, and back.

A version prints tomorrow what it printed when it was validated, whatever was edited since. What is
not part of the version (mark, signatures, an IBAN that will be erased) is put in by
`dataclasses.replace` after thawing.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder

Context = TypeVar("Context")

_READERS: dict[Any, Callable[[str], Any]] = {date: date.fromisoformat, time: time.fromisoformat, Decimal: Decimal}


def to_snapshot(context: Any) -> dict[str, Any]:
    """The context as a JSON object: days and times in ISO 8601, amounts as text to the cent."""
    return json.loads(json.dumps(asdict(context), cls=DjangoJSONEncoder))


def from_snapshot(kind: type[Context], content: dict[str, Any]) -> Context:
    """The context that `to_snapshot` was given. KeyError or TypeError when the content is of another kind."""
    hints = get_type_hints(kind)
    return kind(**{name: _value(hints[name], value) for name, value in content.items()})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(hint, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is list:
        return [_value(get_args(hint)[0], inner) for inner in value]
    if is_dataclass(hint):
        return from_snapshot(hint, value)  # type: ignore[arg-type]
    read = _READERS.get(hint)
    return read(value) if read else value
