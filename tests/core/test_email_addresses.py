"""One way to write an e-mail address, wherever it is typed, invited, compared or looked up."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from cxc.comms.models import Mail
from cxc.comms.outbox import queue_mail
from cxc.core.email_addresses import AddressFormField, clean_address
from helpdesk.mailbox.addresses import is_signed_for, signature
from helpdesk.mailbox.received_mail import parse
from helpdesk.models import HelpRequest
from profiles.models import User
from profiles.services import invitations
from tests.factories import people
from tests.factories.clients import client_for

SPELLINGS = [
    "ana@bücher.example",
    " Ana@Bücher.Example ",
    "\u200bana@bücher.example\ufeff",
    "ana\u00ad@bu\u0308cher.example",
    "ANA@XN--BCHER-KVA.EXAMPLE",
    "mailto:ana@bücher.example",
    "<ana@bücher.example.>",
    "ana＠bücher．example",
    "\u202eana@bücher.example",
    "ana@bücher.example\r\n",
]
CLEAN = "ana@xn--bcher-kva.example"


@pytest.mark.parametrize("typed", SPELLINGS)
def test_an_address_is_one_however_it_is_written(typed: str) -> None:
    assert (clean_address(typed), AddressFormField().clean(typed)) == (CLEAN, CLEAN)


def test_the_domain_is_read_as_browsers_read_it() -> None:
    assert clean_address("a@straße.example") == "a@xn--strae-oqa.example"


@pytest.mark.parametrize("typed", ["nothing", "a@", "@b.example", "a@b..example", "a b", "ä@b.example", "a@-.é"])
def test_what_is_no_address_is_refused_with_a_sentence(typed: str) -> None:
    field = AddressFormField()
    with pytest.raises(Exception, match="Enter a valid email address"):
        field.clean(typed)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", SPELLINGS[:4])
def test_people_are_found_and_told_apart_by_it(typed: str) -> None:
    user = User.objects.create_user(SPELLINGS[1], "demo")
    assert (user.email, User.objects.get(email=typed)) == (CLEAN, user)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(typed)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=typed)])


@pytest.mark.django_db
def test_an_invitation_to_another_spelling_is_the_same_invitation() -> None:
    of = people.organisation()
    by = people.member(of)
    for typed in SPELLINGS[:3]:
        invitations.invite(of, by=by, email=typed, role="reader")
    assert list(invitations.open_invitations_of(of).values_list("email", flat=True)) == [CLEAN]
    user = User.objects.create_user(CLEAN)
    assert list(invitations.open_invitations_to(user)) == list(invitations.open_invitations_of(of))


@pytest.mark.django_db
def test_sign_up_sign_in_and_a_new_password_take_any_spelling() -> None:
    password = "correct-horse-battery"
    typed = {"full_name": "Ana", "email": SPELLINGS[2], "password1": password, "password2": password}
    Client().post(reverse("account_signup"), typed)
    Client().post(reverse("account_signup"), typed | {"email": SPELLINGS[1]})
    assert [user.email for user in User.objects.all()] == [CLEAN]
    assert [message.subject for message in mail.outbox] == [
        "Confirm your e-mail address",
        "You have registered already",
    ]
    EmailAddress.objects.update(verified=True)
    assert Client().post(reverse("account_login"), {"login": SPELLINGS[3], "password": password}).status_code == 302
    Client().post(reverse("account_reset_password"), {"email": SPELLINGS[0]})
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("A new password", [CLEAN])


@pytest.mark.django_db
def test_sign_in_holds_one_verified_address_in_any_case() -> None:
    EmailAddress.objects.create(user=people.person(), email=CLEAN, verified=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=people.person(), email=CLEAN.upper(), verified=True)


@pytest.mark.django_db
def test_the_admin_stores_it_clean() -> None:
    user = people.person("Ana")
    fields = {"email": SPELLINGS[1], "full_name": "Ana", "is_active": "on"}
    answer = client_for(people.support_office()).post(f"/support-office/profiles/user/{user.pk}/change/", fields)
    assert (answer.status_code, User.objects.get(pk=user.pk).email) == (302, CLEAN)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["profiles_user", "profiles_invitation"])
def test_the_database_refuses_another_spelling(table: str) -> None:
    of = people.organisation()
    invitations.invite(of, by=people.member(of), email=CLEAN, role="reader")
    with pytest.raises(IntegrityError, match="is_clean"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET email = 'Ana@b.example' WHERE id = (SELECT max(id) FROM {table})")


@pytest.mark.django_db
def test_mails_and_questions_are_addressed_by_it() -> None:
    queue_mail(template="profiles/mail/invitation", to=SPELLINGS, context={"body": "B", "by": "A"})
    assert list(Mail.objects.values_list("to_address", flat=True)) == [CLEAN]
    given = {"name": "Ana", "email": SPELLINGS[2], "subject": "S", "text": "T", "website": ""}
    Client().post(reverse("help"), given)
    assert list(HelpRequest.objects.values_list("visitor_email", flat=True)) == [CLEAN]


@pytest.mark.parametrize("typed", [SPELLINGS[1], SPELLINGS[4]])
def test_a_mail_comes_from_it(typed: str) -> None:
    assert parse(f"From: Ana <{typed.strip()}>\n\nHello".encode()).sender == CLEAN
    assert is_signed_for(7, signature(7, typed), CLEAN)
