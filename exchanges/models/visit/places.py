"""The places of a visit that visitors may ask for. Rule: the things, Places; open visits, Places."""

from exchanges.models.visit.fields import VisitFields


class VisitPlaces(VisitFields):
    """How many places are there, and how many are left.

    Spoken for are the places of those who come (an exchange not cancelled) and of those whose proposal
    for this visit is open. What else the host's places are held by counts too, as at the second yes.
    """

    class Meta(VisitFields.Meta):
        abstract = True

    @property
    def free_places(self) -> int:
        """Places left as counted by `with_places`; for lists and pages."""
        mine = self.effective_places - self.places_taken
        return max(min(mine, self.host_profile.places - self.host_places_taken_elsewhere - self.places_taken), 0)

    def count_free_places(self) -> int:
        """The same, counted now; under the lock on the host profile it stays true."""
        counted = type(self).objects.with_places().select_related("host_profile").get(pk=self.pk)
        return counted.free_places
