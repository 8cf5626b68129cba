"""Profiles' lists and pages: started, copied, reviewed, filtered; constant in queries."""

import pytest
from django.urls import reverse

from cxc.workflow import perform
from profiles.models import Participation, Profile
from tests.factories import clients, people
from tests.factories.parties import Parties, usual_parties
from tests.queries import assert_constant_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def submitted(parties: Parties) -> Profile:
    return perform(lifecycle.draft(parties.visitor, parties.vop, parties.vo), "submit", by=parties.vo)


def test_starting_twice_goes_on_with_the_draft() -> None:
    parties = usual_parties()
    client = clients.client_for(parties.vo)
    data = {"organisation": parties.visitor.pk, "kind": "visiting", "generation": people.generation().pk}
    first = client.post(reverse("profile-new"), data)
    second = client.post(reverse("profile-new"), data, follow=True)
    assert first.headers["Location"] == reverse("profile-step", args=[Profile.objects.get().pk, "exchange"])
    assert "There is a draft of this kind already" in second.content.decode()


def test_a_second_one_beside_a_published_one_is_asked_about() -> None:
    parties = usual_parties()
    there = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    client = clients.client_for(parties.vo)
    data = {"organisation": parties.visitor.pk, "kind": "visiting", "generation": people.generation().pk}
    response = client.post(reverse("profile-new"), data)
    assert (response.status_code, there.get_absolute_url() in response.content.decode()) == (409, True)
    assert client.post(reverse("profile-new"), data | {"start_anyway": "1"}).status_code == 302
    assert Profile.objects.count() == 2


@pytest.mark.parametrize("bad", [{"organisation": "0"}, {"kind": "king"}, {"generation": "0"}])
def test_starting_with_nonsense_gives_the_form_again(bad: dict[str, str]) -> None:
    parties = usual_parties()
    data = {"organisation": parties.visitor.pk, "kind": "visiting", "generation": people.generation().pk} | bad
    assert clients.client_for(parties.vo).post(reverse("profile-new"), data).status_code == 400
    assert not Profile.objects.exists()


def test_somebody_elses_organisation_can_not_be_chosen() -> None:
    parties = usual_parties()
    data = {"organisation": parties.host.pk, "kind": "host", "generation": people.generation().pk}
    assert clients.client_for(parties.vo).post(reverse("profile-new"), data).status_code == 400


def test_copied_into_another_generation_from_its_page() -> None:
    parties = usual_parties()
    old = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    client = clients.client_for(parties.vo)
    assert reverse("profile-copy", args=[old.pk]) not in client.get(old.get_absolute_url()).content.decode()
    new = people.generation("next")
    Participation.objects.create(partnership=parties.vop, generation=new, last_day=new.last_day)
    assert reverse("profile-copy", args=[old.pk]) in client.get(old.get_absolute_url()).content.decode()
    assert client.post(reverse("profile-copy", args=[old.pk]), {"generation": new.pk}).status_code == 302
    assert Profile.objects.get(generation=new).copied_from == old


def test_the_page_offers_to_the_holder_what_the_holder_may() -> None:
    parties = usual_parties()
    profile = submitted(parties)
    page = clients.client_for(parties.vo).get(profile.get_absolute_url()).content.decode()
    assert (reverse("transition", args=["profiles.profile", profile.pk, "take_back"]) in page, "/publish/" in page) == (
        True,
        False,
    )
    assert "Its Partnership looks at it." in page


def test_readers_and_observers_get_no_buttons() -> None:
    parties = usual_parties()
    profile = submitted(parties)
    for actor in (people.member(parties.visitor, "reader"), people.observer()):
        assert "/transitions/" not in clients.client_for(actor).get(profile.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("state=draft", False),
        ("state=submitted", True),
        ("kind=host", False),
        ("q=organisation", True),
        ("q=zzz", False),
        ("modality=virtual", True),
        ("country=ES", True),
        ("country=FR", False),
        ("from=2026-09-01&to=2026-12-01", True),
        ("from=2030-01-01", False),
        ("eligibility=again", False),
        ("partner=needed", False),
        ("late=accept_profile", False),
    ],
)
def test_filters_narrow_the_list(query: str, is_there: bool) -> None:
    parties = usual_parties()
    profile = submitted(parties)
    page = clients.client_for(parties.vo).get(f"/profiles/?{query}").content.decode()
    assert (profile.get_absolute_url() in page) is is_there


@pytest.mark.parametrize("query", ["state=nonsense", "generation=nonsense", "page=nonsense", "sort=nonsense", "q=%00"])
def test_a_nonsense_filter_is_no_fault(query: str) -> None:
    parties = usual_parties()
    assert clients.client_for(parties.vo).get(f"/profiles/?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/profiles/", "/profiles/?late=any"])
def test_lists_ask_the_database_the_same_with_one_and_thirty_rows(address: str) -> None:
    parties = usual_parties()

    def add(rows: int) -> None:
        for _ in range(rows):
            of = people.organisation()
            holder = people.member(of)
            perform(lifecycle.draft(of, parties.vop, holder), "submit", by=holder)

    assert_constant_queries(clients.client_for(parties.vop_coordinator), address, add)


def test_the_lists_of_organisations_and_members_too() -> None:
    of = people.organisation()
    owner = people.member(of)
    under = people.partnership()
    client = clients.client_for(owner)
    team = reverse("team", kwargs={"kind": "organisations", "pk": of.pk})
    assert_constant_queries(client, team, lambda rows: [people.member(of, "reader") for _ in range(rows)])
    assert_constant_queries(
        client, of.get_absolute_url(), lambda rows: [lifecycle.draft(of, under, owner) for _ in range(rows)]
    )


def test_the_public_list_of_partnerships() -> None:
    client = clients.client_for(people.stranger())

    def add(rows: int) -> None:
        for _ in range(rows):
            people.partnership().sectors.set(["13", "14"])

    assert_constant_queries(client, reverse("partnerships"), add)


def test_the_pay_out_rule_is_for_insiders() -> None:
    parties = usual_parties()
    address = parties.vop.get_absolute_url()
    assert "50 % of the ceiling" in clients.client_for(parties.vop_coordinator).get(address).content.decode()
    page = clients.client_for(parties.vo).get(address).content.decode()
    assert ("of the ceiling" in page, parties.vop_coordinator.user.email in page) == (False, False)
