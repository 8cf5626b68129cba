"""Members, the last owner, and invitations."""

import pytest

from cxc.access.scoped import Actor
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused
from profiles.models import Membership, Organisation, PartnershipMembership
from profiles.queries.principals import actor_of
from profiles.services import invitations, members
from tests.factories import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def membership_of(actor: Actor, of: Organisation) -> Membership:
    return Membership.objects.get(user=actor.user, organisation=of)


def test_the_owner_gives_roles_and_the_right_to_sign() -> None:
    of = people.organisation()
    owner, editor = people.member(of), people.member(of, "editor")
    changed = members.change(membership_of(editor, of), by=owner, role="reader", is_signatory=True)
    assert (changed.role, changed.is_signatory) == ("reader", True)
    with pytest.raises(NotAllowed):
        members.change(membership_of(owner, of), by=editor, role="reader", is_signatory=False)
    with pytest.raises(NotAllowed):
        members.change(membership_of(editor, of), by=owner, role="king", is_signatory=False)


def test_the_last_owner_neither_leaves_nor_steps_down() -> None:
    of = people.organisation()
    owner = people.member(of)
    with pytest.raises(Refused):
        members.remove(membership_of(owner, of), by=owner)
    with pytest.raises(Refused):
        members.change(membership_of(owner, of), by=owner, role="editor", is_signatory=False)
    people.member(of)
    members.remove(membership_of(owner, of), by=owner)
    assert not of.memberships.filter(user=owner.user).exists()


def test_anybody_may_leave_and_only_owners_let_others_go() -> None:
    of = people.organisation()
    owner, reader, editor = people.member(of), people.member(of, "reader"), people.member(of, "editor")
    with pytest.raises(NotAllowed):
        members.remove(membership_of(reader, of), by=editor)
    members.remove(membership_of(reader, of), by=reader)
    members.remove(membership_of(editor, of), by=owner)
    assert [membership.user for membership in of.memberships.all()] == [owner.user]


def test_the_last_coordinator_stays() -> None:
    of = people.partnership()
    lead = people.coordinator(of)
    with pytest.raises(Refused):
        members.remove(PartnershipMembership.objects.get(user=lead.user), by=lead)


def test_an_invitation_is_accepted_by_its_address_alone() -> None:
    of = people.organisation()
    owner, guest = people.member(of), people.person("Guest")
    sent = invitations.invite(of, by=owner, email=guest.email.upper(), role="editor", is_signatory=True)
    mail = Mail.objects.get(about_kind="profiles.invitation")
    assert (mail.to_address, f"/invitations/{sent.secret}/" in mail.text) == (guest.email, True)
    assert list(invitations.open_invitations_to(guest)) == [sent]
    with pytest.raises(NotAllowed):
        invitations.accept(sent, by=people.stranger())
    membership = invitations.accept(sent, by=actor_of(guest))
    assert (membership.role, membership.is_signatory) == ("editor", True)
    assert not invitations.open_invitations_to(guest).exists()


def test_accepting_twice_makes_one_member_and_brings_nobody_back() -> None:
    of = people.organisation()
    owner, guest = people.member(of), people.person("Guest")
    sent = invitations.invite(of, by=owner, email=guest.email, role="reader")
    membership = invitations.accept(sent, by=actor_of(guest))
    assert invitations.accept(sent, by=actor_of(guest)) == membership
    members.remove(membership, by=owner)
    with pytest.raises(Refused):
        invitations.accept(sent, by=actor_of(guest))


def test_a_withdrawn_link_is_worth_nothing() -> None:
    of = people.organisation()
    owner, guest = people.member(of), people.person("Guest")
    sent = invitations.invite(of, by=owner, email=guest.email, role="reader")
    invitations.withdraw(sent, by=owner)
    invitations.withdraw(sent, by=owner)
    with pytest.raises(Refused):
        invitations.accept(sent, by=actor_of(guest))


def test_a_second_invitation_takes_the_place_of_the_first() -> None:
    of = people.organisation()
    owner, guest = people.member(of), people.person("Guest")
    invitations.invite(of, by=owner, email=guest.email, role="reader")
    second = invitations.invite(of, by=owner, email=guest.email, role="owner")
    assert list(invitations.open_invitations_to(guest)) == [second]
    invitations.accept(second, by=actor_of(guest))
    with pytest.raises(Refused):
        invitations.invite(of, by=owner, email=guest.email, role="reader")


def test_only_who_manages_invites() -> None:
    of, under = people.organisation(), people.partnership()
    for by in (people.member(of, "editor"), people.stranger(), people.observer(), people.coordinator(under)):
        with pytest.raises(NotAllowed):
            invitations.invite(of, by=by, email="new@test.example", role="reader")
    with pytest.raises(NotAllowed):
        invitations.invite(under, by=people.coordinator(under, "reader"), email="new@test.example", role="reader")
    assert invitations.invite(of, by=people.support_office(), email="new@test.example", role="owner").pk
    assert invitations.invite(under, by=people.coordinator(under), email="n@test.example", role="coordinator").pk
