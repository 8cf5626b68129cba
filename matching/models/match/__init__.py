"""A match: one visiting with one host profile, in one modality."""

from matching.models.match.querysets import MatchQuerySet
from matching.models.match.transitions import Match

__all__ = ["Match", "MatchQuerySet"]
