"""What an actor could do with a thing now: buttons and checklists come from here."""

from dataclasses import dataclass

from cxc.ground.access import Actor, Side
from cxc.ground.moves.asking import Ask, Missing, Requirement
from cxc.ground.moves.declaring import Move, Moving, moves_of
from cxc.ground.moves.moving import needs, sides_that_may


@dataclass(frozen=True)
class Offer:
    """A move the actor may make from here, with its checklist."""

    move: Move
    side: Side
    checklist: tuple[tuple[Requirement, Missing | None], ...]

    @property
    def missing(self) -> list[Missing]:
        return [missing for _, missing in self.checklist if missing is not None]

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing: the move can be made at once."""
        return not self.missing

    @property
    def wants_reason(self) -> bool:
        return self.move.wants_reason(self.side)


def offers(thing: Moving, actor: Actor) -> list[Offer]:
    """Every move the actor may make from the thing's state, requirements met or not."""
    made = (_best(declared, thing, actor) for declared in moves_of(type(thing)).values() if not declared.birth)
    return [offer for offer in made if offer is not None]


def offer_of(thing: Moving, actor: Actor, name: str) -> Offer | None:
    """The one move, where the actor may make it from here; the requirements of no other are asked."""
    return _best(moves_of(type(thing))[name], thing, actor)


def _best(declared: Move, thing: Moving, actor: Actor) -> Offer | None:
    """From the side on which the least is missing."""
    if thing.state not in declared.source:
        return None
    made = [_offer(declared, Ask(thing, actor, side)) for side in sides_that_may(declared, thing, actor)]
    return min(made, key=lambda offer: len(offer.missing), default=None)


def _offer(declared: Move, ask: Ask) -> Offer:
    return Offer(declared, ask.side, tuple((need, need.missing(ask)) for need in needs(declared, ask)))
