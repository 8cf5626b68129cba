"""Asking to join an organisation that is registered, without learning whether it is."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused
from profiles.models import Membership, MembershipRequest, Organisation
from profiles.services import membership_requests
from tests.factories import people
from tests.factories.clients import client_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def asks(actor: Actor, name: str, country: str = "ES") -> str:
    given = {"legal_name": name, "country": country, "message": "I work in your <b>lab</b>."}
    return client_for(actor).post(reverse("organisation-join"), given, follow=True).content.decode()


def asked(name: str = "Österreich Öl") -> tuple[Organisation, Actor, Actor, MembershipRequest]:
    """An organisation, its owner, a stranger, and the stranger's request."""
    of, stranger = people.organisation("ES", legal_name="Österreich Öl"), people.stranger()
    owner = people.member(of)
    asks(stranger, name)
    return of, owner, stranger, MembershipRequest.objects.get()


def test_owners_are_asked_by_mail_and_on_their_to_do_page() -> None:
    of, owner, stranger, made = asked("  osterreich OL ")
    assert (made.organisation, made.user) == (of, stranger.user)
    (mail,) = Mail.objects.all()
    assert (mail.to_user, mail.subject) == (owner.user, f"{stranger.user} asks to join Österreich Öl")
    page = client_for(owner).get(reverse("todo")).content.decode()
    assert "Accept or refuse a request to join your organisation" in page
    team = reverse("team", kwargs={"kind": "organisations", "pk": of.pk})
    assert "I work in your &lt;b&gt;lab&lt;/b&gt;." in client_for(owner).get(team).content.decode()
    for other in (people.member(of, "editor"), people.member(of, "reader")):
        assert "Requests to join" not in client_for(other).get(team).content.decode()
        assert "asks to join" not in client_for(other).get(reverse("todo")).content.decode()


def test_the_answer_is_the_same_whether_there_is_such_an_organisation_or_not() -> None:
    of, stranger = people.organisation("ES"), people.stranger()
    told = [asks(stranger, name) for name in (of.legal_name, "No Such House")]
    sentence = "If this organisation is registered, its owners have your request."
    assert [sentence in page for page in told] == [True, True]
    assert [reverse("organisation", args=[of.pk]) in page for page in told] == [False, False]
    asks(stranger, of.legal_name, "BE")
    assert (MembershipRequest.objects.count(), Membership.objects.count()) == (1, 0)


def test_asking_twice_is_one_request_and_members_ask_nobody() -> None:
    of, owner, stranger, _made = asked()
    asks(stranger, of.legal_name)
    asks(owner, of.legal_name)
    assert (MembershipRequest.objects.count(), Mail.objects.count()) == (1, 1)


def test_one_asks_five_times_a_day_at_most() -> None:
    stranger = people.stranger()
    pages = [asks(stranger, f"House {number}") for number in range(6)]
    assert ["You have asked 5 times today" in page for page in pages] == [False] * 5 + [True]


def test_an_owner_accepts_with_a_role_and_who_asked_is_a_member() -> None:
    of, owner, stranger, made = asked()
    address = reverse("membership-request", args=[of.pk, made.pk])
    assert client_for(owner).post(address, {"accept": "1", "role": "editor"}).status_code == 302
    membership = Membership.objects.get(user=stranger.user)
    assert (membership.organisation, membership.role, membership.is_signatory) == (of, "editor", False)
    assert Mail.objects.latest("pk").subject == f"You are a member of {of} now"
    with pytest.raises(Refused, match="was answered already"):
        membership_requests.refuse(made, by=owner, answer="No.")


def test_an_owner_refuses_with_a_sentence_that_is_sent() -> None:
    of, owner, stranger, made = asked()
    address = reverse("membership-request", args=[of.pk, made.pk])
    page = client_for(owner).post(address, {"refuse": "1", "role": "reader", "answer": " "}, follow=True)
    assert "Say in a sentence why not" in page.content.decode()
    client_for(owner).post(address, {"accept": "1", "role": "nosuch", "answer": "Welcome."})
    assert MembershipRequest.objects.filter(pk=made.pk, answered_at=None).exists(), "a role that is none refuses nobody"
    client_for(owner).post(address, {"refuse": "1", "role": "reader", "answer": "We do not know you."})
    mail = Mail.objects.latest("pk")
    assert (mail.to_user, "We do not know you." in mail.text) == (stranger.user, True)
    assert not Membership.objects.filter(user=stranger.user).exists()
    asks(stranger, of.legal_name)
    assert MembershipRequest.objects.filter(answered_at=None).count() == 1, "one may ask again"


def test_nobody_else_answers() -> None:
    of, _owner, stranger, made = asked()
    address = reverse("membership-request", args=[of.pk, made.pk])
    others = [people.member(of, "editor"), people.member(people.organisation()), stranger, people.observer()]
    answers = [client_for(other).post(address, {"accept": "1", "role": "owner"}).status_code for other in others]
    assert (answers, Client().post(address).status_code) == ([403, 404, 404, 403], 302)
    with pytest.raises(NotAllowed):
        membership_requests.accept(made, by=stranger, role="owner")
    assert MembershipRequest.objects.filter(answered_at=None).exists()


def test_where_there_is_no_owner_yet_the_support_office_is_asked() -> None:
    so, of = people.support_office(), people.organisation("ES")
    asks(people.stranger(), of.legal_name)
    assert list(Mail.objects.values_list("to_user", flat=True)) == [people.user_of(so).pk]
