"""The first stretch of the way, by `perform` alone."""

from decimal import Decimal

import pytest
from django_fsm import TransitionNotAllowed

from cxc.workflow import RequirementsUnmet, perform
from cxc.workflow.models import StateEvent
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def test_from_profiles_to_preparation() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    assert exchange.state == "preparation"
    assert (exchange.agreed_working_days, exchange.agreed_lump_sum) == (3, Decimal("415.00"))
    assert exchange.agreement.payee == parties.visitor.legal_name
    assert exchange.match.place_until is None or exchange.match.place_until == lifecycle.LAST
    history = StateEvent.of(exchange).values_list("transition", "from_state", "to_state")
    assert list(history) == [("create", "", "draft"), ("prepare", "draft", "preparation")]


def test_a_transition_called_past_the_mover_is_refused() -> None:
    exchange = lifecycle.in_preparation(usual_parties())
    with pytest.raises(TransitionNotAllowed):
        exchange.set_ready()


def test_a_refusal_names_what_is_missing_and_changes_nothing() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    before = StateEvent.objects.count()
    with pytest.raises(RequirementsUnmet) as refusal:
        perform(exchange, "set_ready", by=parties.vop_coordinator)
    assert [gap.name for gap in refusal.value.unmet] == ["sector_given", "ctq_signed", "fa_signed"]
    assert StateEvent.objects.count() == before
    exchange.refresh_from_db()
    assert exchange.state == "preparation"
