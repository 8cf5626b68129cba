"""Page, pictures, CSV, XLSX and PDF say what /statistics.json says, whatever was asked for."""

import random
import subprocess
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reports import report
from reports.forms import StatisticsForm
from reports.tables import KEYS
from tests.reports import reading
from tests.reports.conftest import Small
from tests.world import paths


def _asked(seed: int, small: Small) -> dict[str, str]:
    """Some filters at random, reproducibly."""
    chance = random.Random(seed)
    first = paths.FIRST + timedelta(days=chance.randint(-40, 10))
    choices = {
        "generation": ["", "gen"],
        "partnership": ["", small.single.vop.acronym, small.grouped[0].vop.acronym],
        "modality": ["", "physical", "virtual"],
        "from": ["", first.isoformat()],
        "to": ["", (first + timedelta(days=chance.randint(0, 60))).isoformat()],
    }
    return {name: word for name, words in choices.items() if (word := chance.choice(words))}


def _expected(figures: dict[str, Any]) -> dict[str, list[tuple[str, ...]]]:
    """From the JSON alone: each table's numbers by row, in the order that the page has."""
    asked = figures["filters"]["modality"]
    both = [figures["exchanges"][name] for name in ("physical", "virtual") if asked in (None, name)]

    def part(name: str) -> Counter[tuple[str, ...]]:
        codes = {code for one in both for code in one[name]}
        return Counter(tuple(str(one[name].get(code, 0)) for one in both) for code in codes)

    found: dict[str, Any] = {
        "host-countries": part("by_host_country"),
        "types": part("by_type"),
        "durations": part("by_working_days"),
        "visits": part("visits"),
        "states": part("by_state"),
        "months": part("by_month"),
        "hosts": Counter((str(number),) for number in figures["hosts"]["by_country"].values()),
        "initiators": Counter((str(number),) for number in figures["matches"]["by_initiator"].values()),
        "match-states": Counter((str(number),) for number in figures["matches"]["by_state"].values()),
        "partnerships": Counter(
            (row["generation"], *(str(row[name]) for name in ("target", "confirmed", "closed")))
            for row in figures["partnerships"]
        ),
        "overview": Counter(tuple(str(one[name]) for one in both) for name in ("total", "partnerships")),
    }
    return found


def _numbers(rows: reading.Cells) -> Counter[tuple[str, ...]]:
    return Counter(tuple(row[1:]) for row in rows)


@pytest.mark.parametrize("seed", range(12))
def test_every_form_says_the_same(client: Client, small: Small, seed: int) -> None:
    asked = _asked(seed, small)
    figures = client.get("/statistics.json", asked).json()
    expected = _expected(figures)
    page = client.get("/statistics/", asked).content.decode()
    tables = [[] if rows == [["Nothing to count."]] else rows for rows in reading.tables_of_page(page).values()]
    assert {key: _numbers(rows) for key, rows in zip(KEYS, tables, strict=True)} == expected
    for key, rows in zip(KEYS, tables, strict=True):
        assert reading.csv_of(reading.content_of(client, f"/statistics/{key}.csv", asked)) == rows
    sheets = reading.sheets_of(reading.content_of(client, "/statistics.xlsx", asked))
    assert list(sheets.values())[1:] == tables
    lines = reading.csv_of(reading.content_of(client, "/statistics.csv", asked))
    assert [line[3] for line in lines] == [
        cell for rows in tables for row in rows for cell in row[1:] if cell.isdigit()
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_numbers_in_a_picture_are_those_of_its_table(client: Client, small: Small, seed: int) -> None:
    page = client.get("/statistics/", _asked(seed, small)).content.decode()
    tables = dict(zip(KEYS, reading.tables_of_page(page).values(), strict=True))
    pictures = reading.pictures_of_page(page)
    for key in ("types", "states", "initiators", "match-states"):
        drawn = [word.split()[0] for word in reading.words_in(pictures[f"chart-{key}"]) if word[:1].isdigit()]
        assert drawn == [cell for row in tables[key] for cell in row[1:]], key
    if tables["hosts"] != [["Nothing to count."]]:
        numbers = [word for word in reading.words_in(pictures["map-hosts"]) if word.isdigit()]
        assert Counter(numbers) - Counter(row[1] for row in tables["hosts"]) == Counter(numbers[-1:])  # the legend's


@pytest.mark.pdf
@pytest.mark.pdf_tools
@pytest.mark.parametrize("asked", [{}, {"modality": "virtual"}, {"from": "2030-01-01"}])
def test_the_report_holds_every_row_of_the_page(
    client: Client, small: Small, tmp_path: Path, asked: dict[str, str]
) -> None:
    page = client.get("/statistics/", asked).content.decode()
    form = StatisticsForm(asked)
    assert form.is_valid()
    from cxc.ground import pdf

    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.render(report.TEMPLATE, report.context_of(form.filters())))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    squeezed = " ".join(text.split())
    for caption, rows in reading.tables_of_page(page).items():
        assert caption in squeezed
        for row in rows:
            if len(row) > 1 and len(row[0]) < 20:  # longer words go over two lines
                assert " ".join(row) in squeezed, (caption, row)


def test_what_it_is_of_is_said_at_every_table(client: Client, small: Small) -> None:
    asked = {"generation": "gen", "partnership": small.single.vop.acronym, "modality": "virtual", "from": "2026-09-01"}
    page = client.get("/statistics/", asked).content.decode()
    words = f"{small.single.generation} · {small.single.vop.acronym} · Virtual · start from 1 September 2026"
    assert page.count(words) == 9  # once above all, and at each table but hosts and matches
    assert page.count("Counted without regard to the Partnership of the visitors and the start") == 1
    assert page.count("Counted without regard to the start") == 2
