"""Several fields of a row written at once, under the version of it that the writer had before them."""

from collections.abc import Collection, Mapping
from typing import Any

from cxc.ground.moves.refusing import Stale


def take_fields(
    thing: Any, fields: Mapping[str, Any], *, allowed: Collection[str], version_read: int | None = None
) -> list[str]:
    """Take the values over, not saved yet, and count the row's version on; the names of those that differed.

    Stale, with what was typed, when somebody saved since `version_read` (None: whoever comes last has the
    last word). TypeError for a field that is not `allowed` here.
    """
    if version_read is not None and version_read != thing.row_version:
        raise Stale(thing, fields)
    if unknown := sorted(set(fields) - set(allowed)):
        raise TypeError(f"Not to be edited here: {unknown}")
    changed = [name for name, value in fields.items() if getattr(thing, name) != value]
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.row_version += 1
    return changed
