"""An organisation names its cluster where it is asked, or asks for one that is not listed."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cxc.comms.models import Mail
from cxc.workflow import RequirementsUnmet, perform
from profiles.forms.clusters import find_clusters
from profiles.models import ClusterOrganisation, ClusterRequest, Organisation, Profile
from profiles.services import cluster_requests
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def waiting() -> tuple[Parties, Profile]:
    """A visitor that has named no cluster, with a profile filled in."""
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    Organisation.objects.filter(pk=parties.visitor.pk).update(cluster=None)
    parties.visitor.refresh_from_db()
    return parties, Profile.objects.get(pk=profile.pk)


def _registered(name: str, country: str = "ES") -> ClusterOrganisation:
    return ClusterOrganisation.objects.create(name=name, country_id=country)


def _name(parties: Parties, profile: Profile, **typed: str) -> str:
    step = reverse("profile-step", args=[profile.pk, "exchange"])
    answer = client_for(parties.vo).post(
        reverse("organisation-cluster", args=[parties.visitor.pk]), {"next": step} | typed
    )
    return str(answer.headers.get("Location", answer.content.decode()))


def test_a_cluster_is_named_on_the_step_that_asks_for_it_and_one_goes_on_there(
    waiting: tuple[Parties, Profile],
) -> None:
    parties, profile = waiting
    cluster = _registered("Clúster de Automoción")
    step = reverse("profile-step", args=[profile.pk, "exchange"])
    page = client_for(parties.vo).get(step).content.decode()
    assert ('name="cluster"' in page, f'<option value="{cluster}">' in page) == (True, True)
    assert _name(parties, profile, cluster=str(cluster)) == step
    assert Organisation.objects.get(pk=parties.visitor.pk).cluster == cluster
    assert 'name="cluster"' not in client_for(parties.vo).get(step).content.decode()


@pytest.mark.parametrize(
    "typed", ["Clúster de Automoción (ES)", "cluster de automocion", "AUTOMOCIÓN", "  cluster  automocion "]
)
def test_a_part_of_the_name_in_any_spelling_finds_the_entry(typed: str) -> None:
    wanted = _registered("Clúster de Automoción")
    _registered("Automotive Cluster", "BE")
    assert find_clusters(typed) == [wanted]


def test_where_several_entries_fit_they_are_named(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    for name in ("Food Valley", "Food Park"):
        _registered(name)
    assert "“Food Park (ES)”, “Food Valley (ES)”" in _name(parties, profile, cluster="food")


def test_a_cluster_that_is_not_listed_is_asked_for_and_the_draft_says_so(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    assert "tick that it is not listed" in _name(parties, profile, cluster="Novel Cluster")
    assert _name(parties, profile, cluster="Novel Cluster", cluster_unlisted="on").endswith("/edit/exchange/")
    assert [(asked.name, asked.asked_by) for asked in ClusterRequest.objects.all()] == [
        ("Novel Cluster", parties.vo.user)
    ]
    said = "You asked the Support Office to add the cluster “Novel Cluster” to the register."
    assert said in client_for(parties.vo).get(reverse("profile-step", args=[profile.pk, "exchange"])).content.decode()
    with pytest.raises(RequirementsUnmet, match=said):
        perform(Profile.objects.get(pk=profile.pk), "submit", by=parties.vo)


def test_the_support_office_adds_the_cluster_and_the_profile_is_submitted(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    _name(parties, profile, cluster="Novel Cluster", cluster_unlisted="on")
    office = client_for(parties.so)
    asked = ClusterRequest.objects.get()
    assert asked.get_absolute_url() in office.get(reverse("todo")).content.decode()
    office.post(asked.get_absolute_url(), {"decision": "add", "name": "Novel Cluster", "country": "ES"})
    assert Organisation.objects.get(pk=parties.visitor.pk).cluster == ClusterOrganisation.objects.get(
        name="Novel Cluster"
    )
    assert perform(Profile.objects.get(pk=profile.pk), "submit", by=parties.vo).state == "submitted"
    assert asked.get_absolute_url() not in office.get(reverse("todo")).content.decode()


def test_an_entry_that_is_there_in_another_spelling_is_taken(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    _name(parties, profile, cluster="Novel Cluster", cluster_unlisted="on")
    there = _registered("Nóvel cluster")
    ClusterOrganisation.objects.filter(pk=there.pk).update(is_registered=False)
    typed = {"decision": "add", "name": "NOVEL CLUSTER", "country": "ES"}
    assert client_for(parties.so).post(ClusterRequest.objects.get().get_absolute_url(), typed).status_code == 302
    assert Organisation.objects.get(pk=parties.visitor.pk).cluster == there
    assert ClusterOrganisation.objects.get(pk=there.pk).is_registered


def test_a_refusal_needs_a_reason_and_reaches_the_organisation(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    _name(parties, profile, cluster="Novel Cluster", cluster_unlisted="on")
    asked, typed = ClusterRequest.objects.get(), {"decision": "refuse", "name": "Novel Cluster", "country": "ES"}
    assert client_for(parties.so).post(asked.get_absolute_url(), typed).status_code == 400
    assert (
        client_for(parties.so).post(asked.get_absolute_url(), typed | {"reason": "It is a company."}).status_code == 302
    )
    told = Mail.objects.filter(subject__contains="was not added to the register").get()
    assert told.to_address == people.user_of(parties.vo).email
    assert "It is a company." in told.text
    assert reverse("organisation-cluster", args=[parties.visitor.pk]) in told.text


def test_nobody_but_the_support_office_answers(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    _name(parties, profile, cluster="Novel Cluster", cluster_unlisted="on")
    assert client_for(parties.vo).get(ClusterRequest.objects.get().get_absolute_url()).status_code == 403


def test_a_cluster_that_is_named_ends_the_request(waiting: tuple[Parties, Profile]) -> None:
    parties, profile = waiting
    _name(parties, profile, cluster="Novel Cluster", cluster_unlisted="on")
    _name(parties, profile, cluster=str(_registered("Found After All")))
    assert not ClusterRequest.objects.exists()


def test_a_request_has_one_answer(waiting: tuple[Parties, Profile]) -> None:
    parties, _profile = waiting
    cluster_requests.name_cluster(parties.visitor, None, "Novel Cluster", by=parties.vo)
    asked = ClusterRequest.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClusterRequest.objects.filter(pk=asked.pk).update(refusal="No.")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClusterRequest.objects.create(organisation=parties.visitor, name="Second", asked_by=people.user_of(parties.vo))


def test_who_registers_asks_for_an_unlisted_cluster_in_the_same_form() -> None:
    usual_parties()
    typed = {"legal_name": "New Works", "kind": "sme", "country": "ES", "first_profile_kind": "visiting"}
    typed |= {"street": "Calle Mayor 1", "postal_code": "36201", "city": "Vigo", "registration_number": "B1"}
    typed |= {"cluster": "Novel Cluster", "cluster_unlisted": "on"}
    client = client_for(people.stranger())
    assert client.post(reverse("organisation-new"), typed).status_code == 302
    assert ClusterRequest.objects.get().organisation.legal_name == "New Works"
