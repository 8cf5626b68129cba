"""The machine runs, and finds the fault when a guard is taken away. Run by `./portal bench machine`."""

import os

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from cxc import clock
from cxc.ground.moves import Requirement
from exchanges.requirements import building, finishing
from matching import requirements as matching_requirements
from tests.machine.machine import ExchangeMachine, three_visitors
from tests.world.paths import NOW

pytestmark = pytest.mark.django_db

RUNS = int(os.environ.get("MACHINE_RUNS", "4"))


@pytest.fixture
def machine() -> type[ExchangeMachine]:
    with clock.at(NOW):
        ExchangeMachine.world = three_visitors()
    return ExchangeMachine


def _settings(runs: int, *, shrink: bool = True) -> settings:
    phases = [Phase.explicit, Phase.generate] + ([Phase.shrink] if shrink else [])
    return settings(
        max_examples=runs,
        stateful_step_count=50,
        deadline=None,
        database=None,
        derandomize=True,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.xdist_group("machine")
def test_whatever_is_tried_the_promises_hold(machine: type[ExchangeMachine]) -> None:
    run_state_machine_as_test(machine, settings=_settings(RUNS))


@pytest.mark.parametrize(
    "guard",
    [building.ctq_signed, building.amount_within_ceiling, finishing.payable_right, matching_requirements.place_free],
    ids=lambda guard: guard.name,
)
def test_a_guard_taken_away_is_found_out(guard: Requirement, machine: type[ExchangeMachine]) -> None:
    kept = guard.check
    object.__setattr__(guard, "check", lambda ask: True)
    try:
        with pytest.raises((AssertionError, IntegrityError)):
            run_state_machine_as_test(machine, settings=_settings(100, shrink=False))
    finally:
        object.__setattr__(guard, "check", kept)
