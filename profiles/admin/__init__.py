"""Who takes part, in the Support Office's admin."""

from profiles.admin import clusters, factor_resets, organisations, partnerships, people, profiles, reference_data

__all__ = ["clusters", "factor_resets", "organisations", "partnerships", "people", "profiles", "reference_data"]
