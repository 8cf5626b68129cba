"""The one way in which a state changes: declare with `transition`, carry out with `perform`.

A model declares its transitions beside its state field: from where, to where, which sides may, what is
required. `perform` locks the row, checks the sides, evaluates the requirements, calls the
transition, saves, writes the event and runs what follows, in one transaction. A transition
called in any other way is refused. Rule: docs/lifecycles.md.
"""

from typing import TYPE_CHECKING

from cxc.core.lazy import lazy_names

if TYPE_CHECKING:
    from cxc.core.refusals import Refused
    from cxc.workflow.availability import AvailableTransition, available_transition, available_transitions
    from cxc.workflow.edits import OF_THE_EDIT, Edited, take_fields
    from cxc.workflow.execution import RecordedStep, create, perform, perform_as_system, record
    from cxc.workflow.locking import lock
    from cxc.workflow.refusals import NotAllowed, ReasonMissing, RequirementsUnmet, Stale, WrongState
    from cxc.workflow.requirements import (
        LIVE,
        Kind,
        Mode,
        Requirement,
        Timing,
        TransitionContext,
        UnmetRequirement,
        requirement,
    )
    from cxc.workflow.transitions import (
        Allowed,
        StatefulModel,
        StatefulQuerySet,
        Transition,
        kind_of,
        state_constraint,
        state_field,
        transition,
        transitions_of,
    )

__all__ = [
    "LIVE",
    "OF_THE_EDIT",
    "Allowed",
    "AvailableTransition",
    "Edited",
    "Kind",
    "Mode",
    "NotAllowed",
    "ReasonMissing",
    "RecordedStep",
    "Refused",
    "Requirement",
    "RequirementsUnmet",
    "Stale",
    "StatefulModel",
    "StatefulQuerySet",
    "Timing",
    "Transition",
    "TransitionContext",
    "UnmetRequirement",
    "WrongState",
    "available_transition",
    "available_transitions",
    "create",
    "kind_of",
    "lock",
    "perform",
    "perform_as_system",
    "record",
    "requirement",
    "state_constraint",
    "state_field",
    "take_fields",
    "transition",
    "transitions_of",
]

_MODULES = ("refusals", "requirements", "transitions", "edits", "locking", "execution", "availability")

if not TYPE_CHECKING:
    __getattr__ = lazy_names(__name__, _MODULES, __all__)
