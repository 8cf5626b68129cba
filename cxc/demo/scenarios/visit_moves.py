"""Moves of visits: refused, withdrawn, expired, carried out, agreed by all, and one that waits for answers."""

from datetime import date

from cxc import clock
from cxc.access.scoped import Actor
from cxc.demo.scenarios.days import DAY, on, starting
from cxc.demo.scenarios.exchange_builder import ExchangeBuilder
from cxc.workflow import perform
from exchanges.models import Visit, VisitMove, VisitMoveConsent
from exchanges.services.visit_moves import ask_to_move, expire_moves
from profiles.models import Organisation

WEEK = 7 * DAY


def given_up(builder: ExchangeBuilder) -> None:
    """Three moves of one visit, none of which came to anything."""
    today, lead, host = builder.participants.today, builder.vop, builder.host.participant
    with on(today - 12 * DAY):
        move = _ask(builder, lead, weeks=1, reason="The visitor has a fair in that week.")
    with on(today - 11 * DAY):
        perform(_consent(move, host.organisation), "refuse", by=host.owner, reason="Our hall is let in that week.")
    with on(today - 10 * DAY):
        move = _ask(builder, host.owner, weeks=2, reason="The week after our fair would suit us better.")
    with on(today - 9 * DAY):
        perform(move, "withdraw", by=host.owner, reason="The fair is off: we keep the days.")
    _expired(builder)


def _expired(builder: ExchangeBuilder) -> None:
    """Nobody answered until it was too late."""
    stay = starting(builder.host.participant.country, builder.participants.today - 3 * DAY)
    with on(stay.start - 5 * DAY):
        _ask_days(builder, builder.hop, stay.start, stay.end, "Could all of us come earlier?")
    with on(stay.start - 3 * DAY):
        expire_moves(clock.now())


def carried_out(builder: ExchangeBuilder) -> None:
    today, host = builder.participants.today, builder.host.participant
    with on(today - 7 * DAY):
        move = _ask(builder, builder.vop, weeks=1, reason="The flights of that week are sold out.")
    with on(today - 6 * DAY):
        _agree(move, host.organisation, host.owner)
    with on(today - 5 * DAY):
        perform(VisitMove.objects.get(pk=move.pk), "carry_out", by=builder.vop)


def agreed(builder: ExchangeBuilder) -> None:
    """The lead still has to carry it out."""
    today, host = builder.participants.today, builder.host.participant
    with on(today - 4 * DAY):
        move = _ask(builder, builder.vop, weeks=2, reason="The visitor's people are on holiday in that week.")
    with on(today - 2 * DAY):
        _agree(move, host.organisation, host.owner)


def waiting_for_answers(builder: ExchangeBuilder) -> None:
    """Asked by the host yesterday: the Partnerships of its visitors have not answered."""
    with on(builder.participants.today - DAY):
        _ask(builder, builder.host.participant.owner, weeks=2, reason="Our mill is rebuilt a week longer than planned.")


def _ask(builder: ExchangeBuilder, by: Actor, *, weeks: int, reason: str) -> VisitMove:
    """To the first stay of three working days in a row so many weeks later."""
    visit = _visit(builder)
    stay = starting(builder.host.participant.country, visit.first_day + weeks * WEEK)
    return _ask_days(builder, by, stay.start, stay.end, reason)


def _ask_days(builder: ExchangeBuilder, by: Actor, first: date, last: date, reason: str) -> VisitMove:
    return ask_to_move(_visit(builder), by=by, reason=reason, first_day=first, last_day=last)


def _visit(builder: ExchangeBuilder) -> Visit:
    return Visit.objects.with_host().get(pk=builder.exchange.visit_id)


def _agree(move: VisitMove, organisation: Organisation, by: Actor) -> None:
    perform(_consent(move, organisation), "agree", by=by)


def _consent(move: VisitMove, organisation: Organisation) -> VisitMoveConsent:
    return move.consents.get(organisation=organisation)
