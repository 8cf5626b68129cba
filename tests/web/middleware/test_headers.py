"""What a browser may keep of the portal, and what pages may ask the browser for."""

from wsgiref.headers import Headers

import pytest
from django.conf import settings
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


@pytest.mark.parametrize("address", ["/", "/robots.txt", "/health/"])
def test_no_other_site_opens_or_embeds_the_portal(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers.get("Cross-Origin-Opener-Policy", "same-origin") == "same-origin"


def test_static_files_are_for_the_portal_alone() -> None:
    headers = Headers()
    settings.WHITENOISE_ADD_HEADERS_FUNCTION(headers, "css/theme.css", "/static/css/theme.css")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_pages_have_their_windows_to_themselves(client: Client) -> None:
    assert client.get(reverse("home"))["Cross-Origin-Opener-Policy"] == "same-origin"
