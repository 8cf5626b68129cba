"""The start day, by the visit's time zone, and what may stop an exchange before it."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.models import SchemeSettings
from cxc.workflow.requirements import Kind, TransitionContext, requirement


@requirement(gettext_lazy("The start is not past."), kind=Kind.TIMING, anchor="agreed")
def start_not_past(context: TransitionContext) -> object:
    start = context.thing.agreed_start
    return (
        start is None
        or context.now < context.thing.visit.midnight_of(start)
        or _("The start day, %(day)s, has begun.") % {"day": date_format(start)}
    )


@requirement(gettext_lazy("The start is past."), kind=Kind.TIMING)
def start_past(context: TransitionContext) -> bool:
    return start_not_past.unmet(context) is not None


@requirement(gettext_lazy("The exchange has not started yet."), kind=Kind.TIMING)
def before_start(context: TransitionContext) -> bool:
    start = context.thing.agreed_start or context.thing.planned_start
    return start is None or context.now < context.thing.visit.midnight_of(start)


@requirement(gettext_lazy("At the place of the visit the start day has begun."))
def start_reached(context: TransitionContext) -> bool:
    return context.now >= context.thing.visit.midnight_of(context.thing.agreed_start)


@requirement(gettext_lazy("No request to cancel is open."), anchor="cancel")
def no_open_request(context: TransitionContext) -> bool:
    return context.thing.cancel_asked_at is None


@requirement(gettext_lazy("A request to cancel is open."))
def request_open(context: TransitionContext) -> bool:
    return context.thing.cancel_asked_at is not None


@requirement(gettext_lazy("It was cancelled only a few days ago."), kind=Kind.TIMING)
def cancelled_lately(context: TransitionContext) -> object:
    days = SchemeSettings.current().reopen_cancelled_days
    cancelled_at = context.thing.cancelled_at
    return (cancelled_at is not None and context.now <= cancelled_at + timedelta(days=days)) or _(
        "A Partnership can reopen it within %(days)s days; after that the Support Office can."
    ) % {"days": days}
