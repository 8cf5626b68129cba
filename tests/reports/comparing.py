"""Whether page, CSV and XLSX say what /statistics.json says, for any filters."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.test import Client

from reports.tables import KEYS
from tests.reports import reading

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


def tables_by_key(page: str) -> dict[str, reading.Cells]:
    """The tables of the page under their keys; nothing to count is no row."""
    tables = [[] if rows == [["Nothing to count."]] else rows for rows in reading.tables_of_page(page).values()]
    return dict(zip(KEYS, tables, strict=True))


def assert_all_the_same(client: Client, asked: dict[str, str]) -> None:
    """Every form in which figures are given, but the PDF, compared with the JSON."""
    figures = client.get("/statistics.json", asked).json()
    tables = tables_by_key(client.get("/statistics/", asked).content.decode())
    assert {key: Counter(tuple(row[1:]) for row in rows) for key, rows in tables.items()} == _expected(figures), asked
    for key, rows in tables.items():
        assert reading.csv_of(reading.content_of(client, f"/statistics/{key}.csv", asked)) == rows, (key, asked)
    sheets = reading.sheets_of(reading.content_of(client, "/statistics.xlsx", asked))
    assert list(sheets.values())[1:] == list(tables.values()), asked
    lines = reading.csv_of(reading.content_of(client, "/statistics.csv", asked))
    numbers = [cell for rows in tables.values() for row in rows for cell in row[1:] if cell.isdigit()]
    assert [line[3] for line in lines] == numbers, asked


def _expected(figures: dict[str, Any]) -> dict[str, Rows]:
    """From the JSON alone: the numbers of each table's rows."""
    asked = figures["filters"]["modality"]
    both = [figures["exchanges"][name] for name in ("physical", "virtual") if asked in (None, name)]

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
