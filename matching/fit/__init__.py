"""How well a visiting and a host profile fit: who may be shown at all, in which order, and why."""

from matching.fit.ranking import Fit, ranked

__all__ = ["Fit", "ranked"]
