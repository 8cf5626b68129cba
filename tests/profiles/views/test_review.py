"""Many submitted profiles are read and decided on one page, each by its own transition."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cxc.web.form_drafts import store
from cxc.web.models import FormDraft
from cxc.workflow import perform
from profiles.enums import OrganisationKind, PartnershipRole
from profiles.models import Organisation, Profile
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import Parties, usual_parties
from tests.html import source_of
from tests.queries import assert_constant_queries
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

REVIEW = "/profiles/review/"


@pytest.fixture
def parties(now: None) -> Parties:
    return usual_parties()


def submitted(parties: Parties, of: Organisation | None = None) -> Profile:
    of = of or people.organisation()
    holder = people.member(of)
    return perform(lifecycle.draft(of, parties.vop, holder), "submit", by=holder)


def decide(client: Client, *decisions: tuple[Profile, str, str], address: str = REVIEW) -> Any:
    """Choose for each, type its reason, and send them all."""
    typed: dict[str, str] = {}
    for profile, transition, reason in decisions:
        typed |= {f"profile-{profile.pk}-choice": transition, f"profile-{profile.pk}-reason": reason}
    return client.post(address, typed)


def states(*profiles: Profile) -> list[str]:
    return [Profile.objects.get(pk=profile.pk).state for profile in profiles]


def test_a_coordinator_accepts_ten_profiles_in_twelve_clicks(parties: Parties) -> None:
    profiles = [submitted(parties) for _ in range(10)]
    client = client_for(parties.vop_coordinator)
    clicks = 0
    dashboard = client.get("/dashboard/").content.decode()
    address = f"{REVIEW}?partnership={parties.vop.acronym}&amp;generation=gen"
    assert address in dashboard
    page, clicks = client.get(address.replace("&amp;", "&")), clicks + 1
    ticked = {}
    for card in page.context["cards"]:
        publish = next(radio for radio in card.form["choice"] if radio.data["value"] == "publish")
        assert f'id="{publish.id_for_label}"' in page.content.decode()
        ticked[publish.data["name"]], clicks = publish.data["value"], clicks + 1
    sent, clicks = client.post(address.replace("&amp;", "&"), ticked, follow=True), clicks + 1
    assert states(*profiles) == ["published"] * 10
    assert clicks <= 12
    assert "10 profiles decided." in sent.content.decode()
    assert all(Profile.objects.get(pk=one.pk).eligibility_confirmed_at for one in profiles)


def test_each_is_published_sent_back_or_refused_and_the_rest_waits(parties: Parties) -> None:
    first, second, third, fourth = (submitted(parties) for _ in range(4))
    client = client_for(parties.vop_coordinator)
    response = decide(
        client, (first, "publish", ""), (second, "send_back", "Say more."), (third, "refuse", "No."), (fourth, "", "")
    )
    assert (response.status_code, response["Location"]) == (302, REVIEW)
    assert states(first, second, third, fourth) == ["published", "draft", "refused", "submitted"]
    history = reverse("history", args=["profiles.profile", second.pk])
    assert "Say more." in client.get(history).content.decode()


def test_nothing_is_decided_while_a_reason_is_missing(parties: Parties) -> None:
    first, second = submitted(parties), submitted(parties)
    response = decide(client_for(parties.vop_coordinator), (first, "publish", ""), (second, "refuse", " "))
    page = response.content.decode()
    assert response.status_code == 400
    assert states(first, second) == ["submitted", "submitted"]
    assert f'href="#id_profile-{second.pk}-reason"' in page
    assert f'name="profile-{first.pk}-choice" value="publish"' in page.replace(' class="form-check-input"', "")


def test_what_a_requirement_refuses_is_skipped_with_its_reason_and_link(parties: Parties) -> None:
    fine, odd = submitted(parties), submitted(parties)
    Organisation.objects.filter(pk=odd.organisation_id).update(cluster=None)
    client = client_for(parties.vop_coordinator)
    assert "It can't be published as it is:" in client.get(REVIEW).content.decode()
    response = decide(client, (fine, "publish", ""), (odd, "publish", ""))
    page = source_of(response)
    assert states(fine, odd) == ["published", "submitted"]
    assert "1 profile was skipped" in page
    assert f'<li><a href="{odd.get_absolute_url()}">' in page
    assert "Name the registered cluster that the organisation belongs to." in page


def test_what_somebody_decided_meanwhile_is_skipped(parties: Parties) -> None:
    profile = submitted(parties)
    perform(Profile.objects.get(pk=profile.pk), "publish", by=parties.so)
    response = decide(client_for(parties.vop_coordinator), (profile, "refuse", "No."))
    assert "1 profile was skipped" in response.content.decode()
    assert states(profile) == ["published"]


@pytest.mark.parametrize("transition", ["publish", "send_back", "refuse"])
def test_nothing_of_an_own_organisation(parties: Parties, transition: str) -> None:
    of = people.organisation()
    profile = submitted(parties, of)
    people.add_member(of, parties.vop_coordinator)
    client = client_for(parties.vop_coordinator)
    page = client.get(REVIEW).content.decode()
    assert "You belong to this organisation" in page
    assert f"profile-{profile.pk}-choice" not in page
    decide(client, (profile, transition, "No."))
    assert states(profile) == ["submitted"]


def test_of_another_partnership_nothing_is_decided(parties: Parties) -> None:
    profile = submitted(usual_parties())
    decide(client_for(parties.vop_coordinator), (profile, "publish", ""))
    assert states(profile) == ["submitted"]


def test_readers_read_and_do_not_decide(parties: Parties) -> None:
    profile = submitted(parties)
    client = client_for(people.coordinator(parties.vop, PartnershipRole.READER))
    page = client.get(REVIEW)
    assert (page.status_code, str(profile.organisation) in page.content.decode()) == (200, True)
    assert "Carry out my decisions" not in page.content.decode()
    assert decide(client, (profile, "publish", "")).status_code == 403
    assert states(profile) == ["submitted"]


def test_all_that_must_be_read_is_there(parties: Parties) -> None:
    of = people.organisation(kind=OrganisationKind.BUSINESS_NETWORK, mission="We weave.", staff_count=12)
    submitted(parties, of)
    page = client_for(parties.vop_coordinator).get(REVIEW).content.decode()
    for words in ("We weave.", "12 people", "To learn.", "What we do.", "Cluster ES (ES)", "English", "Answer by"):
        assert words in page, words
    assert "the network is similar to a cluster" in page


def test_the_support_office_reads_all_and_narrows_down(parties: Parties) -> None:
    mine, theirs = submitted(parties), submitted(usual_parties())
    client = client_for(parties.so)
    assert [card.profile for card in client.get(REVIEW).context["cards"]] == [mine, theirs]
    narrowed = client.get(f"{REVIEW}?partnership={parties.vop.acronym}")
    assert [card.profile for card in narrowed.context["cards"]] == [mine]


def test_the_number_of_queries_does_not_grow(parties: Parties) -> None:
    assert_constant_queries(
        client_for(parties.vop_coordinator),
        reverse("profiles-review"),
        lambda rows: [submitted(parties) for _ in range(min(rows, 3))],
    )


def test_reasons_that_were_typed_come_back_beside_their_profiles(parties: Parties) -> None:
    typed, untouched = submitted(parties), submitted(parties)
    name = f"profile-{typed.pk}"
    fields = [(f"{name}-choice", "send_back"), (f"{name}-reason", "Please say which topics you seek")]
    store.save(by=parties.vop_coordinator, address=REVIEW, fields=fields)
    client = client_for(parties.vop_coordinator)
    page = client.get(REVIEW)
    forms = {form.profile: form for form in page.context["forms"]}
    assert "We kept what you typed at" in page.content.decode()
    assert forms[typed]["reason"].value() == "Please say which topics you seek"
    assert (forms[typed]["choice"].value(), forms[untouched]["choice"].value()) == ("send_back", "")
    sent = dict(fields) | {"form_draft": f"{REVIEW} abc"}
    assert client.post(REVIEW, sent).status_code == 302
    assert (FormDraft.objects.count(), states(typed)) == (0, ["draft"])
