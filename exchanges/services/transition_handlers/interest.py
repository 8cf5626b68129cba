"""What of visits and exchanges shows that a holder is still interested in its profile, in the same transaction.

Rule: docs/rules.md, Still interested.
"""

from cxc.access.scoped import Side
from cxc.workflow import TransitionContext
from cxc.workflow.registry import after
from exchanges.enums import ExchangeState
from matching.enums import MatchState
from matching.services.interest import follow_match
from profiles.services import interest

WAITING, VISIT, EXCHANGE = "exchanges.waitinglistentry", "exchanges.visit", "exchanges.exchange"


@after(WAITING, "join", order=interest.INTEREST_ORDER)
def renew_by_waiting(context: TransitionContext) -> None:
    """A visitor asks for a place, though none is free."""
    if context.side is Side.VO:
        interest.renew([context.thing.visiting_profile_id], context.now)


@after(VISIT, "create", "create_by_copy", "open_to_visitors", order=interest.INTEREST_ORDER)
def renew_by_visit(context: TransitionContext) -> None:
    """A host plans a visit, or opens it."""
    if context.side is Side.HO:
        interest.renew([context.thing.host_profile_id], context.now)


@after(EXCHANGE, "reopen", "close", "close_unpaid", "cancel_ongoing", order=interest.INTEREST_ORDER)
def follow_reopened_exchange(context: TransitionContext) -> None:
    """Nobody is asked while an exchange runs again, though its match stays completed."""
    match = context.thing.match
    if match.state != MatchState.COMPLETED:
        return
    if context.thing.state == ExchangeState.ONGOING:
        interest.end([match.visiting_profile_id, match.host_profile_id])
    else:
        follow_match(match, context)
