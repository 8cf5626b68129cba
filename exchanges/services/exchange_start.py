"""What the portal starts by itself. Rule: docs/rules.md, Exchanges."""

from datetime import datetime, timedelta

from cxc.workflow import Timing, perform_as_system
from cxc.workflow.batches import process_each
from exchanges.enums import ExchangeState
from exchanges.models import Exchange

# The farthest that any place's day runs ahead of UTC's.
FARTHEST_EAST = timedelta(hours=14)


def exchanges_due_to_start(now: datetime) -> list[Exchange]:
    """Ready exchanges whose start day has begun in their visit's zone, missed days included."""
    ready = Exchange.objects.filter(
        state=ExchangeState.READY, cancel_asked_at__isnull=True, agreed_start__lte=(now + FARTHEST_EAST).date()
    ).select_related("visit")
    return [exchange for exchange in ready.order_by("pk") if start_moment(exchange) <= now]


def start_moment(exchange: Exchange) -> datetime:
    """00:00 of the start day in the visit's zone, in UTC."""
    assert exchange.agreed_start is not None
    return exchange.visit.midnight_of(exchange.agreed_start)


def start_due_exchanges(now: datetime) -> int:
    """Start what is due, each in its own transaction; how many this call started.

    However many run beside each other, each exchange starts once: the others find it started.
    What is refused, or fails, stops nobody else's start.
    """
    return process_each(
        exchanges_due_to_start(now),
        lambda exchange: perform_as_system(exchange, "begin_stay", timing=Timing(moment=now)),
    )
