"""By when a proposal is answered, and when those who look after a side ask for the answer."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cxc.core.calendar import midnight
from cxc.workflow.deadlines import Deadlines, days
from cxc.workflow.todo import Due


def _expiry_day(match: Any, deadlines: Deadlines) -> date:
    day: date = match.expiry_counted_from.date()
    return day + days(deadlines.scheme.proposal_expiry_days)


ANSWERED = Due(_expiry_day, _("%(proposal_expiry_days)s days after it was made: it expires then"))


def reminder_offsets(scheme: Any) -> list[int]:
    """The days of the reminders, counted from the day on which the proposal expires."""
    return [day - scheme.proposal_expiry_days for day in scheme.proposal_nudge_days]


def second_reminder(match: Any, deadlines: Deadlines) -> datetime:
    """The moment (UTC) of the second reminder, or of the expiry where there is only one reminder."""
    scheme = deadlines.scheme
    later = sorted(scheme.proposal_nudge_days)[1:2] or [scheme.proposal_expiry_days]
    return midnight(match.expiry_counted_from.date() + days(later[0]), "UTC")
