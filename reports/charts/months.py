"""Columns by month: a line of twelve for each year, on one scale; years without anything are one line of words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reports.charts.svg import (
    LINE,
    SMALL,
    WIDTH,
    ChartLabels,
    Node,
    block,
    canvas,
    fills,
    legend,
    node,
    to_svg,
    width_of,
)

_SLOT = WIDTH / 12
_HIGH = 74
_NUMBER = 13
_GAP = 3


def months(
    labels: ChartLabels,
    series: Sequence[str],
    counts: Mapping[str, Sequence[int]],
    *,
    initials: Sequence[str],
    nothing: str,
) -> str:
    """Columns of each "2021-03", a column a series.

    `initials` are the twelve months' short names; `nothing` says "{years}: none", for "2022" or "2022 – 2025".
    """
    root = canvas(labels)
    filled = fills(root, labels, len(series))
    y = legend(root, list(zip(filled, series, strict=True)), 0) if len(series) > 1 else 0.0
    years: dict[int, dict[int, Sequence[int]]] = defaultdict(dict)
    for month, numbers in sorted(counts.items()):
        years[int(month[:4])][int(month[5:])] = numbers
    highest = max((number for numbers in counts.values() for number in numbers), default=0) or 1
    before = 0
    for year, found in years.items():
        if before and year - before > 1:
            y = _gap(root, y, before + 1, year - 1, nothing)
        y = _year(root, y, str(year), found, highest, filled, initials)
        before = year
    return to_svg(root, max(y - 8, LINE))


def _gap(root: Node, y: float, first: int, last: int, nothing: str) -> float:
    years = str(first) if first == last else f"{first} – {last}"
    node(root, "path", d=f"M0 {y:.0f}H{WIDTH}", class_="c-gap")
    node(root, "text", nothing.format(years=years), x=0, y=y + LINE, class_="c-quiet")
    node(root, "path", d=f"M0 {y + LINE + 8:.0f}H{WIDTH}", class_="c-gap")
    return y + LINE + 18


def _year(
    root: Node,
    y: float,
    year: str,
    found: Mapping[int, Sequence[int]],
    highest: int,
    filled: list[str],
    initials: Sequence[str],
) -> float:
    node(root, "text", year, x=0, y=y + 12, class_="c-strong")
    floor = y + LINE + _NUMBER + _HIGH
    node(root, "path", d=f"M0 {floor:.0f}H{WIDTH}", class_="c-axis")
    for index, initial in enumerate(initials):
        middle = (index + 0.5) * _SLOT
        node(root, "text", initial, x=middle, y=floor + 13, text_anchor="middle", font_size=SMALL, class_="c-quiet")
        for number, x, wide, fill in _columns(found.get(index + 1, ()), index * _SLOT, filled):
            high = max(number * _HIGH / highest, 1.5)
            block(root, x, floor - high, wide, high, fill)
            size = min(SMALL, SMALL * (wide + _GAP) / width_of(str(number), SMALL))
            attributes = {"text_anchor": "middle", "font_size": size, "class_": "c-number"}
            node(root, "text", str(number), x=x + wide / 2, y=floor - high - 3, **attributes)
    return floor + 28


def _columns(numbers: Sequence[int], left: float, filled: list[str]) -> list[tuple[int, float, float, str]]:
    """What is drawn of one month: number, left edge, width, filling. One alone stands in the middle."""
    drawn = [(number, fill) for number, fill in zip(numbers, filled, strict=False) if number]
    wide = (_SLOT - 2 * _GAP) / 2
    start = left + (_SLOT - wide * len(drawn) - (len(drawn) - 1)) / 2
    return [(number, start + index * (wide + 1), wide, fill) for index, (number, fill) in enumerate(drawn)]
