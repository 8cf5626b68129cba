"""Whoever finds a browser left open can't take the account: each step asks who one is, and what changes is told."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.urls import reverse

from exchanges.models import FinancialAgreement
from profiles.models import Invitation, User
from tests.factories import clients, people
from tests.factories.parties import usual_parties
from tests.profiles.second_factors.steps import browser, set_up_app, sign_in, signed_in, with_password
from tests.scenarios import lifecycle

pytestmark = pytest.mark.django_db
LONG_AGO = 301


@pytest.fixture
def owner() -> Any:
    return people.member(people.organisation())


@pytest.fixture
def left_open(owner: Any) -> Any:
    """Signed in a while ago, in two browsers."""
    user = with_password(people.user_of(owner))
    sign_in(browser(), user)
    client = signed_in(user)
    clients.confirm(client, owner, seconds_ago=LONG_AGO)
    return client


STEPS: dict[str, tuple[str, dict[str, str]]] = {
    "address": ("account_email", {"action_add": "", "email": "thief@test.example"}),
    "password": ("account_change_password", {"oldpassword": "guess", "password1": "x" * 20, "password2": "x" * 20}),
    "app": ("mfa_activate_totp", {"code": "123456"}),
    "key": ("mfa_add_webauthn", {"credential": "{}"}),
    "recovery codes": ("mfa_generate_recovery_codes", {}),
    "sessions": ("my-sessions", {}),
    "leaving": ("anonymise-me", {"sure": "on"}),
}


def state(user: User) -> Any:
    """What a thief would change."""
    user.refresh_from_db()
    return (
        user.password,
        user.is_active,
        sorted(EmailAddress.objects.values_list("email", flat=True)),
        Authenticator.objects.count(),
        UserSession.objects.count(),
        Invitation.objects.count(),
    )


@pytest.mark.parametrize("step", STEPS)
def test_no_step_works(left_open: Any, owner: Any, step: str) -> None:
    name, data = STEPS[step]
    before = state(people.user_of(owner))
    answer = left_open.post(reverse(name), data)
    asked = answer.status_code == 302 and answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert asked or (step == "password" and answer.status_code == 200), "the old password is asked for"
    assert state(people.user_of(owner)) == before


def test_roles_are_given_to_nobody(left_open: Any, owner: Any) -> None:
    address = reverse("team-invite", kwargs={"kind": "organisations", "pk": owner.principal_id})
    answer = left_open.post(address, {"email": "thief@test.example", "role": "owner"})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Invitation.objects.exists()


def test_factors_are_not_removed_and_codes_not_read(owner: Any) -> None:
    client = signed_in(with_password(people.user_of(owner)))
    set_up_app(client)
    clients.confirm(client, owner, seconds_ago=LONG_AGO)
    for name in ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"):
        for answer in (client.get(reverse(name)), client.post(reverse(name))):
            assert answer.status_code == 405 or "reauthenticate" in answer.headers["Location"], name
    assert Authenticator.objects.count() == 2


def test_the_person_is_told_of_a_factor_at_the_address_they_have(
    owner: Any, django_capture_on_commit_callbacks: Any
) -> None:
    user = with_password(people.user_of(owner))
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(signed_in(user))
    assert [told.to for told in mail.outbox] == [[user.email]]


@pytest.mark.usefixtures("now")
def test_bank_details_stay() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    client = clients.client_for(parties.vo)
    clients.confirm(client, parties.vo, seconds_ago=LONG_AGO)
    given = {"payee": "Thief", "iban": "BE71 0961 2345 6769", "bic": "GKCCBEBB"}
    answer = client.post(reverse("agreement_edit", args=[exchange.pk]), given)
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    agreement = FinancialAgreement.objects.get(exchange=exchange)
    assert (agreement.payee != "Thief", agreement.iban) == (True, "")
