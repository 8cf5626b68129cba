"""The database's ranking is the plain one's, for thousands of random profiles and weights, ties included."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest

from cxc import clock
from matching.fit import database, snapshot, vocabulary
from profiles.models import Profile
from tests.factories import people
from tests.matching import random_profiles, reference_ranking
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def database_ranking(mine: Profile) -> list[tuple]:
    return [
        (fit.profile_id, fit.score, fit.own, fit.theirs, (fit.can_physical, fit.can_virtual))
        for fit in database.ranked(mine.pk)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_the_databases_order_is_the_plain_one_to_the_last_bit(seed: int) -> None:
    random = Random(seed)
    made = random_profiles.create(random, 80, people.partnership())
    if seed % 3:
        vocabulary.refit()
    with clock.at(NOW + timedelta(days=10 * seed)):  # periods go by
        lists = {profile.pk: database_ranking(profile) for profile in made}
        reference = reference_ranking.ReferenceRanking()
        assert lists == {profile.pk: reference.ranked(profile.pk) for profile in made}
    assert sum(map(len, lists.values())) > 100


class WithoutWriteCheck(snapshot._Rows):
    """Does not mind that the transaction, a test's, has written."""

    def _fetch_changes(self, mine: int) -> Iterator[list[tuple]]:
        for rows in super()._fetch_changes(mine):
            yield [(row[0], False, *row[2:]) for row in rows]


@pytest.mark.parametrize("seed", range(6, 9))
def test_the_copy_in_the_process_answers_as_the_database_does_on_a_later_day_too(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_Rows", WithoutWriteCheck)
    made = random_profiles.create(Random(seed), 80, people.partnership())
    copy = snapshot.RankingSnapshot()
    for refit in (False, True):
        if refit:
            vocabulary.refit()
        with clock.at(NOW + refit * timedelta(days=30)):  # nobody edits anything meanwhile
            for profile in made:
                assert list(copy.ranked(profile.pk) or []) == list(database.ranked(profile.pk))
