"""The machine runs; `./portal bench machine` does it at length, as often as MACHINE_RUNS says."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from cxc import clock
from tests.machine.machine import ExchangeMachine
from tests.machine.starting_points import STARTING_POINTS
from tests.scenarios.lifecycle import NOW

pytestmark = [pytest.mark.reconciles, pytest.mark.long(140), pytest.mark.django_db]

RUNS = int(os.environ.get("MACHINE_RUNS", "12"))


def run_machine(starting_point: str, runs: int) -> None:
    with clock.at(NOW):
        ExchangeMachine.starting_point = STARTING_POINTS[starting_point]()
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


@pytest.mark.parametrize("starting_point", STARTING_POINTS)
def test_whatever_is_tried_the_promises_hold(starting_point: str) -> None:
    run_machine(starting_point, RUNS // len(STARTING_POINTS) + 1)
