"""The statistics as tables in words: what the page shows, the pictures are drawn from and every file holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cxc.access.scoped import Side
from cxc.core.folding import by_name
from exchanges.enums import ExchangeState
from matching.enums import MatchState
from profiles.enums import Modality
from profiles.models import Country, Generation

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A key for addresses, a caption, the heads of its columns, and its rows (the first cell names the row).

    `codes` names each row as `/statistics.json` does: "DE", "2021-03", "closed".
    """

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    codes: tuple[str, ...] = ()

    @property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """The numbers of each row by its code."""
        return {code: tuple(row[1:]) for code, row in zip(self.codes, self.rows, strict=True)}


# The parts of each modality: key for addresses, caption and head of the first column.
_PARTS = {
    "by_host_country": (
        "host-countries",
        gettext_lazy("Host countries of exchanges"),
        gettext_lazy("Country"),
    ),
    "by_type": ("types", gettext_lazy("Exchanges by type"), gettext_lazy("Type")),
    "by_working_days": ("durations", gettext_lazy("Exchanges by duration"), gettext_lazy("Working days")),
    "visits": ("visits", gettext_lazy("Visits, grouped and single"), gettext_lazy("Visit")),
    "by_state": ("states", gettext_lazy("Exchanges by state"), gettext_lazy("State")),
    "by_month": ("months", gettext_lazy("Exchanges by the month they start in"), gettext_lazy("Month")),
}
_VISITS = {"grouped": gettext_lazy("Grouped"), "single": gettext_lazy("Single")}
KEYS = (
    "overview",
    "hosts",
    *(key for key, _caption, _first in _PARTS.values()),
    "initiators",
    "match-states",
    "partnerships",
)


def tables_of(figures: Figures) -> list[Table]:
    """Every figure of `reports.statistics.statistics` in a table, in the order of `KEYS`. Two queries."""
    countries = {code: _(name) for code, name in Country.objects.values_list("code", "name")}
    participating = _participating(figures["filters"]["generation"])
    parts = [_part(figures, name, countries, participating) for name in _PARTS]
    return [
        _overview(figures),
        _hosts(figures, countries, participating),
        *parts,
        *_matches(figures),
        _partnerships(figures),
    ]


def _participating(generation: str | None) -> list[str]:
    """Codes of the countries that take part in the generation, or in any: one without a number shows 0."""
    taking_part = Generation.countries.through.objects.order_by()
    if generation is not None:
        taking_part = taking_part.filter(generation__code=generation)
    return list(taking_part.values_list("country_id", flat=True).distinct())


def shown_modalities(figures: Figures) -> tuple[Modality, ...]:
    """The modalities that have a column: the one that was asked for, else both."""
    asked = figures["filters"]["modality"]
    return tuple(modality for modality in Modality if asked in (None, modality))


def _heads(figures: Figures) -> tuple[str, ...]:
    return tuple(str(modality.label) for modality in shown_modalities(figures))


def _overview(figures: Figures) -> Table:
    modalities = shown_modalities(figures)
    labels = {"total": _("Confirmed exchanges"), "partnerships": _("Partnerships with visitors")}
    rows = tuple(
        (label, *(figures["exchanges"][modality][key] for modality in modalities)) for key, label in labels.items()
    )
    return Table("overview", _("Overview"), (_("Figure"), *_heads(figures)), rows, tuple(labels))


def _part(figures: Figures, part: str, countries: Mapping[str, str], participating: Iterable[str]) -> Table:
    """One part of the modalities side by side."""
    key, caption, first = _PARTS[part]
    counts = [figures["exchanges"][modality][part] for modality in shown_modalities(figures)]
    # In the order of the figures first: states have theirs there.
    counted = dict.fromkeys(code for count in counts for code in count)
    found = [*counted, *(participating if part == "by_host_country" else _between(part, counted))]
    numbers = {code: tuple(count.get(code, 0) for count in counts) for code in found}
    ordered = _sorted_codes(part, numbers, countries)
    rows = tuple((_row_label(part, code, countries), *numbers[code]) for code in ordered)
    return Table(key, str(caption), (str(first), *_heads(figures)), rows, tuple(ordered))


def _between(part: str, codes: Iterable[str]) -> list[str]:
    """The durations and months in between that have none: a row of zeros says so, where a gap would hide it."""
    if part == "by_working_days" and codes:
        days = [int(code) for code in codes]
        return [str(number) for number in range(min(days), max(days))]
    if part == "by_month" and codes:
        first, last = (year * 12 + month - 1 for year, month in map(_year_and_month, (min(codes), max(codes))))
        return [f"{number // 12}-{number % 12 + 1:02}" for number in range(first, last)]
    return []


def _year_and_month(code: str) -> tuple[int, int]:
    year, month = code.split("-")
    return int(year), int(month)


def _sorted_codes(part: str, numbers: Mapping[str, tuple[int, ...]], countries: Mapping[str, str]) -> list[str]:
    """By month, duration or path; countries and types by number, equal ones by name as the reader sees it."""
    if part == "by_working_days":
        return sorted(numbers, key=int)
    if part == "by_month":
        return sorted(numbers)
    if part in ("by_state", "visits"):
        return list(numbers)
    return sorted(numbers, key=lambda code: (-sum(numbers[code]), by_name(_row_label(part, code, countries))))


def _row_label(part: str, code: str, countries: Mapping[str, str]) -> str:
    if part == "by_host_country":
        return countries[code]
    if part == "by_state":
        return str(ExchangeState(code).label)
    if part == "by_month":
        return month_name(code)
    if part == "by_type":
        return _(code)
    return str(_VISITS[code]) if part == "visits" else code


def month_name(code: str) -> str:
    """ "2021-03" as "March 2021"."""
    year, month = code.split("-")
    return f"{MONTHS[int(month)]} {year}"


def _hosts(figures: Figures, countries: Mapping[str, str], participating: Iterable[str]) -> Table:
    counted = (dict.fromkeys(participating, 0) | figures["hosts"]["by_country"]).items()
    ordered = sorted(counted, key=lambda row: (-row[1], by_name(countries[row[0]])))
    words = ((code, countries[code], number) for code, number in ordered)
    return _pairs("hosts", _("Published host profiles by country"), (_("Country"), _("Host profiles")), words)


def _matches(figures: Figures) -> list[Table]:
    matches = figures["matches"]
    sides = ((side, Side(side).label, number) for side, number in matches["by_initiator"].items())
    states = ((state, MatchState(state).label, number) for state, number in matches["by_state"].items())
    return [
        _pairs("initiators", _("Matches by who initiated them"), (_("Initiated by"), _("Matches")), sides),
        _pairs("match-states", _("Matches by state"), (_("State"), _("Matches")), states),
    ]


def _pairs(key: str, caption: str, columns: tuple[str, ...], rows: Iterable[tuple[str, Any, int]]) -> Table:
    found = [(code, str(word), number) for code, word, number in rows]
    return Table(key, caption, columns, tuple(row[1:] for row in found), tuple(code for code, _w, _n in found))


def _partnerships(figures: Figures) -> Table:
    columns = (_("Partnership"), _("Generation"), _("Target"), _("Confirmed"), _("Closed"))
    parts = ("partnership", "generation", "target", "confirmed", "closed")
    rows = tuple(tuple(row[part] for part in parts) for row in figures["partnerships"])
    caption = _("Exchanges of each Partnership's visitors against its target")
    return Table("partnerships", caption, columns, rows, tuple(f"{row[0]} {row[1]}" for row in rows))
