"""A visit of nine in preparation, at the demo host's: one agenda, nine visitors, none as far as the other."""

from typing import TypeVar

from cxc.demo.scenarios import visit_moves
from cxc.demo.scenarios.context import ScenarioContext
from cxc.demo.scenarios.days import DAY, on, starting
from cxc.demo.scenarios.exchange_builder import ExchangeBuilder
from cxc.workflow import StatefulModel, perform

T = TypeVar("T", bound=StatefulModel)

# Who comes with the demo visitor: team and country.
COMPANIONS = (
    ("loom", "ES"),
    ("loom", "IT"),
    ("loom", "IT"),
    ("loom", "ES"),
    ("rail", "DE"),
    ("rail", "DK"),
    ("rail", "FR"),
    ("food", "LT"),
)


def run(context: ScenarioContext) -> None:
    stay = starting(context.loom_host.participant.country, context.participants.today + 23 * DAY)
    first = ExchangeBuilder.with_confirmed_match(
        context.participants, context.visitor, context.loom_host, stay, profile=context.visitor_profile
    )
    first.add_exchange_to_visit().prepare().write_shared_part()
    others = [_joins(context, first, team, country) for team, country in COMPANIONS]
    first.submit_shared_part()
    _submit_documents(context, others)
    visit_moves.waiting_for_answers(first)


def _joins(context: ScenarioContext, first: ExchangeBuilder, team: str, country: str) -> ExchangeBuilder:
    visitor = context.participants.new_participant(getattr(context.participants, team), country)
    builder = ExchangeBuilder.with_confirmed_match(
        context.participants, visitor, first.host, first.stay, days_before=58
    )
    return builder.add_exchange_to_visit(40, visit=first.visit).prepare(39)


def _submit_documents(context: ScenarioContext, others: list[ExchangeBuilder]) -> None:
    """Some wait for the Support Office, one came back, one has its agreement validated, some are not written yet."""
    *written, _late, _later = others
    for builder in written:
        builder.write_own_part()
    *handed_in, _unsent = written
    for builder in handed_in:
        builder.submit_own_documents()
    returned, agreed = handed_in[0], handed_in[1]
    support = context.participants.offices.support
    with on(context.participants.today - 2 * DAY):
        reason = "Say what you bring, not only what you hope to see."
        perform(_fresh(returned.exchange.own_part), "send_back", by=support, reason=reason)
        perform(_fresh(returned.exchange.agreement), "send_back", by=support, reason="The payee is not the visitor.")
        perform(_fresh(agreed.exchange.agreement), "validate", by=support)


def _fresh(thing: T) -> T:
    thing.refresh_from_db()
    return thing
