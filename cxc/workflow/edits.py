"""Several fields of a row written at once, under the version of it that the writer had before them."""

from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import models

from cxc import clock
from cxc.workflow.refusals import Stale
from cxc.workflow.transitions import running


class Edited(models.Model):
    """A row that several people write: its version, and who wrote it last."""

    row_version = models.PositiveIntegerField(default=1, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


# What `take_fields` writes besides the fields that it is given.
OF_THE_EDIT = ("row_version", "edited_by", "edited_at")


def take_fields(
    thing: Any,
    fields: Mapping[str, Any],
    *,
    allowed: Collection[str],
    version_read: int | None = None,
    by: Any = None,
) -> list[str]:
    """Take the values over, not saved yet, and count the row's version on; the names of those that differed.

    `by`: the person who writes; within a transition the one who makes it. Stale, with what was typed, when somebody
    saved since `version_read` (None: whoever comes last has the last word). TypeError for a field that is not
    `allowed` here.
    """
    context = running.get()
    person = by or (context.actor.user if context is not None else None)
    if version_read is not None and version_read != thing.row_version:
        raise Stale(thing, fields, by=person)
    if unknown := sorted(set(fields) - set(allowed)):
        raise TypeError(f"Not to be edited here: {unknown}")
    changed = [name for name, value in fields.items() if getattr(thing, name) != value]
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.row_version += 1
    if isinstance(thing, Edited):
        thing.edited_by, thing.edited_at = person, clock.now()
    return changed
