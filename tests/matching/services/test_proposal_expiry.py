"""Proposals that nobody answers expire. Rule: docs/rules.md, Matches."""

from datetime import timedelta
from unittest import mock

import pytest

from cxc import clock
from cxc.workflow import perform_as_system
from cxc.workflow.models import StateEvent
from matching.enums import MatchState
from matching.models import Match
from matching.services import proposal_expiry
from matching.services.proposals import propose
from profiles.models import Participation
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = timedelta(days=1)


def test_expiring_twice_does_it_once() -> None:
    parties = usual_parties()
    match = factories.proposed_by(parties, parties.vo)
    with clock.at(lifecycle.NOW + 20 * DAY):
        assert proposal_expiry.expire_proposals() == 0
    with clock.at(lifecycle.NOW + 21 * DAY):
        assert [proposal_expiry.expire_proposals(), proposal_expiry.expire_proposals()] == [1, 0]
    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED
    assert StateEvent.of(match).filter(transition="expire").count() == 1


@pytest.mark.parametrize("whose", ["vop", "hop"])
def test_open_proposals_expire_when_either_participation_has_ended(whose: str) -> None:
    parties = usual_parties()
    confirmed = lifecycle.confirmed(parties)
    visitor, owner = factories.another_visitor(parties)
    match = propose(visiting=visitor, host=confirmed.host_profile, modality="physical", by=owner)
    Participation.objects.filter(partnership=getattr(parties, whose)).update(last_day=clock.today() - DAY)
    assert proposal_expiry.expire_proposals() == 1
    assert [Match.objects.get(pk=row.pk).state for row in (match, confirmed)] == ["expired", "confirmed"]


def test_one_failure_stops_nobody_else() -> None:
    parties = usual_parties()
    host = factories.hosting(parties)
    made = []
    for _ in range(3):
        visitor, owner = factories.another_visitor(parties)
        made.append(propose(visiting=visitor, host=host, modality="physical", by=owner))

    def fail_at_the_second(match: Match, name: str) -> Match:
        if match.pk == made[1].pk:
            raise RuntimeError("broken")
        return perform_as_system(match, name)

    with (
        clock.at(lifecycle.NOW + 21 * DAY),
        mock.patch.object(proposal_expiry, "perform_as_system", fail_at_the_second),
    ):
        assert proposal_expiry.expire_proposals() == 2
    assert [Match.objects.get(pk=match.pk).state for match in made] == ["expired", "proposed", "expired"]
