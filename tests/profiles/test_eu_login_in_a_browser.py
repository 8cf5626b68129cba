"""EU Login in Chromium: connected, used to sign in, and to confirm who one is; the provider runs beside the test."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from tests.factories import people
from tests.profiles.second_factors.steps import PASSWORD, with_password

pytestmark = [
    pytest.mark.browser,
    # Of the libraries of the provider.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture
def provider(settings: Any) -> Iterator[str]:
    """The address of a provider that the portal knows as EU Login."""
    with run_server_in_thread() as running:
        server = f"http://localhost:{running.server_port}"
        app = {"provider_id": "eu-login", "name": "EU Login", "client_id": "portal", "secret": "secret"}
        app["settings"] = {"server_url": server, "oauth_pkce_enabled": True}  # type: ignore[assignment]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(policy, "form-action", [*policy["form-action"], server])
            yield server


@pytest.fixture
def portal(provider: str, committed_db: None) -> Iterator[str]:
    """The address of a web server in this process."""
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    assert server.is_ready.wait(10)
    yield f"http://localhost:{server.port}"
    server.terminate()


def authorise(page: Page) -> None:
    """At the provider: say who one is."""
    page.get_by_placeholder("sub").fill("u123")
    page.get_by_role("button", name="Authorize").click()


def test_connecting_and_signing_in(portal: str, page: Page) -> None:
    user = with_password(people.user_of(people.member(people.organisation())))
    page.goto(f"{portal}/account/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{portal}/me/")
    page.get_by_role("link", name="EU Login").click()
    page.get_by_role("link", name="Connect EU Login").click()
    # Asked however short ago one has signed in.
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Continue").click()
    authorise(page)
    expect(page.get_by_text("Your account is connected")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{portal}/account/login/")
    page.get_by_role("link", name="Sign in with EU Login").click()
    page.get_by_role("button", name="Continue").click()
    authorise(page)
    page.goto(f"{portal}/me/")
    expect(page.get_by_text(user.email).first).to_be_visible()

    page.goto(f"{portal}/account/email/")
    page.get_by_label("E-mail").fill("other@test.example")
    page.get_by_role("button", name="Add this address").click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
