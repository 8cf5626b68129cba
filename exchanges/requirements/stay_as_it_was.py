"""What the actual figures of a stay require: its days as they were."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.workflow.requirements import Reads, TransitionContext, requirement
from exchanges.requirements.completion import BY_ACTUAL_FIGURES
from exchanges.rules.stay import actual_stay_problem, figures_of


@requirement(
    gettext_lazy("A Partnership corrects the actual figures downwards only; the Support Office may do more."),
    otherwise=gettext_lazy("Enter a stay within the agreed days: only the Support Office enters a longer one."),
    fix=BY_ACTUAL_FIGURES,
    reads=Reads.INPUT,
)
def only_downwards(context: TransitionContext) -> bool:
    """Nothing to say while no figures are given: the screen offers the form."""
    if not context.facts:
        return True
    exchange = context.thing
    start, end = context.facts.get("start", exchange.actual_start), context.facts.get("end", exchange.actual_end)
    return bool(start >= exchange.agreed_start and end <= exchange.agreed_end)


@requirement(
    gettext_lazy("The stay as it was is possible: days in order, not longer than a month, in the generation."),
    otherwise=gettext_lazy("Enter a stay that is possible: days in order, not longer than a month, in the generation."),
    fix=BY_ACTUAL_FIGURES,
)
def actual_stay_fits(context: TransitionContext) -> object:
    """It may fall below the least working days."""
    return not (problem := actual_stay_problem(context.thing, figures_of(context.thing, "actual"))) or problem


@requirement(
    gettext_lazy("A Partnership enters no more working days than were agreed; the Support Office may."),
    otherwise=gettext_lazy("Enter no more working days than were agreed: only the Support Office may."),
    fix=BY_ACTUAL_FIGURES,
)
def not_above_agreed(context: TransitionContext) -> bool:
    return context.side is Side.SO or bool(context.thing.actual_working_days <= context.thing.agreed_working_days)


@requirement(
    gettext_lazy("Each day not worked is a working day of the stay and has its reason."),
    otherwise=gettext_lazy("Take off working days of the stay only, each with its reason."),
    fix=BY_ACTUAL_FIGURES,
    reads=Reads.INPUT,
)
def days_off_are_valid(context: TransitionContext) -> object:
    exchange, days_off = context.thing, context.facts.get("days_off", {})
    unsaid = [day for day, reason in days_off.items() if not reason.strip()]
    if unsaid:
        return _("Say why %(day)s was not worked.") % {"day": date_format(min(unsaid))}
    strange = set(days_off) - set(exchange.days_counted(exchange.actual_start, exchange.actual_end))
    return not strange or _("Leave out %(day)s: it is no working day of this stay, so it can't be taken off.") % {
        "day": date_format(min(strange))
    }
