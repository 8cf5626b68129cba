"""Sections of the statistics page and report: each a table with its message, pictures and filters."""

from dataclasses import dataclass

from profiles.models import Country
from reports.chart_messages import message_of
from reports.filter_summary import filter_summary, ignored_filters
from reports.pictures import Picture, pictures_of
from reports.statistics import Filters, statistics
from reports.tables import Table, tables_of


@dataclass(frozen=True)
class StatisticsSection:
    """One table and all that belongs to it. `ignored_filters`: those that do not apply to it."""

    table: Table
    message: str
    filter_summary: str
    ignored_filters: str
    pictures: tuple[Picture, ...]

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
