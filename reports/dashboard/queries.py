"""Counts of one Partnership's things: stored ones, and what is counted of the few that are under way."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from cxc.access.scoped import Side
from exchanges.enums import CONFIRMED_STATES, RUNNING_STATES, ExchangeState, PaymentState
from exchanges.models import Exchange, Payment
from exchanges.queries.visits import without_exchange
from matching.enums import Answer, MatchState
from matching.models import Match
from matching.queries.unmatched import needing_a_partner
from profiles.enums import Modality, ProfileKind, ProfileState
from profiles.models import Profile
from reports.dashboard.scope import KINDS, Scope
from reports.enums import StoredFigure
from reports.models import CurrentCount

MATCH = EXCHANGE = ("visitor_partnership", "host_partnership", "generation")
PAYMENT = ("visitor_partnership", "exchange__host_partnership", "exchange__generation")

_EACH = Count("pk")


@dataclass(frozen=True)
class _Figures:
    """Which stored counts are those of a side."""

    matches: StoredFigure
    exchanges: StoredFigure
    grouped: StoredFigure


_BY_SIDE = {
    Side.VOP: _Figures(StoredFigure.MATCH_STATES, StoredFigure.EXCHANGE_STATES, StoredFigure.GROUPED),
    Side.HOP: _Figures(StoredFigure.HOSTED_MATCH_STATES, StoredFigure.HOSTED_STATES, StoredFigure.HOSTED_GROUPED),
}
_FIGURES = (
    StoredFigure.PROFILES,
    StoredFigure.PAID,
    *(figure for one in _BY_SIDE.values() for figure in (one.matches, one.exchanges, one.grouped)),
)


@dataclass
class Counts:
    """How many of each, and what they come to in EUR."""

    numbers: Counter[Any] = field(default_factory=Counter)
    amounts: dict[Any, Decimal] = field(default_factory=dict)

    def add(self, key: Any, number: int, amount: Decimal | None) -> None:
        """So many with this key, and what they come to."""
        self.numbers[key] = number
        self.amounts[key] = amount or Decimal(0)


@dataclass(frozen=True)
class StoredCounts:
    """The stored counts of one Partnership in the scope: by figure, generation's id and value, amounts in EUR."""

    numbers: dict[str, Counter[tuple[int, str]]]
    amounts: dict[tuple[str, str], Decimal]

    def of(self, figure: StoredFigure) -> Counter[str]:
        """How many of this figure, by value, in all generations of the scope."""
        found = Counter[str]()
        for (_generation, value), number in self.numbers[figure].items():
            found[value] += number
        return found


def stored_counts(scope: Scope) -> StoredCounts:
    """All that is stored of the Partnership, in one query."""
    rows = CurrentCount.objects.filter(partnership_id=scope.partnership.pk, figure__in=_FIGURES)
    if scope.generation:
        rows = rows.filter(generation_id=scope.generation.pk)
    numbers: dict[str, Counter[tuple[int, str]]] = {figure: Counter() for figure in _FIGURES}
    amounts: dict[tuple[str, str], Decimal] = {}
    keys = ("figure", "generation_id", "value")
    for figure, generation, value, number, amount in _grouped(rows, *keys, total=Sum("number"), eur=Sum("amount")):
        numbers[figure][generation, value] = number
        amounts[figure, value] = amounts.get((figure, value), Decimal(0)) + amount
    return StoredCounts(numbers, amounts)


def profiles(scope: Scope, stored: StoredCounts) -> dict[Side, Counter[str]]:
    """By state, and under `again` and `needed` those to be confirmed anew and those that need a partner."""
    found = {kind: Counter[str]() for kind in KINDS.values()}
    for value, number in stored.of(StoredFigure.PROFILES).items():
        kind, state = value.split()
        found[ProfileKind(kind)][state] = number
    published = Profile.objects.filter(partnership=scope.partnership, state=ProfileState.PUBLISHED)
    if scope.generation:
        published = published.filter(generation=scope.generation)
    for kind, number in _grouped(published.filter(eligibility_confirmed_at=None), "kind", number=_EACH):
        found[kind]["again"] = number
    for kind, number in _grouped(needing_a_partner(published), "kind", number=_EACH):
        found[kind]["needed"] = number
    return {side: found[kind] for side, kind in KINDS.items()}


