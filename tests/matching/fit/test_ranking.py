"""The database's ranking is the plain one's, for thousands of random profiles and weights, ties included."""

from random import Random

import pytest

from matching.fit import vocabulary
from matching.fit.ranking import by_database
from profiles.models import Profile
from tests.matching import crowd, reference
from tests.world import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def told(mine: Profile) -> list[tuple]:
    return [
        (fit.profile_id, fit.score, fit.own, fit.theirs, (fit.can_physical, fit.can_virtual))
        for fit in by_database(mine)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_databases_order_is_the_plain_one_to_the_last_bit(seed: int) -> None:
    random = Random(seed)
    made = crowd.crowd(random, 80, people.partnership())
    if seed % 3:
        vocabulary.refit()
    lists = {profile.pk: told(profile) for profile in made}
    world = reference.World()
    assert lists == {profile.pk: world.ranked(profile.pk) for profile in made}
    assert sum(map(len, lists.values())) > 100
