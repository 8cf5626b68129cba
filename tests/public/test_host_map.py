"""The public map of hosts: numbers of all, names of those that agreed."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from cxc import clock
from cxc.workflow import NotAllowed
from profiles.enums import ProfileKind
from profiles.models import Organisation, Profile, Sector
from profiles.services import organisations
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.queries import assert_constant_queries
from tests.scenarios import lifecycle, open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def parties() -> Parties:
    return usual_parties()


@pytest.fixture
def host(parties: Parties) -> Profile:
    return open_visits.published_host(parties)


def agree(parties: Parties, *, agrees: bool = True) -> Organisation:
    current = Organisation.objects.get(pk=parties.host.pk)
    return organisations.edit(current, by=parties.ho, version_read=current.row_version, named_in_public=agrees)


def page(client: Client, status: int = 200, **query: str) -> str:
    answer = client.get("/hosts/", query)
    assert answer.status_code == status
    return source_of(answer)


def test_a_host_is_a_number_until_it_agrees(client: Client, parties: Parties, host: Profile) -> None:
    before = page(client)
    assert (parties.host.legal_name in before, "1 host is looking for visitors" in before) == (False, True)
    assert "Participants also see 1 more" in before
    agree(parties)
    assert f"<h3>{host.organisation}</h3>" in page(client)
    agree(parties, agrees=False)
    assert parties.host.legal_name not in page(client)


@pytest.mark.usefixtures("host")
def test_who_agreed_and_when_is_kept_and_goes_with_the_consent(parties: Parties) -> None:
    given = agree(parties)
    kept = Organisation.objects.get(pk=given.pk)
    assert (kept.public_name_agreed_by, kept.public_name_agreed_at) == (parties.ho.user, clock.now())
    agree(parties, agrees=False)
    taken = Organisation.objects.get(pk=given.pk)
    assert (taken.public_name_agreed_by, taken.public_name_agreed_at) == (None, None)


def test_an_edit_of_something_else_keeps_who_agreed(parties: Parties) -> None:
    given = agree(parties)
    organisations.edit(given, by=people.support_office(), version_read=given.row_version, mission="Other")
    assert Organisation.objects.get(pk=given.pk).public_name_agreed_by == parties.ho.user


def test_the_database_holds_that_somebody_agreed(parties: Parties) -> None:
    with pytest.raises(IntegrityError, match="public_name_is_agreed_to"), transaction.atomic():
        Organisation.objects.filter(pk=parties.host.pk).update(named_in_public=True)


def test_a_profile_that_is_over_or_not_published_is_not_there(client: Client, parties: Parties, host: Profile) -> None:
    agree(parties)
    Profile.objects.filter(pk=host.pk).update(available_from="2020-01-01", available_to="2020-02-01")
    found = page(client)
    assert parties.host.legal_name not in found
    assert "0 hosts are looking for visitors" in found


def test_it_is_narrowed_down_by_country_and_sector(client: Client, parties: Parties, host: Profile) -> None:
    agree(parties)
    country, sector = parties.host.country_id, str(host.own_sectors.all()[0].pk)
    assert f"<h3>{host.organisation}</h3>" in page(client, country=country, sector=sector)
    assert f"<h3>{host.organisation}</h3>" not in page(client, country="IS")
    assert re.search(rf'href="\?country={country}[^"]*"', page(client, country="IS"))


def test_an_organisation_with_two_profiles_is_one_host(client: Client, parties: Parties, host: Profile) -> None:
    open_visits.published_host(parties, title="Another time")
    found = page(client)
    assert Profile.objects.filter(organisation=host.organisation, kind=ProfileKind.HOST).count() == 2
    assert "1 host is looking for visitors" in found
    assert "<dd>1</dd>" in hosts_to_choose_from(client)
    agree(parties)
    assert page(client).count(f"<h3>{host.organisation}</h3>") == 2
    assert "1 host has agreed to be named here." in page(client)


def hosts_to_choose_from(client: Client) -> str:
    """What the front page says of them."""
    found = re.search(r"<dt>hosts to choose from now</dt>\s*<dd>[^<]*</dd>", source_of(client.get("/")))
    assert found is not None
    return found[0]


def test_the_front_page_says_the_number_of_the_map(client: Client, host: Profile) -> None:
    assert "<dd>1</dd>" in hosts_to_choose_from(client)
    Profile.objects.filter(pk=host.pk).update(available_from="2020-01-01", available_to="2020-02-01")
    assert "<dd>0</dd>" in hosts_to_choose_from(client)


def test_the_sector_narrows_down_the_list_and_the_numbers(client: Client, parties: Parties, host: Profile) -> None:
    agree(parties)
    own = host.own_sectors.all()[0]
    other = Sector.objects.exclude(pk=own.pk)[0]
    found, without = page(client, sector=str(own.pk)), page(client, sector=str(other.pk))
    assert (f"<h3>{host.organisation}</h3>" in found, "1 host is looking for visitors" in found) == (True, True)
    assert f'href="?country={parties.host.country_id}&amp;sector={own.pk}#hosts"' in found
    assert (f"<h3>{host.organisation}</h3>" in without, "0 hosts are looking for visitors" in without) == (False, True)


@pytest.mark.parametrize("query", [{"country": "a\x00"}, {"sector": "9" * 300}, {"country": "ZZ"}])
def test_what_cannot_be_read_is_said(client: Client, query: dict[str, str]) -> None:
    page(client, status=400, **query)


@pytest.mark.parametrize("address", ["/", "/hosts/"])
def test_the_queries_do_not_grow_with_the_hosts(client: Client, parties: Parties, address: str) -> None:
    def add(number: int) -> None:
        for _each in range(number):
            other = people.organisation("FR", named_in_public=True, public_name_agreed_at=clock.now())
            host = lifecycle.published(
                other, parties.hop, people.member(other), parties.hop_coordinator, kind=ProfileKind.HOST
            )
            open_visits.open_visit(parties, host)

    assert_constant_queries(client, address, add)


def test_an_owner_agrees_in_the_organisations_form(parties: Parties) -> None:
    found = client_for(parties.ho).get(f"/organisations/{parties.host.pk}/edit/").content.decode()
    assert 'name="named_in_public"' in found


def test_nobody_agrees_in_an_organisations_place(parties: Parties) -> None:
    current = Organisation.objects.get(pk=parties.host.pk)
    with pytest.raises(NotAllowed, match="owners and editors"):
        organisations.edit(current, by=parties.so, version_read=current.row_version, named_in_public=True)
    address = f"/organisations/{parties.host.pk}/edit/"
    assert 'name="named_in_public"' not in client_for(parties.so).get(address).content.decode()
    for page_of_registering in ("/organisations/new/", "/organisations/on-behalf/"):
        answer = client_for(parties.hop_coordinator).get(page_of_registering)
        assert (answer.status_code, b"named_in_public" in answer.content) == (200, False)
    agree(parties)
    current.refresh_from_db()
    organisations.edit(current, by=parties.so, version_read=current.row_version, named_in_public=False)
    assert Organisation.objects.get(pk=parties.host.pk).named_in_public is False
