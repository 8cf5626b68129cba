"""The assignment with the greatest total fit."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.assignment.fit_matrix import MILLIONTHS, Assignment, FitMatrix

# Sums of whole numbers below this are exact in floats.
MAX_EXACT_INT = 2**53


def greatest_total_assignment(fits: FitMatrix, places: NDArray[np.int64]) -> Assignment:
    """No other assignment within the places has a greater total fit; of equal totals, the one spread most evenly.

    Exact (scipy's `linear_sum_assignment`, a column for each place), in whole millionths. A visitor stays
    alone rather than be given a host that may not be proposed to it, and only then: a pair that shares
    nothing is better than none.
    """
    columns, place_number = _columns_by_place(fits, places)
    if not columns.size:
        return []
    gain = _gain(fits, columns, place_number)
    rows, chosen = linear_sum_assignment(gain, maximize=True)
    found = zip(rows.tolist(), chosen.tolist(), strict=True)
    return [(row, int(columns[place])) for row, place in found if gain[row, place] > 0]


def _columns_by_place(fits: FitMatrix, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each host as often as it can take somebody, never more often than somebody could come; and for each
    column, which of its host's places it is."""
    number = np.minimum(np.maximum(places, 0), fits.admissible.sum(axis=0))
    columns = np.repeat(np.arange(len(places)), number)
    return columns, np.arange(len(columns)) - np.repeat(np.cumsum(number) - number, number)


def _gain(fits: FitMatrix, columns: NDArray[np.int64], place_number: NDArray[np.int64]) -> NDArray[np.float64]:
    """What a pair adds: its millionths, and so little for its place that this only decides between equal totals.

    The first place of a host adds more than its second, and so on, so that equals are spread. Whole numbers
    with sums that floats hold exactly; from some thousand visitors on the later places of a host count alike.
    """
    visitors = len(fits.score)
    most = max(min(int(place_number.max()) + 1, MAX_EXACT_INT // (2 * MILLIONTHS * visitors**2)), 1)
    bonus = np.maximum(most - place_number, 1)
    gain = fits.millionths[:, columns] * (visitors * most + 1) + bonus
    return np.where(fits.admissible[:, columns], gain, 0).astype(np.float64)
