"""The visit itself: its fields and places, and its transitions in three chapters."""

from exchanges.models.visit.moved_visit import MovedVisitTransitions
from exchanges.models.visit.open_visit import OpenVisitTransitions
from exchanges.models.visit.planning import PlanningTransitions


class Visit(PlanningTransitions, MovedVisitTransitions, OpenVisitTransitions):
    """What happens at one host profile; exchanges take place on it.

    What is kept of it is in `fields`, what its places are in `places`.
    """

    class Meta(PlanningTransitions.Meta):
        abstract = False
