"""Statistics, from stored counts or counted in the database. Public: no names of people or organisations, no money.

Rule: docs/rules.md, Statistics. The keys are documented in docs/statistics.md.
"""

from typing import Any

from reports.statistics.exchange_counts import exchange_counts
from reports.statistics.exchanges import exchange_figures
from reports.statistics.filters import Filters
from reports.statistics.hosts import host_figures
from reports.statistics.matches import match_figures
from reports.statistics.partnerships import partnership_rows

__all__ = ["Filters", "statistics"]


def statistics(filters: Filters) -> dict[str, Any]:
    """Every figure under its documented key, for the page, the JSON and the tests alike."""
    counts = exchange_counts(filters)
    return {
        "filters": filters.as_data(),
        "exchanges": exchange_figures(counts),
        "hosts": host_figures(filters),
        "matches": match_figures(filters),
        "partnerships": partnership_rows(filters, counts),
    }
