"""What exchanges add to the transitions of profiles and matches."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.compiled_queries import compiled_once
from cxc.core.links import path_of
from cxc.workflow import registry
from cxc.workflow.batch import Loader, loaded
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import options_on
from cxc.workflow.requirements import Kind, TransitionContext, requirement
from exchanges import fixes
from exchanges.enums import CONFIRMED_STATES, RUNNING_STATES, ExchangeState
from exchanges.models import Exchange, VisitProposal
from matching.enums import MatchState
from matching.models import Match
from matching.queries import used_up
from profiles.enums import Modality
from profiles.models import Profile

PROFILE, MATCH = "profiles.profile", "matching.match"
CANCEL_REQUEST_STATES = (ExchangeState.PREPARATION, ExchangeState.READY)


def exchanges_that_use_up() -> QuerySet[Exchange]:
    """The exchanges that use their visitor up: one physical in a generation."""
    return Exchange.objects.filter(modality=Modality.PHYSICAL, state__in=CONFIRMED_STATES)


@compiled_once
def _first_of_profile(states: tuple[str, ...], *, profile: int) -> QuerySet[Exchange]:
    own = Q(match__visiting_profile_id=profile) | Q(match__host_profile_id=profile)
    return Exchange.objects.filter(own, state__in=states).with_labels().order_by("pk")[:1]


@compiled_once
def _first_of_match(states: tuple[str, ...], *, match: int) -> QuerySet[Exchange]:
    return Exchange.objects.filter(match=match, state__in=states).with_labels().order_by("pk")[:1]


def _first_in(states: tuple[str, ...]) -> Loader[Exchange | None]:
    """A loader: the first exchange in one of these states, or None, of each profile or match.

    One query with LIMIT 1 for each, because a host may have had thousands of exchanges.
    """

    def first(thing: Profile | Match) -> Exchange | None:
        if isinstance(thing, Match):
            return next(iter(_first_of_match(states, match=thing.pk)), None)
        return next(iter(_first_of_profile(states, profile=thing.pk)), None)

    return lambda things: {thing.pk: first(thing) for thing in things}


_first_running, _first_confirmed = _first_in(RUNNING_STATES), _first_in(CONFIRMED_STATES)


def _in_the_way(thing: Profile | Match, load: Loader[Exchange | None]) -> list[FixOption]:
    """The first of its exchanges in the loader's states: closed, cancelled or set back by whoever can."""
    exchange = loaded(thing, load) if thing.pk else None
    names = ("cancel", "close", "cancel_ongoing", "reopen", "undo_start")
    return options_on(exchange, names, path_of(exchange, "state"))


RUNNING_IN_THE_WAY = Fix(lambda context: _in_the_way(context.thing, _first_running))


def _true_or_named(thing: Profile | Match, load: Loader[Exchange | None]) -> object:
    """True when there is none; else the sentence that names the first and the step back."""
    first = loaded(thing, load)
    return first is None or _(
        "%(exchange)s is “%(state)s”: close or cancel it first, or set it back, or ask the Support Office."
    ) % {"exchange": first, "state": first.get_state_display()}


@requirement(
    gettext_lazy("No exchange of the profile is in preparation, ready to start or ongoing."),
    otherwise=gettext_lazy("Close or cancel the exchange of the profile first, or set it back."),
    fix=RUNNING_IN_THE_WAY,
)
def no_running_exchange(context: TransitionContext) -> object:
    """A profile recorded afterwards with its archiving is not saved yet, and has no exchange."""
    return context.thing.pk is None or _true_or_named(context.thing, _first_running)


@requirement(
    gettext_lazy(
        "No exchange of the profile is in preparation, ready to start or ongoing (the Support Office may do it anyway)."
    ),
    otherwise=gettext_lazy("Close or cancel the exchange of the profile first, or set it back."),
    fix=RUNNING_IN_THE_WAY,
)
def no_running_exchange_except_for_so(context: TransitionContext) -> object:
    return context.side is Side.SO or no_running_exchange.check(context)


