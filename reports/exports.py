"""The statistics as files: exactly the tables that the page shows, through `cxc.web.exports`."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from cxc import clock
from cxc.web.exports import Sheet, download, download_workbook
from reports.filter_summary import filter_summary
from reports.statistics import Filters
from reports.tables import Table


def table_as_csv(table: Table) -> HttpResponseBase:
    """One table as it stands on the page."""
    return download(table.columns, table.rows, name=f"statistics-{table.key}", kind="csv")


def tables_as_csv(tables: Sequence[Table]) -> HttpResponseBase:
    """All tables in one: a line for each number, with its table, row and column."""
    headings = (_("Table"), _("Row"), _("Column"), _("Number"))
    return download(headings, _numbers(tables), name="statistics", kind="csv")


def _numbers(tables: Sequence[Table]) -> list[tuple[str, str, str, int]]:
    return [
        (table.caption, _row_name(row), column, cell)
        for table in tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if isinstance(cell, int)
    ]


def _row_name(row: Sequence[Any]) -> str:
    """The words that begin a row: a Partnership has its generation too."""
    return ", ".join(cell for cell in row if isinstance(cell, str))


def tables_as_book(tables: Sequence[Table], filters: Filters) -> HttpResponseBase:
    """A spreadsheet with a sheet for each table, and first what it is of."""
    about = [
        (_("Figures as of"), clock.today()),
        (_("Asked for"), filter_summary(filters)),
        *((_("Sheet %(number)s") % {"number": number}, table.caption) for number, table in enumerate(tables, 2)),
    ]
    sheets = [Sheet(_("About"), [_("Statistics"), ""], about)]
    sheets += [Sheet(f"{number} {table.caption}", table.columns, table.rows) for number, table in enumerate(tables, 2)]
    return download_workbook(sheets=sheets, name="statistics")
