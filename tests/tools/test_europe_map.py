"""Outlines from shared borders."""

import pytest

from tools.europe_map.drawing import Frame, area_of, path_of, projected, roomiest, thinned, within
from tools.europe_map.topology import Topology

# Two squares side by side, A left of B, that share the border of arc 0.
TWO = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [[[10, 0], [0, 10]], [[10, 10], [-10, 0], [0, -10], [10, 0]], [[10, 0], [10, 0], [0, 10], [-10, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"a3": "AAA"}},
                {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "properties": {"a3": "BBB"}},
                {"type": None, "properties": {"a3": "SEA"}},
            ]
        }
    },
}
FRAME = Frame()


def test_a_country_is_closed() -> None:
    (ring,) = Topology(TWO).outline(["AAA"])
    assert ring[0] == ring[-1]
    assert area_of(ring) == 100


def test_the_border_between_two_that_are_one_is_gone() -> None:
    (ring,) = Topology(TWO).outline(["AAA", "BBB"])
    assert area_of(ring) == 200


def test_arcs_are_changed_once_for_both_sides() -> None:
    topology = Topology(TWO)
    topology.change_arcs(lambda arc: [(2 * x, y) for x, y in arc])
    assert [area_of(ring) for ring in topology.outline(["BBB"])] == [200]


def test_the_projection_keeps_areas() -> None:
    def cell(east: float, north: float) -> float:
        corners = [(east, north), (east + 1, north), (east + 1, north + 1), (east, north + 1), (east, north)]
        return area_of([projected(corner, FRAME) for corner in corners])

    # A degree's field at 40° north is cos(40.5°)/cos(60.5°) times one at 60°.
    assert cell(35, 40) / cell(-5, 60) == pytest.approx(1.5442, rel=0.002)


def test_the_middle_of_the_projection_is_where_the_frame_says() -> None:
    assert projected((10, 52), FRAME) == pytest.approx((-FRAME.left * FRAME.scale, FRAME.top * FRAME.scale))


def test_points_that_matter_little_go_and_ends_stay() -> None:
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 10.0), (20.0, 10.0)]
    assert thinned(line, 2) == [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (20.0, 10.0)]


def test_what_is_out_of_sight_is_cut_off() -> None:
    ring = [(-500.0, 100.0), (200.0, 100.0), (200.0, 200.0), (-500.0, 200.0)]
    cut = within(ring, FRAME, margin=0)
    assert area_of([*cut, cut[0]]) == pytest.approx(200 * 100)
    assert within([(-50.0, 0.0), (-20.0, 0.0), (-20.0, 9.0)], FRAME) == []


def test_a_path_is_whole_steps() -> None:
    assert path_of([[(0.2, 0.4), (10.1, 0), (10, 10), (0, 0)], [(1, 1), (1.2, 1.1), (1, 1)]]) == "M0 0l10 0 0 10z"


def test_a_number_goes_where_there_is_room() -> None:
    x, y, room = roomiest([(0.0, 0.0), (100.0, 0.0), (100.0, 60.0), (0.0, 60.0), (0.0, 0.0)])
    assert (abs(x - 50) < 5, abs(y - 30) < 5, room > 40) == (True, True, True)
