"""Invitations have an end and limits; who leaves is told to who leads."""

from datetime import timedelta

import pytest

from cxc import clock
from cxc.comms.models import Mail
from cxc.core.models import SchemeSettings
from cxc.workflow import Refused
from profiles.models import Invitation, Membership
from profiles.queries.principals import actor_of
from profiles.services import invitations, members
from tests.factories import people
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_an_invitation_expires_after_thirty_days_and_is_offered_no_more() -> None:
    of, guest = people.organisation(), people.person("Guest")
    made = invitations.invite(of, by=people.member(of), email=guest.email, role="reader")
    with clock.at(NOW + timedelta(days=30) - timedelta(seconds=1)):
        assert list(invitations.open_invitations_to(guest)) == [made]
    with clock.at(NOW + timedelta(days=30)):
        assert (list(invitations.open_invitations_to(guest)), list(invitations.open_invitations_of(of))) == ([], [])
        with pytest.raises(Refused, match="has expired: ask owner of"):
            invitations.accept(made, by=actor_of(guest))
    assert not Membership.objects.filter(user=guest).exists()


def test_the_scheme_says_for_how_long() -> None:
    SchemeSettings.current()
    SchemeSettings.objects.update(invitation_days=2)
    of = people.organisation()
    made = invitations.invite(of, by=people.member(of), email="a@test.example", role="reader")
    assert made.open_until == NOW + timedelta(days=2)


def test_a_person_sends_so_many_a_day_and_the_rest_tomorrow() -> None:
    SchemeSettings.current()
    SchemeSettings.objects.update(invitations_a_day=2)
    of = people.organisation()
    by = people.member(of)
    for number in (1, 2):
        invitations.invite(of, by=by, email=f"a{number}@test.example", role="reader")
    with pytest.raises(Refused, match="You have sent 2 invitations within a day"):
        invitations.invite(of, by=by, email="a3@test.example", role="reader")
    assert (Invitation.objects.count(), Mail.objects.count()) == (2, 2)
    with clock.at(NOW + timedelta(days=1)):
        assert invitations.invite(of, by=by, email="a3@test.example", role="reader").pk


def test_an_address_gets_so_many_a_week_whoever_sends_them() -> None:
    SchemeSettings.current()
    SchemeSettings.objects.update(invitations_an_address=2)
    for _team in "ab":
        of = people.organisation()
        invitations.invite(of, by=people.member(of), email="a@test.example", role="reader")
    other = people.organisation()
    by = people.member(other)
    with pytest.raises(Refused, match="was invited 2 times within a week"):
        invitations.invite(other, by=by, email="A@test.example", role="reader")
    with clock.at(NOW + timedelta(days=7)):
        assert invitations.invite(other, by=by, email="a@test.example", role="reader").pk


def test_who_leaves_is_told_to_the_owners_and_who_is_removed_is_not() -> None:
    of = people.organisation()
    owner, leaving, removed = people.member(of), people.member(of, "editor"), people.member(of, "reader")
    places = {membership.user_id: membership for membership in of.memberships.all()}
    members.remove(places[people.user_of(removed).pk], by=owner)
    members.remove(places[people.user_of(leaving).pk], by=leaving)
    (mail,) = Mail.objects.all()
    assert (mail.to_user, mail.subject) == (people.user_of(owner), f"{people.user_of(leaving)} has left {of}")


def test_who_leaves_a_partnership_is_told_to_its_coordinators() -> None:
    of = people.partnership()
    coordinator, leaving = people.coordinator(of), people.coordinator(of, "reader")
    members.remove(of.memberships.get(user=leaving.user), by=leaving)
    assert list(Mail.objects.values_list("to_user", flat=True)) == [people.user_of(coordinator).pk]
