"""A match: one visiting with one host profile, in one modality."""

from matching.models.match.moves import Match
from matching.models.match.querysets import MatchQuerySet

__all__ = ["Match", "MatchQuerySet"]
