"""The payment of an exchange: made, kept in step, paid. Rule: lifecycles, Money.

Amounts are EUR with cents. `due_on` is a local date at the seat of the visitor's Partnership.
"""

from datetime import date

from cxc.ground import calendar
from cxc.ground.models import SchemeSettings
from exchanges.models import Exchange
from exchanges.rules import holiday_changes


def due_day(exchange: Exchange, since: date) -> date:
    """Ten working days (as the settings say) after `since`, by the calendar of the visitor's Partnership's seat."""
    seat = exchange.vop.seat_id
    added, removed = holiday_changes(seat)
    days = SchemeSettings.current().payment_working_days
    return calendar.add_working_days(since, days, country=seat, added=added, removed=removed)
