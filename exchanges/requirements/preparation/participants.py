"""Who meets whom: what a match, a visitor and a host need so that an exchange can be built on them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges.enums import CONFIRMED_STATES, ExchangeState
from matching.enums import MatchState
from profiles.enums import Modality
from profiles.rules import eligibility_problem


@requirement(gettext_lazy("Its match is confirmed."), anchor="match")
def match_confirmed(context: TransitionContext) -> bool:
    """Recorded afterwards, a match may have been completed by the time its exchange is entered."""
    return context.thing.match.state in {MatchState.CONFIRMED, MatchState.COMPLETED}


@requirement(gettext_lazy("Its match is confirmed and has not been completed by an earlier exchange."), anchor="match")
def match_open(context: TransitionContext) -> bool:
    """A new exchange needs a match that holds; a completed one only goes on with the exchange it has."""
    return context.thing.match.state == MatchState.CONFIRMED or (context.is_recorded and match_confirmed.check(context))


@requirement(gettext_lazy("The match has no other exchange."))
def only_exchange_of_match(context: TransitionContext) -> bool:
    exchange = context.thing
    others = type(exchange).objects.filter(match_id=exchange.match_id).exclude(pk=exchange.pk)
    return not others.exclude(state=ExchangeState.CANCELLED).exists()


@requirement(gettext_lazy("The visit is at the same host profile and of the same modality."), anchor="visit")
def same_host_and_modality(context: TransitionContext) -> bool:
    visit, match = context.thing.visit, context.thing.match
    return (visit.host_profile_id, visit.modality) == (match.host_profile_id, match.modality)


@requirement(gettext_lazy("The visitor's Partnership's participation is open."), kind=Kind.TIMING)
def participation_open(context: TransitionContext) -> bool:
    participation = context.thing.participation
    return participation is not None and participation.is_open(context.now.date())


@requirement(gettext_lazy("Both organisations may take part in this generation."), anchor="match")
def both_eligible(context: TransitionContext) -> object:
    match = context.thing.match
    profiles = (match.visiting_profile, match.host_profile)
    problems = [
        f"{profile.organisation}: {problem}"
        for profile in profiles
        if (problem := eligibility_problem(profile.organisation, profile.kind, profile.generation))
    ]
    return not problems or " ".join(problems)


@requirement(gettext_lazy("The two organisations are in different countries."), anchor="match")
def different_countries(context: TransitionContext) -> bool:
    match = context.thing.match
    return bool(match.visiting_profile.organisation.country_id != match.host_profile.organisation.country_id)


@requirement(gettext_lazy("The visitor has no other physical exchange in this generation."), anchor="match")
def no_other_physical(context: TransitionContext) -> object:
    exchange = context.thing
    if exchange.modality != Modality.PHYSICAL:
        return True
    others = (
        type(exchange)
        .objects.filter(
            organisation_id=exchange.organisation_id,
            generation_id=exchange.generation_id,
            modality=Modality.PHYSICAL,
            state__in=CONFIRMED_STATES,
        )
        .exclude(pk=exchange.pk)
    )
    return not others.exists() or _(
        "%(visitor)s already has a physical exchange in %(generation)s, and there is one only."
    ) % {"visitor": exchange.organisation, "generation": exchange.generation}
