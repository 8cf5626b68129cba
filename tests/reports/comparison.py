"""Whether page, CSV and XLSX say what /statistics.json says, for any filters."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.test import Client

from reports.tables import KEYS
from tests.reports import parsers

Rows = Counter[tuple[str, ...]]


def random_filters(seed: int, *, generations: list[str], partnerships: list[str], around: date) -> dict[str, str]:
    """Some filters at random, the same for the same seed."""
    chance = random.Random(seed)
    first = around + timedelta(days=chance.randint(-60, 10))
    choices = {
        "generation": ["", *generations],
        "partnership": ["", *partnerships],
        "modality": ["", "physical", "virtual"],
        "from": ["", first.isoformat()],
        "to": ["", (first + timedelta(days=chance.randint(0, 90))).isoformat()],
    }
    return {name: word for name, words in choices.items() if (word := chance.choice(words))}


def tables_by_key(page: str) -> dict[str, parsers.Cells]:
    """The tables of the page under their keys; nothing to count is no row."""
    tables = [[] if rows == [["Nothing to count."]] else rows for rows in parsers.tables_of_page(page).values()]
    return dict(zip(KEYS, tables, strict=True))


def assert_all_the_same(client: Client, parameters: dict[str, str]) -> None:
    """Every form in which figures are given, but the PDF, compared with the JSON."""
    figures = client.get("/statistics.json", parameters).json()
    tables = tables_by_key(client.get("/statistics/", parameters).content.decode())
    assert {key: _counted(key, rows) for key, rows in tables.items()} == _expected(figures), parameters
    for key, rows in tables.items():
        assert parsers.csv_of(parsers.content_of(client, f"/statistics/{key}.csv", parameters)) == rows, (
            key,
            parameters,
        )
    sheets = parsers.sheets_of(parsers.content_of(client, "/statistics.xlsx", parameters))
    assert list(sheets.values())[1:] == list(tables.values()), parameters
    lines = parsers.csv_of(parsers.content_of(client, "/statistics.csv", parameters))
    numbers = [cell for rows in tables.values() for row in rows for cell in row[1:] if cell.isdigit()]
    assert [line[3] for line in lines] == numbers, parameters


def _counted(key: str, rows: parsers.Cells) -> Rows:
    """Without the rows of zeros that fill a table's holes: the JSON leaves them out."""
    filled = key in {"hosts", "host-countries", "months", "durations"}
    return Counter(tuple(row[1:]) for row in rows if not filled or set(row[1:]) != {"0"})


def _expected(figures: dict[str, Any]) -> dict[str, Rows]:
    """From the JSON alone: the numbers of each table's rows."""
    parameters = figures["filters"]["modality"]
    both = [figures["exchanges"][name] for name in ("physical", "virtual") if parameters in (None, name)]

    def part(name: str) -> Rows:
        codes = {code for one in both for code in one[name]}
        return Counter(tuple(str(one[name].get(code, 0)) for one in both) for code in codes)

    def pairs(counts: dict[str, int]) -> Rows:
        return Counter((str(number),) for number in counts.values())

    rows = figures["partnerships"]
    return {
        "overview": Counter(tuple(str(one[name]) for one in both) for name in ("total", "partnerships")),
        "hosts": pairs(figures["hosts"]["by_country"]),
        "host-countries": part("by_host_country"),
        "types": part("by_type"),
        "durations": part("by_working_days"),
        "visits": part("visits"),
        "states": part("by_state"),
        "months": part("by_month"),
        "initiators": pairs(figures["matches"]["by_initiator"]),
        "match-states": pairs(figures["matches"]["by_state"]),
        "partnerships": Counter(
            (row["generation"], *(str(row[name]) for name in ("target", "confirmed", "closed"))) for row in rows
        ),
    }
