"""Who meets whom."""

from matching.models.match import Match

__all__ = ["Match"]
