"""What the cache restores equals what was built, to the last row; other steps are built anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from exchanges.models import Exchange
from matching.models import Match
from tests.demo.dump import dump
from tests.exchanges.services.grouped_visit import grouped
from tests.factories import cache, people, rows
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import completion, lifecycle, open_visits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

WORLDS: dict[str, Callable[[Parties], Any]] = {
    "paid": completion.paid,
    "ongoing": lifecycle.ongoing,
    "planned": lifecycle.planned,
    "signed, virtual": partial(lifecycle.signed, modality="virtual"),
    "with a lead": open_visits.open_visit_led_by_visitors_partnership,
    "offered": open_visits.offered_entry,
}


@contextmanager
def _test_of_its_own() -> Iterator[Parties]:
    """What a test sees, and nothing of it afterwards."""
    cache.begin_test(uses_cache=True, written=rows.written())
    with transaction.atomic():
        yield usual_parties()
        transaction.set_rollback(True)


@pytest.mark.parametrize("build", WORLDS.values(), ids=WORLDS)
def test_put_back_it_is_as_built(build: Callable[[Parties], Any]) -> None:
    cache.clear()
    worlds, things = [], []
    for _time in ("built", "put back"):
        with _test_of_its_own() as parties:
            things.append(build(parties))
            worlds.append(dump())
    assert things[0] == things[1]
    for kind, rows_of_it in worlds[1].items():
        assert rows_of_it == worlds[0][kind], kind


def test_it_is_put_back_with_its_number_and_can_go_on() -> None:
    numbers = []
    for _time in range(2):
        with _test_of_its_own() as parties:
            exchange = lifecycle.ready(parties)
            numbers.append((parties.host.pk, exchange.pk, Exchange.objects.get().state))
    assert numbers[0] == numbers[1]


def test_new_rows_get_higher_numbers_than_those_put_back() -> None:
    with _test_of_its_own() as parties:
        kept_one = lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator)
    with connection.cursor() as cursor:  # as in a database in which it was not made
        cursor.execute("SELECT setval(pg_get_serial_sequence('profiles_profile', 'id'), %s, false)", [kept_one.pk])
    with _test_of_its_own() as parties:
        assert lifecycle.published(parties.visitor, parties.vop, parties.vo, parties.vop_coordinator) == kept_one
        other = usual_parties("PT", "FR")
        assert lifecycle.published(other.visitor, other.vop, other.vo, other.vop_coordinator).pk > kept_one.pk


def test_after_something_else_was_written_it_is_built() -> None:
    numbers = []
    for _time in range(2):
        with _test_of_its_own() as parties:
            people.person()
            numbers.append(lifecycle.proposed(parties).pk)
    assert numbers[0] < numbers[1]


def test_members_of_the_cast_and_others_are_on_the_way() -> None:
    numbers = []
    for _time in range(2):
        with _test_of_its_own() as parties:
            editor = people.member(parties.visitor, "editor")
            stranger = people.member(people.organisation("FR"))
            numbers.append((editor.user.pk, stranger.principal_id, lifecycle.proposed(parties).pk))
    assert numbers[0] == numbers[1]


def test_what_a_made_thing_holds_is_on_the_way_too() -> None:
    """The visit that was read with an exchange, one of a list of parties."""
    numbers = []
    for _time in range(2):
        with _test_of_its_own() as parties:
            first, other = lifecycle.in_preparation(parties), with_another_visitor(parties)
            lifecycle.submitted_own_part(other, lifecycle.joined(other, first.visit))
            assert cache._cache.path.uses_cache
        with _test_of_its_own():
            group = grouped()
            validated = lifecycle.validated_documents(group.parties_of_visitors[1], group.exchanges[1])
            numbers.append((first.pk, validated.pk))
            assert cache._cache.path.uses_cache
    assert numbers[0] == numbers[1]


def test_a_second_cast_is_another_one() -> None:
    with _test_of_its_own() as parties:
        other = usual_parties()
        assert other.visitor != parties.visitor
        lifecycle.proposed(parties)
        lifecycle.proposed(other)
        assert Match.objects.count() == 2


def test_in_a_test_that_replaces_something_it_is_built() -> None:
    with _test_of_its_own():
        first = usual_parties()
    cache.begin_test(uses_cache=False)
    assert usual_parties().visitor.pk > first.visitor.pk


def test_what_waits_for_the_commit_waits_again(django_capture_on_commit_callbacks: Any) -> None:
    waiting = []
    for _time in range(2):
        with django_capture_on_commit_callbacks() as callbacks, _test_of_its_own() as parties:
            open_visits.full_visit(parties)
            waiting.append(len(callbacks))
    assert waiting[0] == waiting[1]


def test_in_a_plain_test_they_are_kept() -> None:
    """The plainest use, as in most tests: no fixture of a library may switch it off unseen."""
    cache.clear()
    lifecycle.ready(usual_parties())
    assert len(cache._cache.snapshots) == 2