@requirement(
    gettext_lazy("No exchange is in preparation, ready to start, ongoing or closed."),
    otherwise=gettext_lazy("Cancel the exchange first, or set it back."),
    fix=Fix(lambda context: _in_the_way(context.thing, _first_confirmed)),
)
def no_confirmed_exchange(context: TransitionContext) -> object:
    """Of the profile, or of the match."""
    return _true_or_named(context.thing, _first_confirmed)


@requirement(
    gettext_lazy("The visitor is not used up: one physical exchange in a generation."),
    otherwise=gettext_lazy("Choose another visitor: this one has its physical exchange of the generation already."),
)
def visitor_not_used_up(context: TransitionContext) -> object:
    match = context.thing
    if match.modality != Modality.PHYSICAL:
        return True
    used = (
        exchanges_that_use_up()
        .filter(
            organisation_id=match.visiting_profile.organisation_id,
            generation_id=match.visiting_profile.generation_id,
        )
        .exclude(match_id=match.pk)
    )
    return not used.exists() or _(
        "Choose another visitor: %(visitor)s already has its physical exchange in %(generation)s."
    ) % {"visitor": match.visiting_profile.organisation, "generation": match.visiting_profile.generation}


@requirement(
    gettext_lazy("Its exchange is closed."),
    otherwise=gettext_lazy("Close its exchange: that completes the match."),
)
def exchange_of_match_closed(context: TransitionContext) -> bool:
    return Exchange.objects.filter(match=context.thing, state=ExchangeState.CLOSED).exists()


@requirement(
    gettext_lazy("Its exchange is in preparation or ready to start."),
    otherwise=gettext_lazy(
        "Take back your yes directly: no exchange of the match is being prepared, so nobody has to be asked."
    ),
)
def exchange_under_preparation(context: TransitionContext) -> bool:
    return Exchange.objects.filter(match=context.thing, state__in=CANCEL_REQUEST_STATES).exists()


def _more_places_on_visit(context: TransitionContext) -> list[FixOption]:
    proposal = VisitProposal.objects.filter(match=context.thing.pk).select_related("visit").first()
    return fixes.dates_of_visit(proposal.visit, "places") if proposal else []


@requirement(
    gettext_lazy("The open visit that it is meant for has a place left."),
    otherwise=gettext_lazy("Wait until a place of the visit is free, or ask the lead of the visit for more places."),
    fix=Fix(_more_places_on_visit),
    kind=Kind.TIMING,
)
def visit_has_place_for_match(context: TransitionContext) -> object:
    """Those who come already, by match or by exchange; counted under the lock on the host profile."""
    proposal = VisitProposal.objects.filter(match=context.thing.pk).select_related("visit__host_profile").first()
    if proposal is None:
        return True
    visit = proposal.visit
    coming = set(visit.proposals.filter(match__state=MatchState.CONFIRMED).values_list("match_id", flat=True))
    coming |= set(visit.exchanges.exclude(state=ExchangeState.CANCELLED).values_list("match_id", flat=True))
    return len(coming - {context.thing.pk}) < visit.effective_places or _(
        "Wait until a place of the visit “%(visit)s” is free, or ask its lead for more: all %(places)s are taken. Your"
        " answer is kept open."
    ) % {"places": visit.effective_places, "visit": visit}


def register() -> None:
    """Called when the app is ready."""
    used_up.register_source(exchanges_that_use_up)
    registry.block(PROFILE, "change_identity", "archive", "archive_after_participation", by=no_running_exchange)
    registry.block(PROFILE, "unpublish", by=no_running_exchange_except_for_so)
    registry.block(PROFILE, "reassign", by=no_confirmed_exchange)
    registry.block(MATCH, "cancel", "take_back_yes_confirmed", by=no_confirmed_exchange)
    registry.block(MATCH, "take_back_yes_by_request", by=exchange_under_preparation)
    registry.block(MATCH, "propose", "confirm", "undo", "reopen", by=visitor_not_used_up)
    registry.block(MATCH, "confirm", by=visit_has_place_for_match)
    registry.block(MATCH, "complete", by=exchange_of_match_closed)
