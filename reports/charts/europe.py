"""A map of Europe: countries in five shades that are five hatchings too, with their numbers on them."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from reports.charts.svg import ChartLabels, Node, canvas, hatch, node, to_svg, width_of

LEVELS = 4
"""Classes above nothing."""

_DATA = Path(__file__).resolve().parents[1] / "data" / "europe.json"
_FONT = 36
_LEGEND = 34
# A country with less room than this about its number (units) gets a marker beside which the number stands.
_MARKED = 10
_MARKER = 12
# Numbers that would cover one another are moved a little.
_NUDGES: dict[str, tuple[float, float]] = {
    "ME": (-18, 10),
    "XK": (2, -8),
    "MK": (4, 6),
    "SI": (-6, -2),
    "HR": (6, 2),
    "NL": (0, -6),
    "BE": (-8, 4),
}


@cache
def _outlines() -> dict[str, Any]:
    return json.loads(_DATA.read_text())


def europe(
    labels: ChartLabels, numbers: Mapping[str, int], *, participating: frozenset[str], none: str, outside: str
) -> str:
    """The map of `numbers` by country code; `participating` are the countries that may have one.

    `none` is the legend's word for 0, `outside` for the land that does not take part. Countries that are not on the
    map are left out: `off_the_map` names them.
    """
    data = _outlines()
    root = canvas(labels, data["width"], _FONT)
    limits = limits_of(max(numbers.values(), default=0))
    filled = _fills(root, labels)
    node(root, "rect", width=data["width"], height=data["height"], class_="c-sea")
    node(root, "path", d=data["around"], class_="c-around")
    there = {code: number for code, number in numbers.items() if number and code in data["countries"]}
    for code, country in data["countries"].items():
        number = there.get(code, 0)
        _country(
            root, country["path"], _level(number, limits), filled, participating=code in participating or bool(number)
        )
    for code, number in there.items():
        _number(root, data["countries"][code], code, number, filled[_level(number, limits)])
    return to_svg(root, _legend(root, data["width"], data["height"] + 24, limits, filled, none, outside))


def off_the_map(codes: Mapping[str, int]) -> list[str]:
    """The codes that have no outline."""
    return [code for code in codes if code not in _outlines()["countries"]]


def limits_of(most: int) -> list[int]:
    """The highest number of each class, the last of them `most`: ones while there are few, else about doubling."""
    if most <= LEVELS:
        return list(range(1, most + 1))
    ratio = most ** (1 / LEVELS)
    found: list[int] = []
    for step in range(1, LEVELS):
        found.append(max(_round(ratio**step), found[-1] + 1 if found else 1))
    return [*found, most]


def _round(number: float) -> int:
    """A number that is easily read: whole to 10, then in fives, then in tens and so on."""
    for least, step in ((500, 100), (100, 50), (50, 10), (10, 5)):
        if number >= least:
            return round(number / step) * step
    return round(number)


def _level(number: int, limits: list[int]) -> int:
    """0 for nothing, else 1 to 4; few classes use the darker end."""
    if not number:
        return 0
    below = next(index for index, limit in enumerate(limits) if number <= limit)
    return LEVELS - len(limits) + below + 1


def _fills(root: Node, labels: ChartLabels) -> list[str]:
    return [
        "",
        hatch(root, f"{labels.key}-1", 9, scale=2),
        hatch(root, f"{labels.key}-2", 5, scale=2),
        hatch(root, f"{labels.key}-3", 6, scale=2, cross=True),
        "",
    ]


def _painted(level: int, filled: list[str], *, participating: bool = True) -> dict[str, str]:
    if level == 0:
        return {"class_": "c-none" if participating else "c-out"}
    return {"fill": filled[level], "class_": "c-some"} if filled[level] else {"class_": "c-full"}


def _country(root: Node, path: str, level: int, filled: list[str], *, participating: bool) -> None:
    node(root, "path", d=path, **_painted(level, filled, participating=participating))


def _number(root: Node, country: dict[str, Any], code: str, number: int, fill: str) -> None:
    x, y = country["at"]
    right, down = _NUDGES.get(code, (0.0, 0.0))
    wide = width_of(str(number), _FONT) + 6
    if country["room"] < _MARKED:
        painted = {"fill": fill, "class_": "c-some"} if fill else {"class_": "c-full"}
        node(root, "circle", cx=x, cy=y, r=_MARKER, **painted)
        right, down = right + _MARKER + wide / 2 + 2, down + 14
    node(root, "rect", x=x + right - wide / 2, y=y + down - 17, width=wide, height=34, rx=8, class_="c-pill")
    node(root, "text", str(number), x=x + right, y=y + down + 13, text_anchor="middle", class_="c-number")


def _legend(root: Node, width: int, top: int, limits: list[int], filled: list[str], none: str, outside: str) -> float:
    x, y = 0.0, float(top)
    lowest = 1
    entries: list[tuple[dict[str, str], str]] = [(_painted(0, filled), none)]
    for limit in limits:
        word = str(limit) if lowest == limit else f"{lowest} – {limit}"
        entries.append((_painted(_level(limit, limits), filled), word))
        lowest = limit + 1
    entries.append((_painted(0, filled, participating=False), outside))
    for painted, word in entries:
        needed = 62 + width_of(word, _LEGEND)
        if x and x + needed > width:
            x, y = 0.0, y + 54
        node(root, "rect", x=x + 2, y=y, width=46, height=36, **painted)
        node(root, "text", word, x=x + 60, y=y + 32, font_size=_LEGEND)
        x += needed + 34
    return y + 44
