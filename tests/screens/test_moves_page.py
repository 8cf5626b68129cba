"""The page on which any move is confirmed."""

import pytest
from django.test import Client

from tests.world import paths

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_somebody_elses_thing_is_not_found_and_nobody_is_asked_in(client: Client) -> None:
    c, other = paths.cast(), paths.cast()
    profile = paths.draft(c.visitor, c.vop, c.vo)
    address = f"/moves/profiles.profile/{profile.pk}/submit/"
    assert client.get(address)["Location"].startswith("/account/login/")
    client.force_login(other.vo.user)
    assert client.get(address).status_code == 404
