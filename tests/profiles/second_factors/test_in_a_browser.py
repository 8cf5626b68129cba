"""Signing in with Chromium: an app, a passkey of a virtual device, a recovery code; what a browser left open gives."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.plugin.portal import RunningPortal
from tests.profiles.second_factors.steps import PASSWORD, code_for

MAKE_PERSON = """
from allauth.account.models import EmailAddress
from profiles.models import User
user = User(email="{email}", full_name="Fay Factor")
user.set_password("{password}")
user.save()
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""
EMAIL = "fay@factors.example"
LATER = """
from importlib import import_module
from django.conf import settings
from django.contrib.sessions.models import Session
store = import_module(settings.SESSION_ENGINE).SessionStore
for row in Session.objects.all():
    session = store(row.session_key)
    for record in session.get("account_authentication_methods", []):
        record["at"] -= 40_000
    session.save()
"""


@pytest.fixture
def device(page: Page) -> Iterator[Any]:
    """A device with a fingerprint reader, which makes each key a passkey."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    yield session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    session.detach()


def sign_in(page: Page, at: str, email: str = EMAIL) -> None:
    page.goto(f"{at}/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


@pytest.mark.usefixtures("device")
def test_an_app_a_recovery_code_and_a_passkey(running_portal: RunningPortal, page: Page) -> None:
    at = running_portal.address.replace("127.0.0.1", "localhost")  # keys belong to a name, never to a number
    running_portal.manage("shell", "-c", MAKE_PERSON.format(email=EMAIL, password=PASSWORD))
    sign_in(page, at)
    page.goto(f"{at}/me/")
    page.get_by_role("link", name="Second factors").click()
    page.get_by_role("link", name="Set up an app").click()
    confirm(page)
    expect(page.locator(".qr-code svg")).to_be_visible()
    secret = page.locator(".key-to-type").inner_text()
    page.get_by_label("Code from the authenticator app").fill(code_for(secret))
    page.get_by_role("button", name="Set up").click()
    code = page.locator(".recovery-codes code").first.inner_text()

    page.context.clear_cookies()
    sign_in(page, at)
    page.get_by_label("Code from the authenticator app").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/welcome/")

    page.goto(f"{at}/account/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Passkey: sign in with it alone").check()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_text("The key is added.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(f"{at}/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/welcome/")
    page.goto(f"{at}/me/")
    expect(page.get_by_text(EMAIL).first).to_be_visible()


def test_a_browser_left_open_takes_no_account(running_portal: RunningPortal, page: Page) -> None:
    at = running_portal.address.replace("127.0.0.1", "localhost")
    email = "sam@sessions.example"
    running_portal.manage("shell", "-c", MAKE_PERSON.format(email=email, password=PASSWORD))
    assert page.context.browser is not None
    elsewhere = page.context.browser.new_context()
    for each in (page, elsewhere.new_page()):
        sign_in(each, at, email)
        each.wait_for_url("**/welcome/")
    running_portal.manage("shell", "-c", LATER)

    asked = page.get_by_role("heading", name="Confirm that it is you")
    for address, button in (
        ("/account/2fa/", "Set up an app"),
        ("/account/2fa/", "Add a key"),
    ):
        page.goto(f"{at}{address}")
        page.get_by_role("link", name=button).click()
        expect(asked).to_be_visible()
    page.goto(f"{at}/account/email/")
    page.get_by_label("E-mail").fill("thief@sessions.example")
    page.get_by_role("button", name="Add this address").click()
    expect(asked).to_be_visible()

    page.goto(f"{at}/me/sessions/")
    page.get_by_role("button", name="End all others").click()
    expect(asked).to_be_visible()
    confirm(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Where I am signed in")).to_be_visible()
    elsewhere.pages[0].goto(f"{at}/me/")
    expect(elsewhere.pages[0].get_by_role("heading", name="Sign in")).to_be_visible()
    elsewhere.close()
