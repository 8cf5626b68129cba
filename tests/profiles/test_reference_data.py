"""The reference files hold together: right number of rows, no doubles, codes that exist."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "profiles" / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def column(name: str, key: str) -> list[str]:
    return [row[key] for row in rows(name)]


@pytest.mark.parametrize(
    ("name", "key", "count"),
    [
        ("countries", "iso2", 42),
        ("countries", "name", 42),
        ("lump_sum_ceilings", "iso2", 40),
        ("sectors", "division", 88),
        ("exchange_types", "code", 6),
        ("languages", "code", 35),
        ("topics", "code", 99),
        ("topics", "name", 99),
        ("clusters", "name", 52),
    ],
)
def test_each_row_once_and_none_missing(name: str, key: str, count: int) -> None:
    assert (len(column(name, key)), len(set(column(name, key)))) == (count, count)


@pytest.mark.parametrize(("name", "key"), [("lump_sum_ceilings", "iso2"), ("clusters", "country")])
def test_countries_named_elsewhere_are_in_the_list(name: str, key: str) -> None:
    assert set(column(name, key)) - set(column("countries", "iso2")) == set()


def test_ceilings_lie_between_the_lowest_and_highest_known() -> None:
    ceilings = [Decimal(value) for value in column("lump_sum_ceilings", "ceiling_eur")]
    assert (min(ceilings), max(ceilings)) == (Decimal(530), Decimal(1100))
    assert {(row["valid_from"], row["valid_to"]) for row in rows("lump_sum_ceilings")} == {("2019-01-01", "")}


def test_the_six_types_are_spelled_as_the_scheme_spells_them() -> None:
    assert column("exchange_types", "name") == [
        "Networking",
        "Networking and events",
        "Group event",
        "Pitch training",
        "Research, development and innovation",
        "Exploring new markets",
    ]


def test_thirty_nine_countries_took_part_in_cosme() -> None:
    assert column("countries", "in_cosme_2018").count("yes") == 39


def test_no_cluster_has_an_address_that_could_be_real() -> None:
    assert [url for url in column("clusters", "website") if not url.endswith(".example")] == []
