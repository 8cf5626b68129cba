"""From degrees to the units of the picture: an equal-area projection, fewer points, a frame."""

import heapq
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt
from typing import NamedTuple

from tools.europe_map.topology import Line, Point

# Lambert's azimuthal equal-area projection about 52° N 10° E, as EPSG:3035 has it; on a sphere, which is a
# pixel off at the edges.
_CENTRE: Point = (radians(52), radians(10))
_EARTH_KM = 6371.0


class Frame(NamedTuple):
    """The part of the projection that is shown, in km from its centre, and how many units wide it is drawn."""

    left: float = -1900
    right: float = 3120
    bottom: float = -2020
    top: float = 2240
    width: int = 1200

    @property
    def scale(self) -> float:
        return self.width / (self.right - self.left)

    @property
    def height(self) -> int:
        return round((self.top - self.bottom) * self.scale)


def projected(degrees: Point, frame: Frame) -> Point:
    """Where a place lies in the picture: units from its left upper corner."""
    east, north = radians(degrees[0]) - _CENTRE[1], radians(degrees[1])
    middle = _CENTRE[0]
    spread = sqrt(2 / max(1e-6, 1 + sin(middle) * sin(north) + cos(middle) * cos(north) * cos(east)))
    x = _EARTH_KM * spread * cos(north) * sin(east)
    y = _EARTH_KM * spread * (cos(middle) * sin(north) - sin(middle) * cos(north) * cos(east))
    return (x - frame.left) * frame.scale, (frame.top - y) * frame.scale


def thinned(line: Line, least_area: float) -> Line:
    """Without the points that matter least (Visvalingam).

    One is left out while it spans less than `least_area` square units with its neighbours.
    """
    before = {index: index - 1 for index in range(1, len(line))}
    after = {index: index + 1 for index in range(len(line) - 1)}
    area = {index: _triangle(line[index - 1], line[index], line[index + 1]) for index in range(1, len(line) - 1)}
    queue = [(size, index) for index, size in area.items()]
    heapq.heapify(queue)
    while queue and queue[0][0] < least_area:
        size, index = heapq.heappop(queue)
        if area.get(index) != size:
            continue
        del area[index]
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for other in (left, right):
            if other in area:
                area[other] = max(size, _triangle(line[before[other]], line[other], line[after[other]]))
                heapq.heappush(queue, (area[other], other))
    return [point for index, point in enumerate(line) if index in area or index in (0, len(line) - 1)]


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area_of(ring: Line) -> float:
    """The area inside a closed line, in square units."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def within(ring: Line, frame: Frame, margin: float = 8) -> Line:
    """The part of a closed line inside the frame (Sutherland and Hodgman); its cut edges lie out of sight."""
    for axis, edge, keep_below in (
        (0, -margin, False),
        (0, frame.width + margin, True),
        (1, -margin, False),
        (1, frame.height + margin, True),
    ):
        ring = _cut(ring, axis, edge, keep_below=keep_below)
    return ring


def _cut(ring: Line, axis: int, edge: float, *, keep_below: bool) -> Line:
    found: Line = []
    for one, two in zip(ring, ring[1:] + ring[:1], strict=True):
        one_in, two_in = ((point[axis] <= edge) == keep_below or point[axis] == edge for point in (one, two))
        if one_in:
            found.append(one)
        if one_in != two_in:
            share = (edge - one[axis]) / (two[axis] - one[axis])
            found.append((one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])))
    return found


def path_of(rings: list[Line]) -> str:
    """Closed lines as an SVG path of whole steps, as short as it can be written."""
    return "".join(filter(None, (_steps(ring) for ring in rings)))


def _steps(ring: Line) -> str:
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round(x), round(y))
        if not points or points[-1] != point:
            points.append(point)
    if points and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return ""
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
    written = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{written}z"


def roomiest(ring: Line, step: float = 3, flatness: float = 1.6) -> tuple[int, int, int]:
    """The place inside a closed line that is farthest from it, and how far: where a number is read best.

    Numbers are wider than high, so heights count `flatness` times.
    """
    flat = [(x, y * flatness) for x, y in ring]
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    best = (min(xs), min(ys), 0.0)
    x = min(xs)
    while x < max(xs):
        y = min(ys)
        while y < max(ys):
            if (room := _room((x, y), flat)) > best[2]:
                best = (x, y, room)
            y += step
        x += step
    return round(best[0]), round(best[1] / flatness), round(best[2])


def _room(point: Point, ring: Line) -> float:
    """How far the point is from the line; 0 outside."""
    x, y = point
    inside, nearest = False, float("inf")
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2
        along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) if length else 0.0
        nearest = min(nearest, hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)))
    return nearest if inside else 0.0
