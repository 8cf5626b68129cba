"""What the to-do page and the calendar show of exchanges."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc import clock
from cxc.access.scoped import Actor, Principal, VisibleQuerySet
from cxc.core.calendar import midnight
from cxc.core.moments import local_day
from cxc.todo import Dated, Stage, StageRow, dated, hide_stages_of, stage_source
from cxc.workflow.deadlines import days
from exchanges.enums import CONFIRMED_STATES, ExchangeState, PaymentState, VisitState
from exchanges.models import Exchange, WaitingListEntry
from exchanges.queries.visits import has_exchange

BEFORE_START = (ExchangeState.DRAFT, ExchangeState.PREPARATION, ExchangeState.READY)
# A stay stays in the calendar for so long after it.
SHOWN_IN_CALENDAR = days(60)


@hide_stages_of("matching.match")
def with_an_exchange() -> Q:
    """Matches whose way goes on with an exchange: one way, one row."""
    return Q(has_exchange())


def _waiting(actor: Actor) -> Sequence[VisibleQuerySet]:
    """A visitor's places on waiting lists of visits to come."""
    mine = WaitingListEntry.objects.visible_to(actor, "place", few=True).waiting()
    return [mine.filter(visit__state=VisitState.OPEN, visit__first_day__gt=clock.today())]


@stage_source(_waiting, label=gettext_lazy("All open visits"), url_name="open_visits")
def stage_of_entry(entry: WaitingListEntry) -> StageRow:
    """It waits for nobody that the visitor could ask."""
    idle = gettext_lazy("On the waiting list: the host's Partnership offers a free place to the next in line.")
    return StageRow(entry, Stage.MATCHING, idle)


def _live(actor: Actor) -> Sequence[VisibleQuerySet]:
    """Exchanges that are not over: until closed, and paid where one sees money."""
    begun = Exchange.objects.visible_to(actor, few=True).filter(state__in=[*BEFORE_START, ExchangeState.ONGOING])
    unpaid = Exchange.objects.visible_to(actor, "money", few=True).filter(payment__state=PaymentState.DUE)
    return [begun, unpaid]


def _closed(actor: Actor) -> Sequence[VisibleQuerySet]:
    """Of a Partnership those of late, of an organisation all, of an office none."""
    closed = Exchange.objects.filter(state=ExchangeState.CLOSED)
    if actor.principal is Principal.ORGANISATION:
        return list(closed.visible_parts(actor).values())
    if actor.principal is Principal.PARTNERSHIP:
        of_late = closed.filter(closed_at__gte=midnight(clock.today() - SHOWN_IN_CALENDAR, "UTC"), is_recorded=False)
        return [of_late.visible_to(actor, few=True)]
    return []


@stage_source(_closed, label=gettext_lazy("All exchanges"), url_name="exchanges", comes_first=_live)
def stage_of_exchange(exchange: Exchange) -> StageRow:
    """A closed one has the whole way behind it."""
    stage = Stage.BUILDING if exchange.state in BEFORE_START else Stage.FINALISATION
    return StageRow(exchange, stage, _idle(exchange), is_over=exchange.state == ExchangeState.CLOSED)


def _idle(exchange: Exchange) -> str:
    """What is the case while nobody owes anything."""
    if exchange.state == ExchangeState.READY and exchange.start:
        return _("Starts by itself on %(day)s.") % {"day": date_format(exchange.start)}
    if exchange.state == ExchangeState.ONGOING and exchange.end:
        return _("Under way until %(day)s.") % {"day": date_format(exchange.end)}
    if exchange.state == ExchangeState.CLOSED and exchange.closed_at:
        day = date_format(local_day(exchange.closed_at, exchange.visit.time_zone))
        return _("Closed on %(day)s.") % {"day": day}
    return ""


@dated
def stays(actor: Actor) -> Iterable[Dated]:
    """An organisation's and a Partnership's exchanges, from preparation on; the offices would have too many."""
    if actor.principal not in {Principal.ORGANISATION, Principal.PARTNERSHIP}:
        return
    since = clock.today() - SHOWN_IN_CALENDAR
    mine = Exchange.objects.visible_to(actor).filter(state__in=CONFIRMED_STATES, visit__last_day__gte=since)
    for exchange in mine.with_display_relations().order_by("pk"):
        if exchange.start and exchange.end:
            title = _("Exchange: %(exchange)s") % {"exchange": exchange}
            details = f"{exchange.reference}, {exchange.get_state_display()}"
            address = exchange.get_absolute_url()
            yield Dated(f"exchange-{exchange.pk}", title, address, exchange.start, exchange.end, details)
