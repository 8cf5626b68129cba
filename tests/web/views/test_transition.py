"""The page on which any transition is confirmed."""

import pytest
from django.test import Client

from cxc.workflow.models import StateEvent
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_reason_that_is_missing_is_asked_for_and_nothing_happens_before() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    submit, refuse = (f"/transitions/profiles.profile/{profile.pk}/{name}/" for name in ("submit", "refuse"))
    assert client_for(parties.vo).get(submit).status_code == 200
    assert client_for(parties.vo).post(submit).status_code == 302
    refused = client_for(parties.vop_coordinator).post(refuse, {"reason": " "})
    assert refused.status_code == 400
    assert "Please give a reason." in refused.content.decode()
    assert not StateEvent.of(profile).filter(transition="refuse").exists()
    client_for(parties.vop_coordinator).post(refuse, {"reason": "Not this year."})
    assert StateEvent.of(profile).get(transition="refuse").reason == "Not this year."


def test_a_transition_whose_moment_has_passed_says_what_it_is_now() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    address = f"/transitions/profiles.profile/{profile.pk}/submit/"
    client_for(parties.vo).post(address)
    again = client_for(parties.vo).post(address)
    assert again.status_code == 409
    assert "“Submitted” now" in again.content.decode()


def test_somebody_elses_thing_is_not_found_and_nobody_is_asked_in(client: Client) -> None:
    parties, other = usual_parties(), usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    address = f"/transitions/profiles.profile/{profile.pk}/submit/"
    assert client.get(address)["Location"].startswith("/account/login/")
    assert client_for(other.vo).get(address).status_code == 404


def test_what_was_done_is_said_as_it_stands_now() -> None:
    parties = usual_parties()
    profile = lifecycle.draft(parties.visitor, parties.vop, parties.vo)
    page = (
        client_for(parties.vo).post(f"/transitions/profiles.profile/{profile.pk}/submit/", follow=True).content.decode()
    )
    assert "Done. It is “Submitted” now" in page
    assert 'class="message tone-success"' in page
