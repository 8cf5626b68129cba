"""Assigns many visitors to hosts at once: functions on arrays that know nothing of the portal."""

from matching.assignment.fit_matrix import Assignment, FitMatrix, find_blocking_pairs, total_fit
from matching.assignment.greatest_total import greatest_total_assignment
from matching.assignment.stable import stable_assignment

__all__ = [
    "Assignment",
    "FitMatrix",
    "find_blocking_pairs",
    "greatest_total_assignment",
    "stable_assignment",
    "total_fit",
]
