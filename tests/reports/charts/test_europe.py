"""The map."""

from xml.etree import ElementTree as ET

import pytest

from profiles.models import Country
from reports.charts import ChartLabels, europe
from reports.charts.europe import _outlines, limits_of, off_the_map
from tests.reports.parsers import words_in

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ChartLabels("map", "Map", "Message.")


def _drawn(numbers: dict[str, int], participating: set[str] | None = None) -> ET.Element:
    codes = frozenset(_outlines()["countries"] if participating is None else participating)
    return ET.fromstring(europe(LABELS, numbers, participating=codes, none="None", outside="Elsewhere"))


@pytest.mark.django_db
def test_every_country_of_the_scheme_is_on_the_map() -> None:
    assert off_the_map(dict.fromkeys(Country.objects.values_list("code", flat=True), 1)) == []


def test_a_country_without_outline_is_named_not_drawn() -> None:
    assert off_the_map({"JP": 2, "DE": 1}) == ["JP"]
    assert words_in(_drawn({"JP": 2, "DE": 2})) == ["2", "None", "1", "2", "Elsewhere"]


def test_each_country_has_its_number_and_filling() -> None:
    picture = _drawn({"DE": 40, "FR": 5, "LU": 1})
    assert words_in(picture)[:3] == ["40", "5", "1"]
    shapes = [path for path in picture.iterfind(f"{SVG}path") if path.get("class") in ("c-full", "c-some")]
    assert sorted(shape.get("fill", "solid") for shape in shapes) == ["solid", "url(#map-1)", "url(#map-2)"]


def test_a_small_country_has_a_marker() -> None:
    assert len(_drawn({"MT": 1, "LI": 1, "DE": 1}).findall(f"{SVG}circle")) == 2


def test_who_does_not_take_part_is_told_apart() -> None:
    kinds = [path.get("class") for path in _drawn({"DE": 1, "FR": 0}, {"FR", "ES"}).iterfind(f"{SVG}path")]
    assert (kinds.count("c-none"), kinds.count("c-full"), kinds.count("c-out")) == (2, 1, 39)


@pytest.mark.parametrize(
    ("most", "limits"),
    [(0, []), (1, [1]), (4, [1, 2, 3, 4]), (5, [1, 2, 3, 5]), (19, [2, 4, 9, 19]), (1000, [6, 30, 200, 1000])],
)
def test_classes(most: int, limits: list[int]) -> None:
    assert limits_of(most) == limits


def test_the_file_is_small_and_says_where_it_is_from() -> None:
    data = _outlines()
    assert "Natural Earth" in data["source"]
    assert sum(len(country["path"]) for country in data["countries"].values()) < 60_000


def test_classes_rise_and_reach_the_largest() -> None:
    for most in range(1, 3000):
        limits = limits_of(most)
        assert (limits, limits[-1]) == (sorted(set(limits)), most)
