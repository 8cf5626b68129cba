"""The copies by which lists find exchanges and matches equal what they are copied from, whatever is written."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.db.models import F, Q

from cxc import clock
from cxc.workflow import create, perform
from exchanges.models import Exchange
from matching.models import Match
from profiles.models import Partnership, Profile
from tests.factories import people
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

WRONG_MATCHES = (
    ~Q(visitor_partnership=F("visiting_profile__partnership"))
    | ~Q(host_partnership=F("host_profile__partnership"))
    | ~Q(host_organisation=F("host_profile__organisation"))
)
WRONG_EXCHANGES = (
    ~Q(visitor_partnership=F("match__visiting_profile__partnership"))
    | ~Q(host_partnership=F("match__host_profile__partnership"))
    | ~Q(host_organisation=F("match__host_profile__organisation"))
)


def _assert_equal() -> None:
    assert Match.objects.exists()
    assert not Match.objects.filter(WRONG_MATCHES).exists()
    assert not Exchange.objects.filter(WRONG_EXCHANGES).exists()


def test_a_new_match_and_exchange_have_them(db: None, now: None) -> None:
    exchange = lifecycle.in_preparation(usual_parties())
    _assert_equal()
    exchange.save()  # with the empty copies of a row in hand
    _assert_equal()
    Exchange.objects.update(host_partnership=None, host_organisation=None, visitor_partnership=None)
    _assert_equal()


def test_another_partnership_is_followed(db: None, now: None) -> None:
    exchange = lifecycle.in_preparation(usual_parties())
    other = usual_parties("PT", "FR").vop
    match = exchange.match
    Profile.objects.filter(pk__in=[match.visiting_profile_id, match.host_profile_id]).update(partnership=other)
    _assert_equal()
    assert set(Exchange.objects.values_list("visitor_partnership", "host_partnership")) == {(other.pk, other.pk)}


@pytest.mark.usefixtures("committed_db")
def test_a_match_proposed_while_its_visitor_changes_partnership_gets_the_new_one() -> None:
    with clock.at(lifecycle.NOW):
        parties = usual_parties()
        visiting = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
        host = lifecycle.published(parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind="host")
        other = usual_parties("PT", "FR").vop
    moved, may_commit = Event(), Event()

    def move() -> None:
        with transaction.atomic():
            _reassign(visiting.pk, other)
            moved.set()
            may_commit.wait(timeout=20)
        connection.close()

    def propose() -> None:
        with clock.at(lifecycle.NOW):
            create(Match(visiting_profile=visiting, host_profile=host, modality="physical"), "propose", by=parties.vo)
        connection.close()

    threads = [Thread(target=move), Thread(target=propose)]
    threads[0].start()
    assert moved.wait(timeout=20)
    threads[1].start()
    threads[1].join(timeout=0.5)
    may_commit.set()
    for thread in threads:
        thread.join(timeout=20)
    assert list(Match.objects.values_list("visitor_partnership", flat=True)) == [other.pk]
    _assert_equal()


@pytest.mark.usefixtures("committed_db")
def test_an_answer_does_not_wait_for_the_visitor_that_changes_partnership() -> None:
    """`reassign` holds the profile and then takes its matches; an answer holds the match already."""
    with clock.at(lifecycle.NOW):
        match = lifecycle.proposed(usual_parties())
        other = usual_parties("PT", "FR").vop
    with transaction.atomic():
        held = Match.objects.select_for_update().get(pk=match.pk)
        moving = Thread(target=_reassign_alone, args=(match.visiting_profile_id, other))
        moving.start()
        moving.join(timeout=1)  # it holds the profile by now, and waits for the match
        assert moving.is_alive()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
        held.save()
    moving.join(timeout=20)
    assert not moving.is_alive()
    _assert_equal()


def _reassign(profile_id: int, partnership: Partnership) -> None:
    with clock.at(lifecycle.NOW):
        found = Profile.objects.get(pk=profile_id)
        perform(found, "reassign", by=people.support_office(), reason="Asked.", partnership=partnership)


def _reassign_alone(profile_id: int, partnership: Partnership) -> None:
    _reassign(profile_id, partnership)
    connection.close()
