"""What the figures of exchanges are made of, counted one by one or read from the stored counts.

A confirmed exchange is in preparation, ready, ongoing or closed.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from exchanges.enums import CONFIRMED_STATES, ExchangeState
from exchanges.models import Exchange
from profiles.enums import Modality
from profiles.models import ExchangeType
from reports.enums import StoredFigure
from reports.statistics.counts import counts_by_two, largest_first
from reports.statistics.filters import START, Filters

DAYS = Coalesce("actual_working_days", "agreed_working_days", "planned_working_days")
VOP = "match__visiting_profile__partnership"

ByModality = dict[str, dict[str, int]]


@dataclass
class ExchangeCounts:
    """Exchanges by modality, and then by their states and so on; all but the states are of confirmed ones.

    `partnerships`: how many sent a visitor. `by_vop`: confirmed and closed ones by Partnership (as VOP) and generation.
    """

    states: ByModality
    working_days: ByModality
    types: ByModality
    host_countries: ByModality
    months: ByModality
    visits: ByModality
    partnerships: dict[str, int]
    by_vop: dict[tuple[int, int], dict[str, int]] = field(default_factory=dict)


def exchange_counts(filters: Filters) -> ExchangeCounts:
    """From the stored counts, which know no days; by counting, where the filters ask for days."""
    return count_exchanges(filters) if filters.first or filters.last else stored_exchange_counts(filters)


# --- counted -----------------------------------------------------------------------------------


def count_exchanges(filters: Filters) -> ExchangeCounts:
    """By counting the exchanges that the filters leave."""
    everything = filters.exchanges()
    confirmed = everything.filter(state__in=CONFIRMED_STATES)
    month = Func(START, Value("YYYY-MM"), function="TO_CHAR", output_field=CharField())
    return ExchangeCounts(
        states=counts_by_two(everything, "modality", "state"),
        working_days=counts_by_two(confirmed.annotate(days=DAYS), "modality", "days"),
        types=counts_by_two(confirmed, "modality", "type__name"),
        host_countries=counts_by_two(confirmed, "modality", "visit__host_profile__organisation__country"),
        months=counts_by_two(confirmed.annotate(month=month), "modality", "month"),
        visits=_visits(confirmed),
        partnerships=dict(confirmed.values_list("modality").annotate(number=Count(VOP, distinct=True))),
        by_vop=_by_vop(confirmed),
    )


def _visits(confirmed: "QuerySet[Exchange]") -> ByModality:
    """Visits with an exchange among these, grouped or single.

    Grouped means two or more confirmed exchanges on the visit, counted before any filter.
    """
    others = Exchange.objects.filter(visit=OuterRef("visit"), state__in=CONFIRMED_STATES).exclude(pk=OuterRef("pk"))
    rows = (
        confirmed.annotate(is_grouped=Exists(others))
        .values_list("modality", "is_grouped")
        .annotate(visits=Count("visit", distinct=True))
    )
    found: ByModality = defaultdict(dict)
    for modality, is_grouped, visits in rows:
        found[modality]["grouped" if is_grouped else "single"] = visits
    return found


def _by_vop(confirmed: "QuerySet[Exchange]") -> dict[tuple[int, int], dict[str, int]]:
    rows = confirmed.values_list(VOP, F("generation")).annotate(
        confirmed=Count("pk"), closed=Count("pk", filter=Q(state=ExchangeState.CLOSED))
    )
    return {(vop, generation): {"confirmed": all_, "closed": closed} for vop, generation, all_, closed in rows}


# --- stored ------------------------------------------------------------------------------------

_STATES = StoredFigure.EXCHANGE_STATES
_PARTS = (StoredFigure.WORKING_DAYS, StoredFigure.TYPES, StoredFigure.HOST_COUNTRIES, StoredFigure.MONTHS)


def stored_exchange_counts(filters: Filters) -> ExchangeCounts:
    """From the stored counts. The first and last day of the filters are not looked at."""
    visits = StoredFigure.VISITS_OF_VOP if filters.partnership else StoredFigure.VISITS
    parts: dict[str, ByModality] = defaultdict(lambda: defaultdict(dict))
    rows = filters.counts(*_PARTS, visits).values_list("figure", "modality", "value").annotate(total=Sum("number"))
    for figure, modality, value, number in rows:
        parts[figure][modality][value] = number
    counts = ExchangeCounts(
        states=defaultdict(lambda: defaultdict(int)),
        working_days=_sorted(parts[StoredFigure.WORKING_DAYS]),
        types=_types(parts[StoredFigure.TYPES]),
        host_countries=_sorted(parts[StoredFigure.HOST_COUNTRIES]),
        months=_sorted(parts[StoredFigure.MONTHS]),
        visits=parts[visits],
        partnerships={},
    )
    _add_states(counts, filters)
    return counts


def _add_states(counts: ExchangeCounts, filters: Filters) -> None:
    """The states, and what follows from them by Partnership."""
    vops: dict[str, set[int]] = defaultdict(set)
    by_vop: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: {"confirmed": 0, "closed": 0})
    keys = ("modality", "value", "partnership_id", "generation_id")
    for modality, state, vop, generation, number in (
        filters.counts(_STATES).values_list(*keys).annotate(total=Sum("number"))
    ):
        counts.states[modality][state] += number
        if number and state in CONFIRMED_STATES:
            vops[modality] |= {vop}
            by_vop[vop, generation]["confirmed"] += number
            by_vop[vop, generation]["closed"] += number if state == ExchangeState.CLOSED else 0
    counts.partnerships = {modality: len(vops[modality]) for modality in Modality}
    counts.by_vop = by_vop


def _sorted(found: ByModality) -> ByModality:
    return {modality: largest_first(found[modality]) for modality in Modality}


def _types(found: ByModality) -> ByModality:
    """By the name of the type; equal numbers stand in the database's order of names."""
    names = {str(pk): name for pk, name in ExchangeType.objects.order_by("name").values_list("pk", "name")}
    return {
        modality: largest_first(
            {names[pk]: found[modality][pk] for pk in names if pk in found[modality]}, names.values()
        )
        for modality in Modality
    }
