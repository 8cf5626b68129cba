"""The start day, by the visit's time zone, and what may stop an exchange before it."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.models import SchemeSettings
from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges import fixes, links


def agreed_start_moment(exchange: Any) -> datetime | None:
    """The moment at which the agreed start day begins at the place of the visit."""
    return exchange.visit.midnight_of(exchange.agreed_start) if exchange.agreed_start else None


def _expected_start(exchange: Any) -> datetime | None:
    """The same of the agreed start day, else of the planned one."""
    start = exchange.agreed_start or exchange.planned_start
    return exchange.visit.midnight_of(start) if start else None


def _end_of_reopening(exchange: Any) -> datetime | None:
    """The moment until which a Partnership can reopen a cancelled exchange."""
    cancelled_at: datetime | None = exchange.cancelled_at
    return cancelled_at + timedelta(days=SchemeSettings.current().reopen_cancelled_days) if cancelled_at else None


@requirement(
    gettext_lazy("The start is not past."),
    otherwise=gettext_lazy("Agree on later days: the start day has begun."),
    fix=fixes.agreed_figures("start"),
    kind=Kind.TIMING,
    met_until=agreed_start_moment,
)
def start_not_past(context: TransitionContext) -> object:
    start = agreed_start_moment(context.thing)
    return (
        start is None
        or context.now < start
        or _("Agree on later days: the start day, %(day)s, has begun.")
        % {"day": date_format(context.thing.agreed_start)}
    )


@requirement(
    gettext_lazy("The start is past."),
    otherwise=gettext_lazy("Use “Ready to start” instead: the start day has not begun yet."),
    kind=Kind.TIMING,
    met_from=agreed_start_moment,
)
def start_past(context: TransitionContext) -> bool:
    start = agreed_start_moment(context.thing)
    return start is not None and context.now >= start


@requirement(
    gettext_lazy("The exchange has not started yet."),
    otherwise=gettext_lazy("Ask the Support Office to cancel the exchange: its start day has begun."),
    kind=Kind.TIMING,
    met_until=_expected_start,
)
def before_start(context: TransitionContext) -> bool:
    start = _expected_start(context.thing)
    return start is None or context.now < start


@requirement(
    gettext_lazy("At the place of the visit the start day has begun."),
    otherwise=gettext_lazy("Wait until the start day has begun at the place of the visit."),
    met_from=agreed_start_moment,
)
def start_reached(context: TransitionContext) -> bool:
    start = agreed_start_moment(context.thing)
    return start is not None and context.now >= start


@requirement(
    gettext_lazy("No request to cancel is open."),
    otherwise=gettext_lazy("Answer the request to cancel first: cancel the exchange, or refuse the request."),
    fix=by_transitions("refuse_to_cancel", "cancel", page=links.cancellation),
)
def no_open_request(context: TransitionContext) -> bool:
    return context.thing.cancel_asked_at is None


@requirement(
    gettext_lazy("A request to cancel is open."),
    otherwise=gettext_lazy("Leave it as it is: nobody has asked to cancel the exchange."),
)
def request_open(context: TransitionContext) -> bool:
    return context.thing.cancel_asked_at is not None


@requirement(
    gettext_lazy("It was cancelled only a few days ago."),
    otherwise=gettext_lazy("Ask the Support Office to reopen it: a Partnership can do so for a few days only."),
    kind=Kind.TIMING,
    met_until=_end_of_reopening,
)
def cancelled_lately(context: TransitionContext) -> object:
    until = _end_of_reopening(context.thing)
    return (until is not None and context.now <= until) or _(
        "Ask the Support Office to reopen it: a Partnership can do so for %(days)s days only."
    ) % {"days": SchemeSettings.current().reopen_cancelled_days}
