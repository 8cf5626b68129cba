"""What an entry of the past requires."""

from django.utils.translation import gettext_lazy

from cxc.workflow.requirement import Ask, requirement
from exchanges.past import PastExchange


@requirement(gettext_lazy("What is entered is complete and understood."), place="entry")
def payload_understood(ask: Ask) -> object:
    try:
        PastExchange.from_payload(ask.facts.get("payload", ask.thing.payload))
    except ValueError as problem:
        return str(problem)
    return True


@requirement(gettext_lazy("It says where this is known from."), place="entry")
def source_named(ask: Ask) -> bool:
    return bool(ask.facts.get("source", ask.thing.source).strip())
