"""Who is shown as a match, in which order, and why."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cxc import clock
from cxc.ground.access import Actor
from cxc.ground.moves import Refused, perform
from matching.fit import best_matches
from matching.fit.best import score_of
from matching.fit.criteria import CRITERIA, Pair
from matching.models import Match
from matching.services.proposing import propose
from profiles.enums import Modality
from profiles.models import Participation, Profile, Topic
from tests.matching import casting
from tests.world import paths, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = timedelta(days=1)


def shown(mine: Profile) -> list[tuple[Profile, tuple[Modality, ...]]]:
    return [(fit.profile, fit.modalities) for fit in best_matches(mine)]


BOTH = (Modality.PHYSICAL, Modality.VIRTUAL)


def test_both_sides_see_each_other_with_the_same_number_and_reasons() -> None:
    c = paths.cast()
    visitor, host = casting.visiting(c), casting.hosting(c)
    (of_host,), (of_visitor,) = best_matches(visitor), best_matches(host)
    assert (of_host.profile, of_visitor.profile) == (host, visitor)
    assert (of_host.score, of_host.findings) == (of_visitor.score, of_visitor.findings)


def test_nobody_from_the_same_country_organisation_or_kind_is_shown() -> None:
    c = paths.cast()
    visitor = casting.visiting(c)
    casting.another_host(c, country="ES")
    casting.another_visitor(c, country="FR")
    paths.published(c.visitor, c.vop, c.vo, c.vop_coordinator, kind="host")
    assert shown(visitor) == []


def test_a_country_that_left_the_generation_is_not_shown() -> None:
    c = paths.cast()
    visitor, _host = casting.visiting(c), casting.hosting(c)
    people.generation().countries.remove("BE")
    assert shown(visitor) == []


def test_a_modality_that_is_taken_is_not_offered() -> None:
    c = paths.cast()
    visitor, host = casting.visiting(c), casting.hosting(c)
    assert shown(visitor) == [(host, BOTH)]
    match = propose(visiting=visitor, host=host, modality="physical", by=c.vo)
    assert shown(visitor) == [(host, (Modality.VIRTUAL,))]
    assert shown(host) == [(visitor, (Modality.VIRTUAL,))]
    perform(match, "host_no", by=c.ho, reason="Full.")
    assert shown(visitor) == [(host, BOTH)]


def test_a_visitor_used_up_is_offered_virtually_only() -> None:
    c = paths.cast()
    paths.in_preparation(c)
    visitor = Profile.objects.get(kind="visiting")
    third, _owner = casting.another_host(c)
    assert (third, (Modality.VIRTUAL,)) in shown(visitor)
    assert (visitor, (Modality.VIRTUAL,)) in shown(third)


def test_periods_need_the_visitors_working_days_in_common() -> None:
    c = paths.cast()
    first = date(2026, 10, 5)
    visitor = casting.visiting(c, available_from=first, available_to=first + 30 * DAY, working_days=5)
    for days_in_common, expected in ((4, []), (5, [5]), (0, [])):
        host, _owner = casting.another_host(
            c, available_from=first - 60 * DAY, available_to=first + (days_in_common - 1) * DAY
        )
        found = [fit for fit in best_matches(visitor) if fit.profile == host]
        assert [_common(visitor, fit.profile) for fit in found] == expected


def _common(visitor: Profile, host: Profile) -> int:
    return Pair(visitor, host).common_days


def test_after_a_participation_nobody_is_shown() -> None:
    c = paths.cast()
    visitor, host = casting.visiting(c), casting.hosting(c)
    Participation.objects.filter(partnership=c.hop).update(last_day=clock.today() - DAY)
    assert (shown(visitor), shown(host)) == ([], [])


def test_who_is_shown_can_be_proposed_and_nobody_else() -> None:
    """The list's conditions and the requirements of a proposal say the same, but for the period."""
    c = paths.cast()
    visitor = casting.visiting(c, virtual=False)
    casting.another_host(c)
    casting.another_host(c, country="ES")
    casting.another_host(c, physical=False, virtual=True)
    taken, _owner = casting.another_host(c)
    propose(visiting=visitor, host=taken, modality="physical", by=c.vo)
    shown_ids = {fit.profile.pk for fit in best_matches(visitor)}
    assert shown_ids == {host.pk for host in Profile.objects.filter(kind="host") if can_propose(visitor, host, c.so)}
    assert len(shown_ids) == 1


def can_propose(visitor: Profile, host: Profile, by: Actor) -> bool:
    try:
        match = propose(visiting=visitor, host=host, modality="physical", by=by)
    except Refused:
        return False
    return bool(Match.objects.filter(pk=match.pk).exists())


def test_the_closer_one_comes_first_and_says_why() -> None:
    c = paths.cast()
    visitor = casting.visiting(c)
    near, _owner = casting.another_host(c)
    far, _owner = casting.another_host(c, languages=["mt"])
    wish, other = Topic.objects.all()[:2]
    visitor.seeks.set([wish])
    near.offers.set([wish])
    far.offers.set([other])
    far.own_sectors.set(["62"])
    fits = best_matches(visitor)
    assert [fit.profile for fit in fits] == [near, far]
    assert f"The visitor seeks what the host offers: {wish}." in fits[0].good
    assert {"No common language.", "No sector in common.", "Neither offers what the other seeks."} <= set(
        fits[1].missing
    )


def test_the_score_is_the_weighted_mean_of_what_both_speak_of() -> None:
    c = paths.cast()
    pair = Pair(casting.visiting(c), casting.hosting(c))
    score, findings = score_of(pair)
    spoken = [(row.weight, found) for row in CRITERIA if (found := row.find(pair)) is not None]
    assert [found for _, found in spoken] == list(findings)
    assert score == round(100 * sum(w * f.part for w, f in spoken) / sum(w for w, _ in spoken))
    assert {row.name for row in CRITERIA if row.find(pair) is None} == {"topics", "countries"}


def test_thirty_hosts_cost_as_many_queries_as_one() -> None:
    c = paths.cast()
    visitor = casting.visiting(c)
    counts = []
    for more in (1, 29):
        for _ in range(more):
            casting.another_host(c)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = best_matches(Profile.objects.with_faces().get(pk=visitor.pk))
        counts.append((len(found), len(asked)))
    assert [found for found, _ in counts] == [1, 30]
    assert counts[0][1] == counts[1][1]
