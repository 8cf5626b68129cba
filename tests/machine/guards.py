"""The machine finds the fault when a guard is taken away. Run by `./portal bench machine`: it takes minutes."""

import pytest
from django.db import IntegrityError

from cxc.ground.moves import Requirement
from exchanges.requirements import building, finishing
from matching import requirements as matching_requirements
from tests.machine.test_machine import run_machine

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("guard", "beginning"),
    [
        (matching_requirements.place_free, "proposals"),
        (building.amount_within_ceiling, "papers"),
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
            run_machine(beginning, 200)
    finally:
        object.__setattr__(guard, "check", kept)
