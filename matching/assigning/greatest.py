"""The assignment with the greatest total fit."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.assigning.fits import Fits, Result


def greatest_total(fits: Fits, places: NDArray[np.int64]) -> Result:
    """No other assignment within the places has a greater total fit; of equal totals, none has more pairs.

    Exact (scipy's `linear_sum_assignment`, a column for each place), in whole millionths. A visitor stays
    alone rather than be given a host that may not be proposed to it.
    """
    columns = _a_column_a_place(fits, places)
    if not columns.size:
        return []
    gain = _gain(fits)
    rows, chosen = linear_sum_assignment(gain[:, columns], maximize=True)
    found = [(int(row), int(columns[place])) for row, place in zip(rows, chosen, strict=True)]
    return [(row, column) for row, column in found if gain[row, column] > 0]


def _a_column_a_place(fits: Fits, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each host as often as it can take somebody; never more often than somebody could come."""
    could_come = fits.admissible.sum(axis=0)
    return np.repeat(np.arange(len(places)), np.minimum(np.maximum(places, 0), could_come))


def _gain(fits: Fits) -> NDArray[np.float64]:
    """What a pair adds: its millionths, weighed so that one more pair only decides between equal totals.

    Whole numbers, and sums below 2 to the 53rd for up to 94,000 visitors: floats hold them exactly.
    """
    weight = len(fits.score) + 1
    return np.where(fits.admissible, fits.parts * weight + 1, 0).astype(np.float64)
