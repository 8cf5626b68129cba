"""The bench reads fits from either side."""

import pytest

from matching.services.plans.partners import partner_scores, partners
from profiles.models import Profile
from tests.factories.parties import usual_parties
from tests.scenarios.bulk import bulk_profiles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_a_pair_has_the_same_numbers_from_both_sides() -> None:
    visitors, hosts = bulk_profiles(usual_parties(), 6, 5)
    profiles = Profile.objects.in_bulk([*visitors, *hosts])
    mine = {(v, row[0]): row[1:] for v in visitors for row in partner_scores(profiles[v], "physical", only=hosts)}
    theirs = {(row[0], h): row[1:] for h in hosts for row in partner_scores(profiles[h], "physical", only=visitors)}
    assert len(mine) == 30
    for pair, (score, own, other) in mine.items():
        assert theirs[pair] == pytest.approx((score, other, own), abs=1e-12)
    assert not list(partner_scores(profiles[visitors[0]], "virtual", only=[]))


def test_the_best_come_first_each_with_its_reasons() -> None:
    visitors, hosts = bulk_profiles(usual_parties(), 1, 5)
    mine = Profile.objects.get(pk=visitors[0])
    best = partners(mine, limit=3)
    found = sorted(partner_scores(mine, "physical", only=hosts), key=lambda row: -row[1])
    assert [each.score for each in best] == [score for _pk, score, *_sides in found[:3]]
    assert all(each.reasons for each in best)
    assert [each.profile_id for each in partners(mine, only=hosts[:1])] == hosts[:1]
