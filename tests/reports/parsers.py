"""The same figures, read back from each form in which they are given."""

import csv
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as ET

from django.test import Client
from openpyxl import load_workbook

Cells = list[list[str]]
_SVG = re.compile(r"<svg class=\"chart\".*?</svg>|<svg xmlns=.*?</svg>", re.DOTALL)
_SPACE = {"svg": "http://www.w3.org/2000/svg"}


def tables_of_page(page: str) -> dict[str, Cells]:
    """Caption → rows of each table, without the shares beside the numbers."""
    return {table.findtext("caption") or "": list(_rows(table)) for table in _parsed(page, "table")}


def _rows(table: ET.Element) -> Iterator[list[str]]:
    for row in table.iterfind("tbody/tr"):
        yield ["".join(_texts(cell)).strip() for cell in row]


def _texts(cell: ET.Element) -> Iterator[str]:
    """The texts within a cell but those of its shares."""
    yield cell.text or ""
    for part in cell:
        if part.get("class") != "share":
            yield from part.itertext()
        yield part.tail or ""


def _parsed(page: str, tag: str) -> list[ET.Element]:
    found = re.findall(rf"<{tag}\b.*?</{tag}>", page, re.DOTALL)
    return [ET.fromstring(text.replace("&nbsp;", "\u00a0").replace("&#x27;", "'")) for text in found]


def pictures_of_page(page: str) -> dict[str, ET.Element]:
    """Key → drawing."""
    found = [ET.fromstring(text) for text in _SVG.findall(page) if 'role="img"' in text.partition(">")[0]]
    return {one.attrib["aria-labelledby"].removesuffix("-title"): one for one in found}


def words_in(picture: ET.Element) -> list[str]:
    """All words and numbers written in a drawing, in its order."""
    return [text.text or "" for text in picture.iterfind("svg:text", _SPACE)]


def title_of(picture: ET.Element) -> str:
    return picture.findtext("svg:title", namespaces=_SPACE) or ""


def csv_of(content: bytes) -> Cells:
    """Lines without their heading."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))[1:]


def sheets_of(content: bytes) -> dict[str, Cells]:
    """Sheet → lines without their heading, numbers as text."""
    book = load_workbook(BytesIO(content))
    return {
        sheet.title: [
            ["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(2, values_only=True)
        ]
        for sheet in book
    }


def content_of(client: Client, address: str, parameters: dict[str, Any]) -> bytes:
    """The body of an answer, streamed or not."""
    answer = client.get(address, parameters)
    assert answer.status_code == 200, (address, parameters, answer.status_code)
    return answer.getvalue()
