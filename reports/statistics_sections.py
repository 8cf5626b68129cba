"""Sections of the statistics page and report: each a table with its message, pictures and filters."""

from dataclasses import dataclass
from typing import Any

from profiles.models import Country
from reports.chart_messages import message_of, percent
from reports.filter_summary import filter_summary, ignored_filters
from reports.pictures import Picture, pictures_of
from reports.statistics import Filters, statistics
from reports.tables import Table, tables_of

# Figures of different things, and Partnerships against their targets.
_WITHOUT_SHARES = ("overview", "partnerships")


@dataclass(frozen=True)
class StatisticsSection:
    """One table and all that belongs to it. `ignored_filters`: those that do not apply to it."""

    table: Table
    message: str
    filter_summary: str
    ignored_filters: str
    pictures: tuple[Picture, ...]

    @property
    def rows(self) -> list[tuple[str, list[tuple[Any, str]]]]:
        """The table's rows: name, and each cell with its share of the column ("" where a share says nothing)."""
        if self.table.key in _WITHOUT_SHARES:
            return [(str(row[0]), [(cell, "") for cell in row[1:]]) for row in self.table.rows]
        totals = [sum(column) for column in zip(*(row[1:] for row in self.table.rows), strict=True)]
        return [
            (str(row[0]), [(cell, percent(cell, all_)) for cell, all_ in zip(row[1:], totals, strict=True)])
            for row in self.table.rows
        ]

    @property
    def is_wide(self) -> bool:
        """Whether it takes a page's whole width: the overview, maps, several pictures of one table."""
        return len(self.pictures) != 1


def sections_of(filters: Filters) -> list[StatisticsSection]:
    """All that is shown of these filters, in the language that is active. A constant number of queries."""
    countries = filters.generation.countries.all() if filters.generation else Country.objects.all()
    participating = frozenset(countries.order_by().values_list("pk", flat=True))
    return [_section(table, filters, participating) for table in tables_of(statistics(filters))]


def _section(table: Table, filters: Filters, participating: frozenset[str]) -> StatisticsSection:
    message = message_of(table)
    return StatisticsSection(
        table,
        message,
        filter_summary(filters, table.key),
        ignored_filters(filters, table.key),
        tuple(pictures_of(table, message, participating=participating)),
    )
