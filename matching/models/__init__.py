"""Who meets whom, what one keeps while choosing, and what searching and ranking read."""

from matching.models.choosing import Bookmark, Hidden, SavedSearch
from matching.models.match import Match
from matching.models.planning import Plan, PlannedPair
from matching.models.ranking import Priorities, RankingRow, RankingWords, Vocabulary, VocabularyWord
from matching.models.search import SearchDocument

__all__ = [
    "Bookmark",
    "Hidden",
    "Match",
    "Plan",
    "PlannedPair",
    "Priorities",
    "RankingRow",
    "RankingWords",
    "SavedSearch",
    "SearchDocument",
    "Vocabulary",
    "VocabularyWord",
]
