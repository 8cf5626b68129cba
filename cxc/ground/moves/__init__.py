"""The one way in which a state moves: declare with `move`, carry out with `perform`.

A model declares its moves beside its state field: from where, to where, who may, what is
required. `perform` locks the row, asks who may, evaluates the requirements, calls the
transition, saves, writes the event and runs what follows, in one transaction. A transition
called past it is refused. Rule: lifecycles.
"""

from cxc.ground.moves.asking import LIVE, Ask, Kind, Missing, Mode, Occasion, Requirement, requirement
from cxc.ground.moves.declaring import (
    May,
    Move,
    Moving,
    MovingQuerySet,
    kind_of,
    move,
    moves_of,
    state_constraint,
    state_field,
)
from cxc.ground.moves.locking import lock
from cxc.ground.moves.moving import Step, begin, by_itself, perform, record
from cxc.ground.moves.offering import Offer, offer_of, offers
from cxc.ground.moves.refusing import NotAllowed, ReasonMissing, Refused, Stale, Unmet, WrongState
from cxc.ground.moves.writing import OF_THE_EDIT, Edited, take_fields

__all__ = [
    "LIVE",
    "OF_THE_EDIT",
    "Ask",
    "Edited",
    "Kind",
    "May",
    "Missing",
    "Mode",
    "Move",
    "Moving",
    "MovingQuerySet",
    "NotAllowed",
    "Occasion",
    "Offer",
    "ReasonMissing",
    "Refused",
    "Requirement",
    "Stale",
    "Step",
    "Unmet",
    "WrongState",
    "begin",
    "by_itself",
    "kind_of",
    "lock",
    "move",
    "moves_of",
    "offer_of",
    "offers",
    "perform",
    "record",
    "requirement",
    "state_constraint",
    "state_field",
    "take_fields",
]
