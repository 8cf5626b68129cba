"""Who meets whom, what one keeps while choosing, and what searching and ranking read."""

from matching.models.bookmark import Bookmark
from matching.models.hidden_profile import HiddenProfile
from matching.models.match import Match
from matching.models.plan import Plan, PlannedPair
from matching.models.ranking import Priorities, RankingRow, RankingText, Vocabulary, VocabularyWord
from matching.models.saved_search import SavedSearch
from matching.models.search import SearchDocument

__all__ = [
    "Bookmark",
    "HiddenProfile",
    "Match",
    "Plan",
    "PlannedPair",
    "Priorities",
    "RankingRow",
    "RankingText",
    "SavedSearch",
    "SearchDocument",
    "Vocabulary",
    "VocabularyWord",
]
