"""What exchanges add to the transitions of profiles and matches."""

from collections.abc import Iterable

from django.db.models import Q

from cxc.core.links import path_of
from cxc.workflow.mending import Way, by_moves, says_all, way
from cxc.workflow.requirements import TransitionContext
from exchanges import fixes
from exchanges.enums import CONFIRMED_STATES, RUNNING_STATES
from exchanges.models import Exchange, VisitProposal

PROFILE, MATCH = "profiles.profile", "matching.match"


def register() -> None:
    """Called when the app is ready."""
    says_all(MATCH, "visitor_not_used_up", "exchange_of_match_closed", "exchange_under_preparation")


def _in_the_way(of: Q, states: Iterable[str]) -> list[Way]:
    """The first of these exchanges: closed, cancelled or set back by whoever can."""
    exchange = Exchange.objects.filter(of, state__in=states).first()
    if exchange is None:
        return []
    names = ("cancel", "close", "cancel_ongoing", "reopen", "undo_start")
    return by_moves(exchange, names, path_of(exchange, "state"))


def _of_profile(context: TransitionContext) -> Q:
    return Q(match__visiting_profile_id=context.thing.pk) | Q(match__host_profile_id=context.thing.pk)


@way(PROFILE, "no_running_exchange", "no_running_exchange_except_for_so")
def _under_way(context: TransitionContext) -> Iterable[Way]:
    return _in_the_way(_of_profile(context), RUNNING_STATES)


@way(PROFILE, "no_confirmed_exchange")
def _counts(context: TransitionContext) -> Iterable[Way]:
    return _in_the_way(_of_profile(context), CONFIRMED_STATES)


@way(MATCH, "no_confirmed_exchange")
def _its_exchange(context: TransitionContext) -> Iterable[Way]:
    return _in_the_way(Q(match=context.thing), CONFIRMED_STATES)


@way(MATCH, "visit_has_place_for_match")
def _place(context: TransitionContext) -> Iterable[Way]:
    proposal = VisitProposal.objects.filter(match=context.thing).select_related("visit").first()
    return fixes.dates_of_visit(proposal.visit, "places") if proposal else []
