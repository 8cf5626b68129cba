"""Filters of the lists of exchanges, visits and payments; every one stands in the address."""

from exchanges.filters.exchanges import ExchangeFilter
from exchanges.filters.open_visits import OpenVisitFilter
from exchanges.filters.payments import PaymentFilter
from exchanges.filters.visits import VisitFilter, with_number

# The kinds of things that belong to a visit, by the path from them to its id: the visit itself and what belongs to it,
# its exchanges, and what belongs to these.
PATHS_TO_VISIT = {
    **VisitFilter.late_paths,
    **{kind: "visit_id" if path == "pk" else "exchange__visit_id" for kind, path in ExchangeFilter.late_paths.items()},
    **dict.fromkeys(PaymentFilter.late_paths, "exchange__visit_id"),
}

__all__ = ["PATHS_TO_VISIT", "ExchangeFilter", "OpenVisitFilter", "PaymentFilter", "VisitFilter", "with_number"]
