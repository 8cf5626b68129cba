"""The eligibility check says what the portal says."""

from itertools import product
from typing import Any

import pytest
from django.test import Client

from profiles.enums import OrganisationKind, ProfileKind
from profiles.models import ClusterOrganisation, Country, Generation, Organisation
from profiles.rules import eligibility_problem
from public.eligibility import Answers, check_eligibility, search_clusters
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

ADDRESS = "/take-part/"


@pytest.fixture
def generation() -> Generation:
    made = people.generation()
    made.host_kinds = ["cluster", "business_network", "support", "sme", "large_company"]
    made.save()
    people.partnership(in_generation=made)
    return made


@pytest.mark.parametrize("role", ProfileKind.values)
@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_it_agrees_with_the_rule_for_a_real_organisation(generation: Generation, role: str, kind: str) -> None:
    """Every role and kind, in a country that participates and one that does not, with and without a cluster."""
    for country, cluster in product(("ES", "NO"), (people.cluster("ES"), None)):
        real = people.organisation(country, kind=kind, cluster=cluster)
        answers = Answers(role, kind, Country.objects.get(pk=country), cluster, cluster is None, "no")
        verdict = check_eligibility(answers, generation)
        problem = eligibility_problem(real, role, generation)
        if problem:
            assert (verdict.may_take_part, verdict.reasons[0]) == (False, problem)
        else:
            assert verdict.may_take_part == (not (kind == "cluster" and country != "ES"))


def test_an_exception_is_possible_for_a_host_sme_without_a_cluster_and_for_nobody_else(generation: Generation) -> None:
    spain = Country.objects.get(pk="ES")
    possible = {
        (role, kind)
        for role, kind in product(ProfileKind.values, OrganisationKind.values)
        if check_eligibility(Answers(role, kind, spain, None, True, "no"), generation).exception_possible
    }
    assert possible == {("host", "sme")}
    norway = Answers("host", "sme", Country.objects.get(pk="NO"), None, True)
    assert check_eligibility(norway, generation).exception_possible is False


def test_a_generation_that_takes_no_small_hosts_offers_no_exception(generation: Generation) -> None:
    generation.host_kinds = ["cluster"]
    verdict = check_eligibility(Answers("host", "sme", Country.objects.get(pk="ES"), None, True), generation)
    assert (verdict.may_take_part, verdict.exception_possible) == (False, False)


def test_who_travelled_already_waits_for_the_next_generation_and_a_host_does_not(generation: Generation) -> None:
    spain, cluster = Country.objects.get(pk="ES"), people.cluster("ES")
    assert (
        check_eligibility(Answers("visiting", "sme", spain, cluster, False, "yes"), generation).may_take_part is False
    )
    assert check_eligibility(Answers("host", "sme", spain, cluster, False, "yes"), generation).may_take_part is True


def test_nobody_may_where_no_partnership_takes_profiles() -> None:
    closed = people.generation()
    verdict = check_eligibility(
        Answers("visiting", "sme", Country.objects.get(pk="ES"), people.cluster("ES"), False, "no"), closed
    )
    (reason,) = verdict.reasons
    assert reason.endswith("no Partnership takes profiles in Generation gen now.")


def test_nothing_is_written_by_checking(generation: Generation) -> None:
    before = Organisation.objects.count()
    check_eligibility(Answers("visiting", "sme", Country.objects.get(pk="ES"), None, True, "no"), generation)
    assert Organisation.objects.count() == before


def test_five_questions_follow_each_other_and_the_address_keeps_the_answers(
    client: Client, generation: Generation
) -> None:
    cluster = people.cluster("ES")
    steps: list[tuple[dict[str, Any], str]] = [
        ({}, "Do you want to visit, or to host?"),
        ({"as": "visiting"}, "What kind of organisation are you?"),
        ({"kind": "sme"}, "In which country is your organisation registered?"),
        ({"country": "ES"}, "Does your organisation belong to a cluster of the register?"),
        ({"cluster": cluster.pk}, "Have you been on a physical exchange in this generation already?"),
        ({"before": "no"}, "Yes: you may take part"),
    ]
    given: dict[str, Any] = {}
    for answer, words in steps:
        given.update(answer)
        page = client.get(ADDRESS, given)
        assert page.status_code == 200
        assert words in page.content.decode()
    assert f"{cluster} is in the cluster register." in page.content.decode()


def test_a_host_network_is_asked_three_questions(client: Client, generation: Generation) -> None:
    page = client.get(ADDRESS, {"as": "host", "kind": "business_network", "country": "ES"}).content.decode()
    assert "Yes: you may take part" in page
    assert "its Partnership confirms that it is similar to one" in page


def test_a_question_without_an_answer_says_so(client: Client, generation: Generation) -> None:
    assert "Please choose an answer." not in client.get(ADDRESS).content.decode()
    assert "Please choose an answer." in client.get(ADDRESS, {"asked": "as"}).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"as": "x", "kind": "y", "country": "??", "cluster": "z", "before": "maybe"},
        {"as": "host", "kind": "sme", "country": "ES", "cluster": "99999999999"},
        {"as": "host", "kind": "sme", "country": "ES", "search": "%'\\ \x00"},
        {"country": "\x00"},
    ],
)
def test_any_address_is_answered(client: Client, generation: Generation, given: dict[str, str]) -> None:
    assert client.get(ADDRESS, given).status_code == 200


def test_the_register_is_searched_word_by_word_those_of_one_s_country_first(generation: Generation) -> None:
    made = [
        ClusterOrganisation.objects.create(name=name, country_id=country, is_registered=registered)
        for name, country, registered in [
            ("Alpha Textile Cluster", "DE", True),
            ("Zeta Cluster of Textile", "ES", True),
            ("Gone Textile Cluster", "ES", False),
            ("Food Cluster", "ES", True),
        ]
    ]
    assert search_clusters("textile cluster", Country.objects.get(pk="ES")) == [made[1], made[0]]


def test_what_was_answered_is_filled_in_where_one_registers(client: Client, generation: Generation) -> None:
    cluster = people.cluster("ES")
    given = {"as": "host", "kind": "support", "country": "ES", "cluster": cluster.pk}
    assert client.post("/take-part/register/", given)["Location"] == "/account/signup/"
    newcomer = client_for(people.stranger())
    assert newcomer.post("/take-part/register/", given)["Location"] == "/organisations/new/"
    form = newcomer.get("/organisations/new/").context["form"]
    assert newcomer.get("/welcome/").context["form"]["first_profile_kind"].value() == "host"
    assert {name: form[name].value() for name in ("kind", "country", "cluster")} == {
        "kind": "support",
        "country": "ES",
        "cluster": cluster.pk,
    }


def test_whoever_has_an_organisation_goes_on_with_the_profile(generation: Generation) -> None:
    parties = usual_parties()
    client = client_for(parties.vo)
    assert client.post("/take-part/register/", {"as": "host"})["Location"] == "/profiles/new/"
    assert client.get("/profiles/new/").context["form"]["kind"].value() == "host"


def test_without_a_generation_the_page_stands(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 200