def matches(scope: Scope, side: Side, stored: StoredCounts) -> Counter[str]:
    """By state, and under `visitor`, `host` and `nobody` whom proposals wait for; `none`: exchange to be built."""
    rows = Match.objects.filter(scope.of(side, *MATCH))
    found = stored.of(_BY_SIDE[side].matches)
    answerable = Count("pk", filter=Q(matched_elsewhere=False))
    proposals = rows.filter(state=MatchState.PROPOSED).with_matched_elsewhere()
    for visitor, host, number, asked in _grouped(
        proposals, "visitor_answer", "host_answer", number=_EACH, answerable=answerable
    ):
        found["visitor"] += asked if visitor == Answer.NONE else 0
        found["host"] += asked if host == Answer.NONE else 0
        found["nobody"] += number - asked
    found["none"] = without_exchange(rows).order_by().count()
    return found


def exchanges(scope: Scope, side: Side, stored: StoredCounts) -> Counter[str]:
    """By state, under `grouped` and `single` the confirmed ones, under `asked` requests to cancel."""
    figures = _BY_SIDE[side]
    found = stored.of(figures.exchanges)
    found["confirmed"] = sum(found[state] for state in CONFIRMED_STATES)
    found["grouped"] = stored.of(figures.grouped).total()
    found["single"] = found["confirmed"] - found["grouped"]
    found["asked"] = Exchange.objects.filter(scope.of(side, *EXCHANGE), cancel_asked_at__isnull=False).count()
    return found


def _grouped(rows: QuerySet, *keys: str, **counted: Any) -> QuerySet[Any, tuple]:
    """These keys with what is counted for each combination of their values."""
    return rows.order_by().values_list(*keys).annotate(**counted)


def promised(scope: Scope) -> Counts:
    """Agreed lump sums of what is in preparation, ready or ongoing, by whether the visit is grouped."""
    running = Exchange.objects.filter(
        scope.of(Side.VOP, *EXCHANGE), state__in=RUNNING_STATES, modality=Modality.PHYSICAL
    )
    found = Counts()
    for is_grouped, number, total in _by_grouped(running, "visit", number=_EACH, total=Sum("agreed_lump_sum")):
        found.add(is_grouped, number, total)
    return found


def payments(scope: Scope, today: Any, stored: StoredCounts) -> tuple[Counts, Counts, Counts, Counts]:
    """Still due, since before today, what was paid of it already, and paid in full; by whether the visit is grouped."""
    rest, so_far = F("amount") - F("paid_amount"), F("paid_amount")
    parts = ((Q(), rest), (Q(due_on__lt=today), rest), (Q(paid_amount__gt=0), so_far))
    asked: dict[str, Any] = {}
    for place, (which, amount) in enumerate(parts):
        asked |= {f"number_{place}": Count("pk", filter=which), f"total_{place}": Sum(amount, filter=which)}
    due = Payment.objects.filter(scope.of(Side.VOP, *PAYMENT), state=PaymentState.DUE)
    due_all, late, in_part, paid_all = Counts(), Counts(), Counts(), Counts()
    for is_grouped, *values in _by_grouped(due, "exchange__visit", **asked):
        for found, number, total in zip((due_all, late, in_part), values[::2], values[1::2], strict=True):
            found.add(is_grouped, number, total)
    for size, number in stored.of(StoredFigure.PAID).items():
        paid_all.add(size == "grouped", number, stored.amounts[StoredFigure.PAID, size])
    return due_all, late, in_part, paid_all


def _by_grouped(rows: QuerySet, visit: str, **counted: Any) -> QuerySet[Any, tuple]:
    """What is counted, by whether the visit at the end of the path is grouped."""
    return _grouped(rows.annotate(is_grouped=Exchange.objects.on_grouped(visit)), "is_grouped", **counted)


def done(stored: StoredCounts) -> dict[int, Counter[str]]:
    """Confirmed and closed exchanges of the Partnership's visitors, by the generation's id."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for (generation, state), number in stored.numbers[StoredFigure.EXCHANGE_STATES].items():
        found[generation]["confirmed"] += number if state in CONFIRMED_STATES else 0
        found[generation]["closed"] += number if state == ExchangeState.CLOSED else 0
    return found
