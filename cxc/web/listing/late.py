"""What lists say of what is late: the columns, which pages and files read alike."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cxc.todo.late_tasks import LateTask
from cxc.web.exports import Column

# Of one `LateTask`: what is late, since when, and who owes it. Days are local to the thing.
LATE_COLUMNS: Sequence[Column] = (
    Column(_("What is late"), lambda task: task.what),
    Column(_("Late since"), lambda task: task.since),
    Column(_("Owed by"), lambda task: task.who),
)


def columns_of_rows() -> list[Column]:
    """The same of a row to which `attach_late` was given: what is said of each of its tasks, in one cell."""
    return [Column(column.heading, partial(_joined, column)) for column in LATE_COLUMNS]


def cells(task: LateTask) -> Iterator[tuple[Any, str]]:
    """Heading and text of each column, for a page."""
    for column in LATE_COLUMNS:
        yield column.heading, text_of(column.getter(task))


def text_of(value: Any) -> str:
    """How a page says the value of a column."""
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else str(value)


def _joined(column: Column, row: Any) -> Any:
    values = [column.getter(task) for task in row.late]
    return values[0] if len(values) == 1 else "; ".join(map(str, values))
