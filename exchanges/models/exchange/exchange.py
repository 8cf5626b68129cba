"""The exchange itself: its fields and figures, and its moves in three chapters."""

from exchanges.models.exchange.building import Building
from exchanges.models.exchange.cancelling import Cancelling
from exchanges.models.exchange.under_way import UnderWay


class Exchange(Building, UnderWay, Cancelling):
    """One visiting organisation on one visit; the portal counts exchanges.

    What is kept of it is in `fields`, what is counted and paid in `figures`.
    """
