"""Coordinators, the Support Office and observers see nothing before they have a second factor."""

from typing import Any

import pytest
from django.urls import reverse

from cxc.access.scoped import Actor
from tests.factories import clients, people
from tests.profiles.second_factors.steps import set_up_app, signed_in, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def who(name: str) -> Actor:
    if name in ("coordinator", "reader"):
        return people.coordinator(people.partnership(), role=name)
    if name == "member":
        return people.member(people.organisation())
    return people.support_office() if name == "support office" else people.observer()


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize(
    ("name", "is_stopped"),
    [
        ("coordinator", True),
        ("support office", True),
        ("observer", True),
        ("reader", False),
        ("member", False),
    ],
)
def test_who_is_stopped(name: str, is_stopped: bool) -> None:
    client = clients.client_for(who(name))
    answer = client.get(reverse("todo"))
    assert (answer.status_code == 302 and answer.headers["Location"] == reverse("mfa_index")) is is_stopped


@pytest.mark.usefixtures("required")
def test_the_admin_and_posts_are_closed_too_and_what_leads_out_is_open() -> None:
    client = clients.client_for(people.support_office())
    for answer in (client.get("/support-office/"), client.post(reverse("me"), {"full_name": "X"})):
        assert answer.headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("todo"), headers={"HX-Request": "true"}).status_code == 403
    assert "Set up a second factor" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("help")).status_code == 200
    assert client.get(reverse("help-requests")).status_code == 302
    assert client.post(reverse("account_logout")).headers["Location"] == "/"


@pytest.mark.usefixtures("required")
def test_with_a_factor_everything_is_open() -> None:
    client = signed_in(with_password(people.user_of(people.support_office())))
    assert client.get("/support-office/").status_code == 302
    set_up_app(client)
    assert client.get("/support-office/").status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert client.get("/support-office/").status_code == 302, "as soon as it is removed"


def test_where_it_is_not_required_a_notice_says_so() -> None:
    client = clients.client_for(people.support_office())
    assert client.get("/support-office/").status_code == 200
    assert "lets you in without one" in client.get(reverse("me")).content.decode()
    member = clients.client_for(people.member(people.organisation()))
    assert "lets you in without one" not in member.get(reverse("me")).content.decode()


@pytest.mark.usefixtures("required")
def test_public_pages_stay_public(client: Any) -> None:
    assert client.get(reverse("home")).status_code == 200
