"""A Partnership brings in an organisation that is not registered yet."""

import pytest
from django.urls import reverse

from cxc.access.scoped import Actor
from profiles.models import Invitation, Organisation, Profile
from profiles.services import invitations
from tests.factories import clients, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADDRESS = "organisation-on-behalf"


def data(**others: object) -> dict[str, object]:
    return {
        "legal_name": "Brought In Fictional",
        "kind": "sme",
        "country": "ES",
        "city": "Vigo",
        "owner_email": "owner@brought.example",
        "profile_kind": "visiting",
        "generation": people.generation().pk,
    } | others


def test_the_organisation_its_profile_and_the_invitation_come_together() -> None:
    under = people.partnership()
    coordinator = people.coordinator(under)
    response = clients.client_for(coordinator).post(reverse(ADDRESS), data())
    profile = Profile.objects.get()
    assert response.headers["Location"] == reverse("profile-step", args=[profile.pk, "exchange"])
    assert (profile.partnership, profile.organisation.memberships.count()) == (under, 0)
    owner = people.person("Owner")
    sent = Invitation.objects.get()
    assert (sent.email, sent.role) == ("owner@brought.example", "owner")
    assert list(invitations.open_invitations_to(owner)) == []


def test_a_similar_one_is_told_and_a_bad_field_loses_nothing() -> None:
    client = clients.client_for(people.coordinator(people.partnership()))
    assert client.post(reverse(ADDRESS), data(owner_email="no address")).status_code == 400
    assert not Organisation.objects.exists()
    client.post(reverse(ADDRESS), data())
    assert client.post(reverse(ADDRESS), data(registration_number="Another 7")).status_code == 409
    assert client.post(reverse(ADDRESS), data(register_anyway="on", registration_number="Another 7")).status_code == 302


def test_only_coordinators_and_the_support_office() -> None:
    under = people.partnership()
    people.generation()
    may: dict[str, Actor] = {
        "coordinator": people.coordinator(under),
        "SO": people.support_office(),
        "partnership reader": people.coordinator(under, "reader"),
        "owner": people.member(people.organisation()),
        "observer": people.observer(),
        "stranger": people.stranger(),
    }
    answers = {role: clients.client_for(actor).get(reverse(ADDRESS)).status_code for role, actor in may.items()}
    assert answers == {
        "coordinator": 200,
        "SO": 200,
        "partnership reader": 403,
        "owner": 403,
        "observer": 403,
        "stranger": 403,
    }
