"""Proposals that nobody answers: nudged, then expired. Rule: work done by itself."""

from datetime import timedelta
from unittest import mock

import pytest

from cxc import clock
from cxc.ground.access import Side
from cxc.ground.models import StateEvent
from cxc.ground.moves import by_itself, perform
from matching.enums import MatchState
from matching.models import Match
from matching.services import running_out
from matching.services.proposing import propose
from profiles.models import Participation
from tests.matching import casting
from tests.world import paths

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = timedelta(days=1)


def nudges_after(days: int) -> list[tuple[int, tuple[Side, ...]]]:
    with clock.at(paths.NOW + days * DAY):
        return [(nudge.day, nudge.sides) for nudge in running_out.nudges_due()]


def test_nudges_at_3_7_and_14_days_to_whom_has_not_answered() -> None:
    c = paths.cast()
    casting.proposed_by(c, c.vo)
    host = (Side.HO,)
    found = [nudges_after(days) for days in (2, 3, 6, 7, 13, 14, 20)]
    assert found == [[], [(3, host)], [(3, host)], [(7, host)], [(7, host)], [(14, host)], [(14, host)]]


def test_both_sides_are_nudged_about_a_partnerships_proposal() -> None:
    c = paths.cast()
    casting.proposed_by(c, c.hop_coordinator)
    assert nudges_after(3) == [(3, (Side.VO, Side.HO))]


def test_a_nudge_has_one_name_and_a_reopened_proposal_new_ones() -> None:
    c = paths.cast()
    match = casting.proposed_by(c, c.vo)
    with clock.at(paths.NOW + 3 * DAY):
        first = [nudge.key for nudge in running_out.nudges_due()]
    with clock.at(paths.NOW + 4 * DAY):
        assert [nudge.key for nudge in running_out.nudges_due()] == first
        perform(match, "host_no", by=c.ho, reason="Full.")
        perform(match, "reopen", by=c.hop_coordinator, reason="Not so full.")
    with clock.at(paths.NOW + 7 * DAY):
        assert [nudge.key for nudge in running_out.nudges_due()] != first


def test_nobody_is_nudged_while_the_visitor_is_matched_elsewhere() -> None:
    c = paths.cast()
    visitor = casting.visiting(c)
    propose(visiting=visitor, host=casting.another_host(c)[0], modality="physical", by=c.vo)
    casting.confirmed_between(visitor, c.vo, casting.hosting(c), c.ho)
    assert nudges_after(3) == []


def test_expiring_twice_does_it_once() -> None:
    c = paths.cast()
    match = casting.proposed_by(c, c.vo)
    with clock.at(paths.NOW + 20 * DAY):
        assert running_out.expire_due() == 0
    with clock.at(paths.NOW + 21 * DAY):
        assert [running_out.expire_due(), running_out.expire_due()] == [1, 0]
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED
    assert StateEvent.of(match).filter(move="expire").count() == 1


@pytest.mark.parametrize("whose", ["vop", "hop"])
def test_open_proposals_expire_when_either_participation_has_ended(whose: str) -> None:
    c = paths.cast()
    confirmed = paths.confirmed(c)
    visitor, owner = casting.another_visitor(c)
    match = propose(visiting=visitor, host=confirmed.host_profile, modality="physical", by=owner)
    Participation.objects.filter(partnership=getattr(c, whose)).update(last_day=clock.today() - DAY)
    assert running_out.expire_due() == 1
    assert [Match.objects.get(pk=row.pk).state for row in (match, confirmed)] == ["expired", "confirmed"]


def test_one_failure_stops_nobody_else() -> None:
    c = paths.cast()
    host = casting.hosting(c)
    made = []
    for _ in range(3):
        visitor, owner = casting.another_visitor(c)
        made.append(propose(visiting=visitor, host=host, modality="physical", by=owner))

    def fail_at_the_second(match: Match, name: str) -> Match:
        if match.pk == made[1].pk:
            raise RuntimeError("broken")
        return by_itself(match, name)

    with clock.at(paths.NOW + 21 * DAY), mock.patch.object(running_out, "by_itself", fail_at_the_second):
        assert running_out.expire_due() == 2
    assert [Match.objects.get(pk=match.pk).state for match in made] == ["expired", "proposed", "expired"]
