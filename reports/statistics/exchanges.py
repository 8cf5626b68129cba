"""Figures of exchanges. A confirmed exchange is in preparation, ready, ongoing or closed."""

from typing import Any

from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from exchanges.enums import CONFIRMED_STATES, ExchangeState
from exchanges.models import Exchange
from profiles.enums import Modality
from reports.statistics.counts import counts_by_two
from reports.statistics.filters import START, Filters

Figures = dict[str, Any]

DAYS = Coalesce("actual_working_days", "agreed_working_days", "planned_working_days")
VOP = "match__visiting_profile__partnership"


def exchange_figures(filters: Filters) -> Figures:
    """The figures of both modalities; one that is filtered away shows as empty."""
    everything = filters.exchanges()
    confirmed = everything.filter(state__in=CONFIRMED_STATES)
    states = counts_by_two(everything, "modality", "state")
    parts = {
        "by_working_days": _by_working_days(confirmed),
        "by_type": counts_by_two(confirmed, "modality", "type__name"),
        "by_host_country": counts_by_two(confirmed, "modality", "visit__host_profile__organisation__country"),
        "by_month": _by_month(confirmed),
    }
    visits = _visits(confirmed)
    partnerships = dict(confirmed.values_list("modality").annotate(number=Count(VOP, distinct=True)))
    figures = {
        str(modality): {
            "total": sum(states[modality].get(state, 0) for state in CONFIRMED_STATES),
            "by_state": {str(state): states[modality].get(state, 0) for state in ExchangeState},
            **{name: part[modality] for name, part in parts.items()},
            "visits": visits[modality],
            "partnerships": partnerships.get(modality, 0),
        }
        for modality in Modality
    }
    return {"confirmed": sum(part["total"] for part in figures.values()), **figures}


def _by_working_days(confirmed: "QuerySet[Exchange]") -> dict[str, dict[str, int]]:
    """Exchanges by working days (actual, else agreed, else planned), shortest first."""
    found = counts_by_two(confirmed.annotate(days=DAYS), "modality", "days")
    return {modality: dict(sorted(found[modality].items(), key=lambda row: int(row[0]))) for modality in Modality}


def _by_month(confirmed: "QuerySet[Exchange]") -> dict[str, dict[str, int]]:
    """Exchanges by the month they start in, "2021-03", earliest first."""
    month = Func(START, Value("YYYY-MM"), function="TO_CHAR", output_field=CharField())
    found = counts_by_two(confirmed.annotate(month=month), "modality", "month")
    return {modality: dict(sorted(found[modality].items())) for modality in Modality}


def _visits(confirmed: "QuerySet[Exchange]") -> dict[str, dict[str, int]]:
    """Visits with an exchange among these, grouped or single.

    Grouped means two or more confirmed exchanges on the visit, counted before any filter.
    """
    others = Exchange.objects.filter(visit=OuterRef("visit"), state__in=CONFIRMED_STATES).exclude(pk=OuterRef("pk"))
    rows = (
        confirmed.annotate(is_grouped=Exists(others))
        .values_list("modality", "is_grouped")
        .annotate(visits=Count("visit", distinct=True))
    )
    found = {(modality, is_grouped): visits for modality, is_grouped, visits in rows}
    return {
        str(modality): {"grouped": found.get((modality, True), 0), "single": found.get((modality, False), 0)}
        for modality in Modality
    }


def by_vop(filters: Filters) -> dict[tuple[int, int], dict[str, int]]:
    """Confirmed and closed exchanges by Partnership (as VOP) and generation."""
    rows = (
        filters.exchanges()
        .filter(state__in=CONFIRMED_STATES)
        .values_list(VOP, F("generation"))
        .annotate(confirmed=Count("pk"), closed=Count("pk", filter=Q(state=ExchangeState.CLOSED)))
    )
    return {(vop, generation): {"confirmed": all_, "closed": closed} for vop, generation, all_, closed in rows}
