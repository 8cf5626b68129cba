"""Address, registration number, coordinating organisation: what contracts print is there before it is needed."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cxc.workflow import Refused, available_transitions, perform
from profiles.models import CoordinatingOrganisation, Country, Organisation, Participation
from profiles.services import organisations
from tests.factories import clients, people
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

DETAILS = {
    "legal_name": "Association of Looms",
    "registration_number": "None",
    "street": "Rue Neuve 1",
    "postal_code": "1000",
    "city": "Brussels",
    "country": "BE",
}


def without_address(parties: Parties) -> Organisation:
    Organisation.objects.filter(pk=parties.visitor.pk).update(postal_code="", registration_number="")
    return Organisation.objects.get(pk=parties.visitor.pk)


def test_a_profile_is_submitted_once_its_organisations_address_and_number_are_stated() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(without_address(parties), parties.vop, parties.vo)
    offer = next(one for one in available_transitions(profile, parties.vo) if one.transition.name == "submit")
    assert [(need.sentence, need.help.url) for need in offer.unmet] == [
        (
            "Enter what contracts print of your organisation: the postal code, the registration number (or “none”).",
            f"/organisations/{parties.visitor.pk}/edit/#id_postal_code",
        )
    ]
    page = clients.client_for(parties.vo).get(reverse("profile-step", args=[profile.pk, "texts"])).content.decode()
    assert f'href="/organisations/{parties.visitor.pk}/edit/#id_postal_code"' in page
    of = Organisation.objects.get(pk=parties.visitor.pk)
    facts = {"postal_code": "08221", "registration_number": "none"}
    organisations.edit(of, by=parties.vo, version_read=of.row_version, **facts)
    assert perform(profile, "submit", by=parties.vo).state == "submitted"


@pytest.mark.parametrize("typed", ["none", " None ", "aucun"])
def test_none_is_a_registration_number_and_makes_nobody_similar(typed: str) -> None:
    fields = {"kind": "sme", "country": Country.objects.get(pk="ES"), "city": "Vigo", "registration_number": typed}
    first = organisations.register(by=people.stranger(), legal_name="Looms of the North", **fields)
    assert Organisation.objects.get(pk=first.pk).registration_number == "none"
    assert organisations.register(by=people.stranger(), legal_name="Quay Robotics", **fields).pk


def test_the_address_is_not_emptied_while_a_profile_is_shown() -> None:
    parties = usual_parties()
    lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    sentence = (
        "Enter the street and number. A profile of this organisation is submitted or published, and contracts need"
        " this."
    )
    with pytest.raises(Refused) as refusal:
        organisations.edit(parties.visitor, by=parties.vo, version_read=1, street="")
    assert list(refusal.value.sentences) == [sentence]
    of = Organisation.objects.get(pk=parties.visitor.pk)
    of.street = ""
    with pytest.raises(ValidationError, match="Enter the street"):
        of.full_clean()


def test_coordinators_enter_the_coordinating_organisation_and_grant_agreement_numbers() -> None:
    parties = usual_parties()
    CoordinatingOrganisation.objects.filter(partnership=parties.vop).delete()
    row = Participation.objects.get(partnership=parties.vop)
    address = reverse("partnership-contract-details", args=[parties.vop.pk])
    typed = DETAILS | {f"grant_{row.pk}": "101 000 123"}
    codes = {
        "coordinator": clients.client_for(parties.vop_coordinator).post(address, typed).status_code,
        "incomplete": clients.client_for(parties.vop_coordinator).post(address, typed | {"street": ""}).status_code,
        "Support Office": clients.client_for(parties.so).get(address).status_code,
        "reader": clients.client_for(people.coordinator(parties.vop, "reader")).get(address).status_code,
        "other Partnership": clients.client_for(parties.hop_coordinator).get(address).status_code,
        "visitor": clients.client_for(parties.vo).get(address).status_code,
    }
    assert codes == {
        "coordinator": 302,
        "incomplete": 400,
        "Support Office": 200,
        "reader": 403,
        "other Partnership": 404,
        "visitor": 404,
    }
    made = CoordinatingOrganisation.objects.get(partnership=parties.vop)
    assert (made.legal_name, made.registration_number, made.street_and_city) == (
        "Association of Looms",
        "none",
        "Rue Neuve 1, 1000 Brussels",
    )
    row.refresh_from_db()
    assert row.grant_agreement_number == "101 000 123"
    page = clients.client_for(parties.vop_coordinator).get(parties.vop.get_absolute_url()).content.decode()
    assert ("Association of Looms" in page, "101 000 123" in page, address in page) == (True, True, True)


def test_countries_have_the_names_the_european_union_uses() -> None:
    names = dict(Country.objects.filter(pk__in=["CZ", "TR", "XK"]).values_list("pk", "name"))
    assert names == {"CZ": "Czechia", "TR": "Türkiye", "XK": "Kosovo*"}
