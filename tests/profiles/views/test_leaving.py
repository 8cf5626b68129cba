"""Leaving an organisation, or removing somebody from it, asks first and says what happens then."""

import pytest
from django.urls import reverse

from profiles.models import Membership
from tests.factories import people
from tests.factories.clients import client_for
from tests.factories.parties import usual_parties

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def _remove(member: Membership) -> str:
    return reverse("team-remove", kwargs={"kind": "organisations", "pk": member.organisation_id, "place": member.pk})


def test_leaving_asks_first_and_says_what_happens() -> None:
    c = usual_parties()
    reader = people.member(c.visitor, "reader")
    mine = Membership.objects.get(user=people.user_of(reader))
    page = client_for(reader).get(_remove(mine)).content.decode()
    assert f"You no longer see profiles, matches and exchanges of {c.visitor}" in page
    assert Membership.objects.filter(pk=mine.pk).exists()
    assert client_for(reader).post(_remove(mine)).headers["Location"] == reverse("todo")
    assert not Membership.objects.filter(pk=mine.pk).exists()


def test_the_list_of_members_leads_to_the_question_and_removes_nobody_itself() -> None:
    c = usual_parties()
    reader = Membership.objects.get(user=people.user_of(people.member(c.visitor, "reader")))
    team = reverse("team", kwargs={"kind": "organisations", "pk": c.visitor.pk})
    page = client_for(c.vo).get(team).content.decode()
    assert (_remove(reader) in page, 'name="remove"' in page) == (True, False)
    client_for(c.vo).post(_remove(reader))
    assert not Membership.objects.filter(pk=reader.pk).exists()


def test_who_does_not_manage_removes_nobody_else() -> None:
    c = usual_parties()
    reader, owner = people.member(c.visitor, "reader"), Membership.objects.get(user=people.user_of(c.vo))
    assert client_for(reader).post(_remove(owner)).status_code == 403
    assert Membership.objects.filter(pk=owner.pk).exists()


def test_the_last_owner_is_told_what_to_do_first() -> None:
    c = usual_parties()
    owner = Membership.objects.get(user=people.user_of(c.vo))
    assert "give another member that role first" in client_for(c.vo).get(_remove(owner)).content.decode()
    client_for(c.vo).post(_remove(owner))
    assert Membership.objects.filter(pk=owner.pk).exists()
