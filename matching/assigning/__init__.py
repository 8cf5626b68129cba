"""Who meets whom, when many are matched at once: plain functions on arrays, which know nothing of the portal."""

from matching.assigning.fits import Fits, Result, pairs_that_would_swap, total_of
from matching.assigning.greatest import greatest_total
from matching.assigning.stable import nobody_would_swap

__all__ = ["Fits", "Result", "greatest_total", "nobody_would_swap", "pairs_that_would_swap", "total_of"]
