"""Exchanges that have not started: drafts, papers on their way, signatures, ready ones, late and cancelled ones."""

from cxc.demo.scenarios import visit_moves
from cxc.demo.scenarios.context import Scenario, ScenarioContext
from cxc.demo.scenarios.days import DAY, on
from cxc.workflow import perform
from exchanges.enums import Party
from exchanges.services.cancellation import cancel_exchange
from profiles.enums import Modality


def ready_to_start(context: ScenarioContext) -> Scenario:
    builder = context.starting_in(6, context.participants.loom, "IT", context.rail_host).until_validated()
    yield
    builder.until_ready()


def online_visit_ready_to_start(context: ScenarioContext) -> Scenario:
    builder = context.starting_in(
        3, context.participants.rail, "DK", context.loom_host, Modality.VIRTUAL
    ).until_validated()
    yield
    builder.until_ready()


def signed_but_not_set_ready(context: ScenarioContext) -> Scenario:
    builder = context.starting_in(
        12, context.participants.loom, "ES", context.food_host, Modality.VIRTUAL
    ).until_validated()
    yield
    builder.sign()


def waiting_for_the_host_to_sign(context: ScenarioContext) -> Scenario:
    builder = context.starting_in(17, context.participants.food, "LV", context.loom_host).until_validated()
    yield
    builder.sign(Party.VO, Party.VOP)


def waiting_for_the_visitor_to_sign(context: ScenarioContext) -> Scenario:
    builder = context.starting_in(18, context.participants.loom, "IT", context.food_host).until_validated()
    yield
    builder.sign(Party.HO, Party.HOP)


def documents_late(context: ScenarioContext) -> None:
    """It starts within days, and the Support Office has not seen its papers."""
    context.starting_in(
        5, context.participants.loom, "PT", context.rail_host
    ).add_exchange_to_visit().prepare().write_own_part()


def shared_part_returned(context: ScenarioContext) -> None:
    builder = context.starting_in(25, context.participants.food, "LT", context.rail_host)
    builder.add_exchange_to_visit().prepare().write_shared_part().write_own_part().submit_shared_part()
    with on(context.participants.today - 2 * DAY):
        shared = builder.exchange.visit.shared_part
        shared.refresh_from_db()
        reason = "The agenda says what the host shows, not yet what the visitors bring."
        perform(shared, "send_back", by=context.participants.offices.support, reason=reason)
    visit_moves.given_up(builder)


def cancellation_requested(context: ScenarioContext) -> None:
    builder = (
        context.starting_in(20, context.participants.rail, "FR", context.loom_host).add_exchange_to_visit().prepare()
    )
    with on(context.participants.today - 2 * DAY):
        reason = "Our biggest machine broke and everybody is needed at home."
        perform(builder.exchange, "ask_to_cancel", by=builder.visitor.owner, reason=reason)


def draft(context: ScenarioContext) -> None:
    """Its visit can move: all have agreed."""
    builder = context.starting_in(38, context.participants.loom, "IT", context.rail_host).add_exchange_to_visit()
    visit_moves.agreed(builder)


def cancelled(context: ScenarioContext) -> None:
    """With its match: place and visitor are free again. Its visit had moved by a week."""
    builder = (
        context.starting_in(30, context.participants.loom, "ES", context.food_host).add_exchange_to_visit().prepare()
    )
    visit_moves.carried_out(builder)
    with on(context.participants.today - 3 * DAY):
        cancel_exchange(builder.exchange, by=builder.vop, reason="The fair it was built around is off.", match_too=True)


IN_TWO_PARTS = (
    ready_to_start,
    online_visit_ready_to_start,
    signed_but_not_set_ready,
    waiting_for_the_host_to_sign,
    waiting_for_the_visitor_to_sign,
)
IN_ONE_PART = (documents_late, shared_part_returned, cancellation_requested, draft, cancelled)
