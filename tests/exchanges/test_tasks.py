"""What the portal does with exchanges by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from cxc import clock
from cxc.workflow import perform
from cxc.workflow.models import StateEvent
from exchanges import tasks
from exchanges.models import FinancialAgreement
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

# 00:00 of 28 September at the visit's place, Brussels, is 22:00 UTC of the day before.
MIDNIGHT = datetime(2026, 9, 27, 22, 0, tzinfo=UTC)


def test_an_exchange_starts_at_the_midnight_of_its_place_and_once() -> None:
    exchange = lifecycle.ready(usual_parties())
    with clock.at(MIDNIGHT - timedelta(seconds=1)):
        assert tasks.start_exchanges() == 0
    with clock.at(MIDNIGHT):
        assert [tasks.start_exchanges(), tasks.start_exchanges()] == [1, 0]
    exchange.refresh_from_db()
    assert exchange.state == "ongoing"
    assert StateEvent.of(exchange).filter(transition="begin_stay").count() == 1


def test_the_iban_of_a_cancelled_exchange_goes_after_ninety_days() -> None:
    parties = usual_parties()
    exchange = lifecycle.in_preparation(parties)
    lifecycle.submitted_agreement(parties, exchange)
    perform(exchange, "cancel", by=parties.vop_coordinator, reason="Ill.")
    with clock.at(lifecycle.NOW + timedelta(days=89)):
        assert tasks.erase_ibans() == 0
        assert FinancialAgreement.objects.get(exchange=exchange).iban == lifecycle.IBAN
    with clock.at(lifecycle.NOW + timedelta(days=90)):
        assert [tasks.erase_ibans(), tasks.erase_ibans()] == [1, 0]
    assert FinancialAgreement.objects.get(exchange=exchange).iban == ""
