"""Computes how well a visiting and a host profile fit: who is admissible, in which order, and why."""

from matching.fit.fit import Fit
from matching.fit.ranking import compared, ranked

__all__ = ["Fit", "compared", "ranked"]
