"""Registering and editing an organisation in the browser's way."""

import pytest
from django.urls import reverse

from cxc.workflow.models import StateEvent
from profiles.models import Organisation
from tests.factories import clients, people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

NEW = {
    "legal_name": "Network of the North",
    "kind": "sme",
    "country": "ES",
    "street": "Rua Nova 1",
    "postal_code": "36201",
    "city": "Vigo",
    "registration_number": "none",
    "website": "north.example",
}


def form_data(of: Organisation, **changes: object) -> dict[str, object]:
    names = ("legal_name", "street", "postal_code", "city", "registration_number", "mission")
    return {name: getattr(of, name) for name in names} | {"sector": "13", "version_read": of.row_version} | changes


def test_who_registers_acts_for_it_from_then_on() -> None:
    client = clients.client_for(people.stranger())
    response = client.post(reverse("organisation-new"), NEW)
    made = Organisation.objects.get(legal_name="Network of the North")
    assert response.headers["Location"] == made.get_absolute_url()
    assert made.website == "https://north.example"
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_similar_one_is_told_with_what_was_typed_and_can_be_meant() -> None:
    clients.client_for(people.stranger()).post(reverse("organisation-new"), NEW)
    client = clients.client_for(people.stranger())
    response = client.post(
        reverse("organisation-new"), NEW | {"mission": "Typed long", "registration_number": "Another 7"}
    )
    page = response.content.decode()
    assert (response.status_code, "may be registered already" in page, "Typed long" in page) == (409, True, True)
    assert (
        client.post(
            reverse("organisation-new"), NEW | {"register_anyway": "on", "registration_number": "Another 7"}
        ).status_code
        == 302
    )
    assert Organisation.objects.filter(legal_name="Network of the North").count() == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"legal_name": "N" * 201},
        {"legal_name": ""},
        {"kind": "kingdom"},
        {"country": "XX"},
        {"website": "javascript:alert(1)"},
        {"staff_count": "-1"},
        {"staff_count": "99999999999"},
        {"sector": "zz"},
        {"cluster": "0"},
        {"legal_name": "\x00\u202e"},
    ],
)
def test_bad_input_gives_the_form_again(bad: dict[str, str]) -> None:
    client = clients.client_for(people.stranger())
    response = client.post(reverse("organisation-new"), NEW | {"mission": "Typed long"} | bad)
    page = response.content.decode()
    assert (response.status_code, "invalid-feedback" in page, "Typed long" in page) == (400, True, True)
    assert not Organisation.objects.exists()


def test_two_tabs_see_both_texts() -> None:
    of = people.organisation()
    client = clients.client_for(people.member(of))
    address = reverse("organisation-edit", args=[of.pk])
    assert client.post(address, form_data(of, mission="First")).status_code == 302
    response = client.post(address, form_data(of, mission="Second"))
    page = response.content.decode()
    assert (response.status_code, "First" in page, "Second" in page) == (409, True, True)
    assert client.post(address, form_data(of, mission="Second", version_read="2")).status_code == 302
    of.refresh_from_db()
    assert of.mission == "Second"


def test_a_change_of_cluster_needs_a_reason_and_says_why_it_can_not_be() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    client = clients.client_for(parties.vo)
    address = reverse("organisation-identity", args=[parties.visitor.pk])
    fields = {"kind": "sme", "country": "ES", "cluster": parties.visitor.cluster_id, "version_read": "1"}
    assert client.post(address, fields | {"reason": ""}).status_code == 400
    response = client.post(address, fields | {"cluster": "", "reason": "We left."})
    page = response.content.decode()
    assert (response.status_code, "Name the registered cluster" in page, "We left." in page) == (400, True, True)
    assert client.post(address, fields | {"kind": "support", "reason": "We grew."}).status_code == 302
    assert StateEvent.of(profile).last().reason == "We grew."


def test_its_page_offers_only_what_one_may() -> None:
    parties = usual_parties()
    lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    address = parties.visitor.get_absolute_url()
    offered = {
        name: [
            word
            for word in ("organisation-edit", "organisation-identity")
            if reverse(word, args=[parties.visitor.pk]) in clients.client_for(actor).get(address).content.decode()
        ]
        for name, actor in {
            "owner": parties.vo,
            "reader": people.member(parties.visitor, "reader"),
            "coordinator": parties.vop_coordinator,
            "observer": people.observer(),
        }.items()
    }
    assert offered == {
        "owner": ["organisation-edit", "organisation-identity"],
        "reader": [],
        "coordinator": ["organisation-identity"],
        "observer": [],
    }
