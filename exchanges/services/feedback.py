"""What visitor and host say of each other after the exchange. Rule: docs/rules.md, Final Activity Report."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cxc import clock
from cxc.access.scoped import Actor, Side, sides_of
from cxc.core.models import SchemeSettings
from cxc.workflow import NotAllowed, Refused, WrongState, lock
from cxc.workflow.unit_of_work import unit_of_work
from exchanges.deadlines import end_moment
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, Feedback

TOOK_PLACE = frozenset({ExchangeState.ONGOING, ExchangeState.CLOSED})
# Whose feedback each side reads at once; what the other side says it reads when it is shown.
_OWN = {Side.VO: {Side.VO}, Side.VOP: {Side.VO}, Side.HO: {Side.HO}, Side.HOP: {Side.HO}}


def give_feedback(exchange: Exchange, *, by: Actor, rating: int, text: str = "", private_note: str = "") -> Feedback:
    """Rating 1 to 5 and words, once the exchange has ended; changed at will until the other side reads it.

    The other side never reads the private note.

    NotAllowed for anybody but an owner or editor of visitor or host, WrongState where nothing took place,
    Refused before the end (local to the visit), after it was read, and for another rating.
    """
    side = giving_side(exchange, by)
    with unit_of_work():
        held = lock(exchange)
        if refusal := refusal_of(held, side):
            raise refusal
        texts = {"text": text.strip(), "private_note": private_note.strip()}
        values = {"rating": _checked(rating), **texts, "given_at": clock.now()}
        return Feedback.objects.update_or_create(exchange=held, side=side, defaults=values)[0]


def may_give(exchange: Exchange, by: Actor) -> bool:
    """Whether this actor can give feedback now, or still change what its side gave."""
    side = _side_of(exchange, by)
    return side is not None and refusal_of(exchange, side) is None


def giving_side(exchange: Exchange, by: Actor) -> Side:
    """The side that this actor gives feedback for; NotAllowed where it is none."""
    side = _side_of(exchange, by)
    if side is None:
        raise NotAllowed(_("Leave the feedback to an owner or editor of the visitor or of the host."))
    return side


def _side_of(exchange: Exchange, by: Actor) -> Side | None:
    sides = sides_of(by, exchange) if by.may_write else frozenset()
    return next((side for side in (Side.VO, Side.HO) if side in sides), None)


def refusal_of(exchange: Exchange, side: Side) -> Refused | None:
    """Why this side can't give feedback now, nor change what it gave; None when it can."""
    ended_at = end_moment(exchange)
    if exchange.state not in TOOK_PLACE or ended_at is None:
        return WrongState(_("Wait until the exchange has taken place: only then is feedback given."))
    if clock.now() < ended_at:
        return Refused(
            _("Wait until the exchange is over: feedback is given after the end, %(day)s.")
            % {"day": date_format(exchange.end or ended_at)}
        )
    if is_shown(exchange) and exchange.feedback.filter(side=side).exists():
        return Refused(_("Leave the feedback as it is: the other side has read it already."))
    return None


def _checked(rating: int) -> int:
    if not 1 <= rating <= 5:
        raise Refused(_("Rate from 1 to 5."))
    return rating


def is_shown(exchange: Exchange) -> bool:
    """Whether each side reads what the other says: both are in, or the days after the end have passed."""
    if exchange.feedback.count() == 2:
        return True
    ended_at = end_moment(exchange)
    days = timedelta(days=SchemeSettings.current().feedback_blind_days)
    return ended_at is not None and clock.now() >= ended_at + days


def feedback_for(exchange: Exchange, actor: Actor) -> list[Feedback]:
    """What this actor may read: its own side's, and the other's when it is shown. The Support Office reads all.

    The other side's comes without its private note, as if there were none.
    """
    sides = sides_of(actor, exchange)
    own = {whose for side in sides for whose in _OWN.get(side, set())}
    if Side.SO in sides:
        own = {Side.VO, Side.HO}
    if not own:
        return []
    given = list(exchange.feedback.order_by("side"))
    if not is_shown(exchange):
        return [feedback for feedback in given if feedback.side in own]
    for feedback in given:
        if feedback.side not in own:
            feedback.private_note = ""
    return given
