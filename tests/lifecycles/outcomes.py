"""What happens when each role tries each transition of a thing in each state."""

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from cxc import clock
from cxc.access.scoped import Actor
from cxc.workflow import (
    NotAllowed,
    ReasonMissing,
    Refused,
    RequirementsUnmet,
    StatefulModel,
    Transition,
    WrongState,
    perform,
    transitions_of,
)
from cxc.workflow.models import StateEvent


class RolledBack(Exception):
    """Rolls a case back that went through."""


@dataclass(frozen=True)
class Row:
    """One line of the committed table. A role with * must give a reason."""

    kind: str
    state: str
    transition: str
    allowed: str
    unmet: str

    def cells(self) -> list[str]:
        return [self.kind, self.state, self.transition, self.allowed, self.unmet]


@dataclass(frozen=True)
class TransitionInput:
    """What a transition is given so that the table asks about the right alone: facts, and a moment."""

    facts: Mapping[str, Any]
    at: datetime | None = None


def rows(thing: StatefulModel, actors: Mapping[str, Actor], given: Mapping[str, TransitionInput]) -> Iterator[Row]:
    """The lines of every transition that begins in the thing's state."""
    for declared in transitions_of(type(thing)).values():
        if declared.creates or thing.state not in declared.source:
            continue
        case = given.get(declared.name, TransitionInput({}))
        answers = outcomes(thing, declared, actors, case)
        allowed = [role + answer for role, answer in answers.items() if answer in {"", "*"}]
        unmet = sorted({answer for answer in answers.values() if answer.startswith("needs")})
        lacking = [f"{' '.join(r for r, a in answers.items() if a == need)} {need}" for need in unmet]
        yield Row(thing._meta.model_name or "", str(thing.state), declared.name, " ".join(allowed), "; ".join(lacking))


def outcomes(
    thing: StatefulModel, declared: Transition, actors: Mapping[str, Actor], given: TransitionInput
) -> dict[str, str]:
    """Each role's outcome; whatever it was, row and events stand as before."""
    before = _stored(thing)
    answers = {role: outcome(thing, declared, actor, given) for role, actor in actors.items()}
    assert _stored(thing) == before, f"{declared.name} left something behind"
    return answers


def outcome(thing: StatefulModel, declared: Transition, actor: Actor, given: TransitionInput) -> str:
    """'' done without a reason, '*' done with one, 'no', 'state', or 'needs …' with the names."""
    try:
        _try(thing, declared.name, actor, given, reason="")
    except RolledBack:
        return ""
    except ReasonMissing:
        return _with_reason(thing, declared, actor, given)
    except Refused as refusal:
        return _name(refusal)
    raise AssertionError("unreachable")


def _with_reason(thing: StatefulModel, declared: Transition, actor: Actor, given: TransitionInput) -> str:
    try:
        _try(thing, declared.name, actor, given, reason="Because.")
    except RolledBack:
        return "*"
    except Refused as refusal:
        return _name(refusal)
    raise AssertionError("unreachable")


def _try(thing: StatefulModel, name: str, actor: Actor, given: TransitionInput, reason: str) -> None:
    fresh = copy(thing)
    with clock.at(given.at) if given.at else nullcontext(), transaction.atomic():
        perform(fresh, name, by=actor, reason=reason, **given.facts)
        raise RolledBack


def _name(refusal: Refused) -> str:
    if isinstance(refusal, RequirementsUnmet):
        return "needs " + " ".join(gap.name for gap in refusal.unmet)
    if isinstance(refusal, WrongState):
        return "state"
    assert isinstance(refusal, NotAllowed), refusal
    return "no"


def _stored(thing: StatefulModel) -> tuple[Any, ...]:
    row = type(thing)._base_manager.get(pk=thing.pk)
    return (model_to_dict(row), row.state, StateEvent.objects.count())
