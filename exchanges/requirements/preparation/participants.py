"""Who meets whom: what a match, a visitor and a host need so that an exchange can be built on them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.core.links import path_of
from cxc.workflow.batch import loaded
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import by_transitions, options_on
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from exchanges import links
from exchanges.enums import CONFIRMED_STATES, ExchangeState
from matching.enums import MatchState
from matching.models import Match
from profiles.enums import Modality
from profiles.fixes import identity_options, participation_options, period_options
from profiles.models import Profile
from profiles.rules import eligibility_problem

BOTH = ("visiting_profile", "host_profile")

TO_CONFIRM_MATCH = by_transitions(
    "undo",
    "reopen",
    "visitor_yes",
    "host_yes",
    page=lambda match: path_of(match, "transitions"),
    on=lambda exchange: exchange.match,
)


@requirement(
    gettext_lazy("Its match is confirmed."),
    otherwise=gettext_lazy("Confirm its match first: both sides have to say yes."),
    fix=TO_CONFIRM_MATCH,
)
def match_confirmed(context: TransitionContext) -> bool:
    """Recorded afterwards, a match may have been completed by the time its exchange is entered."""
    return context.thing.match.state in {MatchState.CONFIRMED, MatchState.COMPLETED}


@requirement(
    gettext_lazy("Its match is confirmed and has not been completed by an earlier exchange."),
    otherwise=gettext_lazy("Choose a match that is confirmed and has not been completed by an earlier exchange."),
    fix=TO_CONFIRM_MATCH,
)
def match_open(context: TransitionContext) -> bool:
    """A new exchange needs a match that holds; a completed one only goes on with the exchange it has."""
    return context.thing.match.state == MatchState.CONFIRMED or (context.is_recorded and match_confirmed.check(context))


def _others_of_match(exchange: Any) -> Any:
    others = type(exchange).objects.filter(match_id=exchange.match_id).exclude(pk=exchange.pk)
    return others.exclude(state=ExchangeState.CANCELLED)


def _cancelling_other_of_match(context: TransitionContext) -> list[FixOption]:
    return _cancelling(_others_of_match(context.thing).first(), "cancel", "cancel_ongoing")


def _cancelling(exchange: Any, *names: str) -> list[FixOption]:
    return options_on(exchange, names, links.cancellation(exchange)) if exchange else []


@requirement(
    gettext_lazy("The match has no other exchange."),
    otherwise=gettext_lazy("Go on with the exchange that the match has already, or cancel that one first."),
    fix=Fix(_cancelling_other_of_match),
)
def only_exchange_of_match(context: TransitionContext) -> bool:
    return not _others_of_match(context.thing).exists()


@requirement(
    gettext_lazy("The visit is at the same host profile and of the same modality."),
    otherwise=gettext_lazy("Choose a visit at the host of the match and of its modality."),
)
def same_host_and_modality(context: TransitionContext) -> bool:
    visit, match = context.thing.visit, context.thing.match
    return (visit.host_profile_id, visit.modality) == (match.host_profile_id, match.modality)


@requirement(
    gettext_lazy("The visitor's Partnership's participation is open."),
    otherwise=gettext_lazy("Ask the Support Office to extend the participation of the visitor's Partnership."),
    fix=Fix(lambda context: participation_options(context.thing.match.visiting_profile)),
    kind=Kind.TIMING,
)
def participation_open(context: TransitionContext) -> bool:
    participation = context.thing.participation
    return participation is not None and participation.is_open(context.now.date())


Problems = list[tuple[Profile, str]]


def _problems(exchanges: Sequence[Any]) -> Mapping[int, Problems]:
    """The profiles of each exchange that can't take part, with the reason."""
    found = Match.objects.filter(pk__in={exchange.match_id for exchange in exchanges})
    related = [f"{side}__{path}" for side in BOTH for path in ("generation", "organisation__cluster")]
    matches = {match.pk: match for match in found.select_related(*related)}
    profiles = [getattr(match, side) for match in matches.values() for side in BOTH]
    prefetch_related_objects(
        profiles, "generation__countries", "organisation__cluster_requests", "organisation__exceptions"
    )
    problems = {
        profile: eligibility_problem(profile.organisation, profile.kind, profile.generation) for profile in profiles
    }
    return {exchange.pk: _problems_of(matches[exchange.match_id], problems) for exchange in exchanges}


