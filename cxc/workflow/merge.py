"""Two people, or one in two tabs, write one record: what each has changed is merged field by field.

A form carries, in its hidden field `base`, a digest of what each of its fields said when it was read. When it is
sent, only the fields that were changed in it are written. A field that was changed here and, differently, elsewhere
is a conflict: nothing is written then, and both texts are shown (docs/forms.md).
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.manager import BaseManager

from cxc.core.sanitise import whole_number
from cxc.workflow import Stale

# How often a write is tried that another one came before.
TRIES = 3

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Merged:
    """`mine`: what was changed here, to be written; `theirs`: fields changed elsewhere alone; `conflicts`: by both."""

    mine: dict[str, Any] = field(default_factory=dict)
    theirs: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Baseline:
    """What the writer started from: the row's version, and a digest of each field as it was read.

    `overwrite`: the version of the row whose other texts were shown beside one's own, and are to be replaced by them.
    """

    version: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    overwrite: int = 0

    @classmethod
    def sent(cls, data: Mapping[str, Any]) -> "Baseline":
        """The baseline that came with a form; version 0, which is always stale, where the form has none."""
        return cls(_number(data, "version_read"), parsed(str(data.get("base", ""))), _number(data, "overwrite"))

    def of(self, row: Any, values: Values) -> dict[str, str]:
        """The digests that count: while the row's version is the one read, fields say what they said then."""
        now = {name: digest(value) for name, value in values.items()}
        return (now if row.row_version == self.version else {}) | dict(self.fields)

    def after(self, typed: Values, merged: "Merged") -> str:
        """What the page reads on from once this was written; what only others changed it has not read yet."""
        seen = {name: digest(value) for name, value in typed.items() if name not in merged.theirs}
        return _joined(dict(self.fields) | seen)


def digests(values: Values) -> str:
    """Stands for what each of these fields says: 'goals:1f0a… outcomes:77c2…'."""
    return _joined({name: digest(value) for name, value in values.items()})


def parsed(text: str) -> dict[str, str]:
    """The digests by field; empty for what is none."""
    pairs = [pair.partition(":") for pair in text.split()]
    return {name: read for name, _colon, read in pairs if read}


def _joined(read: Mapping[str, str]) -> str:
    return " ".join(f"{name}:{each}" for name, each in read.items())


def _number(data: Mapping[str, Any], name: str) -> int:
    return whole_number(data.get(name)) or 0


def values_of(thing: Any, names: Iterable[str]) -> dict[str, Any]:
    """What these fields of a record say."""
    return {name: getattr(thing, name) for name in names}


def merge(typed: Values, now: Values, read: Mapping[str, str]) -> Merged:
    """What becomes of each typed field. One that was not read may have been changed elsewhere: it is a conflict."""
    merged = Merged()
    for name, value in typed.items():
        mine, theirs, was = digest(value), digest(now[name]), read.get(name)
        if mine == theirs:
            continue
        if mine == was:
            merged.theirs.append(name)
        elif theirs == was:
            merged.mine[name] = value
        else:
            merged.conflicts.append(name)
    return merged


def write_merged(
    write: Callable[[int, dict[str, Any]], object],
    *,
    typed: Values,
    current: Callable[[], Any],
    baseline: Baseline,
    by: Any,
    values: Callable[[Any, Iterable[str]], Values] = values_of,
) -> Merged:
    """Write what was changed here, under the version of the row that it was compared to.

    `write` is given that version and the fields; `current` reads the row, `values` what its fields say. Stale, with
    `merged` and all that was typed, where the same fields were changed elsewhere, unless these are to be replaced.
    """
    for attempt in range(1, TRIES + 1):
        row = current()
        now = values(row, typed)
        merged = merge(typed, now, baseline.of(row, now))
        if merged.conflicts and baseline.overwrite != row.row_version:
            raise Stale(row, typed, by=by, merged=merged)
        try:
            write(row.row_version, merged.mine | {name: typed[name] for name in merged.conflicts})
        except Stale:
            if attempt == TRIES:
                raise
        else:
            break
    return merged


def digest(value: Any) -> str:
    """Stands for one value, whether it comes from a form or from a record."""
    return hashlib.sha256(repr(_plain(value)).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, BaseManager | QuerySet):
        return sorted(str(pk) for pk in value.all().values_list("pk", flat=True))
    if isinstance(value, Collection) and not isinstance(value, str):
        return sorted(str(_plain(one)) for one in value)
    return "\n".join(str(value).splitlines()).strip()
