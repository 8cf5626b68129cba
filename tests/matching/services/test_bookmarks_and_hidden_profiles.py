"""“Not for me” and bookmarks: whose they are, once each, silently."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from cxc.access.personal import principal_key
from cxc.comms.models import Mail
from cxc.workflow import NotAllowed, Refused
from cxc.workflow.models import StateEvent
from matching.models import Bookmark, HiddenProfile
from matching.services import bookmarks, hidden_profiles
from profiles.queries.principals import actor_of, available_principals
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_hidden_once_silently_and_shown_again() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    before = (Mail.objects.count(), StateEvent.objects.count())
    assert hidden_profiles.hide(profile=visitor, other=host, by=parties.vo) == hidden_profiles.hide(
        profile=visitor, other=host, by=parties.vop_coordinator
    )
    assert (Mail.objects.count(), StateEvent.objects.count()) == before
    assert hidden_profiles.unhide(profile=visitor, other=host, by=parties.vo) is True
    assert hidden_profiles.unhide(profile=visitor, other=host, by=parties.vo) is False
    assert HiddenProfile.objects.count() == 0


def test_who_hides_and_who_sees_it() -> None:
    parties = usual_parties()
    visitor, host = factories.visiting(parties), factories.hosting(parties)
    may_not = [
        people.member(parties.visitor, "reader"),
        parties.ho,
        parties.hop_coordinator,
        parties.so,
        people.coordinator(parties.vop, "reader"),
    ]
    for actor in may_not:
        with pytest.raises(NotAllowed):
            hidden_profiles.hide(profile=visitor, other=host, by=actor)
    row = hidden_profiles.hide(profile=visitor, other=host, by=people.member(parties.visitor, "editor"))
    seen = [
        set(HiddenProfile.objects.visible_to(actor))
        for actor in (parties.vo, parties.vop_coordinator, parties.ho, parties.hop_coordinator)
    ]
    assert seen == [{row}, {row}, set(), set()]


def test_two_that_could_not_meet_are_not_hidden() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    other, _owner = factories.another_visitor(parties)
    with pytest.raises(Refused):
        hidden_profiles.hide(profile=visitor, other=other, by=parties.vo)
    with pytest.raises(IntegrityError), transaction.atomic():
        HiddenProfile.objects.create(profile=visitor, other=visitor)


def test_bookmarks_are_of_a_person_under_one_hat() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    other_organisation = people.organisation("FR")
    people.add_member(other_organisation, parties.vo)
    elsewhere = actor_of(people.user_of(parties.vo), f"organisation-{other_organisation.pk}")
    row = bookmarks.bookmark(profile=host, by=parties.vo)
    assert bookmarks.bookmark(profile=host, by=parties.vo) == row
    assert set(Bookmark.objects.of(parties.vo)) == {row}
    assert [set(Bookmark.objects.of(actor)) for actor in (elsewhere, parties.ho, replace(parties.vo, user=None))] == [
        set()
    ] * 3
    assert bookmarks.unbookmark(profile=host, by=elsewhere) is False
    assert bookmarks.unbookmark(profile=host, by=parties.vo) is True
    with pytest.raises(NotAllowed):
        bookmarks.bookmark(profile=host, by=people.stranger())


def test_the_key_of_a_hat() -> None:
    parties = usual_parties()
    actors = [parties.vo, parties.vop_coordinator, parties.so, people.observer()]
    assert [
        [principal.key for principal in available_principals(people.user_of(actor))] == [principal_key(actor)]
        for actor in actors
    ] == [True] * 4
    assert principal_key(people.stranger()) == ""
