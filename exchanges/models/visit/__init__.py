"""A visit: what happens at one host profile."""

from exchanges.models.visit.querysets import VisitQuerySet
from exchanges.models.visit.visit import Visit

__all__ = ["Visit", "VisitQuerySet"]
