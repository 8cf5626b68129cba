"""How well a visiting and a host profile fit: who may be shown at all, in which order, and why."""

from matching.fit.fits import Fit
from matching.fit.ranking import compared, ranked

__all__ = ["Fit", "compared", "ranked"]
