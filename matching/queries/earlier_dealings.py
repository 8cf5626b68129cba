"""What is known of organisations from before: how they answered proposals, and with whom they have worked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median_low

from django.db.models import Exists, OuterRef, Q

from cxc import clock
from cxc.access.scoped import Actor, Side
from cxc.workflow import kind_of
from cxc.workflow.models import StateEvent
from matching.enums import Answer, MatchState
from matching.models import Match

# Fewer proposals than these say nothing of anybody; older ones no longer do.
LEAST_PROPOSALS = 3
REMEMBERED = timedelta(days=365)


@dataclass(frozen=True)
class ResponseRecord:
    """How a host has dealt with the proposals of the last year that waited for its answer and wait no longer.

    days  from proposal to answer, in whole days of UTC: at least half of the answers came within so many
    """

    proposals: int
    answered: int
    days: int


def response_records(hosts: Collection[int]) -> Mapping[int, ResponseRecord]:
    """Of these host organisations, by id; none where there were fewer than three proposals or no answer.

    Left out are what was recorded afterwards, and answers that a Partnership entered.
    """
    recorded = StateEvent.objects.filter(kind=kind_of(Match), thing_id=OuterRef("pk"), is_recorded=True)
    settled = Q(state=MatchState.EXPIRED, host_answer=Answer.NONE) | Q(host_answered_on__isnull=False)
    asked = Match.objects.filter(
        ~Exists(recorded),
        settled,
        host_organisation__in=hosts,
        host_answered_outside="",
        expiry_counted_from__gte=clock.now() - REMEMBERED,
    )
    found: dict[int, list[int | None]] = defaultdict(list)
    rows = asked.exclude(initiated_by=Side.HO).order_by()
    for host, *moments, answered_on in rows.values_list(
        "host_organisation_id", "proposed_at", "expiry_counted_from", "host_answered_on"
    ):
        found[host].append(None if answered_on is None else _days_until(answered_on, moments))
    records = {host: _record_of(days) for host, days in found.items() if len(days) >= LEAST_PROPOSALS}
    return {host: record for host, record in records.items() if record.answered}


def _days_until(answered_on: date, moments: Iterable[datetime]) -> int:
    """From the proposal, or from when it was opened again, to the answer."""
    began = max((moment.date() for moment in moments if moment.date() <= answered_on), default=answered_on)
    return (answered_on - began).days


def _record_of(days: list[int | None]) -> ResponseRecord:
    answered = [each for each in days if each is not None]
    return ResponseRecord(len(days), len(answered), median_low(answered) if answered else 0)


def partners_from_before(organisation: int, others: Collection[int], actor: Actor) -> frozenset[int]:
    """Those of the others whose exchange with this organisation was completed, as far as the actor may see it."""
    completed = Match.objects.visible_to(actor).filter(state=MatchState.COMPLETED).order_by()
    as_visitor = completed.filter(visiting_organisation=organisation, host_organisation__in=others)
    as_host = completed.filter(host_organisation=organisation, visiting_organisation__in=others)
    hosts = as_visitor.values_list("host_organisation_id")
    return frozenset(pk for (pk,) in hosts.union(as_host.values_list("visiting_organisation_id")))
