"""What lists say of what is late: the columns, which pages and files read alike."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.todo.late_tasks import LateTask
from cxc.web.listing.columns import Column

# Of one `LateTask`: what is late, since when, and who owes it. Days are local to the thing.
LATE_COLUMNS: Sequence[Column] = (
    Column(_("What is late"), lambda task: task.what, name="what"),
    Column(_("Late since"), lambda task: task.since, name="since"),
    Column(_("Owed by"), lambda task: task.who, name="owed_by"),
)


def columns_of_rows() -> list[Column]:
    """The same of a row to which `attach_late` was given: what is said of each of its tasks, in one cell."""
    return [Column(column.heading, partial(_joined, column)) for column in LATE_COLUMNS]


def cells(task: LateTask) -> Iterator[tuple[Any, str]]:
    """Heading and text of each column, for a page."""
    for column in LATE_COLUMNS:
        yield column.heading, column.text(task)


def _joined(column: Column, row: Any) -> Any:
    values = [column.value_of(task) for task in row.late]
    return values[0] if len(values) == 1 else "; ".join(map(str, values))
