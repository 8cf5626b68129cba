"""What an entry of the past requires."""

from django.utils.translation import gettext_lazy

from cxc.workflow.requirements import TransitionContext, requirement
from exchanges.recorded_exchange import RecordedExchange


@requirement(gettext_lazy("What is entered is complete and understood."), anchor="entry")
def payload_is_valid(context: TransitionContext) -> object:
    try:
        RecordedExchange.from_payload(context.facts.get("payload", context.thing.payload))
    except ValueError as problem:
        return str(problem)
    return True


@requirement(gettext_lazy("It says where this is known from."), anchor="entry")
def source_named(context: TransitionContext) -> bool:
    return bool(context.facts.get("source", context.thing.source).strip())
