"""The page on which any move is confirmed."""

import pytest
from django.test import Client

from cxc.ground.models import StateEvent
from tests.world import paths

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_reason_that_is_missing_is_asked_for_and_one_given_is_kept(client: Client) -> None:
    c = paths.cast()
    profile = paths.draft(c.visitor, c.vop, c.vo)
    client.force_login(c.vo.user)
    page = client.get(f"/moves/profiles.profile/{profile.pk}/submit/")
    assert page.status_code == 200
    assert client.post(f"/moves/profiles.profile/{profile.pk}/submit/").status_code == 302
    client.force_login(c.vop_coordinator.user)
    refused = client.post(f"/moves/profiles.profile/{profile.pk}/refuse/", {"reason": " "})
    assert refused.status_code == 400
    assert "Please give a reason." in refused.content.decode()
    assert StateEvent.of(profile).filter(move="refuse").count() == 0


def test_somebody_elses_thing_is_not_found_and_nobody_is_asked_in(client: Client) -> None:
    c, other = paths.cast(), paths.cast()
    profile = paths.draft(c.visitor, c.vop, c.vo)
    address = f"/moves/profiles.profile/{profile.pk}/submit/"
    assert client.get(address).url.startswith("/account/login/")
    client.force_login(other.vo.user)
    assert client.get(address).status_code == 404
