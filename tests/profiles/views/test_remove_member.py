"""Leaving an organisation, or removing somebody from it, asks first and says what happens then."""

import pytest
from django.urls import reverse

from profiles.models import Membership
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def _remove(member: Membership) -> str:
    return reverse(
        "team-remove", kwargs={"kind": "organisations", "pk": member.organisation_id, "membership": member.pk}
    )


def test_leaving_asks_first_and_says_what_happens() -> None:
    parties = usual_parties()
    reader = people.member(parties.visitor, "reader")
    mine = Membership.objects.get(user=people.user_of(reader))
    page = client_for(reader).get(_remove(mine)).content.decode()
    assert f"You no longer see profiles, matches and exchanges of {parties.visitor}" in page
    assert Membership.objects.filter(pk=mine.pk).exists()
    assert client_for(reader).post(_remove(mine)).headers["Location"] == reverse("todo")
    assert not Membership.objects.filter(pk=mine.pk).exists()


def test_the_list_of_members_leads_to_the_question_and_removes_nobody_itself() -> None:
    parties = usual_parties()
    reader = Membership.objects.get(user=people.user_of(people.member(parties.visitor, "reader")))
    team = reverse("team", kwargs={"kind": "organisations", "pk": parties.visitor.pk})
    page = client_for(parties.vo).get(team).content.decode()
    assert (_remove(reader) in page, 'name="remove"' in page) == (True, False)
    client_for(parties.vo).post(_remove(reader))
    assert not Membership.objects.filter(pk=reader.pk).exists()


def test_who_does_not_manage_removes_nobody_else() -> None:
    parties = usual_parties()
    reader, owner = people.member(parties.visitor, "reader"), Membership.objects.get(user=people.user_of(parties.vo))
    assert client_for(reader).post(_remove(owner)).status_code == 403
    assert Membership.objects.filter(pk=owner.pk).exists()


def test_the_last_owner_is_told_what_to_do_first() -> None:
    parties = usual_parties()
    owner = Membership.objects.get(user=people.user_of(parties.vo))
    assert "give another member that role first" in client_for(parties.vo).get(_remove(owner)).content.decode()
    client_for(parties.vo).post(_remove(owner))
    assert Membership.objects.filter(pk=owner.pk).exists()
