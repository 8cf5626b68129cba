"""A profile: one intention to visit or to host."""

from profiles.models.profile.querysets import ProfileQuerySet, dormant_since
from profiles.models.profile.transitions import Profile

__all__ = ["Profile", "ProfileQuerySet", "dormant_since"]
