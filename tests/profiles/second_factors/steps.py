"""Steps that tests of second factors share."""

import json
import re
from html import unescape
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from profiles.models import User
from tests.profiles.second_factors.software_key import SoftwareKey

PASSWORD = "correct-horse-battery"


def with_password(user: User) -> User:
    """The person can sign in: a password and a confirmed address."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def browser() -> Client:
    """Keys belong to the name of a host."""
    return Client(SERVER_NAME="localhost")


def sign_in(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def confirm(client: Client, password: str = PASSWORD) -> Any:
    """Confirm with the password that it is oneself."""
    return client.post(reverse("account_reauthenticate"), {"password": password})


def signed_in(user: User) -> Client:
    """Signed in and confirmed just now."""
    client = browser()
    assert sign_in(client, user).status_code == 302
    confirm(client)
    return client


def code_for(secret: str, *, steps: int = 0) -> str:
    """What an app shows; `steps`: half minutes from now."""
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2] + steps))


def set_up_app(client: Client) -> str:
    """Set up an authenticator app; its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = str(page.context["form"].secret)
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    return secret


def recovery_codes(client: Client) -> list[str]:
    """The codes, as the page shows them once."""
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    return re.findall(r"<li><code>(\w+)</code></li>", page)


def options_in(answer: Any) -> dict[str, Any]:
    """What a page tells the browser about keys."""
    found = re.search(r'<script id="key-options" type="application/json">(.*?)</script>', answer.content.decode())
    assert found is not None
    loaded: dict[str, Any] = json.loads(unescape(found.group(1)))
    return loaded


def add_key(client: Client, key: SoftwareKey, *, alone: bool) -> Any:
    """Add a key; `alone`: as a passkey, which signs in without the password."""
    made = key.create(options_in(client.get(reverse("mfa_add_webauthn"))))
    data = {"name": "Telephone", "credential": json.dumps(made)} | ({"passwordless": "on"} if alone else {})
    return client.post(reverse("mfa_add_webauthn"), data)


def use_passkey(client: Client, key: SoftwareKey, *, verified: bool = True) -> Any:
    """Sign in with a key alone."""
    address = reverse("mfa_login_webauthn")
    options = client.get(address, headers={"accept": "application/json"}).json()["request_options"]
    return client.post(address, {"credential": json.dumps(key.get(options, verified=verified))})
