"""What many do at the same moment, on real connections: places, once only, starts."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from cxc.workflow import create, perform
from cxc.workflow.models import StateEvent
from exchanges.models import Exchange
from exchanges.services import exchange_start
from matching.enums import MatchState
from matching.models import Match
from profiles.enums import ProfileKind
from profiles.models import Profile
from tests.factories import people
from tests.factories.parties import Parties, usual_parties, with_another_visitor
from tests.scenarios import lifecycle
from tests.scenarios.completion import AFTER, completed
from tests.scenarios.parallel import in_parallel

pytestmark = [pytest.mark.usefixtures("committed_db", "now")]


def visitors_at(parties: Parties, host: Profile, number: int) -> list[Match]:
    """So many visitors who each propose to visit the host."""
    found = []
    for _ in range(number):
        other = with_another_visitor(parties)
        visiting = lifecycle.published(other.visitor, parties.vop, other.vo, parties.vop_coordinator)
        found.append(
            create(Match(visiting_profile=visiting, host_profile=host, modality="physical"), "propose", by=parties.so)
        )
        perform(found[-1], "visitor_yes", by=other.vo)
    return found


def test_twenty_confirm_the_last_three_places() -> None:
    parties = usual_parties()
    host = lifecycle.published(
        parties.host, parties.hop, parties.ho, parties.hop_coordinator, kind=ProfileKind.HOST, places=3
    )
    asked = visitors_at(parties, host, 20)

    def confirm(match: Match) -> Callable[[], object]:
        return lambda: perform(Match.objects.get(pk=match.pk), "host_yes", by=parties.ho)

    outcomes = in_parallel(*(confirm(match) for match in asked))
    assert outcomes.count("done") == 3
    assert all("3 places" in sentence for sentence in outcomes if sentence != "done")
    assert Match.objects.filter(host_profile=host, state=MatchState.CONFIRMED).count() == 3
    # Nothing of the others is lost or half done.
    rest = Match.objects.filter(host_profile=host, state=MatchState.PROPOSED)
    assert set(rest.values_list("visitor_answer", "host_answer")) == {("yes", "none")}


def test_two_physical_exchanges_of_one_visitor_prepared_at_once() -> None:
    """Two profiles of one organisation, two hosts: one exchange only comes about."""
    parties = usual_parties()
    drafts = []
    for _ in range(2):
        host_organisation = people.organisation("BE")
        other = replace(parties, host=host_organisation, ho=people.member(host_organisation))
        match = lifecycle.confirmed(other)
        drafts.append(
            lifecycle.exchange(match, lifecycle.visit(match, parties.vop_coordinator), parties.vop_coordinator)
        )

    def prepare(exchange: Exchange) -> Callable[[], object]:
        return lambda: perform(Exchange.objects.get(pk=exchange.pk), "prepare", by=parties.vop_coordinator)

    outcomes = in_parallel(*(prepare(exchange) for exchange in drafts))
    assert sorted(Exchange.objects.values_list("state", flat=True)) == ["draft", "preparation"]
    assert outcomes.count("done") == 1


def test_ten_workers_start_each_exchange_once() -> None:
    parties = usual_parties()
    first = lifecycle.ready(parties)
    other = with_another_visitor(parties)
    second = lifecycle.set_ready(other, lifecycle.signed_documents(other, lifecycle.joined(other, first.visit)))
    moment = exchange_start.start_moment(first)
    assert in_parallel(*[lambda: exchange_start.start_due_exchanges(moment)] * 10, now=moment) == ["done"] * 10
    for exchange in (first, second):
        exchange.refresh_from_db()
        assert exchange.state == "ongoing"
        assert StateEvent.of(exchange).filter(transition="begin_stay").count() == 1


def test_two_partners_closing_and_correcting_at_once_leave_figures_that_agree() -> None:
    parties = usual_parties()
    exchange = completed(parties)

    def do(name: str, **facts: object) -> Callable[[], object]:
        return lambda: perform(
            Exchange.objects.get(pk=exchange.pk), name, by=parties.vop_coordinator, reason="One day less.", **facts
        )

    days = {"start": lifecycle.FIRST, "end": lifecycle.LAST, "days_off": {lifecycle.LAST: "Ill"}}
    outcomes = in_parallel(do("close"), do("correct_actual", **days), now=AFTER)
    exchange.refresh_from_db()
    assert outcomes.count("done") == 1
    assert (exchange.state == "closed") == (exchange.payable_accepted_at is not None)
