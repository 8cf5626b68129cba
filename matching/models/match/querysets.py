"""Matches and what their lists need."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cxc.workflow import StatefulQuerySet
from matching.enums import OPEN_STATES, MatchState
from profiles.enums import Modality
from profiles.models import Profile

if TYPE_CHECKING:
    from matching.models.match.transitions import Match  # noqa: F401 - named in a string below


def holds_place(day: date) -> Q:
    """A condition on a match: it is confirmed, and its place not yet given back on this local date."""
    return Q(Q(place_until__isnull=True) | Q(place_until__gte=day), state=MatchState.CONFIRMED)


class MatchQuerySet(StatefulQuerySet["Match"]):
    """Matches and what their lists need."""

    def open(self) -> Self:
        """Proposed or confirmed."""
        return self.filter(state__in=OPEN_STATES)

    def with_display_relations(self) -> Self:
        return self.select_related(
            "visiting_profile__organisation__country",
            "visiting_profile__partnership",
            "host_profile__organisation__country",
            "host_profile__partnership",
            "generation",
        )

    def holding_place_of(self, host_profile: Profile, day: date) -> Self:
        """Confirmed matches of a host whose place is not yet given back on this local date.

        A place is held until the match is cancelled or the last day of its exchange has passed;
        `place_until` is that last day, empty while no exchange says one.
        """
        return self.filter(host_profile=host_profile).holding_places(day)

    def holding_places(self, day: date) -> Self:
        """The same of any host."""
        return self.filter(holds_place(day))

    def with_matched_elsewhere(self) -> Self:
        """Each row says in `matched_elsewhere` whether its visitor has another confirmed match in its modality."""
        return self.annotate(
            matched_elsewhere=models.Case(
                models.When(state=MatchState.PROPOSED, then=self._elsewhere()),
                default=models.Value(False),
                output_field=models.BooleanField(),
            )
        )

    def still_answerable(self) -> Self:
        """Proposals whose visitor is not matched elsewhere: an answer can lead somewhere."""
        return self.filter(~self._elsewhere(), state=MatchState.PROPOSED)

    def _elsewhere(self) -> Exists:
        others = self.model._base_manager.filter(state=MatchState.CONFIRMED, modality=OuterRef("modality"))
        same_profile = Q(modality=Modality.PHYSICAL, visiting_profile=OuterRef("visiting_profile"))
        same_organisation = Q(
            modality=Modality.VIRTUAL,
            visiting_organisation=OuterRef("visiting_organisation"),
            generation=OuterRef("generation"),
        )
        return Exists(others.filter(same_profile | same_organisation).exclude(pk=OuterRef("pk")))
