"""Page, pictures, CSV, XLSX and PDF say what /statistics.json says, whatever was asked for."""

import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils.formats import date_format

from cxc.documents import pdf
from reports import pdf_report
from reports.forms import StatisticsForm
from tests.reports import comparison, parsers
from tests.reports.conftest import Small
from tests.scenarios import lifecycle


def _filters(seed: int, small: Small) -> dict[str, str]:
    partnerships = [small.single.vop.acronym, small.grouped[0].vop.acronym]
    return comparison.random_filters(seed, generations=["gen"], partnerships=partnerships, around=lifecycle.FIRST)


def test_every_file_says_what_the_page_says(client: Client, small: Small) -> None:
    for seed in range(12):
        comparison.assert_all_the_same(client, _filters(seed, small))


def test_the_numbers_in_a_picture_are_those_of_its_table(client: Client, small: Small) -> None:
    for seed in range(12):
        page = client.get("/statistics/", parameters := _filters(seed, small)).content.decode()
        tables, pictures = comparison.tables_by_key(page), parsers.pictures_of_page(page)
        for key in ("types", "states", "initiators", "match-states"):
            if tables[key]:
                words = parsers.words_in(pictures[f"chart-{key}"])
                drawn = [word.split()[0] for word in words if word[:1].isdigit()]
                assert drawn == [cell for row in tables[key] for cell in row[1:]], (key, parameters)
        hosts = [row[1] for row in tables["hosts"]]
        numbers = [word for word in parsers.words_in(pictures["map-hosts"]) if word.isdigit()]
        assert Counter(numbers) - Counter(hosts) == Counter(["1"]), parameters  # the legend's


def test_each_picture_tells_its_message_to_a_screen_reader(client: Client, small: Small) -> None:
    pictures = parsers.pictures_of_page(client.get("/statistics/").content.decode())
    assert parsers.title_of(pictures["chart-visits"]) == (
        "Visits, grouped and single. 1 of 2 visits are grouped (50\u00a0%)."
    )
    assert parsers.title_of(pictures["map-hosts"]) == ("Map: Published host profiles by country. Belgium 1, France 1.")
    assert {picture.get("role") for picture in pictures.values()} == {"img"}
    assert [picture for picture in pictures.values() if picture.findall(".//*[@style]")] == []


@pytest.mark.pdf
@pytest.mark.pdf_tools
@pytest.mark.parametrize("parameters", [{}, {"modality": "virtual"}, {"from": "2030-01-01"}])
def test_the_report_holds_every_row_of_the_page(
    client: Client, small: Small, tmp_path: Path, parameters: dict[str, str]
) -> None:
    page = client.get("/statistics/", parameters).content.decode()
    form = StatisticsForm(parameters)
    assert form.is_valid()
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.render(pdf_report.TEMPLATE, pdf_report.report_context(form.filters())))
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    squeezed = " ".join(text.split())
    for caption, rows in parsers.tables_of_page(page).items():
        assert caption in squeezed
        for row in rows:
            if len(row) > 1 and len(row[0]) < 20:  # longer words go over two lines
                assert " ".join(row) in squeezed, (caption, row)


def test_what_it_is_of_is_said_at_every_table(client: Client, small: Small) -> None:
    vop = small.single.vop.acronym
    parameters = {"generation": "gen", "partnership": vop, "modality": "virtual", "from": "2026-09-01"}
    page = client.get("/statistics/", parameters).content.decode()
    words = f"{small.single.generation} · {vop} · Virtual · start from {date_format(date(2026, 9, 1))}"
    assert page.count(words) == 9  # once above all, and at each table but hosts and matches
    assert page.count("Counted without regard to the Partnership of the visitors and the start") == 1
    assert page.count("Counted without regard to the start") == 2
