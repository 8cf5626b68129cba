"""The files of a list, read back: one dictionary a row, by the headings of the columns."""

import csv
from io import BytesIO, StringIO
from typing import Any

from django.test import Client
from openpyxl import load_workbook


def csv_of(client: Client, address: str) -> list[dict[str, str]]:
    response: Any = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def sheet_of(client: Client, address: str) -> list[dict[str, Any]]:
    heads, *rows = load_workbook(BytesIO(client.get(address).content)).active.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]
