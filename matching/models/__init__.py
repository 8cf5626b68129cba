"""Who meets whom, and what one keeps while choosing."""

from matching.models.choosing import Bookmark, Hidden, SavedSearch
from matching.models.match import Match
from matching.models.planning import Plan, PlannedPair
from matching.models.search import SearchDocument

__all__ = ["Bookmark", "Hidden", "Match", "Plan", "PlannedPair", "SavedSearch", "SearchDocument"]
