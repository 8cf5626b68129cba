"""Counts of one Partnership's things, a few queries for each side."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from cxc.access.scoped import Side
from exchanges.enums import CONFIRMED_STATES, RUNNING_STATES, ExchangeState, PaymentState
from exchanges.models import Exchange, Payment
from exchanges.queries.visits import without_exchange
from matching.enums import Answer
from matching.models import Match
from matching.queries.unmatched import needing_a_partner
from profiles.enums import Modality, ProfileState
from profiles.models import Profile
from reports.dashboard.scope import KINDS, Scope

MATCH = ("visiting_profile__partnership", "host_profile__partnership", "generation")
EXCHANGE = ("match__visiting_profile__partnership", "match__host_profile__partnership", "generation")
PAYMENT = tuple(f"exchange__{path}" for path in EXCHANGE)


@dataclass
class Counts:
    """How many of each, and what they come to in EUR."""

    numbers: Counter[Any] = field(default_factory=Counter)
    amounts: dict[Any, Decimal] = field(default_factory=dict)


def by_state(rows: QuerySet) -> Counter[str]:
    """How many in each state."""
    return Counter(dict(rows.order_by().values_list("state").annotate(number=Count("pk"))))


def profiles(scope: Scope) -> dict[Side, Counter[str]]:
    """By state, and under `again` and `needed` those to be confirmed anew and those that need a partner."""
    own = Profile.objects.filter(partnership=scope.partnership)
    if scope.generation:
        own = own.filter(generation=scope.generation)
    states = _by_kind(own, "state")
    again = _by_kind(own.filter(state=ProfileState.PUBLISHED, eligibility_confirmed_at=None))
    needed = _by_kind(needing_a_partner(own))
    found = {}
    for side, kind in KINDS.items():
        counted = Counter({state: states[kind, state] for state in ProfileState})
        found[side] = counted + Counter({"again": again[(kind,)], "needed": needed[(kind,)]})
    return found


def _by_kind(rows: QuerySet, *keys: str) -> Counter[tuple[str, ...]]:
    counted = rows.order_by().values_list("kind", *keys).annotate(number=Count("pk"))
    return Counter({tuple(key): number for *key, number in counted})


def matches(scope: Scope, side: Side) -> Counter[str]:
    """By state, and under `visitor`, `host` and `nobody` whom proposals wait for; `none`: exchange to be built."""
    rows = Match.objects.filter(scope.of(side, *MATCH)).order_by()
    found = by_state(rows)
    asked = rows.still_answerable().values_list("visitor_answer", "host_answer").annotate(number=Count("pk"))
    answerable = 0
    for visitor, host, number in asked:
        answerable += number
        found["visitor"] += number if visitor == Answer.NONE else 0
        found["host"] += number if host == Answer.NONE else 0
    found["nobody"] = found["proposed"] - answerable
    found["none"] = without_exchange(rows).count()
    return found


def exchanges(scope: Scope, side: Side) -> Counter[str]:
    """By state, under `grouped` and `single` the confirmed ones, under `asked` requests to cancel."""
    rows = Exchange.objects.filter(scope.of(side, *EXCHANGE)).order_by()
    found = by_state(rows)
    grouped = rows.confirmed().filter(Exchange.objects.on_grouped("visit")).count()
    confirmed = sum(found[state] for state in CONFIRMED_STATES)
    asked = rows.filter(cancel_asked_at__isnull=False).count()
    found.update({"confirmed": confirmed, "grouped": grouped, "single": confirmed - grouped, "asked": asked})
    return found


def promised(scope: Scope) -> Counts:
    """Agreed lump sums of what is in preparation, ready or ongoing, by whether the visit is grouped."""
    running = Exchange.objects.filter(
        scope.of(Side.VOP, *EXCHANGE), state__in=RUNNING_STATES, modality=Modality.PHYSICAL
    )
    return _sums(
        running, "visit", lambda rows: rows.values_list("is_grouped").annotate(Count("pk"), Sum("agreed_lump_sum"))
    )


def payments(scope: Scope, today: Any) -> tuple[Counts, Counts, Counts, Counts]:
    """Still due, since before today, what was paid of it already, and paid in full; by whether the visit is grouped."""
    mine = Payment.objects.filter(scope.of(Side.VOP, *PAYMENT))
    due, paid = mine.filter(state=PaymentState.DUE), mine.filter(state=PaymentState.PAID)

    def sums(rows: QuerySet, amount: Any) -> Counts:
        return _sums(
            rows,
            "exchange__visit",
            lambda found: found.values_list("is_grouped").annotate(Count("pk"), total=Sum(amount)),
        )

    rest = F("amount") - F("paid_amount")
    late, in_part = due.filter(due_on__lt=today), due.filter(paid_amount__gt=0)
    return sums(due, rest), sums(late, rest), sums(in_part, "paid_amount"), sums(paid, "paid_amount")


def _sums(rows: QuerySet, visit: str, ask: Callable[[QuerySet], QuerySet]) -> Counts:
    found = Counts()
    for is_grouped, number, amount in ask(rows.order_by().annotate(is_grouped=Exchange.objects.on_grouped(visit))):
        found.numbers[is_grouped] = number
        found.amounts[is_grouped] = amount or Decimal(0)
    return found


def done(scope: Scope) -> dict[int, Counter[str]]:
    """Confirmed and closed exchanges of the Partnership's visitors, by the generation's id."""
    rows = Exchange.objects.filter(scope.of(Side.VOP, *EXCHANGE)).confirmed().order_by()
    counted = rows.values_list("generation").annotate(
        number=Count("pk"), closed=Count("pk", filter=Q(state=ExchangeState.CLOSED))
    )
    return {generation: Counter(confirmed=number, closed=closed) for generation, number, closed in counted}
