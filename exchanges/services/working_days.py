"""Working days counted anew when marked days of a visit change. Rule: docs/rules.md, Working days."""

from dataclasses import replace

from cxc.access.scoped import PORTAL
from cxc.workflow import RequirementsUnmet, perform
from exchanges.enums import ExchangeState
from exchanges.models import Exchange, Visit

_MOVES = {ExchangeState.DRAFT: "recount", ExchangeState.PREPARATION: "recount_in_preparation"}


def recount_visit(visit: Visit) -> None:
    """Recount the days of what is being built; RequirementsUnmet, naming the visitor, if too few are left."""
    building = visit.exchanges.filter(state__in=list(_MOVES)).order_by("pk")
    for exchange in building.select_related("match__host_profile", "visit__host_profile", "organisation"):
        recount(exchange)


def recount(exchange: Exchange) -> None:
    """Nothing happens, and nothing is written down, where the count stays."""
    transition = _MOVES.get(exchange.state)
    if transition is None or _counts(exchange) == (exchange.planned_working_days, exchange.agreed_working_days):
        return
    try:
        perform(exchange, transition, by=PORTAL)
    except RequirementsUnmet as refusal:
        named = [
            replace(gap, sentence=f"{exchange.organisation}: {gap.sentence}", context=None) for gap in refusal.unmet
        ]
        raise RequirementsUnmet(named) from refusal


def _counts(exchange: Exchange) -> tuple[int | None, int | None]:
    """Planned and agreed days as they would be counted now."""
    start, end = exchange.planned_start, exchange.planned_end
    planned = exchange.count_days(start, end) if start and end else exchange.planned_working_days
    return planned, exchange.agreed_days_now()
