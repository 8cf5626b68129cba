"""One address a view: canonical, shareable, and the same view for whoever may browse."""

import pytest
from django.http import QueryDict

from matching.catalogue.filter_chips import filter_chips
from matching.catalogue.query_string import canonical_query, clean_query
from matching.catalogue.search import CatalogueSearch
from tests.factories.parties import usual_parties
from tests.matching import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "kind="),
        ("page=7&unknown=1&order=date&q=&kind=", "kind="),
        (
            "order=name&country=FR&country=BE&q=+two+words&kind=host",
            "q=two+words&kind=host&country=BE&country=FR&order=name",
        ),
        (
            "free_to=2026-10-02&free_from=2026-10-01&bookmarked=1",
            "kind=&free_from=2026-10-01&free_to=2026-10-02&bookmarked=on",
        ),
        (
            "neighbours=1&places=3&sector=14&sector=13&q=é%26",
            "q=%C3%A9%26&kind=&sector=13&sector=14&neighbours=on&places=3",
        ),
    ],
)
def test_canonical(query: str, expected: str) -> None:
    parties = usual_parties()
    factories.hosting(parties)
    catalogue_search = CatalogueSearch(parties.so, QueryDict(query))
    assert catalogue_search.query == expected
    assert CatalogueSearch(parties.so, QueryDict(expected)).query == expected


def test_a_default_is_written_out_so_that_the_address_can_be_shared() -> None:
    parties = usual_parties()
    factories.visiting(parties)
    factories.hosting(parties)
    assert [CatalogueSearch(actor, QueryDict("")).query for actor in (parties.vo, parties.ho)] == [
        "kind=host",
        "kind=visiting",
    ]


def test_each_filter_can_be_taken_out() -> None:
    parties = usual_parties()
    form = CatalogueSearch(parties.so, QueryDict("q=weave&country=BE&country=FR&sector=13&kind=host")).form
    assert form.is_valid()
    assert {chip.label: chip.query for chip in filter_chips(form)} == {
        "Words: weave": "kind=host&country=BE&country=FR&sector=13",
        "Country: Belgium": "q=weave&kind=host&country=FR&sector=13",
        "Country: France": "q=weave&kind=host&country=BE&sector=13",
        "Sector: 13 Manufacture of textiles": "q=weave&kind=host&country=BE&country=FR",
    }
    assert canonical_query(form, q=None, country=[], sector=[], kind="") == "kind="


def test_a_query_of_somebody_elses_making_is_written_anew() -> None:
    assert clean_query("q=a+b&kind=&page=2") == "q=a+b&kind=&page=2"
    assert clean_query('"><script>//evil.example') == "%22%3E%3Cscript%3E%2F%2Fevil.example="
    assert clean_query("&" * 9000) == ""
