"""Ways to put right what the transitions of a match require."""

from collections.abc import Callable, Iterable
from typing import Any

from cxc.access.scoped import Side
from cxc.workflow.fix import FixOption
from cxc.workflow.fix_options import options_on
from cxc.workflow.requirements import Requirement, TransitionContext
from matching import links
from profiles import links as profile_links
from profiles.enums import ProfileState
from profiles.fixes import EDITS, participation_options, period_options, publishing_options


def place_options(host: Any) -> list[FixOption]:
    """More places at a host."""
    return options_on(host, EDITS, profile_links.places(host))


def places_of_profile(context: TransitionContext) -> list[FixOption]:
    """For transitions of the host profile itself."""
    return place_options(context.thing)


def places_of_host(context: TransitionContext) -> list[FixOption]:
    """For transitions of a match."""
    return place_options(context.thing.host_profile)


def publication(context: TransitionContext) -> list[FixOption]:
    """The next step towards publication of each profile that is not published."""
    return _of_profiles(context, lambda one: one.state != ProfileState.PUBLISHED, publishing_options)


def eligibility(context: TransitionContext) -> list[FixOption]:
    """The confirmation of each profile whose eligibility is not confirmed."""
    return _of_profiles(context, lambda one: one.eligibility_confirmed_at is None, publishing_options)


def participations(context: TransitionContext) -> list[FixOption]:
    """An extension of each participation that has ended."""
    today = context.now.date()
    return _of_profiles(
        context,
        lambda one: one.participation is None or not one.participation.is_open(today),
        participation_options,
    )


def periods(context: TransitionContext) -> list[FixOption]:
    """Another period in each profile whose period is over."""
    return _of_profiles(context, lambda one: one.is_over, period_options)


def modality(context: TransitionContext) -> list[FixOption]:
    """The modality of the match, in each profile that does not offer it."""
    name = context.thing.modality
    return _of_profiles(
        context,
        lambda one: not getattr(one, name),
        lambda one: options_on(one, EDITS, profile_links.profile_field(one, name)),
    )


def open_proposals(context: TransitionContext) -> list[FixOption]:
    """The visitor's open proposals, of which it can withdraw one."""
    return [FixOption(context.thing, (Side.VO,), links.open_proposals())]


def given_outside(context: TransitionContext) -> list[FixOption]:
    """The form in which this Partnership enters a yes given outside."""
    return [FixOption(context.thing, (context.side,), links.given_outside(context.thing, context.side))]


def of_first_unmet(needs: Iterable[Requirement], context: TransitionContext) -> list[FixOption]:
    """Where several requirements stand in one: the options of the first that is not met."""
    first = next((need for need in needs if need.unmet(context) is not None), None)
    return list(first.fix.options(context)) if first is not None and first.fix is not None else []


def _of_profiles(
    context: TransitionContext, lacks: Callable[[Any], bool], options: Callable[[Any], list[FixOption]]
) -> list[FixOption]:
    """The options of each of the two profiles that lacks something."""
    both = (context.thing.visiting_profile, context.thing.host_profile)
    return [option for profile in both if lacks(profile) for option in options(profile)]
