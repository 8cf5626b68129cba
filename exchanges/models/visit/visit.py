"""The visit itself: its fields and places, and its moves in two chapters."""

from exchanges.models.visit.opening import Opening
from exchanges.models.visit.planning import Planning


class Visit(Planning, Opening):
    """What happens at one host profile; exchanges take place on it.

    What is kept of it is in `fields`, what its places are in `places`.
    """

    class Meta(Planning.Meta):
        abstract = False
