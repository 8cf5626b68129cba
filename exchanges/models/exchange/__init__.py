"""An exchange: one visiting organisation on one visit."""

from exchanges.models.exchange.day_not_worked import DayNotWorked
from exchanges.models.exchange.exchange import Exchange
from exchanges.models.exchange.querysets import ExchangeQuerySet

__all__ = ["DayNotWorked", "Exchange", "ExchangeQuerySet"]
