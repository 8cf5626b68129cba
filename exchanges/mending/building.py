"""An exchange until it is ready to start."""

from collections.abc import Iterable

from django.urls import reverse

from cxc.core.links import path_of
from cxc.workflow.mending import Way, by_moves, says_all, way
from cxc.workflow.requirements import TransitionContext
from exchanges import fixes, links
from exchanges.enums import CONFIRMED_STATES, ExchangeState, PartState
from exchanges.mending.common import EXCHANGE, SO
from exchanges.models import Exchange
from matching.mending import place_ways
from profiles.enums import Modality
from profiles.mending import identity_ways, participation_ways
from profiles.rules import eligibility_problem

PLANNING = ("edit_planned", "edit_planned_in_preparation")
RAISING = ("raise_ceiling", "raise_ceiling_while_ongoing")


def register() -> None:
    """Called when the app is ready."""
    says_all(
        EXCHANGE,
        "same_host_and_modality",
        "different_countries",
        "is_physical",
        "start_past",
        "start_reached",
        "before_start",
        "request_open",
        "cancelled_lately",
        "one_signatory_only",
    )


@way(EXCHANGE, "match_open", "match_confirmed")
def _match(context: TransitionContext) -> Iterable[Way]:
    match = context.thing.match
    return by_moves(match, ["undo", "reopen", "visitor_yes", "host_yes"], path_of(match, "moves"))


@way(EXCHANGE, "only_exchange_of_match")
def _other_of_match(context: TransitionContext) -> Iterable[Way]:
    others = Exchange.objects.filter(match_id=context.thing.match_id).exclude(pk=context.thing.pk)
    other = others.exclude(state=ExchangeState.CANCELLED).first()
    return by_moves(other, ["cancel", "cancel_ongoing"], links.cancellation(other)) if other else []


@way(EXCHANGE, "participation_open")
def _participation(context: TransitionContext) -> Iterable[Way]:
    return participation_ways(context.thing.match.visiting_profile)


@way(EXCHANGE, "both_eligible")
def _eligible(context: TransitionContext) -> Iterable[Way]:
    match = context.thing.match
    return [
        found
        for profile in (match.visiting_profile, match.host_profile)
        if eligibility_problem(profile.organisation, profile.kind, profile.generation)
        for found in identity_ways(profile)
    ]


@way(EXCHANGE, "no_other_physical")
def _other_physical(context: TransitionContext) -> Iterable[Way]:
    mine = context.thing
    same = Exchange.objects.filter(organisation_id=mine.organisation_id, generation_id=mine.generation_id)
    other = same.filter(modality=Modality.PHYSICAL, state__in=CONFIRMED_STATES).exclude(pk=mine.pk).first()
    return by_moves(other, ["cancel"], links.cancellation(other)) if other else []


@way(EXCHANGE, "type_chosen")
def _type(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, PLANNING, links.plan(context.thing, "type")) if context.thing.pk else []


@way(EXCHANGE, "planned_within_visit", "planned_stay_fits")
def _planned(context: TransitionContext) -> Iterable[Way]:
    if not context.thing.pk:
        return []
    return [
        *by_moves(context.thing, PLANNING, links.plan(context.thing)),
        *fixes.dates_of_visit(context.thing.visit, "first_day"),
    ]


@way(EXCHANGE, "ceiling_known")
def _ceiling(context: TransitionContext) -> Iterable[Way]:
    if not context.thing.pk:
        return [Way(context.thing, (SO,), reverse("admin:profiles_lumpsumceiling_add"))]
    return by_moves(context.thing, RAISING, links.form("exchange_ceiling", context.thing.pk, "ceiling"))


@way(EXCHANGE, "ceiling_higher")
def _higher(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, RAISING, links.form("exchange_ceiling", context.thing.pk, "ceiling"))


@way(EXCHANGE, "host_place_available")
def _host_place(context: TransitionContext) -> Iterable[Way]:
    return place_ways(context.thing.match.host_profile)


@way(EXCHANGE, "visit_place_free")
def _visit_place(context: TransitionContext) -> Iterable[Way]:
    return fixes.dates_of_visit(context.thing.visit, "places")


@way(EXCHANGE, "nothing_signed")
def _cancel_instead(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["cancel"], links.form("exchange_cancel", context.thing.pk, "reason"))


@way(EXCHANGE, "agreed_stay_fits", "start_not_past")
def _agreed_days(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["set_agreed"], links.agreed_figures(context.thing, "start"))


@way(EXCHANGE, "agreed_given")
def _agreed(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["set_agreed"], links.agreed_figures(context.thing))


@way(EXCHANGE, "sector_given")
def _sector(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["set_agreed"], links.agreed_figures(context.thing, "sector"))


@way(EXCHANGE, "amount_within_ceiling")
def _amount(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["set_agreed"], links.agreed_figures(context.thing, "lump_sum"))


@way(EXCHANGE, "agreement_being_revised")
def _revised(context: TransitionContext) -> Iterable[Way]:
    agreement = context.thing.agreement_or_none
    return by_moves(agreement, ["revise_while_ongoing"], path_of(context.thing, "fa"))


@way(EXCHANGE, "ctq_signed")
def _ctq(context: TransitionContext) -> Iterable[Way]:
    """The shared part comes first: without it no own part is validated."""
    shared = context.thing.visit.shared_part_or_none
    if shared is None or shared.state != PartState.VALIDATED:
        return fixes.next_word_on_shared(shared)
    return fixes.next_word_on_own(context.thing.own_part_or_none)


@way(EXCHANGE, "fa_signed")
def _fa(context: TransitionContext) -> Iterable[Way]:
    return fixes.next_word_on_agreement(context.thing.agreement_or_none)


@way(EXCHANGE, "complete_before_start")
def _late(context: TransitionContext) -> Iterable[Way]:
    address = reverse("transition", args=[EXCHANGE, context.thing.pk, "set_ready_late"]) + "#reason"
    return [Way(context.thing, (SO,), address)]


@way(EXCHANGE, "no_open_request")
def _request(context: TransitionContext) -> Iterable[Way]:
    return by_moves(context.thing, ["refuse_to_cancel", "cancel"], links.cancellation(context.thing))
