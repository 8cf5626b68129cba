"""What an exchange recorded afterwards by a Partnership requires."""

from django.utils.translation import gettext_lazy

from cxc.workflow.fix_options import by_transitions
from cxc.workflow.requirements import Reads, TransitionContext, requirement
from exchanges import links
from exchanges.recorded_exchange import RecordedExchange

BY_ENTERING = by_transitions("submit_again", page=links.recorded_submission)


@requirement(
    gettext_lazy("What is entered is complete and understood."),
    otherwise=gettext_lazy("Complete what is entered."),
    fix=BY_ENTERING,
    reads=Reads.INPUT,
)
def payload_is_valid(context: TransitionContext) -> object:
    try:
        RecordedExchange.from_payload(context.facts.get("payload", context.thing.payload))
    except ValueError as problem:
        return str(problem)
    return True


@requirement(
    gettext_lazy("It says where this is known from."),
    otherwise=gettext_lazy("Say where this is known from."),
    fix=BY_ENTERING,
    reads=Reads.INPUT,
)
def source_named(context: TransitionContext) -> bool:
    return bool(context.facts.get("source", context.thing.source).strip())
