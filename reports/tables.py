"""The statistics as tables for a page: titles, columns and rows in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.ground.access import Side
from exchanges.enums import ExchangeState
from matching.enums import MatchState
from profiles.enums import Modality
from profiles.models import Country

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A caption, the heads of its columns, and its rows (the first cell names the row)."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


# The parts of each modality, with their caption and the head of the first column.
_PARTS = {
    "by_host_country": (gettext_lazy("Exchanges by host country"), gettext_lazy("Country")),
    "by_type": (gettext_lazy("Exchanges by type"), gettext_lazy("Type")),
    "by_working_days": (gettext_lazy("Exchanges by duration"), gettext_lazy("Working days")),
    "by_month": (gettext_lazy("Exchanges by the month they start in"), gettext_lazy("Month")),
    "by_state": (gettext_lazy("Exchanges by state"), gettext_lazy("State")),
    "visits": (gettext_lazy("Visits, grouped and single"), gettext_lazy("Visit")),
}
_VISITS = {"grouped": gettext_lazy("Grouped"), "single": gettext_lazy("Single")}


def tables_of(figures: Figures) -> list[Table]:
    """Every figure of `reports.statistics.statistics` in a table."""
    countries = dict(Country.objects.values_list("code", "name"))
    exchanges = figures["exchanges"]
    parts = [_both(exchanges, name, countries) for name in _PARTS]
    return [_overview(exchanges), *parts, _hosts(figures, countries), *_matches(figures), _partnerships(figures)]


def _overview(exchanges: Figures) -> Table:
    rows = [
        (label, *(exchanges[modality][key] for modality in Modality))
        for key, label in (
            ("total", _("Confirmed exchanges")),
            ("partnerships", _("Partnerships with visitors")),
        )
    ]
    return Table(_("Overview"), ("", *_modalities()), tuple(rows))


def _both(exchanges: Figures, part: str, countries: Mapping[str, str]) -> Table:
    """One part of both modalities side by side."""
    caption, first = _PARTS[part]
    keys = list(dict.fromkeys(key for modality in Modality for key in exchanges[modality][part]))
    rows = [
        (_word(part, key, countries), *(exchanges[modality][part].get(key, 0) for modality in Modality))
        for key in _in_order(part, keys)
    ]
    return Table(str(caption), (str(first), *_modalities()), tuple(rows))


def _modalities() -> tuple[str, ...]:
    return tuple(str(modality.label) for modality in Modality)


def _in_order(part: str, keys: list[str]) -> list[str]:
    if part == "by_working_days":
        return sorted(keys, key=int)
    return sorted(keys) if part == "by_month" else keys


def _word(part: str, key: str, countries: Mapping[str, str]) -> str:
    if part == "by_host_country":
        return countries[key]
    if part == "by_state":
        return str(ExchangeState(key).label)
    if part == "by_month":
        year, month = key.split("-")
        return f"{MONTHS[int(month)]} {year}"
    return str(_VISITS[key]) if part == "visits" else key


def _hosts(figures: Figures, countries: Mapping[str, str]) -> Table:
    rows = _pairs((countries[code], number) for code, number in figures["hosts"]["by_country"].items())
    return Table(_("Published host profiles by country"), (_("Country"), _("Host profiles")), rows)


def _matches(figures: Figures) -> list[Table]:
    matches = figures["matches"]
    by_initiator = _pairs((Side(side).label, number) for side, number in matches["by_initiator"].items())
    by_state = _pairs((MatchState(state).label, number) for state, number in matches["by_state"].items())
    return [
        Table(_("Matches by who initiated them"), (_("Initiated by"), _("Matches")), by_initiator),
        Table(_("Matches by state"), (_("State"), _("Matches")), by_state),
    ]


def _pairs(rows: Iterable[tuple[Any, int]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(word), number) for word, number in rows)


def _partnerships(figures: Figures) -> Table:
    columns = (_("Partnership"), _("Generation"), _("Target"), _("Confirmed"), _("Closed"))
    rows = tuple(
        (row["partnership"], row["generation"], row["target"], row["confirmed"], row["closed"])
        for row in figures["partnerships"]
    )
    return Table(_("Exchanges of each Partnership's visitors against its target"), columns, rows)
