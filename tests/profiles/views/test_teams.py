"""Members and invitations in the browser's way."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from profiles.models import Invitation, Membership
from profiles.services import invitations
from tests.factories import clients, people
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_invited_by_one_and_accepted_by_the_other() -> None:
    of = people.organisation()
    owner, guest = clients.client_for(people.member(of)), people.person("Guest")
    invite = reverse("team-invite", kwargs={"kind": "organisations", "pk": of.pk})
    response = owner.post(invite, {"email": guest.email, "role": "editor", "is_signatory": "on"})
    assert response.status_code == 302
    invitation = Invitation.objects.get()
    theirs = clients.client_for(people.stranger())
    theirs.force_login(guest)
    assert invitation.secret in theirs.get(reverse("welcome")).content.decode()
    address = reverse("invitation", args=[invitation.secret])
    assert "Accept" in theirs.get(address).content.decode()
    assert theirs.post(address).status_code == 302
    assert theirs.get(of.get_absolute_url()).status_code == 200
    membership = Membership.objects.get(user=guest)
    assert (membership.role, membership.is_signatory) == ("editor", True)


def test_the_link_in_other_hands_says_whose_it_is() -> None:
    of = people.organisation()
    clients.client_for(people.member(of)).post(
        reverse("team-invite", kwargs={"kind": "organisations", "pk": of.pk}),
        {"email": "a@b.example", "role": "reader"},
    )
    other = clients.client_for(people.stranger())
    address = reverse("invitation", args=[Invitation.objects.get().secret])
    assert "sent to a@b.example" in other.get(address).content.decode()
    assert other.post(address).status_code == 403
    assert other.get(reverse("invitation", args=["guessed"])).status_code == 404


@pytest.mark.parametrize("data", [{"email": "nobody", "role": "reader"}, {"email": "a@b.example", "role": "king"}])
def test_a_bad_invitation_gives_the_form_again(data: dict[str, str]) -> None:
    of = people.organisation()
    response = clients.client_for(people.member(of)).post(
        reverse("team-invite", kwargs={"kind": "organisations", "pk": of.pk}), data
    )
    assert (response.status_code, data["email"] in response.content.decode()) == (400, True)
    assert not Invitation.objects.exists()


def test_editors_see_the_members_and_manage_nothing() -> None:
    of = people.organisation()
    owner, editor = people.member(of), people.member(of, "editor")
    client = clients.client_for(editor)
    page = client.get(reverse("team", kwargs={"kind": "organisations", "pk": of.pk})).content.decode()
    assert (owner.user.email in page, "Invite somebody" in page) == (True, False)
    membership = Membership.objects.get(user=owner.user)
    change = reverse("team-change", kwargs={"kind": "organisations", "pk": of.pk, "membership": membership.pk})
    assert client.post(change, {"role": "reader"}).status_code == 403
    invite = reverse("team-invite", kwargs={"kind": "organisations", "pk": of.pk})
    assert client.post(invite, {"email": "a@b.example", "role": "reader"}).status_code == 403


def test_the_last_owner_is_told_why_leaving_is_not_possible() -> None:
    of = people.organisation()
    owner = people.member(of)
    membership = Membership.objects.get(user=owner.user)
    change = reverse("team-remove", kwargs={"kind": "organisations", "pk": of.pk, "membership": membership.pk})
    client = clients.client_for(owner)
    asked = client.get(change).content.decode()
    assert ("give another member that role first" in asked, "btn-danger" in asked) == (True, False)
    page = client.post(change, follow=True).content.decode()
    assert "The last owner can&#x27;t leave" in page
    people.member(of)
    assert client.post(change).headers["Location"] == reverse("todo")
    assert client.get(of.get_absolute_url()).status_code == 404


def test_a_place_of_another_team_is_not_found() -> None:
    of, other = people.organisation(), people.organisation()
    people.member(other)
    membership = Membership.objects.get(organisation=other)
    change = reverse("team-remove", kwargs={"kind": "organisations", "pk": of.pk, "membership": membership.pk})
    assert clients.client_for(people.member(of)).post(change).status_code == 404


def test_a_withdrawn_invitation_is_gone() -> None:
    of = people.partnership()
    client = clients.client_for(people.coordinator(of))
    address = {"kind": "partnerships", "pk": of.pk}
    client.post(reverse("team-invite", kwargs=address), {"email": "a@b.example", "role": "coordinator"})
    invitation = Invitation.objects.get()
    withdraw = reverse("team-withdraw", kwargs=address | {"invitation": invitation.pk})
    assert client.post(withdraw).status_code == 302
    client.get(reverse("team", kwargs=address))  # reads the messages away
    assert "a@b.example" not in client.get(reverse("team", kwargs=address)).content.decode()


def test_the_link_says_who_invites_to_what_before_one_signs_in() -> None:
    of = people.organisation()
    made = invitations.invite(of, by=people.member(of), email="a@b.example", role="editor", is_signatory=True)
    address = reverse("invitation", args=[made.secret])
    answer = Client().get(address)
    page = " ".join(answer.content.decode().split())
    assert f"{made.invited_by} invites a@b.example to take part in the ClusterXchange portal for {of}." in page
    assert ("Editor, may sign" in page, "7 Oct 2026" in page, ">Accept<" in page) == (True, True, False)
    assert [f'href="{reverse(name)}?next={address}"' in page for name in ("account_login", "account_signup")] == [
        True
    ] * 2
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)
    assert Client().post(address).headers["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize(
    ("field", "told"),
    [("withdrawn_at", "was withdrawn"), ("accepted_at", "was accepted"), ("invited_at", "has expired")],
)
def test_a_link_that_is_good_no_more_says_so_before_one_signs_in(field: str, told: str) -> None:
    of = people.organisation()
    made = invitations.invite(of, by=people.member(of), email="a@b.example", role="reader")
    Invitation.objects.filter(pk=made.pk).update(**{field: NOW - timedelta(days=31)})
    page = Client().get(reverse("invitation", args=[made.secret])).content.decode()
    assert (told in page, "account/signup/?next" in page) == (True, False)
