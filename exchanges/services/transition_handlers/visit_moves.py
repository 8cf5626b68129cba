"""What follows a transition for the moves of visits, in the same transaction. Rule: docs/rules.md, Moving a visit."""

from cxc.access.scoped import PORTAL
from cxc.workflow import TransitionContext, perform
from cxc.workflow.registry import after
from exchanges.enums import EXCHANGE, VALIDATED_STATES, VISIT, VISIT_MOVE, VISIT_MOVE_CONSENT
from exchanges.models import Exchange
from exchanges.requirements.visit_moves import open_move_of
from exchanges.services import open_visit_mails as mails
from exchanges.services import visit_move_steps, visit_moves

PROFILE = "profiles.profile"
MOVED = ("move_draft", "move_in_preparation")


# --- the move itself ---------------------------------------------------------------------------------------


@after(VISIT_MOVE, "ask", order=10)
def ask_parties(context: TransitionContext) -> None:
    """Host and Partnerships are asked; who asks has agreed by asking."""
    visit_moves.update_parties(context.thing, by=context.actor)


@after(VISIT_MOVE_CONSENT, "agree", order=10)
def conclude_when_all_agree(context: TransitionContext) -> None:
    visit_moves.update_state(context.thing.move)


@after(VISIT_MOVE_CONSENT, "refuse", order=10)
def end_by_refusal(context: TransitionContext) -> None:
    """One who refuses ends the move; the reason is that of the refusal."""
    reason = visit_moves.reason_of_refusal(context.thing, context.reason)
    perform(context.thing.move, "refuse", by=PORTAL, reason=reason)


@after(VISIT_MOVE, "carry_out", order=10)
def carry_out(context: TransitionContext) -> None:
    visit_move_steps.carry_out(context.thing, context)


# --- what happens to the visit meanwhile ---------------------------------------------------------------------


@after(EXCHANGE, "create", "cancel", "cancel_ongoing", "reopen_cancelled", "undo_start", "reopen", order=70)
def update_parties_of_move(context: TransitionContext) -> None:
    """Who joins is asked, and who is gone need not answer; while it is carried out nobody is."""
    if not context.is_recorded:
        visit_moves.update_moves_of([context.thing.visit_id])


@after(EXCHANGE, "delete_draft", order=70)
def update_parties_without_draft(context: TransitionContext) -> None:
    visit_moves.update_moves_of([context.thing.visit_id], without=context.thing.pk)


@after(EXCHANGE, "begin_stay", order=70)
def expire_when_an_exchange_starts(context: TransitionContext) -> None:
    exchange = context.thing
    move = None if context.is_recorded else open_move_of(exchange.visit)
    if move is not None:
        visit_moves.expire(move, visit_moves.has_started())


@after(PROFILE, "reassign", order=70)
def update_parties_of_other_partnership(context: TransitionContext) -> None:
    """Its draft exchanges belong to visitors of another Partnership now, which is asked."""
    mine = Exchange.objects.filter(match__visiting_profile=context.thing.pk)
    visit_moves.update_moves_of(mine.values_list("visit_id", flat=True))


# --- what moved -------------------------------------------------------------------------------------------------


@after(EXCHANGE, *MOVED, order=30)
def renew_documents(context: TransitionContext) -> None:
    """The CTQ waits for the shared part and is validated anew; the Financial Agreement becomes a new version."""
    exchange: Exchange = context.thing
    own, agreement = exchange.own_part_or_none, exchange.agreement_or_none
    if own is not None and own.state in VALIDATED_STATES:
        perform(own, "wait_for_shared", by=PORTAL)
    if agreement is not None and agreement.state in VALIDATED_STATES:
        perform(agreement, "revise", by=PORTAL)


@after(VISIT, "move_days", order=90)
def mail_moved_days(context: TransitionContext) -> None:
    """Who asked to come, or waits, has to know; those whose exchange moves read it of that."""
    visit = context.thing
    coming = set(visit.exchanges.values_list("match_id", flat=True))
    matches = [match for match in mails.open_matches_for(visit) if match.pk not in coming]
    mails.mail_new_days([*mails.waiting_entries_of(visit), *matches], visit, by=context.actor)
