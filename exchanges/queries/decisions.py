"""The evidence and the reports that wait for somebody's decision, those that wait longest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from cxc.access.scoped import Actor, Principal
from cxc.todo.items import owed_now
from cxc.workflow.deadlines import Deadlines
from exchanges.enums import EVIDENCE, REPORT, EvidenceState, ExchangeState, PaymentState, ReportState
from exchanges.models import Evidence, Exchange, FinalActivityReport

# Reports that the Support Office may answer: their Partnership did not in time, or can't.
_REPORTS_OF_SUPPORT_OFFICE = ("far_unanswered", "answer_far")


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind and id, its exchange, and since when (UTC)."""

    kind: str
    pk: int
    exchange_id: int
    since: datetime

    @property
    def is_evidence(self) -> bool:
        return self.kind == EVIDENCE


def may_decide(actor: Actor) -> bool:
    """Whether there is anything that the actor decides on: for coordinators and the Support Office."""
    return actor.may_write and acts_for_deciders(actor)


def acts_for_deciders(actor: Actor) -> bool:
    """Whether it is a Partnership or the Support Office, readers of it included."""
    return actor.principal in {Principal.PARTNERSHIP, Principal.SUPPORT_OFFICE}


def waiting_for(actor: Actor, exchanges: QuerySet[Exchange]) -> list[Waiting]:
    """All that waits for the actor on these exchanges; nothing of an organisation that the person belongs to."""
    if not may_decide(actor):
        return []
    ids = exchanges.order_by().exclude(organisation__in=actor.organisations).values("pk")
    rows = _rows(_evidence(actor), EVIDENCE, "uploaded_at", ids).union(
        _rows(_reports(actor), REPORT, "submitted_at", ids), all=True
    )
    return [Waiting(*row) for row in rows.order_by("since", "of_kind", "pk")]


def after(queue: Sequence[Waiting], kind: str, pk: int, since: datetime | None) -> Waiting | None:
    """The next one of the queue after this thing, which may have left it; from the end on to the first."""
    others = [one for one in queue if (one.kind, one.pk) != (kind, pk)]
    later = [one for one in others if since is not None and (one.since, one.kind, one.pk) > (since, kind, pk)]
    return next(iter(later or others), None)


def _rows(rows: QuerySet[Any], kind: str, since: str, exchanges: QuerySet[Any]) -> QuerySet[Any]:
    of_these = rows.filter(exchange__in=exchanges).order_by()
    annotated = of_these.annotate(of_kind=Value(kind), of_exchange=F("exchange_id"), since=F(since))
    return annotated.values_list("of_kind", "pk", "of_exchange", "since")


def _evidence(actor: Actor) -> QuerySet[Evidence]:
    """Handed in, and still to be answered: until the exchange is paid."""
    open_exchange = Q(exchange__state=ExchangeState.ONGOING) | Q(exchange__state=ExchangeState.CLOSED) & ~Q(
        exchange__payment__state=PaymentState.PAID
    )
    waiting = Evidence.objects.filter(open_exchange, state=EvidenceState.WAITING)
    return waiting.visible_to(actor, few=True)


def _reports(actor: Actor) -> QuerySet[FinalActivityReport]:
    submitted = FinalActivityReport.objects.filter(state=ReportState.SUBMITTED, exchange__state=ExchangeState.ONGOING)
    found = submitted.visible_to(actor, few=True)
    if actor.principal is not Principal.SUPPORT_OFFICE:
        return found
    owed = owed_now(actor, Deadlines()).filter(kind=REPORT, code__in=_REPORTS_OF_SUPPORT_OFFICE)
    return found.filter(pk__in=owed.values("thing_id"))
