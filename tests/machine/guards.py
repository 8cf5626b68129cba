"""The machine finds the fault when a guard is taken away. Run by `./portal bench machine`: it takes minutes."""

import pytest
from django.apps import apps
from django.db import IntegrityError

from cxc.workflow import Requirement, StatefulModel, transitions_of
from exchanges.requirements import money, preparation
from matching.requirements import confirmation
from tests.machine.machine import ExchangeMachine
from tests.machine.test_machine import run_machine

pytestmark = [pytest.mark.reconciles, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("guard", "starting_point"),
    [
        (confirmation.place_free, "proposals"),
        (preparation.amount_within_ceiling, "documents"),
        (preparation.ctq_signed, "documents"),
        (money.payable_is_valid, "ongoing"),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_guard_taken_away_is_found_out(
    guard: Requirement, starting_point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExchangeMachine, "preferred", transitions_guarded_by(guard))
    kept = guard.check
    object.__setattr__(guard, "check", lambda ask: True)
    try:
        with pytest.raises((AssertionError, IntegrityError)):
            run_machine(starting_point, 200)
    finally:
        object.__setattr__(guard, "check", kept)


def transitions_guarded_by(guard: Requirement) -> frozenset[str]:
    """The transitions that the guard stands before, so that the machine tries these."""
    models = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    return frozenset(
        name
        for model in models
        for name, declared in transitions_of(model).items()
        if guard.name in {need.name for need in (*declared.requires, *declared.invariants)}
    )
