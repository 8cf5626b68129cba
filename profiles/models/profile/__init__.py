"""A profile: one intention to visit or to host."""

from profiles.models.profile.moves import Profile
from profiles.models.profile.querysets import ProfileQuerySet

__all__ = ["Profile", "ProfileQuerySet"]
