"""Lost second factors go when two people of the Support Office agree; the person reads of each step."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from cxc import clock
from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused
from profiles.models import SecondFactorReset, User
from profiles.services import factor_resets
from profiles.services.people import anonymise
from tests.factories import clients, people
from tests.profiles.second_factors.steps import set_up_app, signed_in, with_password

pytestmark = pytest.mark.django_db

LIST = "admin:profiles_secondfactorreset_changelist"
ADD = "admin:profiles_secondfactorreset_add"


@pytest.fixture
def person() -> User:
    """Somebody with an app, signed in."""
    user = with_password(people.user_of(people.member(people.organisation())))
    set_up_app(signed_in(user))
    return user


@pytest.fixture
def two() -> tuple[Actor, Actor]:
    return people.support_office(), people.support_office()


def in_admin(actor: Actor) -> Client:
    """The browser of somebody who has just confirmed who they are."""
    client = clients.client_for(actor)
    clients.confirm(client, actor)
    return client


def ask(client: Client, person: User, reason: str = "called at the number of the contract") -> Any:
    return client.post(reverse(ADD), {"person": person.pk, "reason": reason})


def answer(client: Client, action: str = "remove_factors") -> Any:
    rows = list(SecondFactorReset.objects.values_list("pk", flat=True))
    return client.post(reverse(LIST), {"action": action, "_selected_action": rows}, follow=True)


def mails_to(user: User) -> list[str]:
    return list(Mail.objects.filter(to_address=user.email).order_by("pk").values_list("text", flat=True))


def test_one_asks_another_carries_it_out(person: User, two: tuple[Actor, Actor]) -> None:
    first, second = two
    assert ask(in_admin(first), person).status_code == 302
    assert Authenticator.objects.filter(user=person).exists()
    assert UserSession.objects.filter(user=person).exists()
    assert "called at the number of the contract" in mails_to(people.user_of(second))[0]
    assert mails_to(people.user_of(first)) == []

    assert "Second factors removed" in answer(in_admin(second)).content.decode()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not UserSession.objects.filter(user=person).exists()
    reset = SecondFactorReset.objects.get()
    assert (reset.asked_by, reset.answered_by, reset.is_refused) == (first.user, second.user, False)
    told = mails_to(person)
    assert ["they are to be removed" in told[0], "were removed and all your sessions ended" in told[1]] == [True, True]


def test_who_asked_can_not_carry_it_out(person: User, two: tuple[Actor, Actor]) -> None:
    client = in_admin(two[0])
    ask(client, person)
    assert "Another person of the Support Office has to answer" in answer(client).content.decode()
    assert Authenticator.objects.filter(user=person).exists()


def test_the_second_can_refuse(person: User, two: tuple[Actor, Actor]) -> None:
    ask(in_admin(two[0]), person)
    assert "Request refused" in answer(in_admin(two[1]), "refuse").content.decode()
    assert Authenticator.objects.filter(user=person).exists()
    assert "stay as they are" in mails_to(person)[1]
    with pytest.raises(Refused, match="answered already"):
        factor_resets.carry_out(SecondFactorReset.objects.get(), by=two[1])


def test_what_was_asked_long_ago_is_not_carried_out(person: User, two: tuple[Actor, Actor]) -> None:
    reset = factor_resets.ask_for_reset(person, reason="Lost", by=two[0])
    SecondFactorReset.objects.filter(pk=reset.pk).update(asked_at=clock.real_now() - timedelta(days=7, minutes=1))
    with pytest.raises(Refused, match="more than 7 days ago"):
        factor_resets.carry_out(reset, by=two[1])
    factor_resets.refuse(reset, by=two[1])
    factor_resets.ask_for_reset(person, reason="Lost", by=two[0])


def test_a_factor_used_since_is_not_taken_away(person: User, two: tuple[Actor, Actor]) -> None:
    reset = factor_resets.ask_for_reset(person, reason="Lost", by=two[0])
    Authenticator.objects.filter(user=person).update(last_used_at=clock.real_now())
    assert "used or set up a second factor since" in answer(in_admin(two[1])).content.decode()
    assert Authenticator.objects.filter(user=person).exists()
    reset.refresh_from_db()
    assert reset.answered_at is None


def test_nobody_resets_their_own(two: tuple[Actor, Actor]) -> None:
    first, second = two
    set_up_app(signed_in(with_password(people.user_of(first))))
    with pytest.raises(NotAllowed, match="their own"):
        factor_resets.ask_for_reset(people.user_of(first), reason="Lost", by=first)
    reset = factor_resets.ask_for_reset(people.user_of(first), reason="Lost", by=second)
    with pytest.raises(NotAllowed, match="their own"):
        factor_resets.carry_out(reset, by=first)


def test_only_the_support_office_asks_and_only_for_factors_that_are_there(
    person: User, two: tuple[Actor, Actor]
) -> None:
    with pytest.raises(NotAllowed):
        factor_resets.ask_for_reset(person, reason="Lost", by=people.coordinator(people.partnership()))
    with pytest.raises(Refused, match="has no second factor"):
        factor_resets.ask_for_reset(people.user_of(people.stranger()), reason="Lost", by=two[0])
    factor_resets.ask_for_reset(person, reason="Lost", by=two[0])
    with pytest.raises(Refused, match="asked for already"):
        factor_resets.ask_for_reset(person, reason="Lost", by=two[1])


def test_both_confirm_who_they_are(person: User, two: tuple[Actor, Actor]) -> None:
    first, second = in_admin(two[0]), in_admin(two[1])
    clients.confirm(first, two[0], seconds_ago=301)
    assert ask(first, person).headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not SecondFactorReset.objects.exists()
    clients.confirm(first, two[0])
    ask(first, person)
    clients.confirm(second, two[1], seconds_ago=301)
    answer(second)
    assert Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("wrong", ["same", "own request", "own answer", "two open", "half an answer"])
def test_the_database_holds_it(person: User, two: tuple[Actor, Actor], wrong: str) -> None:
    first, second = people.user_of(two[0]), people.user_of(two[1])
    cases: dict[str, dict[str, Any]] = {
        "same": {"asked_by": first, "answered_by": first, "answered_at": clock.now()},
        "own request": {"asked_by": person},
        "own answer": {"asked_by": first, "answered_by": person, "answered_at": clock.now()},
        "two open": {"asked_by": second},
        "half an answer": {"asked_by": first, "answered_at": clock.now()},
    }
    if wrong == "two open":
        SecondFactorReset.objects.create(person=person, reason="Lost", asked_by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondFactorReset.objects.create(person=person, reason="Lost", **cases[wrong])


def test_the_log_goes_with_the_person(person: User, two: tuple[Actor, Actor]) -> None:
    factor_resets.ask_for_reset(person, reason="Lost", by=two[0])
    anonymise(person, by=two[1])
    assert not SecondFactorReset.objects.exists()
