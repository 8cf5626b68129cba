"""By when something is owed on the way of an exchange: what transitions, fixes and rules share.

Each function takes an exchange, or a thing that belongs to one.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from cxc.core.calendar import midnight
from cxc.core.models.scheme import MOST_FOLLOW_UPS, SchemeSettings
from cxc.core.moments import local_day
from cxc.workflow.batch import shared
from cxc.workflow.deadlines import Deadlines, days
from cxc.workflow.todo import Due, Moment
from exchanges.enums import RUNNING_STATES
from profiles.deadlines import seat_date

CTQ_REMIND = (-14, -7, -2, 1, 7)
CTQ_TEXT = _(
    "The Support Office has to have the Commitment to Quality %(ctq_days_before_start)s days before the start."
)
AGREEMENT_REMIND = (-7, -1, 7)
ANSWER_REMIND = (-1, 1, 3)
ANSWER_TEXT = _("The Support Office answers within %(ctq_answer_working_days)s working days.")

DayOf = Callable[[Any, Deadlines], date | None]


def exchange_of(thing: Any) -> Any:
    """The exchange that it is, or belongs to."""
    return getattr(thing, "exchange", thing)


def start_day(thing: Any, _deadlines: Deadlines | None = None) -> date | None:
    """The first day: actual, else agreed, else planned."""
    found: date | None = exchange_of(thing).start
    return found


def start_moment(thing: Any, _deadlines: Deadlines | None = None) -> datetime | None:
    """The moment at which the first day begins at the place of the visit."""
    return _midnight_there(start_day(thing), thing)


def before_start(count: int) -> DayOf:
    """So many days before the first day."""

    def day(thing: Any, _deadlines: Deadlines) -> date | None:
        first = start_day(thing)
        return first - days(count) if first else None

    return day


def _ctq_day(thing: Any, deadlines: Deadlines) -> date | None:
    return before_start(deadlines.scheme.ctq_days_before_start)(thing, deadlines)


def first_start(part: Any) -> date:
    """The first day of the exchanges of a shared part's visit that go on; without any, of the visit."""
    starts = [exchange.start for exchange in part.visit.exchanges.all() if exchange.state in RUNNING_STATES]
    found: date = min((start for start in starts if start), default=part.visit.first_day)
    return found


def _shared_ctq_day(part: Any, deadlines: Deadlines) -> date:
    return first_start(part) - days(deadlines.scheme.ctq_days_before_start)


def answer_due_on(since: datetime, count: int, deadlines: Deadlines, partnership: Any) -> date:
    """So many working days after that moment, by clock and calendar at the seat of the Partnership that waits."""
    return deadlines.after_working_days(seat_date(partnership, since), count, partnership.seat_id)


def validation_due_on(ready_at: datetime | None, deadlines: Deadlines, partnership: Any) -> date | None:
    """By when the Support Office answers what is ready for validation; None while nothing is."""
    if ready_at is None:
        return None
    return answer_due_on(ready_at, deadlines.scheme.ctq_answer_working_days, deadlines, partnership)


def _answer_day(part: Any, deadlines: Deadlines) -> date | None:
    return validation_due_on(part.ready_at, deadlines, part.exchange.vop)


def _shared_answer_day(part: Any, deadlines: Deadlines) -> date | None:
    return validation_due_on(part.ready_at, deadlines, part.visit.lead)


_CTQ_DUE = _("%(ctq_days_before_start)s days before the start")
_ANSWER_DUE = _("%(ctq_answer_working_days)s working days (seat of the Partnership) after it was ready")

CTQ = Due(_ctq_day, _CTQ_DUE)
SHARED_CTQ = Due(_shared_ctq_day, _CTQ_DUE)
VALIDATION = Due(_answer_day, _ANSWER_DUE)
SHARED_VALIDATION = Due(_shared_answer_day, _ANSWER_DUE)
DAY_BEFORE_START = Due(before_start(1), _("the day before the start"))
FIRST_DAY = Due(start_day, _("the first day"))


# --- the stay and after ----------------------------------------------------------------------------------

# A stay that ended this long ago and is not closed is one for the Support Office to look at.
STUCK_AFTER = days(30)


def last_day(thing: Any, _deadlines: Deadlines | None = None) -> date | None:
    """The last day: actual, else agreed, else planned."""
    found: date | None = exchange_of(thing).end
    return found


def after_end(count: int, thing: Any) -> date | None:
    """So many days after the last day."""
    last = last_day(thing)
    return last + days(count) if last else None


def end_moment(thing: Any, _deadlines: Deadlines | None = None) -> datetime | None:
    """The moment at which the last day is over at the place of the visit."""
    return _midnight_there(after_end(1, thing), thing)


def stuck_moment(thing: Any, _deadlines: Deadlines) -> datetime | None:
    """The moment from which nobody has closed it for too long."""
    return _midnight_there(after_end(STUCK_AFTER.days + 1, thing), thing)


