"""The list of Partnerships, by sector and country."""

import pytest
from django.test import Client

from profiles.models import Country, Partnership, Sector
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def three() -> list[Partnership]:
    made = [
        people.partnership("ES", acronym="LOOM", full_name="Textiles of the south"),
        people.partnership("DE", acronym="RAIL", full_name="Trains and tracks"),
        people.partnership("FR", acronym="FOOD", full_name="What we eat"),
    ]
    made[0].sectors.set(Sector.objects.filter(pk__in=["13", "14"]))
    made[1].sectors.set(Sector.objects.filter(pk="30"))
    made[1].countries.set(Country.objects.filter(pk__in=["ES", "DE"]))
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"LOOM", "RAIL", "FOOD"}),
        ("?sector=13", {"LOOM"}),
        ("?country=ES", {"LOOM", "RAIL"}),
        ("?country=DE", {"RAIL"}),
        ("?sector=30&country=ES", {"RAIL"}),
        ("?q=eat", {"FOOD"}),
        ("?q=nothing", set()),
    ],
)
def test_they_are_narrowed(client: Client, three: list[Partnership], query: str, found: set[str]) -> None:
    page = client.get(f"/partnerships/{query}").context["page"]
    assert {partnership.acronym for partnership in page} == found


def test_only_what_some_partnership_has_is_offered(client: Client, three: list[Partnership]) -> None:
    form = client.get("/partnerships/").context["filter"].form
    assert [sector.pk for sector in form.fields["sector"].queryset] == ["13", "14", "30"]
    assert {country.pk for country in form.fields["country"].queryset} == {"DE", "ES", "FR"}


@pytest.mark.parametrize("query", ["?sector=xx", "?country=%00", "?country=Q"])
def test_what_can_t_be_read_is_said(client: Client, three: list[Partnership], query: str) -> None:
    assert client.get(f"/partnerships/{query}").status_code == 400


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_three(
    client: Client, many: int, django_assert_num_queries: object
) -> None:
    for number in range(many):
        people.partnership("ES", acronym=f"P-{number}")
    with django_assert_num_queries(6):  # type: ignore[operator]
        client.get("/partnerships/")
