"""Answers that meet at the same moment, in two real connections."""

from collections.abc import Callable

import pytest

from cxc.workflow import perform
from cxc.workflow.models import StateEvent
from matching.enums import MatchState
from matching.models import Match
from matching.services.proposals import propose
from tests.factories.parties import usual_parties
from tests.matching import factories
from tests.scenarios.parallel import in_parallel


@pytest.mark.usefixtures("committed_db", "now")
def test_the_second_yes_given_twice_confirms_once() -> None:
    parties = usual_parties()
    pk = factories.proposed_by(parties, parties.hop_coordinator).pk

    def say(transition: str, by: object) -> Callable[[], object]:
        return lambda: perform(Match.objects.get(pk=pk), transition, by=by)

    assert in_parallel(say("visitor_yes", parties.vo), say("host_yes", parties.ho)) == ["done", "done"]
    match = Match.objects.get(pk=pk)
    assert match.state == MatchState.CONFIRMED
    assert StateEvent.of(match).filter(transition="confirm").count() == 1


@pytest.mark.usefixtures("committed_db", "now")
def test_two_hosts_accepting_one_visitor_at_once_leave_one_match() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    rows = []
    for _ in range(2):
        host, owner = factories.another_host(parties)
        rows.append((propose(visiting=visitor, host=host, modality="physical", by=parties.vo), owner))

    def accept(number: int) -> Callable[[], object]:
        match, owner = rows[number]
        return lambda: perform(Match.objects.get(pk=match.pk), "host_yes", by=owner)

    told = in_parallel(accept(0), accept(1))
    assert told.count("done") == 1
    refusal = next(sentence for sentence in told if sentence != "done")
    assert "matched elsewhere" in refusal or "other confirmed match has ended" in refusal
    assert Match.objects.filter(state=MatchState.CONFIRMED).count() == 1


@pytest.mark.usefixtures("committed_db", "now")
def test_eight_proposals_at_once_keep_the_limit_of_five() -> None:
    parties = usual_parties()
    visitor = factories.visiting(parties)
    hosts = [factories.another_host(parties)[0] for _ in range(8)]

    def make(number: int) -> Callable[[], object]:
        return lambda: propose(visiting=visitor, host=hosts[number], modality="physical", by=parties.vo)

    assert in_parallel(*(make(number) for number in range(8))).count("done") == 5
