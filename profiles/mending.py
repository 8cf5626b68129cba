"""How what a profile's moves require is put right."""

from collections.abc import Iterable

from cxc.workflow.mending import Way, by_moves, says_all, way
from cxc.workflow.requirements import TransitionContext
from profiles import links
from profiles.fixes import EDITS as EDITS
from profiles.fixes import (
    address_options,
    contract_options,
    identity_options,
    participation_options,
    period_options,
    publishing_options,
)

PROFILE = "profiles.profile"

# Under their former names until the apps above use `profiles.fixes`.
address_ways = address_options
contract_ways = contract_options
identity_ways = identity_options
participation_ways = participation_options
period_ways = period_options
publishing_ways = publishing_options


def register() -> None:
    """Called when the app is ready."""
    says_all(
        PROFILE,
        "not_own_organisation",
        "stale",
        "participation_over",
        "never_submitted",
        "archived_long_enough",
    )


@way(PROFILE, "participation_open")
def _extended(context: TransitionContext) -> Iterable[Way]:
    return participation_ways(context.thing)


@way(PROFILE, "partnership_takes_part")
def _partnership(context: TransitionContext) -> Iterable[Way]:
    address = links.choice_of_partnership(context.thing)
    return [*by_moves(context.thing, ["choose_partnership"], address), *by_moves(context.thing, ["reassign"], address)]


@way(PROFILE, "complete")
def _filled_in(context: TransitionContext) -> Iterable[Way]:
    return by_moves(
        context.thing, EDITS, links.profile_field(context.thing, links.first_missing_field(context.thing) or "types")
    )


@way(PROFILE, "period_in_order", "period_holds_days", "new_period_holds_days")
def _period(context: TransitionContext) -> Iterable[Way]:
    return period_ways(context.thing)


@way(PROFILE, "declared")
def _declaration(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, EDITS, links.profile_field(context.thing, "eligibility_declared"))


@way(PROFILE, "address_stated")
def _address(context: TransitionContext) -> Iterable[Way]:
    return address_ways(context.thing.organisation)


@way(PROFILE, "eligible", "eligible_when_shown")
def _eligible(context: TransitionContext) -> Iterable[Way]:
    return identity_ways(context.thing)
