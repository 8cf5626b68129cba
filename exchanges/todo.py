"""What the to-do page shows of exchanges."""

from collections.abc import Iterable

from django.db.models import Q

from cxc.ground.access import Actor
from cxc.ground.todo import MOST_STANDING, Stage, Standing, standing
from exchanges.enums import ExchangeState, PaymentState
from exchanges.models import Exchange

BUILDING = (ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY)


@standing
def exchanges(actor: Actor) -> Iterable[Standing]:
    """Exchanges that are not over: until closed, and paid where something is to be paid."""
    live = Q(state__in=[*BUILDING, ExchangeState.ONGOING]) | Q(payment__state=PaymentState.DUE)
    for exchange in Exchange.objects.visible_to(actor).filter(live).with_faces()[:MOST_STANDING]:
        yield Standing(exchange, Stage.BUILDING if exchange.state in BUILDING else Stage.FINALISATION)
