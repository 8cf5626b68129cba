"""What only the Support Office does: exceptions, and moving a profile to another Partnership."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cxc import clock
from cxc.workflow import RequirementsUnmet, perform
from cxc.workflow.models import StateEvent
from profiles.enums import ProfileKind
from profiles.models import EligibilityException, Profile
from tests.factories import clients, people
from tests.factories.parties import usual_parties
from tests.files import PDF
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def exception_data(**others: object) -> dict[str, object]:
    return {
        "generation": people.generation().pk,
        "approved_by": "Head of unit, fictional",
        "approved_on": "2026-09-01",
        "file": SimpleUploadedFile("decision.pdf", PDF),
    } | others


def test_an_exception_lets_an_sme_without_cluster_host() -> None:
    parties = usual_parties()
    lonely = people.organisation("BE", cluster=None)
    owner = people.member(lonely)
    profile = lifecycle.draft(lonely, parties.hop, owner, ProfileKind.HOST)
    with pytest.raises(RequirementsUnmet):
        perform(profile, "submit", by=owner)
    address = reverse("organisation-exception", args=[lonely.pk])
    so = clients.client_for(parties.so)
    assert so.post(address, exception_data()).status_code == 302
    assert perform(profile, "submit", by=owner).state == "submitted"
    file = reverse("exception-file", args=[EligibilityException.objects.get().pk])
    assert clients.client_for(owner).get(file).getvalue() == PDF
    answers = [clients.client_for(actor).get(file).status_code for actor in (parties.vo, people.observer())]
    assert answers == [404, 403]
    assert so.post(address, exception_data()).status_code == 400, "one a generation"


@pytest.mark.parametrize(
    "bad", [{"approved_on": "2026-12-01"}, {"approved_by": ""}, {"file": SimpleUploadedFile("x.pdf", b"words")}]
)
def test_a_bad_exception_gives_the_form_again(bad: dict[str, object]) -> None:
    lonely = people.organisation("BE", cluster=None)
    client = clients.client_for(people.support_office())
    response = client.post(reverse("organisation-exception", args=[lonely.pk]), exception_data(**bad))
    assert (response.status_code, EligibilityException.objects.count()) == (400, 0)


def test_an_approval_of_today_is_taken_by_the_support_offices_day() -> None:
    lonely = people.organisation("BE", cluster=None)
    with clock.at(datetime(2026, 9, 7, 22, 30, tzinfo=UTC)):  # half past midnight in Brussels
        so = clients.client_for(people.support_office())
        address = reverse("organisation-exception", args=[lonely.pk])
        assert so.post(address, exception_data(approved_on="2026-09-09")).status_code == 400
        assert so.post(address, exception_data(approved_on="2026-09-08")).status_code == 302


def test_a_profile_is_moved_with_a_reason() -> None:
    parties = usual_parties()
    profile = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    client = clients.client_for(parties.so)
    address = reverse("profile-reassign", args=[profile.pk])
    assert client.post(address, {"partnership": parties.hop.pk, "reason": ""}).status_code == 400
    assert client.post(address, {"partnership": parties.hop.pk, "reason": "Wrong country."}).status_code == 302
    moved = Profile.objects.get()
    assert (moved.partnership, moved.partnership_why) == (parties.hop, "Moved here by the Support Office.")
    event = StateEvent.of(profile).last()
    assert (event.transition, event.reason, event.details) == (
        "reassign",
        "Wrong country.",
        {"from": str(parties.vop), "to": str(parties.hop)},
    )


def test_not_while_an_exchange_counts() -> None:
    parties = usual_parties()
    profile = lifecycle.in_preparation(parties).match.visiting_profile
    address = reverse("profile-reassign", args=[profile.pk])
    response = clients.client_for(parties.so).post(address, {"partnership": parties.hop.pk, "reason": "R"})
    assert (response.status_code, Profile.objects.get(pk=profile.pk).partnership) == (400, parties.vop)


def test_nobody_else() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    addresses = [
        reverse("profile-reassign", args=[profile.pk]),
        reverse("organisation-exception", args=[parties.visitor.pk]),
    ]
    for actor, answer in (
        (parties.vo, 403),
        (parties.vop_coordinator, 403),
        (people.observer(), 403),
        (parties.ho, 404),
    ):
        client = clients.client_for(actor)
        assert [client.get(address).status_code for address in addresses] == [answer, answer]
