"""Setting up second factors and signing in with them."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from profiles.models import User
from tests.factories import people
from tests.profiles.second_factors.software_key import SoftwareKey
from tests.profiles.second_factors.steps import (
    add_key,
    browser,
    code_for,
    options_in,
    recovery_codes,
    set_up_app,
    sign_in,
    signed_in,
    use_passkey,
    with_password,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return with_password(people.user_of(people.stranger()))


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("me")).status_code == 200


def test_an_app_is_set_up_with_the_picture_in_the_page(user: User, django_capture_on_commit_callbacks: Any) -> None:
    client = signed_in(user)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert ("<svg" in page, "style=" in page, "<?xml" in page) == (True, False, False)
    with django_capture_on_commit_callbacks(execute=True):
        secret = set_up_app(client)
    stored = Authenticator.objects.get(user=user, type="totp")
    assert secret not in json.dumps(stored.data), "encrypted at rest"
    assert "authenticator app was set up" in mail.outbox[-1].body


def test_the_password_alone_signs_nobody_in_who_has_a_second_factor(user: User) -> None:
    secret = set_up_app(signed_in(user))
    client = browser()
    assert sign_in(client, user).headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret, steps=1)})
    assert is_signed_in(client)


def test_a_code_is_good_once(user: User) -> None:
    secret = set_up_app(signed_in(user))
    code, results = code_for(secret, steps=1), []
    for _try in range(2):
        client = browser()
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": code})
        results.append(is_signed_in(client))
    assert results == [True, False]


def test_recovery_codes_are_shown_once_and_good_once(user: User) -> None:
    first = signed_in(user)
    set_up_app(first)
    codes = recovery_codes(first)
    assert (len(codes), recovery_codes(first)) == (10, [])
    results = []
    for _try in range(2):
        client = browser()
        sign_in(client, user)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        results.append(is_signed_in(client))
    assert results == [True, False]


def test_a_passkey_signs_in_without_the_password(user: User) -> None:
    key = SoftwareKey()
    assert add_key(signed_in(user), key, alone=True).status_code == 302
    client = browser()
    use_passkey(client, key)
    assert is_signed_in(client)


def test_a_key_that_was_not_ticked_for_it_signs_nobody_in_alone(user: User) -> None:
    """Telephones make each key fit for it, and say so, whatever was ticked."""
    key = SoftwareKey(says_passkey=True)
    add_key(signed_in(user), key, alone=False)
    client = browser()
    use_passkey(client, key)
    assert not is_signed_in(client)
    sign_in(client, user)
    answer = key.get(options_in(client.get(reverse("mfa_authenticate"))))
    client.post(reverse("mfa_authenticate"), {"credential": json.dumps(answer)})
    assert is_signed_in(client), "it is the second step after the password"


def test_a_passkey_whose_device_did_not_look_who_holds_it_signs_nobody_in(user: User) -> None:
    """Not even with a challenge from the second step, which asks for less."""
    key, other = SoftwareKey(), SoftwareKey(credential_id=b"credential-id-99")
    add_key(signed_in(user), key, alone=True)
    thief = with_password(people.user_of(people.stranger()))
    add_key(signed_in(thief), other, alone=True)
    client = browser()
    use_passkey(client, key, verified=False)
    assert not is_signed_in(client)
    sign_in(client, thief)
    answer = key.get(options_in(client.get(reverse("mfa_authenticate"))), verified=False)
    client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(answer)})
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "nonsense",
        "[]",
        "1",
        "{}",
        '{"response": {}}',
        '{"id": 1, "response": {"clientDataJSON": 1}}',
        '{"response": []}',
    ],
)
@pytest.mark.parametrize(
    "name", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_authenticate", "mfa_reauthenticate_webauthn"]
)
def test_nonsense_instead_of_a_key_is_refused(user: User, name: str, sent: str) -> None:
    client = signed_in(user)
    if name in ("mfa_authenticate", "mfa_reauthenticate_webauthn"):
        add_key(client, SoftwareKey(), alone=False)
    if name == "mfa_authenticate":
        client = browser()
        sign_in(client, user)
    if name == "mfa_login_webauthn":
        client = browser()
        client.get(reverse(name), headers={"accept": "application/json"})
    before = Authenticator.objects.count()
    answer: Any = client.post(reverse(name), {"credential": sent})
    assert (answer.status_code in (200, 302), Authenticator.objects.count()) == (True, before)


def test_removing_the_last_factor_removes_the_recovery_codes_and_writes(user: User) -> None:
    client = signed_in(user)
    set_up_app(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert "was removed from your account" in mail.outbox[-1].body


def test_nobody_changes_factors_from_a_screen_left_open(user: User) -> None:
    client = browser()
    sign_in(client, user)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        for method in (client.get, client.post):
            assert reverse("account_reauthenticate") in method(reverse(name)).headers["Location"], name
    assert not Authenticator.objects.exists()


def test_every_page_has_the_portals_frame(user: User) -> None:
    client = signed_in(user)
    add_key(client, SoftwareKey(), alone=True)
    set_up_app(client)
    key = Authenticator.objects.get(type="webauthn")
    for address in (
        reverse("mfa_index"),
        reverse("mfa_list_webauthn"),
        reverse("mfa_add_webauthn"),
        reverse("mfa_edit_webauthn", args=[key.pk]),
        reverse("mfa_remove_webauthn", args=[key.pk]),
        reverse("mfa_deactivate_totp"),
        reverse("mfa_view_recovery_codes"),
        reverse("mfa_generate_recovery_codes"),
        reverse("account_reauthenticate"),
        reverse("mfa_reauthenticate"),
        reverse("mfa_reauthenticate_webauthn"),
    ):
        answer = client.get(address)
        assert (answer.status_code, b"site-header" in answer.content) == (200, True), address
