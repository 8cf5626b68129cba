"""What a browser may keep of the portal, and what pages may ask the browser for."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people
from tests.factories.clients import client_for

pytestmark = pytest.mark.django_db


def test_pages_of_who_is_signed_in_are_kept_by_no_cache() -> None:
    client = client_for(people.support_office())
    pages = [client.get(address) for address in (reverse("home"), reverse("todo"), reverse("me"), "/support-office/")]
    assert [(page.status_code, "no-store" in page["Cache-Control"]) for page in pages] == [(200, True)] * 4
    assert "private" in pages[0]["Cache-Control"]


def test_public_pages_stay_cacheable_for_who_is_not_signed_in(client: Client) -> None:
    page = client.get(reverse("home"))
    assert (page.status_code, "Cache-Control" in page.headers) == (200, False)


def test_no_page_may_ask_for_camera_microphone_or_place(client: Client) -> None:
    policy = client.get(reverse("home"))["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= set(policy.split(", "))
