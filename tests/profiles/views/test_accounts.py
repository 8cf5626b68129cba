"""Signing up, confirming the address, signing in, resetting the password, leaving."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from cxc.comms.models import Mail
from profiles.models import User
from profiles.services import members
from tests.factories import clients, people

pytestmark = pytest.mark.django_db

PASSWORD = "correct-horse-battery"
SIGN_UP = {
    "full_name": "Ada Fictional",
    "job_title": "Director",
    "email": "ada@test.example",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def link_in(text: str) -> str:
    found = re.search(rf"{re.escape(settings.SITE_ADDRESS)}(/\S+)", text)
    assert found is not None, text
    return found.group(1)


def test_from_sign_up_to_the_place_where_one_begins(client: Client) -> None:
    assert "Your name" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), SIGN_UP)
    user = User.objects.get(email="ada@test.example")
    assert (user.full_name, user.job_title) == ("Ada Fictional", "Director")
    assert client.get(reverse("welcome")).status_code == 302, "not before the address is confirmed"
    client.post(link_in(mail.outbox[0].body))
    fresh = Client()
    response = fresh.post(reverse("account_login"), {"login": "ADA@test.example", "password": PASSWORD})
    assert response.headers["Location"] == reverse("welcome")


def test_the_password_can_be_set_anew(client: Client) -> None:
    client.post(reverse("account_signup"), SIGN_UP)
    client.post(link_in(mail.outbox[0].body))
    other = Client()
    other.post(reverse("account_reset_password"), {"email": "ada@test.example"})
    page = other.get(link_in(mail.outbox[-1].body), follow=True)
    new = "another-good-staple"
    other.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    response = Client().post(reverse("account_login"), {"login": "ada@test.example", "password": new})
    assert response.status_code == 302


@pytest.mark.parametrize(
    "bad",
    [
        {"full_name": ""},
        {"full_name": "N" * 121},
        {"email": "nothing"},
        {"password2": "differs"},
        {"password1": "short"},
    ],
)
def test_bad_sign_up_gives_the_form_again(client: Client, bad: dict[str, str]) -> None:
    response = client.post(reverse("account_signup"), SIGN_UP | bad)
    assert (response.status_code, "Director" in response.content.decode()) == (200, True)
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_the_doors_have_the_portals_frame(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert ("site-header" in page, "form-control" in page) == (True, True)


def test_signed_in_pages_of_the_account() -> None:
    client = clients.client_for(people.stranger())
    for name in ("account_email", "account_change_password"):
        assert "site-header" in client.get(reverse(name)).content.decode(), name


def test_ones_own_data() -> None:
    actor = people.stranger()
    client = clients.client_for(actor)
    response = client.post(reverse("me"), {"full_name": "New Name", "job_title": "", "phone": "1"})
    assert response.status_code == 302
    assert User.objects.get(pk=actor.user.pk).full_name == "New Name"
    assert client.post(reverse("me"), {"full_name": ""}).status_code == 400


def test_leaving_is_asked_twice_and_ends_the_session() -> None:
    actor = people.stranger()
    client = clients.client_for(actor)
    client.post(reverse("anonymise-me"))
    assert User.objects.get(pk=actor.user.pk).is_active
    client.post(reverse("anonymise-me"), {"sure": "on"})
    assert not User.objects.get(pk=actor.user.pk).is_active
    assert client.get(reverse("me")).status_code == 302


def test_acting_for_another_of_ones_bodies() -> None:
    of, under = people.organisation(), people.partnership()
    actor = people.member(of)
    members.add(under, people.user_of(actor), role="coordinator", is_signatory=False)
    client = clients.client_for(actor)
    assert client.get(of.get_absolute_url()).status_code == 200
    response = client.post(reverse("act-for"), {"principal": f"partnership-{under.pk}"})
    assert response.headers["Location"] == reverse("todo")
    assert client.get(of.get_absolute_url()).status_code == 404
    assert client.post(reverse("act-for"), {"principal": "so"}).status_code == 200, (
        "nobody acts for an office that is not theirs"
    )
    assert client.get("/support-office/").status_code == 302


@pytest.mark.parametrize(
    ("name", "title", "button"),
    [
        ("account_login", "Sign in", "Sign in"),
        ("account_signup", "Register", "Register"),
        ("account_reset_password", "Forgotten password", "Send the link"),
    ],
)
def test_the_doors_speak_the_portals_words(client: Client, name: str, title: str, button: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert (f"<h1>{title}</h1>" in page, f"{button}</button>" in page) == (True, True)


def test_a_link_that_was_used_says_what_to_do(client: Client) -> None:
    client.post(reverse("account_signup"), SIGN_UP)
    link = link_in(mail.outbox[0].body)
    assert "Yes, confirm it" in client.get(link).content.decode()
    client.post(link)
    page = Client().get(link).content.decode()
    assert ("has been used already" in page, f'href="{reverse("account_login")}">Sign in' in page) == (True, True)


def test_mails_of_the_account_say_what_they_are_for(client: Client) -> None:
    client.post(reverse("account_signup"), SIGN_UP)
    client.post(link_in(mail.outbox[0].body))
    other = Client()
    other.post(reverse("account_signup"), SIGN_UP)
    other.post(reverse("account_reset_password"), {"email": "ada@test.example"})
    other.post(reverse("account_reset_password"), {"email": "unknown@test.example"})
    assert [message.subject for message in mail.outbox] == [
        "Confirm your e-mail address",
        "You have registered already",
        "A new password",
        "Nobody has registered with this address",
    ]
    assert "Somebody asked for a new password for unknown@test.example" in mail.outbox[-1].body


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("account_login", ["E-mail address", "Password", "Remember me on this computer"]),
        ("account_signup", ["Your name", "Your function", "E-mail address", "Password", "The same password again"]),
        ("account_reset_password", ["E-mail address"]),
    ],
)
def test_fields_of_the_doors_are_called_as_everywhere(client: Client, name: str, labels: list[str]) -> None:
    assert [field.label for field in client.get(reverse(name)).context["form"]] == labels


def test_a_wrong_password_is_refused_in_plain_words(client: Client) -> None:
    typed = {"login": people.person().email, "password": "wrong"}
    page = client.post(reverse("account_login"), typed).content.decode()
    assert "The e-mail address or the password is not right." in page


def test_mails_of_the_account_lead_to_the_portal_whatever_host_was_asked_for(client: Client) -> None:
    asked = {"HTTP_HOST": "elsewhere.example"}
    for _twice in range(2):
        Client().post(reverse("account_signup"), SIGN_UP, **asked)
    for address in (SIGN_UP["email"], "unknown@test.example"):
        client.post(reverse("account_reset_password"), {"email": address}, **asked)
    assert len(mail.outbox) == 4
    assert [text for message in mail.outbox if "elsewhere" in (text := str(message.message()))] == []
    assert [link_in(str(message.body))[:9] for message in mail.outbox] == ["/account/"] * 4
    heads = [message.extra_headers for message in mail.outbox]
    assert {(head["Auto-Submitted"], head["X-Auto-Response-Suppress"]) for head in heads} == {("auto-generated", "All")}


def test_signing_up_takes_as_long_for_a_known_address_as_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is what takes time: as often, for both; and one mail goes to each."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    work = []
    for _new_then_known in range(2):
        answer = Client().post(reverse("account_signup"), SIGN_UP)
        work.append((answer.status_code, answer.headers["Location"], len(hashed), len(mail.outbox)))
        hashed.clear()
        mail.outbox.clear()
    assert (work[0], work[0][2:]) == (work[1], (1, 1))


def test_changing_the_address_asks_for_the_password_and_tells_the_old_address() -> None:
    user = people.person("Ada")
    old = user.email
    EmailAddress.objects.create(user=user, email=old, verified=True, primary=True)
    new = EmailAddress.objects.create(user=user, email="new@test.example", verified=True)
    client = Client()
    client.force_login(user)
    asked = client.post(reverse("account_email"), {"action_primary": "", "email": new.email})
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert (User.objects.get(pk=user.pk).email, mail.outbox) == (old, [])
    client.post(asked.headers["Location"], {"password": "wrong"})
    assert User.objects.get(pk=user.pk).email == old
    client.post(asked.headers["Location"], {"password": "demo", "next": reverse("account_email")})
    assert User.objects.get(pk=user.pk).email == "new@test.example"
    (told,) = mail.outbox
    assert (told.to, told.subject) == ([old], "Your e-mail address was changed")
    assert f"was changed from {old} to new@test.example" in told.body
    assert f"{settings.SITE_ADDRESS}{reverse('help')}" in told.body


def test_adding_an_address_asks_for_the_password() -> None:
    client = clients.client_for(people.stranger())
    asked = client.post(reverse("account_email"), {"action_add": "", "email": "more@test.example"})
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="more@test.example").exists()


def test_changing_the_password_asks_for_it_and_is_told() -> None:
    user = people.person("Ada")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.force_login(user)
    given = {"oldpassword": "wrong", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_change_password"), given)
    assert (User.objects.get(pk=user.pk).check_password("demo"), mail.outbox) == (True, [])
    client.post(reverse("account_change_password"), given | {"oldpassword": "demo"})
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert [(told.to, told.subject) for told in mail.outbox] == [([user.email], "Your password was changed")]


def test_an_address_changed_by_the_support_office_is_told_to_the_old_one_and_signs_in() -> None:
    user = people.person("Ada")
    old = user.email
    EmailAddress.objects.create(user=user, email=old, verified=True, primary=True)
    fields = {"email": "new@test.example", "full_name": "Ada", "is_active": "on"}
    clients.client_for(people.support_office()).post(f"/support-office/profiles/user/{user.pk}/change/", fields)
    told = Mail.objects.get(to_address=old)
    assert (told.subject, f"from {old} to new@test.example" in told.text) == ("Your e-mail address was changed", True)
    answer = Client().post(reverse("account_login"), {"login": "new@test.example", "password": "demo"})
    assert answer.headers["Location"] == reverse("welcome")
