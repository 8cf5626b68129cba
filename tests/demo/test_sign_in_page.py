"""The sign-in page names the demo people only where they are."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_on", [True, False])
def test_the_demo_sign_ins_are_shown_when_the_demo_world_is_on(client: Client, settings: Any, is_on: bool) -> None:
    settings.DEMO_WORLD = is_on
    page = client.get("/account/login/").content.decode()
    assert ("coordinator@demo.example" in page) is is_on
    assert 'name="password"' in page
