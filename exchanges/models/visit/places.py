"""The places of a visit that visitors may ask for. Rule: docs/rules.md, Places; docs/open-visits.md, Places."""

from datetime import UTC, datetime, time

from cxc import clock
from exchanges.models.visit.fields import VisitFields
from exchanges.models.visit.querysets import places_held
from exchanges.rules.stay import NEXT_DAY


class VisitPlaces(VisitFields):
    """How many places are there, and how many are left.

    Spoken for are the places of those who come (an exchange not cancelled) and of those whose proposal
    for this visit is open. What else the host's places are held by counts too, as at the second yes.
    """

    class Meta(VisitFields.Meta):
        abstract = True

    @property
    def free_places(self) -> int:
        """Places left as counted by `with_places`, or by `count_places`; for lists and pages."""
        mine = self.effective_places - self.places_taken
        return max(min(mine, self.host_profile.places - self.host_places_taken_elsewhere - self.places_taken), 0)

    def count_places(self) -> None:
        """What `with_places` counts, for this visit alone."""
        held = places_held(clock.today(), visit=self.pk, host=self.host_profile_id)
        self.places_taken = sum(held)
        self.host_places_taken_elsewhere = len(held) - self.places_taken

    def next_place_from(self) -> datetime | None:
        """Where none is free: the moment (UTC) from which one is, as things stand; None: it stays so.

        A place of the host that is held elsewhere is given back when its last day is over, in UTC. For visits that
        came `with_places` and `with_places_held_until`.
        """
        if self.places_taken >= self.effective_places:
            return None
        too_many = self.places_taken + len(self.places_held_until) + 1 - self.host_profile.places
        last = self.places_held_until[too_many - 1] if 0 < too_many <= len(self.places_held_until) else None
        return datetime.combine(last + NEXT_DAY, time.min, UTC) if last else None

    def count_free_places(self) -> int:
        """The same, counted now; under the lock on the host profile it stays true."""
        counted = type(self).objects.with_places().select_related("host_profile").get(pk=self.pk)
        return counted.free_places
