"""A key that the database copies from another row, so that an index of this table has it."""

from typing import Any

from django.db import models


def copied_key(to: type[models.Model]) -> Any:
    """A foreign key that a trigger fills in and holds equal, whatever is written into it.

    Only lists read it: a row that was made just now has it in the database alone.
    """
    return models.ForeignKey(
        to,
        on_delete=models.DO_NOTHING,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
