"""Signing in with EU Login, against an OpenID Connect provider that runs beside the test."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import User as ProviderUser
from oidc_provider_mock import run_server_in_thread
from oidc_provider_mock._storage import AuthorizationCode

from cxc.access.scoped import Actor
from cxc.settings.environment import openid_connect_apps
from profiles.eu_login import address
from profiles.models import User
from profiles.services.people import anonymise
from tests.factories import clients, people
from tests.profiles.second_factors.steps import PASSWORD, browser, set_up_app, sign_in, signed_in, with_password

pytestmark = [
    pytest.mark.django_db,
    # Of the libraries of the provider.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a provider that knows one person, whose address it says is verified."""
    known = ProviderUser(sub="u123", claims={"email": "known@test.example", "email_verified": True})
    with run_server_in_thread(user_claims=[known]) as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture(autouse=True)
def _provider(server: str, settings: Any) -> None:
    app = {"provider_id": "eu-login", "name": "EU Login", "client_id": "portal", "secret": "secret"}
    app["settings"] = {"server_url": server, "oauth_pkce_enabled": True}  # type: ignore[assignment]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def asked_at(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the provider says of when it asked who one is; nothing unless `at` is set."""
    told: dict[str, Any] = {"at": None}
    monkeypatch.setattr(AuthorizationCode, "get_auth_time", lambda _code: told["at"])
    return told


@pytest.fixture
def owner() -> Actor:
    return people.member(people.organisation())


