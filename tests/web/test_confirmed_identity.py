"""Who one is, asked again of what an open browser must not do; what was typed is kept meanwhile."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cxc.web.models import FormDraft
from profiles.models import Invitation, User
from tests.factories import clients, people
from tests.profiles.second_factors.steps import (
    code_for,
    set_up_app,
    signed_in,
    with_password,
)

pytestmark = pytest.mark.django_db

LONG_AGO = 301  # seconds: one more than five minutes


class Invited:
    """An owner, signed in a while ago, who invites somebody."""

    def __init__(self) -> None:
        self.team = people.organisation()
        self.owner = people.member(self.team)
        with_password(people.user_of(self.owner))
        self.client = clients.client_for(self.owner)
        clients.confirm(self.client, self.owner, seconds_ago=LONG_AGO)
        self.address = reverse("team-invite", kwargs={"kind": "organisations", "pk": self.team.pk})
        self.data = {"email": "new@test.example", "role": "editor", "form_draft": f"{self.address} abc"}

    def send(self) -> Any:
        return self.client.post(self.address, self.data)

    def is_done(self) -> bool:
        return Invitation.objects.filter(email="new@test.example", role="editor").exists()


def sent_again(client: Client, answer: Any) -> Any:
    """Press the button of the page that holds what was sent."""
    page = answer.content.decode()
    found = re.search(r'<form method="post" action="(/organisations/[^"]*)">', page)
    assert found is not None
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    return client.post(found.group(1), fields)


def test_what_was_sent_is_kept_and_done_once_it_is_sent_again() -> None:
    case = Invited()
    FormDraft.objects.create(user=people.user_of(case.owner), address=case.address, principal="x", fields=[])
    asked = case.send()
    assert asked.headers["Location"] == f"{reverse('account_reauthenticate')}?next=%2Fconfirmed%2F"
    assert (case.is_done(), FormDraft.objects.count()) == (False, 1)
    assert case.client.post(asked.headers["Location"], {"password": "wrong"}).status_code == 200
    confirmed = case.client.post(
        reverse("account_reauthenticate"), {"password": "correct-horse-battery", "next": "/confirmed/"}, follow=True
    )
    assert "What you entered is still here" in confirmed.content.decode()
    assert not case.is_done(), "nothing is done before the button is pressed"
    sent_again(case.client, confirmed)
    assert case.is_done()
    assert case.client.get(reverse("confirmed")).status_code == 302, "it is kept no longer"


def test_a_form_of_a_button_alone_is_kept_too() -> None:
    """The browser that is left open ends all other sessions."""
    owner = people.member(people.organisation())
    client = clients.client_for(owner)
    clients.confirm(client, owner, seconds_ago=LONG_AGO)
    client.post(reverse("my-sessions"))
    clients.confirm(client, owner)
    kept = client.get(reverse("confirmed")).content.decode()
    assert f'action="{reverse("my-sessions")}"' in kept
    assert "Send" in kept


def test_within_five_minutes_nobody_is_asked() -> None:
    case = Invited()
    clients.confirm(case.client, case.owner, seconds_ago=LONG_AGO - 10)
    case.send()
    assert case.is_done()


def test_a_request_of_a_script_is_told_to_sign_in() -> None:
    case = Invited()
    assert case.client.post(case.address, case.data, headers={"HX-Request": "true"}).status_code == 401


def test_a_second_factor_confirms_as_well_and_its_kind_is_known(rf: Any) -> None:
    from cxc.access.confirmed_identity import confirmation_of

    user = with_password(people.user_of(people.stranger()))
    client = signed_in(user)

    def method() -> str:
        request = rf.get("/")
        request.user, request.session = user, client.session
        found = confirmation_of(request)
        assert found is not None
        return found.method

    assert method() == "password"
    secret = set_up_app(client)
    client.post(reverse("mfa_reauthenticate"), {"code": code_for(secret, steps=1)})
    assert method() == "totp"


def test_confirmations_of_somebody_else_in_the_same_browser_count_for_nobody() -> None:
    case = Invited()
    session = case.client.session
    session["account_authentication_methods_user"] = str(case.owner.user.pk + 1)
    session.save()
    case.send()
    assert not case.is_done()


@pytest.mark.parametrize("what", ["rights", "anonymise"])
def test_the_admin_asks_before_rights_change(what: str) -> None:
    office, person = people.support_office(), people.person("Ada")
    client = clients.client_for(office)
    clients.confirm(client, office, seconds_ago=LONG_AGO)
    if what == "rights":
        data = {"email": person.email, "full_name": "Ada", "is_support_office": "on", "is_active": "on"}
        answer = client.post(f"/support-office/profiles/user/{person.pk}/change/", data)
    else:
        data = {"action": "anonymise_people", "_selected_action": str(person.pk)}
        answer = client.post("/support-office/profiles/user/", data)
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    person = User.objects.get(pk=person.pk)
    assert (person.is_support_office, person.is_active) == (False, True)