def feedback_until(thing: Any, deadlines: Deadlines) -> datetime | None:
    """A while longer than until each side sees what the other said."""
    count = deadlines.scheme.feedback_blind_days + deadlines.scheme.reminder_max_age_days
    return _midnight_there(after_end(count + 1, thing), thing)


def _midnight_there(day: date | None, thing: Any) -> datetime | None:
    """The moment at which this day begins at the place of the visit."""
    return exchange_of(thing).visit.midnight_of(day) if day else None


def decision_due_on(since: datetime, deadlines: Deadlines, partnership: Any) -> date:
    """By when its Partnership answers what was handed in or submitted at this moment (UTC)."""
    return answer_due_on(since, deadlines.scheme.far_answer_working_days, deadlines, partnership)


def _evidence_answer_day(evidence: Any, deadlines: Deadlines) -> date:
    return _answer_of_partnership(evidence.uploaded_at, evidence, deadlines)


def _report_answer_day(report: Any, deadlines: Deadlines) -> date | None:
    return _answer_of_partnership(report.submitted_at, report, deadlines) if report.submitted_at else None


def _answer_of_partnership(since: datetime, thing: Any, deadlines: Deadlines) -> date:
    return decision_due_on(since, deadlines, thing.exchange.vop)


def follow_up_day(number: int) -> DayOf:
    """The date of this number of the follow-up, from 0 on; None where there are fewer."""

    def day(exchange: Any, deadlines: Deadlines) -> date | None:
        months = sorted(deadlines.scheme.follow_up_months)[number : number + 1]
        return exchange.end + relativedelta(months=months[0]) if months and exchange.end else None

    return day


def follow_up_until(number: int) -> Moment:
    """The moment from which that date is not worth a mail any more, and the next one counts."""

    def until(exchange: Any, deadlines: Deadlines) -> datetime | None:
        day = follow_up_day(number)(exchange, deadlines)
        return midnight(day + days(deadlines.scheme.reminder_max_age_days + 1), "UTC") if day else None

    return until


_HANDED_IN = _("%(far_answer_working_days)s working days (seat of the Partnership) after it was handed in")
_SUBMITTED = _("%(far_answer_working_days)s working days (seat of the Partnership) after it was submitted")
_PAID = _("%(payment_working_days)s working days (seat of the Partnership) after report and evidence are in")

LAST_DAY = Due(last_day, _("the last day of the stay"))
REPORT = Due(lambda thing, deadlines: after_end(deadlines.scheme.far_days, thing), _("%(far_days)s days after the end"))
EVIDENCE_ANSWER = Due(_evidence_answer_day, _HANDED_IN)
REPORT_ANSWER = Due(_report_answer_day, _SUBMITTED)
PAYMENT = Due(lambda payment, _deadlines: payment.due_on, _PAID)
FEEDBACK = Due(
    lambda thing, deadlines: after_end(deadlines.scheme.feedback_blind_days, thing),
    _("%(feedback_blind_days)s days after the end"),
)
CLOSED = Due(lambda thing, _deadlines: after_end(STUCK_AFTER.days, thing), _("30 days after the end"))
FOLLOW_UPS = tuple(
    Due(follow_up_day(number), _("%(follow_up_months)s months after the end")) for number in range(MOST_FOLLOW_UPS)
)


# --- visits ----------------------------------------------------------------------------------------------


def visit_begins(visit: Any, _deadlines: Deadlines | None = None) -> datetime:
    """The moment at which the first day of a visit begins at its place."""
    found: datetime = visit.midnight_of(visit.first_day)
    return found


def requests_end(visit: Any) -> datetime | None:
    """The moment at which the last day to ask for a place on an open visit is over."""
    until = visit.last_day_to_ask
    return None if until is None else visit.midnight_of(until + days(1))


# --- moving a visit ---------------------------------------------------------------------------------------


def move_possible_until(thing: Any) -> datetime:
    """The moment from which the new first day of a move, or of a consent to one, is too near."""
    move = getattr(thing, "move", thing)
    notice = days(shared("scheme", SchemeSettings.current).move_days_before_start)
    found: datetime = move.visit.midnight_of(move.first_day - notice)
    return found


def _last_day_to_move(thing: Any, deadlines: Deadlines) -> date:
    move = getattr(thing, "move", thing)
    found: date = move.first_day - days(deadlines.scheme.move_days_before_start + 1)
    return found


def _move_answer_day(consent: Any, deadlines: Deadlines) -> date:
    asked_on = local_day(consent.asked_at, consent.move.visit.time_zone)
    return min(asked_on + days(deadlines.scheme.move_answer_days), _last_day_to_move(consent, deadlines))


MOVE_ANSWER = Due(_move_answer_day, _("%(move_answer_days)s days after it was asked, or when it is almost too late"))
MOVE = Due(_last_day_to_move, _("more than %(move_days_before_start)s days before the new first day"))
