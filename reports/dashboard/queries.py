"""Counts of one Partnership's things, a few queries for each side."""

from collections import Counter
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
from profiles.enums import Modality, ProfileState
from profiles.models import Profile
from reports.dashboard.scope import KINDS, Scope

MATCH = ("visiting_profile__partnership", "host_profile__partnership", "generation")
EXCHANGE = ("match__visiting_profile__partnership", "match__host_profile__partnership", "generation")
PAYMENT = tuple(f"exchange__{path}" for path in EXCHANGE)

_EACH = Count("pk")


@dataclass
class Counts:
    """How many of each, and what they come to in EUR."""

    numbers: Counter[Any] = field(default_factory=Counter)
    amounts: dict[Any, Decimal] = field(default_factory=dict)

    def add(self, key: Any, number: int, amount: Decimal | None) -> None:
        """So many with this key, and what they come to."""
        self.numbers[key] = number
        self.amounts[key] = amount or Decimal(0)


def profiles(scope: Scope) -> dict[Side, Counter[str]]:
    """By state, and under `again` and `needed` those to be confirmed anew and those that need a partner."""
    own = Profile.objects.filter(partnership=scope.partnership)
    if scope.generation:
        own = own.filter(generation=scope.generation)
    again = Count("pk", filter=Q(state=ProfileState.PUBLISHED, eligibility_confirmed_at=None))
    found = {kind: Counter[str]() for kind in KINDS.values()}
    for kind, state, number, anew in _grouped(own, "kind", "state", number=_EACH, anew=again):
        found[kind] += Counter({state: number, "again": anew})
    for kind, number in _grouped(needing_a_partner(own), "kind", number=_EACH):
        found[kind]["needed"] = number
    return {side: found[kind] for side, kind in KINDS.items()}


def matches(scope: Scope, side: Side) -> Counter[str]:
    """By state, and under `visitor`, `host` and `nobody` whom proposals wait for; `none`: exchange to be built."""
    rows = Match.objects.filter(scope.of(side, *MATCH))
    found = Counter[str]()
    keys = ("state", "visitor_answer", "host_answer")
    answerable = Count("pk", filter=Q(state=MatchState.PROPOSED, matched_elsewhere=False))
    grouped = _grouped(rows.with_matched_elsewhere(), *keys, number=_EACH, answerable=answerable)
    for state, visitor, host, number, asked in grouped:
        found[state] += number
        found["visitor"] += asked if visitor == Answer.NONE else 0
        found["host"] += asked if host == Answer.NONE else 0
        found["nobody"] += number - asked if state == MatchState.PROPOSED else 0
    found["none"] = without_exchange(rows).order_by().count()
    return found


def exchanges(scope: Scope, side: Side) -> Counter[str]:
    """By state, under `grouped` and `single` the confirmed ones, under `asked` requests to cancel."""
    rows = Exchange.objects.filter(scope.of(side, *EXCHANGE))
    on_grouped = Count("pk", filter=Q(Exchange.objects.on_grouped("visit"), state__in=CONFIRMED_STATES))
    to_cancel = Count("pk", filter=Q(cancel_asked_at__isnull=False))
    found = Counter[str]()
    for state, number, grouped, asked in _grouped(rows, "state", number=_EACH, grouped=on_grouped, asked=to_cancel):
        found.update({state: number, "grouped": grouped, "asked": asked})
        found["confirmed"] += number if state in CONFIRMED_STATES else 0
    found["single"] = found["confirmed"] - found["grouped"]
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


def payments(scope: Scope, today: Any) -> tuple[Counts, Counts, Counts, Counts]:
    """Still due, since before today, what was paid of it already, and paid in full; by whether the visit is grouped."""
    due, paid = Q(state=PaymentState.DUE), Q(state=PaymentState.PAID)
    rest, so_far = F("amount") - F("paid_amount"), F("paid_amount")
    parts = ((due, rest), (due & Q(due_on__lt=today), rest), (due & Q(paid_amount__gt=0), so_far), (paid, so_far))
    asked: dict[str, Any] = {}
    for place, (which, amount) in enumerate(parts):
        asked |= {f"number_{place}": Count("pk", filter=which), f"total_{place}": Sum(amount, filter=which)}
    mine = Payment.objects.filter(scope.of(Side.VOP, *PAYMENT))
    due_all, late, in_part, paid_all = Counts(), Counts(), Counts(), Counts()
    for is_grouped, *values in _by_grouped(mine, "exchange__visit", **asked):
        for found, number, total in zip((due_all, late, in_part, paid_all), values[::2], values[1::2], strict=True):
            found.add(is_grouped, number, total)
    return due_all, late, in_part, paid_all


def _by_grouped(rows: QuerySet, visit: str, **counted: Any) -> QuerySet[Any, tuple]:
    """What is counted, by whether the visit at the end of the path is grouped."""
    return _grouped(rows.annotate(is_grouped=Exchange.objects.on_grouped(visit)), "is_grouped", **counted)


def done(scope: Scope) -> dict[int, Counter[str]]:
    """Confirmed and closed exchanges of the Partnership's visitors, by the generation's id."""
    rows = Exchange.objects.filter(scope.of(Side.VOP, *EXCHANGE)).confirmed().order_by()
    counted = rows.values_list("generation").annotate(
        number=Count("pk"), closed=Count("pk", filter=Q(state=ExchangeState.CLOSED))
    )
    return {generation: Counter(confirmed=number, closed=closed) for generation, number, closed in counted}
