"""Sessions: listed, ended one by one and by themselves, and when and from where somebody has signed in."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from profiles.models import SignIn, User
from profiles.services import sign_ins
from profiles.services.people import anonymise
from profiles.services.sign_ins import SEEN, STARTED
from tests.factories import people
from tests.profiles.second_factors.software_key import SoftwareKey
from tests.profiles.second_factors.steps import (
    PASSWORD,
    add_key,
    browser,
    confirm,
    set_up_app,
    sign_in,
    use_passkey,
    with_password,
)

pytestmark = pytest.mark.django_db
NEW = "another-good-staple"


@pytest.fixture
def user() -> User:
    return with_password(people.user_of(people.stranger()))


def in_browser(user: User, **data: str) -> Client:
    client = browser()
    sign_in(client, user)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("me")).status_code == 200


def test_a_passkey_signs_in_for_as_long_as_who_does_not_ask_to_be_remembered(user: User) -> None:
    key = SoftwareKey()
    client = in_browser(user)
    confirm(client)
    assert add_key(client, key, alone=True).status_code == 302
    later = browser()
    use_passkey(later, key)
    assert is_signed_in(later)
    assert later.session.get_expire_at_browser_close()


def test_one_session_is_ended_from_another(user: User) -> None:
    mine, other, third = in_browser(user), in_browser(user), in_browser(user)
    page = mine.get(reverse("my-sessions"))
    ours = next(one for one in page.context["sessions"] if one.session_key == other.session.session_key)
    mine.post(reverse("my-sessions"), {"session": ours.pk})
    assert [is_signed_in(client) for client in (mine, other, third)] == [True, False, True]
    mine.post(reverse("my-sessions"))
    assert [is_signed_in(client) for client in (mine, third)] == [True, False]


def test_nobody_ends_sessions_of_others(user: User) -> None:
    theirs = in_browser(with_password(people.user_of(people.stranger())))
    mine = in_browser(user)
    pk = theirs.get(reverse("my-sessions")).context["sessions"][0].pk
    assert mine.post(reverse("my-sessions"), {"session": pk}).status_code == 404
    for nonsense in ("", "x", "9" * 40):
        assert mine.post(reverse("my-sessions"), {"session": nonsense}).status_code == 404
    assert is_signed_in(theirs)


@pytest.mark.parametrize("change", ["password", "factor"])
def test_a_change_of_password_or_factor_ends_all_others(
    user: User, change: str, django_capture_on_commit_callbacks: Any
) -> None:
    mine, other = in_browser(user), in_browser(user)
    confirm(mine)
    with django_capture_on_commit_callbacks(execute=True):
        if change == "factor":
            set_up_app(mine)
        else:
            given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
            mine.post(reverse("account_change_password"), given)
    assert [is_signed_in(client) for client in (mine, other)] == [True, False]


@pytest.mark.parametrize(
    ("key", "ago", "is_remembered", "stays"),
    [
        (SEEN, settings.SESSION_ENDS["idle"] - 60, False, True),
        (SEEN, settings.SESSION_ENDS["idle"] + 60, False, False),
        (SEEN, settings.SESSION_ENDS["idle"] + 60, True, True),
        (SEEN, settings.SESSION_ENDS_REMEMBERED["idle"] + 60, True, False),
        (STARTED, settings.SESSION_ENDS["absolute"] + 60, False, False),
        (STARTED, settings.SESSION_ENDS_REMEMBERED["absolute"] + 60, True, False),
    ],
)
def test_a_session_ends_by_itself(user: User, key: str, ago: float, is_remembered: bool, stays: bool) -> None:
    client = browser()
    data = {"login": user.email, "password": PASSWORD} | ({"remember": "on"} if is_remembered else {})
    client.post(reverse("account_login"), data)
    session = client.session
    session[key] = time.time() - ago
    session.save()
    assert is_signed_in(client) is stays
    assert is_signed_in(client) is stays, "and does not begin anew"


def test_whoever_goes_on_stays_signed_in(user: User) -> None:
    client = in_browser(user)
    session = client.session
    session[SEEN] = time.time() - 3600
    session.save()
    assert is_signed_in(client)
    assert time.time() - client.session[SEEN] < 60


def test_one_reads_when_and_from_where_one_has_signed_in(user: User) -> None:
    client = Client(REMOTE_ADDR="192.0.2.77", HTTP_USER_AGENT="Fictional Browser 1")
    sign_in(client, user)
    (found,) = SignIn.objects.all()
    assert (found.network, found.method) == ("192.0.2.0", "password")
    page = client.get(reverse("my-sessions")).content.decode()
    assert ("192.0.2.0" in page, "192.0.2.77" in page, "Fictional Browser 1" in page) == (True, False, True)


@pytest.mark.parametrize(
    ("address", "network"),
    [("192.0.2.77", "192.0.2.0"), ("2001:db8:1:2:3::4", "2001:db8:1::"), ("", None), (None, None), ("x", None)],
)
def test_addresses_are_shortened(address: str | None, network: str | None) -> None:
    assert sign_ins.shortened(address) == network


def test_sign_ins_are_forgotten_after_a_while_and_with_the_person(user: User) -> None:
    client = in_browser(user)
    found = SignIn.objects.get()
    assert sign_ins.erase_old() == 0
    SignIn.objects.update(at=found.at.replace(year=found.at.year - 1))
    assert (sign_ins.erase_old(), sign_ins.erase_old()) == (1, 0)
    in_browser(user)
    anonymise(user, by=people.support_office())
    assert (SignIn.objects.count(), is_signed_in(client)) == (0, False)
