"""Moves of visits that many ask for, answer or carry out at the same moment, on real connections."""

import pytest

from cxc import clock
from cxc.workflow import perform
from exchanges.models import Exchange, VisitMove, VisitMoveConsent
from exchanges.services.exchange_start import start_due_exchanges
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle, states
from tests.scenarios.lifecycle import FIRST
from tests.scenarios.parallel import in_parallel
from tests.scenarios.visit_moves import NEW, agree, ask

pytestmark = [pytest.mark.usefixtures("committed_db", "now")]


def test_of_two_who_ask_at_once_one_is_refused_in_words() -> None:
    parties = usual_parties()
    visit = lifecycle.in_preparation(parties).visit
    outcomes = in_parallel(lambda: ask(visit, parties.ho), lambda: ask(visit, parties.vop_coordinator))
    assert outcomes.count("done") == 1
    assert any("move that is open" in sentence for sentence in outcomes)
    assert VisitMove.objects.count() == 1


def test_who_agrees_and_who_withdraws_at_once_leave_one_end() -> None:
    parties = usual_parties()
    consent = states.asked_consent(parties)
    move = consent.move
    in_parallel(
        lambda: perform(VisitMoveConsent.objects.get(pk=consent.pk), "agree", by=parties.ho),
        lambda: perform(VisitMove.objects.get(pk=move.pk), "withdraw", by=parties.vop_coordinator, reason="No."),
    )
    move.refresh_from_db()
    assert move.state == "withdrawn"


def test_two_carry_it_out_at_once() -> None:
    parties = usual_parties()
    move = states.agreed_move(parties)
    outcomes = in_parallel(
        lambda: perform(VisitMove.objects.get(pk=move.pk), "carry_out", by=parties.vop_coordinator),
        lambda: perform(VisitMove.objects.get(pk=move.pk), "carry_out", by=parties.so),
    )
    assert outcomes.count("done") == 1
    assert Exchange.objects.get().agreed_start == NEW["first_day"]


def test_it_starts_or_moves_but_not_both() -> None:
    """The day has come while the Support Office sets the exchange back and the lead carries the move out."""
    parties = usual_parties()
    exchange = lifecycle.ready(parties)
    move = agree(ask(exchange.visit, parties.vop_coordinator), parties.ho)
    begins = exchange.visit.midnight_of(FIRST)

    def start() -> object:
        with clock.at(begins):
            return start_due_exchanges(begins)

    def carry_out() -> object:
        perform(Exchange.objects.get(pk=exchange.pk), "back_to_preparation", by=parties.so, reason="It moves.")
        return perform(VisitMove.objects.get(pk=move.pk), "carry_out", by=parties.vop_coordinator)

    in_parallel(start, carry_out)
    move.refresh_from_db()
    exchange.refresh_from_db()
    assert (move.state, exchange.state) in {("expired", "ongoing"), ("carried_out", "preparation")}
