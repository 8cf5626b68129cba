"""“Fill this visit” through its pages."""

import pytest

from matching.models import Plan
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_from_the_page_of_the_visit_to_its_plan() -> None:
    parties = usual_parties()
    visit = open_visits.open_visit(parties, places=3)
    client, address = client_for(parties.hop_coordinator), f"/visits/{visit.pk}/plan/"
    assert address in client.get(visit.get_absolute_url()).content.decode()
    assert "3 are left." in client.get(address).content.decode()
    for wrong in ({"places": "4"}, {"places": "0"}, {"places": ""}, {"plan_method": "x"}, {"min_fit": "-1"}):
        typed = {"places": "2", "plan_method": "stable", "min_fit": "0"} | wrong
        assert client.post(address, typed).status_code == 400
    response = client.post(address, {"places": "2", "plan_method": "stable", "min_fit": "5"})
    plan = Plan.objects.get()
    assert (response["Location"], plan.places, plan.min_fit, plan.host) == (
        plan.get_absolute_url(),
        2,
        5,
        visit.host_profile,
    )
    page = client.get(plan.get_absolute_url()).content.decode()
    assert f'<a href="{visit.get_absolute_url()}">For the visit “Looms”</a>' in page


def test_who_is_asked_in() -> None:
    parties = usual_parties()
    visit = open_visits.open_visit(parties)
    actors = {
        "host": parties.ho,
        "HOP": parties.hop_coordinator,
        "HOP reader": people.coordinator(parties.hop, "reader"),
        "SO": parties.so,
        "observer": people.observer(),
        "another Partnership": parties.vop_coordinator,
        "stranger": people.stranger(),
    }
    found = {who: client_for(actor).get(f"/visits/{visit.pk}/plan/").status_code for who, actor in actors.items()}
    assert found == {
        "host": 403,
        "HOP": 200,
        "HOP reader": 403,
        "SO": 200,
        "observer": 403,
        "another Partnership": 404,
        "stranger": 404,
    }
    page = client_for(parties.ho).get(visit.get_absolute_url()).content.decode()
    assert f"/visits/{visit.pk}/plan/" not in page


def test_a_full_visit_says_so() -> None:
    parties = usual_parties()
    visit, _match = open_visits.full_visit(parties)
    client = client_for(parties.hop_coordinator)
    assert f"/visits/{visit.pk}/plan/" not in client.get(visit.get_absolute_url()).content.decode()
    response = client.get(f"/visits/{visit.pk}/plan/")
    assert (response.status_code, "all 1 are taken or asked for" in response.content.decode()) == (409, True)
