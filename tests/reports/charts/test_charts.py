"""Pictures from plain numbers."""

from xml.etree import ElementTree as ET

import pytest

from reports import charts
from reports.charts import ChartLabels, Goal
from reports.charts.svg import width_of, wrapped
from tests.reports.parsers import title_of, words_in

SVG = "{http://www.w3.org/2000/svg}"
LABELS = ChartLabels("one", "Title & more", "Its <message>.")


def _drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)


def _bars(picture: ET.Element) -> list[tuple[str, float]]:
    """Class and length of each bar, without the legend's swatches."""
    bars = [bar for bar in picture.iterfind(f"{SVG}rect") if bar.get("height") != "11"]
    return [(bar.get("class") or "", float(bar.attrib["width"])) for bar in bars]


def test_a_picture_names_itself_and_words_are_escaped() -> None:
    picture = _drawn(charts.bars(LABELS, ["Number"], [("A & B", [3])]))
    assert title_of(picture) == "Title & more. Its <message>."
    assert picture.attrib["role"] == "img"
    assert picture.attrib["aria-labelledby"] == picture.find(f"{SVG}title").attrib["id"] == "one-title"
    assert words_in(picture) == ["A & B", "3"]


def test_bars_are_as_long_as_their_numbers() -> None:
    picture = _drawn(charts.bars(LABELS, ["Number"], [("a", [40]), ("b", [10]), ("c", [0])], of=50))
    (_, longest), (_, short) = _bars(picture)
    assert longest == pytest.approx(4 * short, rel=0.01)
    assert words_in(picture) == ["a", "40 (80\u00a0%)", "b", "10 (20\u00a0%)", "c", "0 (0\u00a0%)"]


def test_two_series_differ_in_black_and_white() -> None:
    picture = _drawn(charts.bars(LABELS, ["One", "Two"], [("a", [2, 2])]))
    assert [kind for kind, _ in _bars(picture) if kind in ("c-solid", "c-edge")] == ["c-solid", "c-edge"]
    assert picture.find(f"{SVG}pattern").attrib["id"] == "one-hatch"
    assert words_in(picture) == ["One", "Two", "a", "2", "2"]


def test_no_word_sticks_out() -> None:
    rows = [("Research, development and innovation", [123456, 5]), ("Bosnia and Herzegovina", [1, 99999])]
    for picture in (
        _drawn(charts.bars(LABELS, ["One", "Two"], rows, of=1)),
        _drawn(charts.bars(LABELS, ["x"], [("Bosnia and Herzegovina", [99999])])),
    ):
        for text in picture.iterfind(f"{SVG}text"):
            assert float(text.attrib["x"]) + width_of(text.text or "") <= 361, text.text


@pytest.mark.parametrize("rows", [[], [("a", [0])]])
def test_nothing_is_no_fault(rows: list[tuple[str, list[int]]]) -> None:
    assert _drawn(charts.bars(LABELS, ["One"], rows)).tag == f"{SVG}svg"


def test_months_tell_the_years_that_are_left_out() -> None:
    counts = {"2021-11": [3, 0], "2026-02": [1, 12], "2027-01": [0, 2], "2029-01": [1, 0]}
    picture = _drawn(charts.months(LABELS, ["P", "V"], counts, initials="JFMAMJJASOND", nothing="{years}: none"))
    words = [word for word in words_in(picture) if len(word) > 1 or word.isdigit()]
    assert words == ["2021", "3", "2022 – 2025: none", "2026", "1", "12", "2027", "2", "2028: none", "2029", "1"]


def test_months_are_on_one_scale() -> None:
    picture = _drawn(
        charts.months(LABELS, ["P"], {"2021-01": [10], "2022-12": [5]}, initials="JFMAMJJASOND", nothing="{years}")
    )
    high, low = [float(bar.attrib["height"]) for bar in picture.iterfind(f"{SVG}rect")]
    assert high == pytest.approx(2 * low)


def test_shares_fill_the_width() -> None:
    picture = _drawn(charts.shares(LABELS, ["In", "Out"], [("A", [1, 3]), ("B", [0, 0])]))
    assert [round(width) for kind, width in _bars(picture) if kind in ("c-solid", "c-edge")] == [89, 269]
    assert words_in(picture) == ["A", "In: 1 (25\u00a0%)", "Out: 3 (75\u00a0%)", "B", "In: 0", "Out: 0"]


def test_a_bar_reaches_its_target_or_goes_beyond() -> None:
    goals = [Goal("A", 10, 20, 5, "20 of 10"), Goal("B", 20, 0, 0, "0 of 20"), Goal("C", 0, 0, 0, "0 of 0")]
    picture = _drawn(charts.bullets(LABELS, ("Closed", "Open", "Target"), goals))
    assert [(kind, round(width)) for kind, width in _bars(picture) if kind in ("c-solid", "c-edge", "c-track")] == [
        ("c-track", 178),
        ("c-solid", 89),
        ("c-edge", 267),
        ("c-track", 356),
        ("c-track", 1),
    ]
    assert words_in(picture) == ["Closed", "Open", "Target", "A", "20 of 10", "B", "0 of 20", "C", "0 of 0"]


def test_words_go_over_lines_where_they_must() -> None:
    assert wrapped("Bosnia and Herzegovina", 100) == ["Bosnia and", "Herzegovina"]
    assert wrapped("Donaudampfschifffahrt", 10) == ["Donaudampfschifffahrt"]


def test_a_style_of_its_own_is_put_first() -> None:
    picture = _drawn(charts.with_style(charts.bars(LABELS, ["One"], []), ".c-solid { fill: #000 }"))
    assert picture[0].text == ".c-solid { fill: #000 }"
