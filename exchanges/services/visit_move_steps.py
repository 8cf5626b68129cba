"""Carrying a move out, in the transaction of its transition: the visit, its agenda, its exchanges.

Everything that has a state goes through its own transition. Rule: docs/rules.md, Moving a visit.
"""

from typing import Any

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc.access.scoped import PORTAL
from cxc.core.languages import in_the_portals_language
from cxc.workflow import TransitionContext, create, perform
from exchanges.enums import ExchangeState, MoveOutcome, PartState
from exchanges.models import DayMark, Exchange, SharedPart, Visit, VisitMove, VisitProposal
from exchanges.models.exchange.visit_move import MOVES
from exchanges.models.visit_move.plan import ExchangePlan, MovePlan, days_on_move
from exchanges.rules.visit_move import shift_of
from exchanges.services import agenda
from matching.enums import OPEN_STATES

COPIED = ("host_profile_id", "modality", "lead_id", "title", "city", "time_zone", "places")


def carry_out(move: VisitMove, context: TransitionContext) -> None:
    """Cancel who can't come, move the visit or begin one for the rest, then move the others."""
    plan = move.plan(context.actor)
    for line in plan.cancelled:
        _cancel(move, line)
    visit = _new_visit(plan) if plan.is_split else _move_visit(plan)
    for line in plan.moving:
        _move_exchange(move, line.exchange, visit, plan)
    if plan.is_split:
        _move_proposals(plan.visit, visit)
        VisitMove.objects.filter(pk=move.pk).update(new_visit=visit)
        move.new_visit = visit


# --- the exchanges -----------------------------------------------------------------------------------------


def _cancel(move: VisitMove, line: ExchangePlan) -> None:
    why = _why_cancelled(move, line)
    move.stays.filter(exchange=line.exchange).update(outcome=MoveOutcome.CANCELLED, reasons=why)
    perform(line.exchange, "cancel", by=PORTAL, reason=why)


@in_the_portals_language
def _why_cancelled(move: VisitMove, line: ExchangePlan) -> str:
    sentence = _("The visit moves to %(first)s – %(last)s, when this exchange can't take place: %(why)s") % {
        "first": date_format(move.first_day),
        "last": date_format(move.last_day),
        "why": " ".join(line.sentences),
    }
    return sentence


def _move_exchange(move: VisitMove, exchange: Exchange, visit: Visit, plan: MovePlan) -> None:
    days = days_on_move(exchange, plan.before, plan.after, move.given_days)
    arguments: dict[str, Any] = {"visit": visit, "planned": days["planned"], "agreed": days["agreed"]}
    perform(exchange, MOVES[ExchangeState(exchange.state)], by=PORTAL, reason=move.why, **arguments)
    move.stays.filter(exchange=exchange).update(outcome=MoveOutcome.MOVED)


# --- the visit ---------------------------------------------------------------------------------------------


def _move_visit(plan: MovePlan) -> Visit:
    visit = plan.visit
    perform(visit, "move_days", by=PORTAL, first_day=plan.after.first, last_day=plan.after.last)
    visit.agenda_items.update(day=F("day") + shift_of(plan.before, plan.after))
    _write_marks(visit, plan)
    shared = visit.shared_part_or_none
    if shared is not None:
        # Whoever has the agenda open in a form at this moment is told that it was changed; and the days are substance,
        # so that no signature given before counts for this version, even if it is validated as an editorial one.
        SharedPart.objects.filter(pk=shared.pk).update(row_version=F("row_version") + 1, substance_version=F("version"))
        if plan.items_outside and shared.state == PartState.READY:
            perform(shared, "take_back", by=PORTAL)
    return visit


def _write_marks(visit: Visit, plan: MovePlan) -> None:
    visit.day_marks.all().delete()
    DayMark.objects.bulk_create(
        DayMark(visit=visit, day=mark.day, is_worked=mark.is_worked, reason=mark.reason) for mark in plan.day_marks
    )


def _new_visit(plan: MovePlan) -> Visit:
    """For what has not begun: the same host, lead, zone and title, with texts and agenda to be validated anew."""
    old = plan.visit
    visit = Visit(first_day=plan.after.first, last_day=plan.after.last, **{name: getattr(old, name) for name in COPIED})
    create(visit, "create_by_move", by=PORTAL)
    shift = shift_of(plan.before, plan.after)
    agenda.copy_items(old, visit, lambda day: day + shift)
    _write_marks(visit, plan)
    _copy_shared_part(old, visit)
    return visit


def _copy_shared_part(old: Visit, new: Visit) -> None:
    """Its version counts on, so that no version that was signed is taken for one of the new visit."""
    shared = old.shared_part_or_none
    if shared is None:
        create(SharedPart(visit=new), by=PORTAL)
        return
    texts = {name: getattr(shared, name) for name in SharedPart.TEXTS}
    create(SharedPart(visit=new, version=shared.version + 1, **texts), by=PORTAL)


def _move_proposals(old: Visit, new: Visit) -> None:
    """Matches for the visit whose exchange has not begun yet are for the new one."""
    staying = Exchange.objects.filter(visit=old).exclude(state=ExchangeState.CANCELLED).values("match_id")
    waiting = VisitProposal.objects.filter(visit=old, match__state__in=OPEN_STATES)
    waiting.exclude(match_id__in=staying).update(visit=new)
