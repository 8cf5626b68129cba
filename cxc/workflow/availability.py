"""What an actor could do with a thing now: buttons and checklists come from here."""

from collections.abc import Iterable
from dataclasses import dataclass

from cxc.access.scoped import Actor, Side
from cxc.workflow.batch import read_once
from cxc.workflow.execution import needs, sides_that_may
from cxc.workflow.requirements import Requirement, TransitionContext, UnmetRequirement
from cxc.workflow.transitions import StatefulModel, Transition, transitions_of


@dataclass(frozen=True)
class AvailableTransition:
    """A transition the actor may perform from here, with its checklist."""

    transition: Transition
    side: Side
    checklist: tuple[tuple[Requirement, UnmetRequirement | None], ...]

    @property
    def unmet(self) -> list[UnmetRequirement]:
        return [unmet for _, unmet in self.checklist if unmet is not None]

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing: the transition can be performed at once."""
        return not self.unmet

    @property
    def is_hidden(self) -> bool:
        """Whether its button could not help now: something it `hides_when` is not met."""
        return any(unmet.requirement in self.transition.hides_when for unmet in self.unmet)

    @property
    def wants_reason(self) -> bool:
        return self.transition.wants_reason(self.side)


def available_transitions(thing: StatefulModel, actor: Actor) -> list[AvailableTransition]:
    """Every transition the actor may perform from the thing's state, requirements met or not."""
    possible = [declared for declared in transitions_of(type(thing)).values() if not declared.creates]
    with read_once(thing):
        made = [_best(declared, thing, actor) for declared in possible]
    return [offer for offer in made if offer is not None]


def with_buttons(offers: Iterable[AvailableTransition]) -> list[AvailableTransition]:
    """Those that a page shows as buttons: not those whose button could not help now."""
    return [offer for offer in offers if offer.transition.button and not offer.is_hidden]


def available_transition(thing: StatefulModel, actor: Actor, name: str) -> AvailableTransition | None:
    """The one transition, where the actor may perform it from here; the requirements of no other are evaluated."""
    return _best(transitions_of(type(thing))[name], thing, actor)


def _best(declared: Transition, thing: StatefulModel, actor: Actor) -> AvailableTransition | None:
    """From the side on which the least is missing."""
    if thing.state not in declared.source:
        return None
    made = [_offer(declared, TransitionContext(thing, actor, side)) for side in sides_that_may(declared, thing, actor)]
    return min(made, key=lambda offer: len(offer.unmet), default=None)


def _offer(declared: Transition, context: TransitionContext) -> AvailableTransition:
    return AvailableTransition(
        declared, context.side, tuple((need, need.unmet(context)) for need in needs(declared, context))
    )
