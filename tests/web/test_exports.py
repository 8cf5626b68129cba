"""Files of lists: what is in them is what was given, and nothing in them is a formula."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from cxc.web import exports
from cxc.workflow import Refused


@dataclass
class Row:
    name: object
    day: object = None
    amount: object = None


HEADINGS = ["Name", gettext_lazy("Day"), "=Amount"]


def lines_of(rows: Iterable[Row]) -> Iterable[list[object]]:
    return ([row.name, row.day, row.amount] for row in rows)


def csv_rows(rows: Iterable[Row]) -> list[list[str]]:
    answer: Any = exports.download(HEADINGS, lines_of(rows), name="list", kind="csv")
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(body.decode("utf-8-sig"))))


def sheet(rows: Iterable[Row]) -> Any:
    answer: Any = exports.download(HEADINGS, lines_of(rows), name="list", kind="xlsx")
    return load_workbook(BytesIO(answer.content)).active


def test_a_csv_file_says_what_the_rows_say() -> None:
    rows = [Row("Ünïté, Ω", date(2026, 9, 7), Decimal("1250.50")), Row(None, datetime(2026, 9, 7, 9, 5, tzinfo=UTC), 3)]
    assert csv_rows(rows) == [
        ["Name", "Day", "'=Amount"],
        ["Ünïté, Ω", "2026-09-07", "1250.50"],
        ["", "2026-09-07 09:05", "3"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+32 2", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_in_a_file_is_a_formula(text: str) -> None:
    assert csv_rows([Row(text)])[1][0] == f"'{text}"
    cell = sheet([Row(text)])["A2"]
    assert cell.data_type == "s"


def test_numbers_stay_numbers_in_a_csv_file() -> None:
    assert csv_rows([Row("a", None, Decimal("-5.00"))])[1] == ["a", "", "-5.00"]


def test_a_spreadsheet_keeps_dates_and_numbers() -> None:
    found = sheet([Row("A", date(2026, 9, 7), Decimal("1250.50")), Row(True, datetime(2026, 9, 7, 9, 5, tzinfo=UTC))])
    assert [cell.value for cell in found[1]] == ["Name", "Day", "=Amount"]
    assert [cell.value for cell in found["A"]][1:] == ["A", "yes"]
    assert [cell.value.isoformat() for cell in found["B"][1:]] == ["2026-09-07T00:00:00", "2026-09-07T09:05:00"]
    assert [cell.value for cell in found["C"]][1:] == [1250.5, None]
    assert (found["B2"].number_format, found["C2"].number_format) == ("yyyy-mm-dd", "#,##0.00")
    assert (found.freeze_panes, found["A1"].font.bold, found["C1"].data_type) == ("A2", True, "s")


def test_columns_are_as_wide_as_what_they_hold_within_bounds() -> None:
    found = sheet([Row("x" * 30), Row("y" * 300)])
    assert found.column_dimensions["A"].width == 60
    assert sheet([Row("x" * 30)]).column_dimensions["A"].width == 32
    assert sheet([]).column_dimensions["A"].width == 8


def test_characters_that_a_spreadsheet_cannot_hold_are_left_out() -> None:
    assert sheet([Row("a\x0bb")])["A2"].value == "ab"


def test_a_spreadsheet_is_bounded_and_csv_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    rows = [Row("a"), Row("b"), Row("c")]
    assert sheet(rows[:2]).max_row == 3
    with pytest.raises(Refused, match="at most 2 rows"):
        sheet(rows)
    assert len(csv_rows(rows)) == 4


def test_the_file_has_its_name() -> None:
    answer = exports.download(HEADINGS, [], name="payments", kind="xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="payments.xlsx"'
    with pytest.raises(ValueError, match="pdf"):
        exports.download(HEADINGS, [], name="payments", kind="pdf")
