"""Which picture shows which table. All numbers in a picture are the table's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from profiles.enums import Modality
from reports import charts
from reports.chart_messages import percent
from reports.charts import ChartLabels, Goal
from reports.charts.europe import off_the_map
from reports.tables import Table


@dataclass(frozen=True)
class Picture:
    """A drawing (SVG, safe to be put into a page) with its own small heading ("" where the table's is enough)."""

    svg: str
    heading: str = ""
    is_map: bool = False


def pictures_of(table: Table, message: str, *, participating: frozenset[str]) -> list[Picture]:
    """The pictures of a table; none of an overview or of nothing. `participating`: codes of participating countries."""
    if table.key == "overview" or not any(table.rows):
        return []
    if table.key in _PLACES:
        return _places(table, message, participating) if any(any(row[1:]) for row in table.rows) else []
    labels = ChartLabels(f"chart-{table.key}", table.caption, message)
    return [Picture(svg, heading) for svg, heading in _DRAWN.get(table.key, _bars)(labels, table)]


_PLACES = ("hosts", "host-countries")

Drawn = list[tuple[str, str]]


def _bars(labels: ChartLabels, table: Table) -> Drawn:
    return [(charts.bars(labels, table.columns[1:], _rows(table)), "")]


def _shared(labels: ChartLabels, table: Table) -> Drawn:
    """One series, each with its share."""
    total = sum(row[1] for row in table.rows)
    return [(charts.bars(labels, table.columns[1:], _rows(table), of=total), "")]


def _durations(labels: ChartLabels, table: Table) -> Drawn:
    rows = [
        (ngettext("%(days)s working day", "%(days)s working days", int(row[0])) % {"days": row[0]}, row[1:])
        for row in table.rows
    ]
    return [(charts.bars(labels, table.columns[1:], rows), "")]


def _rows(table: Table) -> list[tuple[str, Sequence[int]]]:
    """The rows that are drawn: a country without any is left to the table."""
    drawn = [row for row in table.rows if any(row[1:])] if table.key in _PLACES else table.rows
    return [(str(row[0]), row[1:]) for row in drawn]


def _months(labels: ChartLabels, table: Table) -> Drawn:
    initials = [str(MONTHS[month])[:1] for month in range(1, 13)]
    nothing = _("{years}: no exchanges")
    some = {code: numbers for code, numbers in table.numbers.items() if any(numbers)}
    return [(charts.months(labels, table.columns[1:], some, initials=initials, nothing=nothing), "")]


def _visits(labels: ChartLabels, table: Table) -> Drawn:
    wholes = [(head, [row[index] for row in table.rows]) for index, head in enumerate(table.columns) if index]
    return [(charts.shares(labels, [str(row[0]) for row in table.rows], wholes), "")]


def _partnerships(labels: ChartLabels, table: Table) -> Drawn:
    """A picture for each generation."""
    words = (_("Closed"), _("Confirmed, not closed yet"), _("Target"))
    drawn = []
    for generation, rows in groupby(table.rows, key=lambda row: str(row[1])):
        goals = [_goal(name, target, done, closed) for name, _generation, target, done, closed in rows]
        heading = _("Generation %(code)s") % {"code": generation}
        own = ChartLabels(f"{labels.key}-{generation}", f"{labels.title}, {heading}", _progress(goals))
        drawn.append((charts.bullets(own, words, goals), heading))
    return drawn


def _goal(name: str, target: int, done: int, closed: int) -> Goal:
    text = _("%(done)s of %(target)s (%(share)s)") % {"done": done, "target": target, "share": percent(done, target)}
    return Goal(name, target, done, closed, text)


def _progress(goals: Sequence[Goal]) -> str:
    done, target = sum(goal.done for goal in goals), sum(goal.target for goal in goals)
    return _("%(done)s of %(target)s exchanges are confirmed (%(share)s).") % {
        "done": done,
        "target": target,
        "share": percent(done, target),
    }


_DRAWN: dict[str, Callable[[ChartLabels, Table], Drawn]] = {
    "durations": _durations,
    "months": _months,
    "visits": _visits,
    "initiators": _shared,
    "match-states": _shared,
    "partnerships": _partnerships,
}

_MAPS = {
    Modality.PHYSICAL: gettext_lazy("Host countries of physical exchanges"),
    Modality.VIRTUAL: gettext_lazy("Host countries of virtual exchanges"),
}


def _places(table: Table, message: str, participating: frozenset[str]) -> list[Picture]:
    """A map and bars. Of exchanges the map shows the physical ones, of virtual ones when only they were asked for."""
    numbers = {code: row[0] for code, row in table.numbers.items() if row[0]}
    heading, draw = _map_heading(table), _shared if table.key == "hosts" else _bars
    title = _("Map: %(title)s") % {"title": heading or table.caption}
    drawn = charts.europe(
        ChartLabels(f"map-{table.key}", title, _places_message(numbers, table)),
        numbers,
        participating=participating,
        none=_("None"),
        outside=_("Does not take part"),
    )
    bars = [Picture(svg) for svg, _h in draw(ChartLabels(f"chart-{table.key}", table.caption, message), table)]
    return [Picture(drawn, heading, is_map=True), *bars]


def _map_heading(table: Table) -> str:
    """What the map is of, where that is not the whole table."""
    if table.key == "hosts":
        return ""
    return str(_MAPS[Modality.PHYSICAL if str(Modality.PHYSICAL.label) in table.columns else Modality.VIRTUAL])


def _places_message(numbers: dict[str, int], table: Table) -> str:
    names = {code: str(row[0]) for code, row in zip(table.codes, table.rows, strict=True)}
    listed = ", ".join(f"{names[code]} {number}" for code, number in numbers.items() if number)
    if missing := off_the_map(numbers):
        listed += ". " + _("Not on the map: %(countries)s") % {"countries": ", ".join(names[code] for code in missing)}
    return f"{listed or _('None')}."
