"""Borders in a TopoJSON file: arcs that neighbours share, so that what is done to one fits the other."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Point = tuple[float, float]
Line = list[Point]


class Topology:
    """The countries of a TopoJSON file (`objects.countries`) and their shared arcs, in degrees at first."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.arcs = [_decoded(arc, content["transform"]) for arc in content["arcs"]]
        self.countries: dict[str, list[list[list[int]]]] = {}
        for geometry in content["objects"]["countries"]["geometries"]:
            parts = geometry.get("arcs", [])
            name = geometry["properties"]["a3"]
            self.countries.setdefault(name, []).extend([parts] if geometry["type"] == "Polygon" else parts)

    def change_arcs(self, change: Callable[[Line], Line]) -> None:
        """Change each arc once, for all whose border it is."""
        self.arcs = [change(arc) for arc in self.arcs]

    def outline(self, names: Iterable[str]) -> list[Line]:
        """The closed lines round these countries taken together; the borders between them are gone."""
        used = [index for name in names for polygon in self.countries[name] for ring in polygon for index in ring]
        shared = {arc for arc, times in Counter(index if index >= 0 else ~index for index in used).items() if times > 1}
        return list(_rings([self._arc(index) for index in used if (index if index >= 0 else ~index) not in shared]))

    def _arc(self, index: int) -> Line:
        return self.arcs[index] if index >= 0 else self.arcs[~index][::-1]


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    """An arc is written as whole steps from point to point."""
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append((x * scale_x + left, y * scale_y + bottom))
    return line


def _rings(arcs: list[Line]) -> Iterator[Line]:
    """Arcs put end to end until each line is closed."""
    waiting: dict[Point, list[Line]] = defaultdict(list)
    for arc in arcs:
        waiting[arc[0]].append(arc)
    for first in arcs:
        if first not in waiting[first[0]]:
            continue
        waiting[first[0]].remove(first)
        ring = list(first)
        while ring[-1] != ring[0] and waiting[ring[-1]]:
            ring.extend(waiting[ring[-1]].pop()[1:])
        yield ring
