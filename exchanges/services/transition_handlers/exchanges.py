"""What follows a transition of an exchange, of a visit or of a match, in the same transaction.

Rule: docs/rules.md, Matches; Exchanges; Places.
"""

from django.db.models import Q
from django.utils.translation import gettext

from cxc.access.scoped import PORTAL
from cxc.workflow import TransitionContext, create, perform
from cxc.workflow.registry import after
from exchanges.enums import ExchangeState
from exchanges.external_requirements import CANCEL_REQUEST_STATES
from exchanges.models import Exchange, FinalActivityReport, FinancialAgreement, OwnPart, SharedPart
from matching.enums import MatchState
from matching.fit import ranking_index
from matching.models import Match
from matching.services import profile_indexes

EXCHANGE, VISIT, MATCH = "exchanges.exchange", "exchanges.visit", "matching.match"


def _has_no_documents_here(context: TransitionContext) -> bool:
    """What was over when it was recorded has its documents elsewhere: none are begun here."""
    return context.is_recorded and context.thing.state in {ExchangeState.CLOSED, ExchangeState.CANCELLED}


@after(EXCHANGE, "create", order=10)
def create_ctq_parts(context: TransitionContext) -> None:
    """The own part with its exchange, the shared part with the visit's first."""
    if _has_no_documents_here(context):
        return
    if context.thing.visit.shared_part_or_none is None:
        create(SharedPart(visit=context.thing.visit), by=PORTAL, timing=context.timing)
    create(OwnPart(exchange=context.thing), by=PORTAL, timing=context.timing)


@after(VISIT, "create", order=10)
def create_shared_part(context: TransitionContext) -> None:
    """At once, so that host and lead write the agenda before the first exchange; not for a visit of the past."""
    if not context.is_recorded:
        create(SharedPart(visit=context.thing), by=PORTAL, timing=context.timing)


@after(EXCHANGE, "prepare", "reopen_cancelled", order=10)
def create_agreement(context: TransitionContext) -> None:
    """The portal drafts the Financial Agreement of a physical exchange at preparation."""
    exchange = context.thing
    if exchange.is_physical and not _has_no_documents_here(context) and exchange.agreement_or_none is None:
        agreement = FinancialAgreement(exchange=exchange, payee=exchange.organisation.legal_name)
        create(agreement, by=PORTAL, timing=context.timing)


@after(EXCHANGE, "begin_stay", order=10)
def create_report(context: TransitionContext) -> None:
    """The draft of the Final Activity Report, so that it can be written from the first day on."""
    if not _has_no_documents_here(context) and context.thing.report_or_none is None:
        create(FinalActivityReport(exchange=context.thing), by=PORTAL, timing=context.timing)


TAKING_PLACE = (
    "create",
    "prepare",
    "edit_planned",
    "edit_planned_in_preparation",
    "move_draft",
    "move_in_preparation",
    "set_agreed",
    "begin_stay",
    "correct_actual",
    "undo_start",
    "reopen_cancelled",
    "reopen",
)
RETURNING_PLACE = ("cancel", "cancel_ongoing", "back_to_draft", "delete_draft")


@after(EXCHANGE, *TAKING_PLACE, order=20)
def hold_place_until_last_day(context: TransitionContext) -> None:
    """A draft holds no day: its match holds the place until the exchange says one."""
    exchange = context.thing
    until = None if exchange.state in {ExchangeState.DRAFT, ExchangeState.CANCELLED} else exchange.end
    Match.objects.filter(pk=exchange.match_id).update(place_until=until)


@after(EXCHANGE, *RETURNING_PLACE, order=20)
def hold_place_without_end(context: TransitionContext) -> None:
    """A place that was given back, its last day past, is not taken again by this: somebody else may have it."""
    held = Q(place_until__isnull=True) | Q(place_until__gte=context.now.date())
    Match.objects.filter(held, pk=context.thing.match_id).update(place_until=None)


@after(EXCHANGE, *TAKING_PLACE, *RETURNING_PLACE, order=90)
def update_ranking_index(context: TransitionContext) -> None:
    """Who looks for partners sees the place and the visitor as they are now."""
    match = context.thing.match
    ranking_index.lock_organisations([match.visiting_profile_id, match.host_profile_id])
    profile_indexes.update_free_places([match.host_profile_id])
    profile_indexes.update_used_up(context.thing.organisation_id, context.thing.generation_id)


@after(EXCHANGE, "close", "close_unpaid", order=20)
def complete_match(context: TransitionContext) -> None:
    """Stays completed when the exchange is reopened."""
    match = context.thing.match
    if match.state == MatchState.CONFIRMED:
        perform(match, "complete", by=PORTAL, timing=context.timing)


@after(MATCH, "cancel", "take_back_yes_confirmed", order=20)
def delete_draft_exchange(context: TransitionContext) -> None:
    """A cancelled match takes its draft exchange with it."""
    for exchange in Exchange.objects.filter(match=context.thing, state=ExchangeState.DRAFT):
        perform(exchange, "delete_draft", by=PORTAL, timing=context.timing)


@after(MATCH, "take_back_yes_by_request", order=20)
def ask_to_cancel_exchange(context: TransitionContext) -> None:
    """A yes taken back while its exchange is prepared becomes a request to cancel that exchange."""
    reason = " ".join(
        filter(None, [gettext("The yes that was given outside the portal is taken back."), context.reason])
    )
    for exchange in Exchange.objects.filter(match=context.thing, state__in=CANCEL_REQUEST_STATES):
        perform(exchange, "ask_to_cancel", by=context.actor, reason=reason, timing=context.timing)
