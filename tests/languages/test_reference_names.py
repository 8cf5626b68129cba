"""Each name of the reference data to begin with can be translated."""

import csv
from pathlib import Path

from django.utils import translation

from profiles import languages
from profiles.models import Sector, Topic
from profiles.reference_names import NAMES
from tests.languages import pseudo

DATA = Path(languages.__file__).parent / "data"
COLUMNS = {
    "countries": ["name"],
    "sectors": ["title", "section_title"],
    "exchange_types": ["name"],
    "topics": ["name", "group"],
    "languages": ["name"],
}


def _names(file: str, columns: list[str]) -> set[str]:
    with (DATA / f"{file}.csv").open(newline="", encoding="utf-8") as rows:
        return {row[column] for row in csv.DictReader(rows) for column in columns}


def test_the_marked_names_are_those_of_the_data() -> None:
    assert set(NAMES) == set().union(*(_names(file, columns) for file, columns in COLUMNS.items()))
    assert len(NAMES) == len(set(NAMES))


def test_rows_say_their_names_in_the_language_of_the_moment() -> None:
    with translation.override("fr"), pseudo.active():
        assert str(Sector(code="62", title="Computer programming")) == "62 ⟦Computer programming⟧"
        assert str(Topic(name="Cluster management")) == "⟦Cluster management⟧"
        assert languages.names(["fr", "xx"]) == ["⟦French⟧", "xx"]
