"""Who takes part, in the Support Office's admin."""

from profiles.admin import clusters, organisations, partnerships, people, profiles, reference_data

__all__ = ["clusters", "organisations", "partnerships", "people", "profiles", "reference_data"]
