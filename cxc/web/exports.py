"""Lists as files: CSV and XLSX of exactly the rows that are given, for every list and table of the portal.

    download([_("Reference"), _("Due on")], ([row.reference, row.due_on] for row in rows), name="payments", kind="xlsx")

A value is kept as what it is: dates are dates and numbers numbers in a spreadsheet; moments are in UTC
without their zone; None is an empty cell; a lazy text, a model and anything else is its text. Whoever calls has
narrowed rows and columns down to what the person may see. Rule: docs/rules.md, Lists and their files.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cxc.core.refusals import Refused

KINDS = ("csv", "xlsx")
# A spreadsheet is built in memory; a CSV file is sent row by row, however long.
MOST_ROWS = 20_000
# So many rows are taken from the database at a time.
CHUNK_SIZE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A spreadsheet reads a text that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORMATS: tuple[tuple[type, str], ...] = (
    (datetime, "yyyy-mm-dd hh:mm"),
    (date, "yyyy-mm-dd"),
    (Decimal, "#,##0.00"),
)
_WIDEST, _NARROWEST = 60, 8
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet


@dataclass(frozen=True)
class Sheet:
    """One sheet of a spreadsheet: its name, the headings, and lines of what `plain` gives."""

    name: str
    headings: Sequence[str]
    lines: Iterable[Sequence[Any]]


def download(headings: Iterable[Any], lines: Iterable[Iterable[Any]], *, name: str, kind: str) -> HttpResponseBase:
    """The lines, in their order, as a file called `name`.csv or `name`.xlsx.

    Refused where a spreadsheet would hold more than MOST_ROWS rows.
    """
    if kind not in KINDS:
        raise ValueError(f"There is no file of the kind {kind!r}: {KINDS}.")
    heads, cells = [str(heading) for heading in headings], ([plain(value) for value in line] for line in lines)
    answer: HttpResponseBase
    if kind == "csv":
        answer = StreamingHttpResponse(_csv_lines(heads, cells), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(_workbook([Sheet(name, heads, cells)]), content_type=XLSX)
    return _named(answer, f"{name}.{kind}")


def download_workbook(*, sheets: Sequence["Sheet"], name: str) -> HttpResponseBase:
    """Several tables as the sheets of one spreadsheet, `name`.xlsx."""
    return _named(HttpResponse(_workbook(sheets), content_type=XLSX), f"{name}.xlsx")


def _named(answer: HttpResponseBase, filename: str) -> HttpResponseBase:
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    return answer


def plain(value: Any) -> Any:
    """What a cell can hold: text, number, date, a moment in UTC without its zone, or None."""
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if value is None or isinstance(value, int | float | Decimal | date | time):
        return value
    return str(value)


def yes_or_no(value: bool) -> str:
    """How pages and files say it."""
    return str(_("yes") if value else _("no"))


# --- CSV ---------------------------------------------------------------------------------------


class _Echo:
    """What a CSV writer writes to when each line is sent at once."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(headings: Sequence[str], lines: Iterable[Sequence[Any]]) -> Iterator[str]:
    """UTF-8 with the mark by which spreadsheets know it; nothing in it is read as a formula."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([_without_formula(heading) for heading in headings])
    for line in lines:
        yield writer.writerow([_csv_cell(value) for value in line])


def _csv_cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return _without_formula(value) if isinstance(value, str) else value


def _without_formula(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


# --- XLSX --------------------------------------------------------------------------------------


def _workbook(sheets: Iterable[Sheet]) -> bytes:
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book, sheet)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _write(book: Workbook, asked: Sheet) -> None:
    """The headings stay in sight, columns are as wide as what they hold."""
    found = list(islice(asked.lines, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise Refused(
            _("A spreadsheet holds at most %(most)s rows here. Narrow the list down, or take it as CSV.")
            % {"most": MOST_ROWS}
        )
    headings = asked.headings
    sheet = book.create_sheet(_FORBIDDEN.sub(" ", asked.name)[:31])
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(headings, found), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, heading, bold=True) for heading in headings])
    for line in found:
        sheet.append([_cell(sheet, value) for value in line])
    if headings:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(found) + 1}"


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    text = isinstance(value, str)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if text else value)
    if text:
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.alignment = Alignment(vertical="top", wrap_text="\n" in value)
    for kind, shown in _FORMATS:
        if isinstance(value, kind):
            cell.number_format = shown
            break
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(headings: Sequence[str], lines: Sequence[Sequence[Any]]) -> Iterator[int]:
    for number, heading in enumerate(headings):
        longest = max((_length(line[number]) for line in lines), default=0)
        yield min(max(len(heading) + 4, longest + 2, _NARROWEST), _WIDEST)


def _length(value: Any) -> int:
    if isinstance(value, datetime):
        return 16
    return max((len(part) for part in str("" if value is None else value).splitlines()), default=0)
