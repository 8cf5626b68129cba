"""All Partnerships side by side, for the Support Office and the observer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from cxc.access.scoped import Actor, Side
from cxc.todo import overdue
from exchanges.enums import CONFIRMED_STATES, RUNNING_STATES, PaymentState
from exchanges.filters.exchanges import ExchangeFilter
from exchanges.models import Exchange, Payment
from matching.enums import MatchState
from profiles.enums import ProfileKind, ProfileState
from profiles.models import Generation, Participation, Partnership
from reports.dashboard.queries import EXCHANGE, PAYMENT
from reports.dashboard.scope import Figure, Scope
from reports.enums import StoredFigure
from reports.models import CurrentCount

VISITORS = 0  # which of the paths leads to the visitor's Partnership


@dataclass(frozen=True)
class OverviewRow:
    """One Partnership: its numbers in the order of the page's columns, and its target."""

    partnership: Partnership
    figures: tuple[Figure, ...]
    confirmed: Figure
    target: int


def overview(generation: Generation | None, actor: Actor) -> list[OverviewRow]:
    """Every Partnership, those of one generation or all; late by what the actor sees. A constant number of queries."""
    partnerships = Partnership.objects.all()
    targets: Counter[int] = Counter()
    for one in Participation.objects.filter(**_within(generation, "generation")):
        targets[one.partnership_id] += one.target
    if generation:
        partnerships = partnerships.filter(pk__in=targets)
    counts = _counts(generation, overdue.seen_by(actor))
    return [_overview_row(Scope(one, generation), counts, targets[one.pk]) for one in partnerships]


def _within(generation: Generation | int | None, path: str) -> dict[str, Any]:
    return {path: generation} if generation else {}


def _counts(generation: Generation | None, seen: overdue.Seen) -> dict[str, Counter[int]]:
    stored = _stored(generation)
    exchanges = Exchange.objects.filter(**_within(generation, EXCHANGE[2]))
    due = Payment.objects.filter(state=PaymentState.DUE, **_within(generation, PAYMENT[2]))
    late = overdue.late_rows(exchanges, overdue.ANYTHING, ExchangeFilter.late_paths, seen)
    owed = overdue.late_rows(due, "pay", {"exchanges.payment": "pk"}, seen)
    visitors = EXCHANGE[VISITORS]
    return {
        "accept": stored(StoredFigure.PROFILES, *(f"{kind} {ProfileState.SUBMITTED}" for kind in ProfileKind)),
        "proposed": stored(StoredFigure.MATCH_STATES, MatchState.PROPOSED),
        "running": stored(StoredFigure.EXCHANGE_STATES, *RUNNING_STATES),
        "late": _by(late, visitors),
        "due": _by(due, PAYMENT[VISITORS]),
        "owed": _by(owed, PAYMENT[VISITORS]),
        "confirmed": stored(StoredFigure.EXCHANGE_STATES, *CONFIRMED_STATES),
    }


def _stored(generation: Generation | None) -> Callable[..., Counter[int]]:
    """Answers the stored counts of a figure with one of some values, by Partnership; from one query."""
    figures = (StoredFigure.PROFILES, StoredFigure.MATCH_STATES, StoredFigure.EXCHANGE_STATES)
    rows = CurrentCount.objects.filter(figure__in=figures, **_within(generation and generation.pk, "generation_id"))
    keys = ("figure", "value", "partnership_id")
    found = list(rows.order_by().values_list(*keys).annotate(total=Sum("number")))

    def counts(figure: StoredFigure, *values: str) -> Counter[int]:
        wanted = Counter[int]()
        for of, value, partnership, number in found:
            wanted[partnership] += number if of == figure and value in values else 0
        return wanted

    return counts


def _by(rows: QuerySet, path: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(path).annotate(number=Count("pk"))))


def _overview_row(scope: Scope, counts: dict[str, Counter[int]], target: int) -> OverviewRow:
    own = scope.partnership.pk

    def figure(key: str, url_name: str, **filters: Any) -> Figure:
        return Figure(counts[key][own], scope.link(url_name, Side.VOP, **filters))

    return OverviewRow(
        scope.partnership,
        (
            figure("accept", "profiles", state=ProfileState.SUBMITTED.value),
            figure("proposed", "matches", state=MatchState.PROPOSED.value),
            figure("running", "exchanges", state=[state.value for state in RUNNING_STATES]),
            figure("late", "exchanges", late=overdue.ANYTHING),
            figure("due", "payments", state=PaymentState.DUE.value),
            figure("owed", "payments", state=PaymentState.DUE.value, late="pay"),
        ),
        figure("confirmed", "exchanges", state=[state.value for state in CONFIRMED_STATES]),
        target,
    )