def _problems_of(match: Match, problems: Mapping[Profile, str]) -> Problems:
    both = (match.visiting_profile, match.host_profile)
    return [(profile, problems[profile]) for profile in both if problems[profile]]


def _identity_of_who_may_not(context: TransitionContext) -> list[FixOption]:
    unfit = loaded(context.thing, _problems)
    return [option for profile, _problem in unfit for option in identity_options(profile)]


@requirement(
    gettext_lazy("Both organisations may take part in this generation."),
    otherwise=gettext_lazy("Correct kind, country or cluster of the organisation that may not take part."),
    fix=Fix(_identity_of_who_may_not),
)
def both_eligible(context: TransitionContext) -> object:
    unfit = loaded(context.thing, _problems)
    return not unfit or " ".join(f"{profile.organisation}: {problem}" for profile, problem in unfit)


def _over_before_the_stay(exchange: Any) -> list[Profile]:
    """The profiles of the exchange whose period ends before its first day."""
    start, both = exchange.start, [getattr(exchange.match, side) for side in BOTH]
    return [profile for profile in both if start and profile.available_to and profile.available_to < start]


def _longer_period(context: TransitionContext) -> list[FixOption]:
    return [option for profile in _over_before_the_stay(context.thing) for option in period_options(profile)]


@requirement(
    gettext_lazy("The periods of both profiles are not over before the stay."),
    otherwise=gettext_lazy("Extend the period of the profile that is over before the stay."),
    fix=Fix(_longer_period),
)
def profiles_not_over(context: TransitionContext) -> object:
    """Asked when a visit moves: a stay that was planned while the periods allowed it stays possible."""
    over, start = _over_before_the_stay(context.thing), context.thing.start
    return not over or " ".join(
        _("The period of %(who)s's profile ended on %(day)s.")
        % {"who": profile.organisation, "day": date_format(profile.available_to or start)}
        for profile in over
    )


@requirement(
    gettext_lazy("The two organisations are in different countries."),
    otherwise=gettext_lazy("Match the visitor with a host in another country: an exchange crosses a border."),
)
def different_countries(context: TransitionContext) -> bool:
    exchange = context.thing
    return bool(exchange.organisation.country_id != exchange.host.country_id)


def _other_physical(exchanges: Sequence[Any]) -> Mapping[int, int | None]:
    """The id of another physical exchange that counts, of the visitor of each exchange in its generation."""
    rows = type(exchanges[0]).objects.filter(
        organisation_id__in={exchange.organisation_id for exchange in exchanges},
        generation_id__in={exchange.generation_id for exchange in exchanges},
        modality=Modality.PHYSICAL,
        state__in=CONFIRMED_STATES,
    )
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, *of in rows.order_by("pk").values_list("pk", "organisation_id", "generation_id"):
        found[of[0], of[1]].append(pk)
    return {exchange.pk: _other_than(exchange, found) for exchange in exchanges}


def _other_than(exchange: Any, found: Mapping[tuple[int, int], list[int]]) -> int | None:
    if exchange.modality != Modality.PHYSICAL:
        return None
    same = found.get((exchange.organisation_id, exchange.generation_id), [])
    return next((pk for pk in same if pk != exchange.pk), None)


def _cancelling_other_physical(context: TransitionContext) -> list[FixOption]:
    exchange = context.thing
    return _cancelling(type(exchange).objects.filter(pk=loaded(exchange, _other_physical)).first(), "cancel")


@requirement(
    gettext_lazy("The visitor has no other physical exchange in this generation."),
    otherwise=gettext_lazy(
        "Cancel the visitor's other physical exchange first: there can be only one in a generation."
    ),
    fix=Fix(_cancelling_other_physical),
    reads=Reads.OTHERS,
)
def no_other_physical(context: TransitionContext) -> object:
    exchange = context.thing
    return loaded(exchange, _other_physical) is None or _(
        "Cancel the other physical exchange of %(visitor)s in %(generation)s first: there can be only one."
    ) % {"visitor": exchange.organisation, "generation": exchange.generation}
