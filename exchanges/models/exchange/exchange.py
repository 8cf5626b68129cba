"""The exchange itself: its fields and figures, and its transitions in three chapters."""

from exchanges.models.exchange.cancellation import CancellationTransitions
from exchanges.models.exchange.preparation import PreparationTransitions
from exchanges.models.exchange.stay import StayTransitions


class Exchange(PreparationTransitions, StayTransitions, CancellationTransitions):
    """One visiting organisation on one visit; the portal counts exchanges.

    What is kept of it is in `fields`, what is counted and paid in `figures`.
    """
