"""The exchange itself: its fields and figures, and its transitions in four chapters."""

from exchanges.models.exchange.cancellation import CancellationTransitions
from exchanges.models.exchange.preparation import PreparationTransitions
from exchanges.models.exchange.stay import StayTransitions
from exchanges.models.exchange.visit_move import MoveTransitions


class Exchange(PreparationTransitions, MoveTransitions, StayTransitions, CancellationTransitions):
    """One visiting organisation on one visit; the portal counts exchanges.

    What is kept of it is in `fields`, what is counted and paid in `figures`.
    """
