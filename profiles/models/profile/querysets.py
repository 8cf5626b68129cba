"""Profiles, and what their lists need."""

from typing import TYPE_CHECKING

from cxc.ground.moves import MovingQuerySet
from profiles.enums import ProfileState

if TYPE_CHECKING:
    from profiles.models.profile.moves import Profile  # noqa: F401 - named in a string below


class ProfileQuerySet(MovingQuerySet["Profile"]):
    """Profiles, and which of them one may browse."""

    def published(self) -> "ProfileQuerySet":
        return self.filter(state=ProfileState.PUBLISHED)

    def with_faces(self) -> "ProfileQuerySet":
        """With what a row of a list shows, in a constant number of queries."""
        return self.select_related(
            "organisation__country", "organisation__sector", "organisation__cluster", "partnership", "generation"
        )
