"""Who guesses is stopped; an office behind one address, and the person guessed at, are not."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client, RequestFactory

from cxc.settings.limits import RATES
from profiles import sign_in_limits
from tests.factories import people

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/login/"
TOO_MANY = "Too many attempts with a wrong password. Try again in 5 minutes, or ask for a new password."


@pytest.fixture(autouse=True)
def _limits_as_in_production(settings: Any) -> Iterator[None]:
    settings.ACCOUNT_RATE_LIMITS = RATES
    cache.clear()
    yield
    cache.clear()


def _account(email: str) -> str:
    person = people.person("Ada")
    person.email = email
    person.save()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return email


def _try(email: str, password: str = "demo", address: str = "192.0.2.1") -> str:
    """`in`, or what the page says."""
    answer = Client(REMOTE_ADDR=address).post(SIGN_IN, {"login": email, "password": password})
    return "in" if answer.status_code == 302 else answer.content.decode()


def test_fifty_people_behind_one_address_sign_in_within_a_minute_though_some_mistype() -> None:
    accounts = [_account(f"p{number}@test.example") for number in range(50)]
    for account in accounts[:15]:
        assert "The e-mail address or the password is not right." in _try(account, "wrong")
    assert {_try(account) for account in accounts} == {"in"}


def test_a_guesser_is_stopped_and_told_when_and_the_person_signs_in_from_elsewhere() -> None:
    account = _account("ada@test.example")
    pages = [_try(account, f"guess {number}") for number in range(6)]
    assert [TOO_MANY in page for page in pages] == [False] * 5 + [True]
    assert TOO_MANY in _try(account), "not even with the right one, from that address"
    assert _try(account, address="198.51.100.7") == "in"


def test_many_addresses_do_not_help_a_guesser() -> None:
    account = _account("ada@test.example")
    pages = [_try(account, "guess", address=f"192.0.2.{number}") for number in range(21)]
    assert ["Too many attempts with a wrong password" in page for page in pages] == [False] * 20 + [True]
    assert "Try again in 60 minutes" in pages[-1]


def test_a_right_password_is_not_counted() -> None:
    account = _account("ada@test.example")
    assert {_try(account) for _ in range(8)} == {"in"}


def test_who_has_set_a_new_password_begins_anew() -> None:
    account = _account("ada@test.example")
    for number in range(6):
        _try(account, f"guess {number}")
    sign_in_limits.reset(RequestFactory().post(SIGN_IN, REMOTE_ADDR="192.0.2.1"), account)
    assert _try(account) == "in"


def test_too_many_requests_have_a_page_in_the_portals_frame_that_says_when_to_try_again(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = RATES | {"reset_password": "1/m/ip"}
    client = Client()
    answers = [client.post("/account/password/reset/", {"email": "a@test.example"}) for _ in range(2)]
    page = answers[1].content.decode()
    assert [answer.status_code for answer in answers] == [302, 429]
    assert ("site-header" in page, "Please try again in a minute." in page) == (True, True)
    assert answers[1]["Retry-After"] == "60"
    assert all("/m/" in rate for name, rate in RATES.items() if "failed" not in name)
