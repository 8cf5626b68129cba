"""“Not for me” and bookmarks: whose they are, once each, silently."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from cxc.ground.models import Mail, StateEvent
from cxc.workflow import NotAllowed, Refused
from matching.models import Bookmark, Hidden
from matching.services import choosing
from profiles.acting import actor_of, hats_of, key_of
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.matching import casting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_hidden_once_silently_and_shown_again() -> None:
    c = usual_parties()
    visitor, host = casting.visiting(c), casting.hosting(c)
    before = (Mail.objects.count(), StateEvent.objects.count())
    assert choosing.hide(profile=visitor, other=host, by=c.vo) == choosing.hide(
        profile=visitor, other=host, by=c.vop_coordinator
    )
    assert (Mail.objects.count(), StateEvent.objects.count()) == before
    assert choosing.unhide(profile=visitor, other=host, by=c.vo) is True
    assert choosing.unhide(profile=visitor, other=host, by=c.vo) is False
    assert Hidden.objects.count() == 0


def test_who_hides_and_who_sees_it() -> None:
    c = usual_parties()
    visitor, host = casting.visiting(c), casting.hosting(c)
    may_not = [people.member(c.visitor, "reader"), c.ho, c.hop_coordinator, c.so, people.coordinator(c.vop, "reader")]
    for actor in may_not:
        with pytest.raises(NotAllowed):
            choosing.hide(profile=visitor, other=host, by=actor)
    row = choosing.hide(profile=visitor, other=host, by=people.member(c.visitor, "editor"))
    seen = [set(Hidden.objects.visible_to(actor)) for actor in (c.vo, c.vop_coordinator, c.ho, c.hop_coordinator)]
    assert seen == [{row}, {row}, set(), set()]


def test_two_that_could_not_meet_are_not_hidden() -> None:
    c = usual_parties()
    visitor = casting.visiting(c)
    other, _owner = casting.another_visitor(c)
    with pytest.raises(Refused):
        choosing.hide(profile=visitor, other=other, by=c.vo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hidden.objects.create(profile=visitor, other=visitor)


def test_bookmarks_are_of_a_person_under_one_hat() -> None:
    c = usual_parties()
    host = casting.hosting(c)
    other_hat = people.organisation("FR")
    people.add_member(other_hat, c.vo)
    elsewhere = actor_of(people.user_of(c.vo), f"organisation-{other_hat.pk}")
    row = choosing.bookmark(profile=host, by=c.vo)
    assert choosing.bookmark(profile=host, by=c.vo) == row
    assert set(Bookmark.objects.of(c.vo)) == {row}
    assert [set(Bookmark.objects.of(actor)) for actor in (elsewhere, c.ho, replace(c.vo, user=None))] == [set()] * 3
    assert choosing.unbookmark(profile=host, by=elsewhere) is False
    assert choosing.unbookmark(profile=host, by=c.vo) is True
    with pytest.raises(NotAllowed):
        choosing.bookmark(profile=host, by=people.stranger())


def test_the_key_of_a_hat() -> None:
    c = usual_parties()
    actors = [c.vo, c.vop_coordinator, c.so, people.observer()]
    assert [[hat.key for hat in hats_of(people.user_of(actor))] == [key_of(actor)] for actor in actors] == [True] * 4
    assert key_of(people.stranger()) == ""
