"""The way to an ongoing exchange, through every document."""

import pytest

from cxc.workflow.models import StateEvent
from profiles.enums import Modality
from tests.factories.parties import usual_parties
from tests.scenarios import lifecycle

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize("modality", [Modality.PHYSICAL, Modality.VIRTUAL])
def test_from_preparation_to_ongoing(modality: str) -> None:
    exchange = lifecycle.ongoing(usual_parties(), modality)
    assert (exchange.state, exchange.own_part.state) == ("ongoing", "signed")
    assert (exchange.actual_start, exchange.actual_working_days) == (lifecycle.FIRST, 3)
    transitions = StateEvent.of(exchange.own_part).values_list("transition", flat=True)
    assert list(transitions) == ["submit", "validate", "complete_signatures"]


def test_the_agreement_is_signed_and_the_ceiling_frozen() -> None:
    exchange = lifecycle.signed(usual_parties())
    assert exchange.agreement.state == "signed"
    assert exchange.frozen_ceiling == exchange.agreement.current_version.terms.ceiling == 830
