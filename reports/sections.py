"""The statistics as they are read: a section for each table, with its message, its pictures and what it is of."""

from dataclasses import dataclass

from profiles.models import Country
from reports.filter_summary import filter_summary, ignored_filters
from reports.pictures import Picture, pictures_of
from reports.sentences import message_of
from reports.statistics import Filters, statistics
from reports.tables import Table, tables_of


@dataclass(frozen=True)
class Section:
    """One table and all that belongs to it. `asked` is what it is of, `ignored` which filters do not touch it."""

    table: Table
    message: str
    asked: str
    ignored: str
    pictures: tuple[Picture, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it takes a page's whole width: the overview, maps, several pictures of one table."""
        return len(self.pictures) != 1


def sections_of(filters: Filters) -> list[Section]:
    """All that is shown of these filters, in the language that is active. A constant number of queries."""
    countries = filters.generation.countries.all() if filters.generation else Country.objects.all()
    invited = frozenset(countries.order_by().values_list("pk", flat=True))
    return [_section(table, filters, invited) for table in tables_of(statistics(filters))]


def _section(table: Table, filters: Filters, invited: frozenset[str]) -> Section:
    message = message_of(table)
    return Section(
        table,
        message,
        filter_summary(filters, table.key),
        ignored_filters(filters, table.key),
        tuple(pictures_of(table, message, invited=invited)),
    )
