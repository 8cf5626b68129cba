"""What belongs to one exchange, as the to-do shows it: documents, report, evidence, payment."""

from typing import Any

from cxc.todo.subjects import HoldsUp

# The exchange waits for what belongs to it.
OF_EXCHANGE = HoldsUp("exchanges.exchange", "exchange")


def label_of_part(part: Any) -> str:
    """What belongs to an exchange goes by its name."""
    return str(part.exchange)


def zone_of_part(part: Any) -> str:
    """The time zone of the exchange to which it belongs."""
    found: str = part.exchange.visit.time_zone
    return found
