"""What the to-do page shows of exchanges."""

from collections.abc import Iterable

from django.db.models import Q

from cxc import clock
from cxc.ground.access import Actor
from cxc.ground.todo import MOST_STANDING, Stage, Standing, standing
from exchanges.enums import ExchangeState, PaymentState, VisitState
from exchanges.models import Exchange, WaitingPlace
from profiles.enums import ProfileKind
from profiles.models import Profile

BUILDING = (ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY)


@standing
def waiting(actor: Actor) -> Iterable[Standing]:
    """A visitor's places on waiting lists of visits to come."""
    mine = WaitingPlace.objects.visible_to(actor).waiting()
    ahead = mine.filter(visit__state=VisitState.OPEN, visit__first_day__gt=clock.today())
    held = Profile.objects.visible_to(actor).filter(kind=ProfileKind.VISITING)
    for place in ahead.filter(visiting_profile__in=held).with_faces()[:MOST_STANDING]:
        yield Standing(place, Stage.MATCHING)


@standing
def exchanges(actor: Actor) -> Iterable[Standing]:
    """Exchanges that are not over: until closed, and paid where something is to be paid."""
    live = Q(state__in=[*BUILDING, ExchangeState.ONGOING]) | Q(payment__state=PaymentState.DUE)
    for exchange in Exchange.objects.visible_to(actor).filter(live).with_faces()[:MOST_STANDING]:
        yield Standing(exchange, Stage.BUILDING if exchange.state in BUILDING else Stage.FINALISATION)
