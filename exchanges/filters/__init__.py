"""Filters of the lists of exchanges, visits and payments; every one stands in the address."""

from exchanges.filters.exchanges import ExchangeFilter
from exchanges.filters.open_visits import OpenVisitFilter
from exchanges.filters.payments import PaymentFilter
from exchanges.filters.visits import VisitFilter, with_number

__all__ = ["ExchangeFilter", "OpenVisitFilter", "PaymentFilter", "VisitFilter", "with_number"]
