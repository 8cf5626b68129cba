"""How what a profile's moves require is put right."""

from collections.abc import Iterable

from cxc.access.scoped import Side
from cxc.workflow.mending import Way, by_moves, says_all, way
from cxc.workflow.requirement import TransitionContext
from profiles import links
from profiles.models import Organisation, Partnership, Profile

PROFILE = "profiles.profile"
HOLDER, PARTNERSHIP, SO = Side.HOLDER, Side.PARTNERSHIP, Side.SO
EDITS = ("edit", "edit_published")


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


def participation_ways(profile: Profile) -> list[Way]:
    """The Support Office extends the participation of a profile's Partnership."""
    return [Way(profile, (SO,), links.participation(profile.participation))]


def period_ways(profile: Profile) -> list[Way]:
    """Another period."""
    return by_moves(profile, EDITS, links.profile_field(profile, "available_to"))


def address_ways(organisation: Organisation) -> list[Way]:
    """Street, postal code, city and registration number: the first that is missing."""
    return [Way(organisation, (HOLDER, SO), links.address(organisation))]


def contract_ways(partnership: Partnership) -> list[Way]:
    """The coordinating organisation and grant agreement number of a Partnership."""
    return [Way(partnership, (PARTNERSHIP, SO), links.contract_details(partnership))]


def identity_ways(profile: Profile) -> list[Way]:
    """Kind, country or cluster of a profile's organisation."""
    return by_moves(profile, ["change_identity"], links.identity(profile.organisation))


def publishing_ways(profile: Profile) -> list[Way]:
    """Whoever has the next word on a profile that is not published, or not confirmed."""
    names = ("submit", "publish", "submit_again", "restore", "confirm_eligibility")
    return by_moves(profile, names, links.available_transitions(profile))
