"""The machine runs, and finds the fault when a guard is taken away.

`./portal bench machine` does the first at length: MACHINE_RUNS says how often.
"""

import os

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from cxc import clock
from cxc.ground.moves import Requirement
from exchanges.requirements import building, finishing
from matching import requirements as matching_requirements
from tests.machine.beginnings import BEGINNINGS
from tests.machine.machine import ExchangeMachine
from tests.world.paths import NOW

pytestmark = pytest.mark.django_db

RUNS = int(os.environ.get("MACHINE_RUNS", "200"))


def _run(beginning: str, runs: int) -> None:
    with clock.at(NOW):
        ExchangeMachine.beginning = BEGINNINGS[beginning]()
    run_state_machine_as_test(
        ExchangeMachine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=50,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_whatever_is_tried_the_promises_hold(beginning: str) -> None:
    _run(beginning, RUNS // len(BEGINNINGS) + 1)


@pytest.mark.parametrize(
    ("guard", "beginning"),
    [
        (matching_requirements.place_free, "proposals"),
        (building.amount_within_ceiling, "under_way"),
        (building.ctq_signed, "papers"),
        (finishing.payable_right, "under_way"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_guard_taken_away_is_found_out(guard: Requirement, beginning: str) -> None:
    kept = guard.check
    object.__setattr__(guard, "check", lambda ask: True)
    try:
        with pytest.raises((AssertionError, IntegrityError)):
            _run(beginning, 200)
    finally:
        object.__setattr__(guard, "check", kept)
