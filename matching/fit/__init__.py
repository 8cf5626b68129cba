"""How well a visiting and a host profile fit: who may be shown at all, a first honest score, its reasons."""

from matching.fit.best import Fit, best_matches, fits_between

__all__ = ["Fit", "best_matches", "fits_between"]
