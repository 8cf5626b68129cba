"""Who takes part, in the Support Office's admin."""

from profiles.admin import clusters, data, partnerships, people, records

__all__ = ["clusters", "data", "partnerships", "people", "records"]