def at_provider(client: Client, where: str, sub: str = "u123") -> Any:
    """Go to the provider, sign in there, come back; the portal's answer."""
    leaves = client.post(where)
    assert leaves.status_code == 302, leaves.content
    asks = requests.post(leaves.headers["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    back = urlsplit(asks.headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def connect(owner: Actor, sub: str = "u123") -> Client:
    """The browser of the person, in which EU Login was just connected."""
    client = signed_in(with_password(people.user_of(owner)))
    answer = at_provider(client, address("connect"), sub)
    assert answer.headers["Location"] == reverse("socialaccount_connections")
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("me")).status_code == 200


def test_who_has_connected_it_signs_in_with_it(owner: Actor) -> None:
    connect(owner)
    assert "EU Login" in mail.outbox[-1].body
    client = browser()
    assert "Sign in with EU Login" in client.get(reverse("account_login")).content.decode()
    answer = at_provider(client, address("login", reverse("me")))
    assert answer.headers["Location"] == reverse("me")
    assert is_signed_in(client)
    assert people.user_of(owner).sign_ins.first().method == "provider"
    assert client.session.get_expire_at_browser_close(), "nobody is remembered without having asked for it"


def test_an_identity_that_is_not_connected_is_refused_whatever_address_it_names() -> None:
    """Also where the provider says that the address is verified."""
    for sub, email in (("u123", "known@test.example"), ("thief@test.example", "thief@test.example")):
        user = with_password(people.user_of(people.stranger()))
        User.objects.filter(pk=user.pk).update(email=email)
        EmailAddress.objects.filter(user=user).update(email=email)
        client = browser()
        answer = at_provider(client, address("login"), sub)
        assert answer.headers["Location"] == reverse("account_login")
        assert "No account is connected with this EU Login" in client.get(reverse("account_login")).content.decode()
        assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.filter(email="thief@test.example").count() == 1


def test_connecting_asks_who_one_is_and_ends_other_sessions(owner: Actor) -> None:
    user = with_password(people.user_of(owner))
    sign_in(browser(), user)
    client = signed_in(user)
    clients.confirm(client, owner, seconds_ago=301)
    page = client.get(reverse("socialaccount_connections")).content.decode()
    assert f'href="{reverse("account_reauthenticate")}?next=' in page
    answer = at_provider(client, address("connect"))
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    # Whoever was at the open browser has left; what they brought from the provider is not connected later.
    client.post(answer.headers["Location"], {"password": PASSWORD})
    assert not SocialAccount.objects.exists()
    assert UserSession.objects.filter(user=user).count() == 2
    connect(owner)
    assert UserSession.objects.filter(user=user).count() == 1


def test_an_identity_belongs_to_one_account(owner: Actor) -> None:
    connect(owner)
    other = signed_in(with_password(people.user_of(people.stranger())))
    at_provider(other, address("connect"))
    assert SocialAccount.objects.get().user == owner.user


def test_disconnecting_asks_who_one_is(owner: Actor) -> None:
    client = connect(owner)
    page = client.get(reverse("socialaccount_connections"))
    data = {"account": SocialAccount.objects.get().pk}
    assert "Your account is connected" in page.content.decode()
    clients.confirm(client, owner, seconds_ago=301)
    client.post(reverse("socialaccount_connections"), data)
    assert SocialAccount.objects.exists()
    clients.confirm(client, owner)
    client.post(reverse("socialaccount_connections"), data)
    assert not SocialAccount.objects.exists()


def test_a_second_factor_is_asked_for_as_well(owner: Actor) -> None:
    set_up_app(connect(owner))
    client = browser()
    assert at_provider(client, address("login")).headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_it_confirms_who_one_is_where_it_has_just_asked(owner: Actor, asked_at: dict[str, Any]) -> None:
    client = connect(owner)
    clients.confirm(client, owner, seconds_ago=301)
    asks = client.get(reverse("account_reauthenticate"), {"next": reverse("me")})
    assert "With EU Login" in asks.content.decode()
    where = address("redirect", reverse("me"))
    query = parse_qs(urlsplit(client.post(where).headers["Location"]).query)
    assert query["max_age"] == ["0"]

    asked_at["at"] = int(time.time())
    assert at_provider(client, where).headers["Location"] == reverse("me")
    assert client.post(reverse("my-sessions")).headers["Location"] == reverse("my-sessions")


@pytest.mark.parametrize("seconds", [-400, 4_000])
def test_it_does_not_where_it_asked_long_ago(owner: Actor, asked_at: dict[str, Any], seconds: int) -> None:
    client = connect(owner)
    clients.confirm(client, owner, seconds_ago=301)
    asked_at["at"] = int(time.time()) + seconds
    answer = at_provider(client, address("redirect", reverse("me")))
    assert answer.headers["Location"] == reverse("account_reauthenticate")
    assert client.post(reverse("my-sessions")).headers["Location"].startswith(reverse("account_reauthenticate"))


def test_it_does_not_where_it_does_not_say_when_it_asked(owner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    client = connect(owner)
    clients.confirm(client, owner, seconds_ago=301)
    decode = OpenIDConnectOAuth2Adapter._decode_id_token

    def without_time(*arguments: Any) -> dict[str, Any]:
        return {name: value for name, value in decode(*arguments).items() if name != "auth_time"}

    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_decode_id_token", without_time)
    answer = at_provider(client, address("redirect", reverse("me")))
    assert answer.headers["Location"] == reverse("account_reauthenticate")


def test_it_does_not_where_it_is_somebody_elses(owner: Actor, asked_at: dict[str, Any]) -> None:
    client = connect(owner)
    connect(people.stranger(), "somebody-else")
    clients.confirm(client, owner, seconds_ago=301)
    asked_at["at"] = int(time.time())
    answer = at_provider(client, address("redirect", reverse("me")), "somebody-else")
    assert answer.headers["Location"] == reverse("account_reauthenticate")


def test_it_goes_with_the_person(owner: Actor) -> None:
    connect(owner)
    anonymise(people.user_of(owner), by=people.support_office())
    assert not SocialAccount.objects.exists()


def test_unless_it_is_set_nobody_sees_it(settings: Any, client: Client) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "EU Login" not in client.get(reverse("account_login")).content.decode()
    assert client.get(address("login")).status_code == 404


def test_the_settings_ask_for_https_and_for_all_three(monkeypatch: pytest.MonkeyPatch) -> None:
    assert openid_connect_apps("eu-login", "EU Login") == []
    monkeypatch.setenv("CXC_OIDC_SERVER", "http://provider.example")
    with pytest.raises(RuntimeError, match="https"):
        openid_connect_apps("eu-login", "EU Login")
    monkeypatch.setenv("CXC_OIDC_SERVER", "https://provider.example")
    with pytest.raises(RuntimeError, match="CXC_OIDC_CLIENT_ID"):
        openid_connect_apps("eu-login", "EU Login")
