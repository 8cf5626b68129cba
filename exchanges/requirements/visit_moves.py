"""What moving a visit to other days requires, and agreeing to it. Rule: docs/rules.md, Moving a visit."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.links import path_of
from cxc.workflow.fix import Fix, FixOption
from cxc.workflow.fix_options import options_on
from cxc.workflow.requirements import Kind, Reads, TransitionContext, requirement
from cxc.workflow.todo import Todo
from exchanges import deadlines, links
from exchanges.enums import MOVABLE_STATES, OPEN_MOVE_STATES, ExchangeState, MoveConsentState


def open_move_of(visit: Any) -> Any:
    """The move of the visit that waits for answers, or to be carried out."""
    return next((move for move in visit.moves.all() if move.state in OPEN_MOVE_STATES), None) if visit.pk else None


def _open_move(context: TransitionContext) -> list[FixOption]:
    """Where the open move of the visit is withdrawn."""
    move = open_move_of(getattr(context.thing, "visit", context.thing))
    return options_on(move, ["withdraw"], path_of(move)) if move else []


@requirement(
    gettext_lazy("No other move of the visit is open."),
    otherwise=gettext_lazy("Wait for the answers to the move that is open, or withdraw it first."),
    fix=Fix(_open_move),
)
def no_open_move(context: TransitionContext) -> bool:
    return open_move_of(context.thing.visit) is None


@requirement(
    gettext_lazy("First and last day stay while a move of the visit is open."),
    otherwise=gettext_lazy("Carry out the move that is open, or withdraw it, before you change the days."),
    fix=Fix(_open_move),
    reads=Reads.INPUT,
)
def days_stay_during_move(context: TransitionContext) -> bool:
    """Those who were asked agreed to days that were counted from these."""
    visit, fields = context.thing, context.facts.get("fields", {})
    stays = all(fields.get(name, getattr(visit, name)) == getattr(visit, name) for name in ("first_day", "last_day"))
    return stays or open_move_of(visit) is None


@requirement(
    gettext_lazy("The new days are in order, and others than now."),
    otherwise=gettext_lazy("Enter new days: the last not before the first, and not the same as now."),
)
def new_days_given(context: TransitionContext) -> bool:
    move, visit = context.thing, context.thing.visit
    is_new = (move.first_day, move.last_day) != (visit.first_day, visit.last_day)
    return is_new and bool(move.first_day <= move.last_day)


@requirement(
    gettext_lazy("The new first day is far enough ahead."),
    otherwise=gettext_lazy("Choose a later first day: this one is too near, or past."),
    kind=Kind.TIMING,
    met_until=deadlines.move_possible_until,
)
def new_days_ahead(context: TransitionContext) -> object:
    """Of a move, or of a consent to one."""
    until = deadlines.move_possible_until(context.thing)
    move = getattr(context.thing, "move", context.thing)
    return context.now < until or _("Choose a later first day: %(day)s is too near, or past.") % {
        "day": date_format(move.first_day)
    }


@requirement(
    gettext_lazy("The visit has an exchange that has not started."),
    otherwise=gettext_lazy("Change the dates of the visit instead: it has no exchange that would move with it."),
)
def exchange_to_move(context: TransitionContext) -> bool:
    return any(exchange.state in MOVABLE_STATES for exchange in context.thing.visit.exchanges.all())


@requirement(
    gettext_lazy("At least one exchange of the visit can take place on the new days."),
    otherwise=gettext_lazy("Choose other days: none of the exchanges could take place on these."),
    reads=Reads.OTHERS,
)
def somebody_can_come(context: TransitionContext) -> bool:
    return bool(context.thing.plan(context.actor).moving)


def first_ready(move: Any) -> Any:
    """The first exchange of the visit that is ready to start."""
    return next((one for one in move.visit.exchanges.all() if one.state == ExchangeState.READY), None)


def _setting_back(context: TransitionContext) -> list[FixOption]:
    exchange = first_ready(context.thing)
    return options_on(exchange, ["back_to_preparation"], links.setting_back(exchange)) if exchange else []


@requirement(
    gettext_lazy("No exchange of the visit is ready to start."),
    otherwise=gettext_lazy("Set the exchanges that are ready to start back to preparation first."),
    fix=Fix(
        _setting_back,
        todo=Todo(
            "set_back_for_move",
            (Side.SO,),
            gettext_lazy("Set the ready exchanges back to preparation, so that their visit can be moved"),
            page=lambda move: links.setting_back(first_ready(move)),
        ),
    ),
)
def none_ready(context: TransitionContext) -> object:
    ready = first_ready(context.thing)
    return ready is None or _("Set the exchange of %(visitor)s back to preparation first: it is ready to start.") % {
        "visitor": ready.organisation
    }


@requirement(
    gettext_lazy("All who are asked have agreed."),
    otherwise=gettext_lazy("Wait until all who are asked have agreed, or remind them."),
)
def all_have_agreed(context: TransitionContext) -> bool:
    asked = context.thing.consents.all()
    return bool(asked) and all(one.state == MoveConsentState.AGREED for one in asked)


@requirement(
    gettext_lazy("It was asked from this side."),
    otherwise=gettext_lazy("Ask the side that has asked to move the visit, or the Support Office."),
)
def asked_from_this_side(context: TransitionContext) -> bool:
    return bool(context.side == context.thing.asked_side)


@requirement(
    gettext_lazy("The move is open: neither carried out nor given up."),
    otherwise=gettext_lazy("There is nothing to answer any more: the move was carried out or given up."),
)
def move_is_open(context: TransitionContext) -> bool:
    return context.thing.move.state in OPEN_MOVE_STATES
