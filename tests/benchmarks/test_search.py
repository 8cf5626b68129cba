"""The benchmark of the search, on a few records."""

import pytest

from benchmarks import search
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_each_text_is_measured_with_its_queries_and_results(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_RUNS", "1")
    parties = usual_parties()
    lifecycle.in_preparation(parties)
    found, me = search.measure(client_for(parties.so))
    assert list(found) == list(search.TEXTS)
    assert found["visit"]["results"] > 0 < found["visit"]["queries"]
    assert found["xqzvkw"]["results"] == 0
    result = {"exchanges": 1, "roles": {"support": found}, "me": {"support": me}}
    assert all(text in search.table(result) for text in search.TEXTS)
